#!/usr/bin/python3
"""The window comes, shows what it is given, and goes, without a word on standard error.

Usage: test_start.py SOURCE_ROOT PORTOLAN [TEST...]
"""

import cases


def test_empty(case):
    with case.start() as program:
        program.window("Portolan")
        program.close()


def test_templates(case):
    for name, title in {"stand-alone": "Stand-alone primary site", "perimeter": "Primary site with a perimeter"}.items():
        with case.start(case.copy(name)) as program:
            window = program.window(title)
            assert window.find(name="Canvas").box[2] > 500, "the canvas is narrow"
            program.close()


if __name__ == "__main__":
    cases.main(__doc__, globals())
