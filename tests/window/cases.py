"""Runs the tests of a file on one desktop, and keeps a picture of what failed."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from desktop import SKIPPED, Desktop, skip_without

try:
    from program import Program, connect
except (ImportError, ValueError) as missing:
    print(f"skipped: needs the packages python3-gi and gir1.2-atspi-2.0 ({missing})")
    sys.exit(SKIPPED)

# Tools of the tests, and the packages they are in.
NEEDS = {"xdotool": "xdotool", "import": "imagemagick", "localedef": "libc-bin"}


class Case:
    """What a test gets: a desktop, an empty folder, and the program to start."""

    def __init__(self, desktop, folder, root, portolan, picture):
        self.desktop, self.folder, self.root, self.portolan, self.picture = desktop, folder, root, portolan, picture

    def start(self, *arguments, chooser=False, **environment):
        """`chooser`: files are chosen in GTK's dialog, which leaks: the leak sanitizer cannot tell that from ours."""
        if chooser:
            environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        return Program(self.desktop, self.portolan, *arguments, picture=self.picture, **environment)

    def copy(self, name):
        """A template as a file of the test's own."""
        path = self.folder / f"{name}.portolan"
        shutil.copy(self.root / "data" / "templates" / path.name, path)
        return path


def make_locale(folder, name):
    """What a program has to be started with to run in a locale: it need not be on the system."""
    language, charset = name.split(".")
    done = subprocess.run(["localedef", "-i", language, "-f", charset, folder / name], capture_output=True, check=False)
    assert (folder / name).exists(), f"no locale {name}; it needs the package locales:\n{done.stderr.decode()}"
    return {"LOCPATH": str(folder), "LC_ALL": name, "LANGUAGE": language.split("_")[0]}


def logs():
    """Where the pictures of failures go."""
    folder = pathlib.Path(os.environ.get("PTL_LOGS", tempfile.gettempdir()))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(test, desktop, root, portolan):
    began = time.monotonic()
    picture = logs() / f"{pathlib.Path(sys.argv[0]).stem}-{test.__name__}.png"
    with tempfile.TemporaryDirectory(prefix="portolan-window-") as folder:
        try:
            test(Case(desktop, pathlib.Path(folder).resolve(), root, portolan, picture))
        except Exception:  # whatever it is, the other tests are to run
            traceback.print_exc(file=sys.stdout)
            print(f"failed {test.__name__} after {time.monotonic() - began:.1f} s; what was seen: {picture}")
            return False
    print(f"passed {test.__name__} in {time.monotonic() - began:.1f} s")
    return True


def main(doc, tests, **options):
    """`tests` is a module's globals (); the arguments are SOURCE_ROOT PORTOLAN [TEST...]."""
    if len(sys.argv) < 3:
        sys.exit(doc)
    skip_without(NEEDS)
    root, portolan = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    found = [test for name, test in tests.items() if name.startswith("test_")
             and (len(sys.argv) == 3 or name in sys.argv[3:])]
    with Desktop(**options) as desktop:
        connect(desktop)
        passed = sum(run(test, desktop, root, portolan) for test in found)
    print(f"{passed} passed, {len(found) - passed} failed")
    sys.exit(passed < len(found))
