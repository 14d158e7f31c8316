#!/usr/bin/python3
"""Makes pictures of the window to look at: small to large plans, each panel, light and dark, and for those who need
large text, more contrast, another language or another direction of writing.

Usage: pictures.py SOURCE_ROOT PORTOLAN OUT_DIR [NAME...]

PORTOLAN should be installed (see test_installed.py), or it speaks English in all of them. A name chooses the pictures
whose own begins with it.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from cases import make_locale
from desktop import Desktop

SIZES = ("1280x800", "2560x1440")
LOOKS = {"light": {}, "dark": {"GTK_THEME": "Adwaita:dark"}}
CONTRAST = {"GTK_THEME": "Adwaita:hc"}
LARGE_TEXT = "gtk-xft-dpi=147456\n"  # one and a half times the usual 96, in 1/1024


def make_plans(root, folder):
    """A template with few nodes and larger ones from the benchmarks' generator."""
    plans = {"start": None, "5": folder / "5.portolan", "19": root / "data/templates/perimeter.portolan"}
    shutil.copy(root / "data/templates/stand-alone.portolan", plans["5"])
    for nodes in ("60", "1000"):
        plans[nodes] = folder / f"{nodes}.portolan"
        with open(plans[nodes], "wb") as file:
            subprocess.run([sys.executable, root / "tests/benchmark/plans.py", nodes], stdout=file, check=True)
    return plans


def settle(desktop, path):
    """The picture, once it no longer changes."""
    before = None
    for _ in range(40):
        desktop.picture(path)
        now = path.read_bytes()
        if now == before:
            return
        before = now
        subprocess.run(["sleep", "0.3"], check=True)


def take(portolan, plan, path, size, keys=(), settings="", **environment):
    with Desktop(size, **environment) as desktop:
        with open(desktop.folder / "config/gtk-4.0/settings.ini", "a", encoding="utf-8") as file:
            file.write(settings)
        command = [str(portolan), *([str(plan)] if plan else [])]
        program = subprocess.Popen(command, env=desktop.environment, cwd=desktop.folder)
        try:
            settle(desktop, path)
            ident = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", ".+"], env=desktop.environment,
                                   capture_output=True, text=True, check=True).stdout.split()[-1]
            words = ["windowsize", ident, *size.split("x"), "mousemove", *(str(int(n) // 2) for n in size.split("x"))]
            subprocess.run(["xdotool", *words, *(word for key in keys for word in ("sleep", "0.3", *key.split()))],
                           env=desktop.environment, check=True)
            settle(desktop, path)
        finally:
            program.kill()
            program.wait()
    print(path)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    root, portolan, out = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portolan-pictures-") as scratch:
        folder = pathlib.Path(scratch)
        plans = make_plans(root, folder)
        pictures = {f"{name}-{size}-{look}": (plan, size, (), more)
                    for name, plan in plans.items() for size in SIZES for look, more in LOOKS.items()}
        for name, keys in {"zone": ["key Home"], "node": ["key Home", "key Down"], "all": ["key ctrl+a"],
                           "node-menu": ["key Home", "key Down", "key shift+F10"]}.items():
            pictures[f"selected-{name}"] = (plans["19"], "1280x800", ["click 1", *keys], {})
        for name, more in {"large-text": {"settings": LARGE_TEXT}, "contrast": CONTRAST,
                           "german": make_locale(folder, "de_DE.UTF-8"),
                           # GTK turns round where the program is translated, if only into another language.
                           "right-to-left": {**make_locale(folder, "he_IL.UTF-8"), "LANGUAGE": "he:de"}}.items():
            pictures[name] = (plans["19"], "1280x800", ["click 1", "key Home", "key Down"], more)
            pictures[f"{name}-start"] = (None, "1280x800", (), more)
        pictures["scale-2"] = (plans["19"], "2560x1600", (), {"GDK_SCALE": "2"})
        for name, (plan, size, keys, more) in pictures.items():
            if len(sys.argv) == 4 or name.startswith(tuple(sys.argv[4:])):
                take(portolan, plan, out / f"{name}.png", size, keys, **more)


if __name__ == "__main__":
    main()
