#!/usr/bin/env python3
"""Runs a test program that shows widgets on a desktop of its own and ends with its exit status.

Check must not fork: GTK would be lost in the children.

Usage: run.py [--size WIDTHxHEIGHT] PROGRAM ARGUMENT...
"""

import subprocess
import sys

from desktop import Desktop, skip_without


def main():
    arguments = sys.argv[1:]
    size = "1280x800"
    if arguments[:1] == ["--size"]:
        size, arguments = arguments[1], arguments[2:]
    if not arguments:
        sys.exit(__doc__)
    skip_without({})
    with Desktop(size, CK_FORK="no", GTK_A11Y="test") as desktop:
        status = subprocess.run(arguments, env=desktop.environment, check=False).returncode
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
