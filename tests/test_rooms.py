"""The walls of the house: includes point one way, and no room uses a library that is not its own.

usage: test_rooms.py SOURCE_ROOT
"""

import pathlib
import re
import sys

# A room, the rooms whose headers it may include, and the libraries' headers it may include.
ROOMS = {
    "engine": ((), ("glib.h", "glib/gi18n-lib.h")),
    "plan": (("engine",), ("glib.h", "glib/gi18n-lib.h", "gio/gio.h")),
    "io": (("engine", "plan"), ("glib.h", "glib/gi18n-lib.h", "gio/", "libxml/", "glib/gstdio.h")),
    "export": (("engine", "io"), ("glib.h", "glib/gi18n-lib.h", "glib/gstdio.h", "gio/gio.h")),
    # io: pictures are written by its XML writer and its output; gio: the icons are a resource.
    "draw": (("engine", "plan", "io"), ("glib.h", "glib/gi18n-lib.h", "gio/gio.h", "cairo", "pango/")),
    "cli": (("engine", "plan", "io", "export", "draw"), ("glib.h", "gio/", "glib/", "cairo")),
    "app": (("engine", "plan", "io", "export", "draw"), ("glib", "gio/", "gtk/", "cairo", "pango/")),
}
# Any room may use what C and POSIX bring; these are the libraries that have walls.
LIBRARIES = re.compile(r"^(glib|gio|gobject|gtk|gdk|gsk|libxml|cairo|pango)")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def wrong_includes(room, text):
    rooms, libraries = ROOMS[room]
    for bracket, name in INCLUDE.findall(text):
        first = name.split("/")[0]
        if bracket == '"' and "/" in name and first not in rooms:
            yield name
        if bracket == "<" and LIBRARIES.match(name) and not name.startswith(tuple(libraries)):
            yield name


def main():
    source = pathlib.Path(sys.argv[1]) / "src"
    passed = failed = 0
    # The test itself must be able to fail.
    assert list(wrong_includes("engine", '#include "plan/ptl-plan.h"\n#include <gio/gio.h>\n')) == [
        "plan/ptl-plan.h",
        "gio/gio.h",
    ]
    for path in sorted(source.glob("*/*.[ch]")):
        wrong = list(wrong_includes(path.parent.name, path.read_text(encoding="utf-8")))
        passed += not wrong
        failed += bool(wrong)
        for name in wrong:
            print(f"{path.relative_to(source)} includes {name}, which its room must not see")
    rooms = {path.name for path in source.iterdir() if path.is_dir() and any(path.iterdir())}
    if rooms - ROOMS.keys():
        failed += 1
        print("rooms without rules:", *sorted(rooms - ROOMS.keys()))
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
