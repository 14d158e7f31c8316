#!/usr/bin/env python3
"""The translations are whole: nothing translatable is forgotten, and each language has all of it.

Usage: test_translations.py SOURCE_ROOT

Takes the messages out of src/, ui/ and data/ anew, as Meson's i18n module does with its preset "glib", and compares
them with po/POTFILES.in and with the po file of each language in po/LINGUAS. First the comparisons are shown spoilt
files, all of which they must refuse. Needs xgettext, msgcat and msgfmt (gettext). The last line is `N passed, N failed`.
"""

import ast
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# PRESET_ARGS["glib"] of mesonbuild/modules/i18n.py
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]
FLAGS = ["N_:1:pass-c-format", "C_:2:pass-c-format", "NC_:2:pass-c-format", "g_dngettext:2:pass-c-format",
         "g_strdup_printf:1:c-format", "g_string_printf:2:c-format", "g_string_append_printf:2:c-format",
         "g_error_new:3:c-format", "g_set_error:4:c-format", "g_markup_printf_escaped:1:c-format", "g_log:3:c-format",
         "g_print:1:c-format", "g_printerr:1:c-format", "g_printf:1:c-format", "g_fprintf:2:c-format",
         "g_sprintf:2:c-format", "g_snprintf:3:c-format"]
PRESET = ["--from-code=UTF-8", "--add-comments", *("--keyword=" + word for word in KEYWORDS),
          *("--flag=" + flag for flag in FLAGS)]
# They translate at run time, but the preset does not know them: what they have never reaches a translator.
UNSEEN = ["--keyword=Q_", "--keyword=g_dgettext:2", "--keyword=g_dpgettext:2"]

# How the catalogue is read.
ITS = pathlib.Path(__file__).resolve().parent.parent / "data/its"

STRING = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?) (".*"(?:\n".*")*)', re.MULTILINE)
DIRECTIVE = re.compile(r"%(?:%|[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|j|z|t|L)?[a-zA-Z])")
SHOWN = 10


class Message:
    def __init__(self, block):
        lines = block.split("\n")
        self.obsolete = any(line.startswith("#~") for line in lines)
        self.fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        self.c_format = any(re.match(r"#,.*(?<!no-)c-format", line) for line in lines)
        self.files = {reference.rpartition(":")[0] for line in lines if line.startswith("#: ")
                      for reference in line.split()[1:]}
        fields = {name: ast.literal_eval(f"({text})") for name, text in STRING.findall(block.replace("#~ ", ""))}
        self.key = tuple(fields.get(name) for name in ("msgctxt", "msgid", "msgid_plural"))
        self.forms = [text for name, text in fields.items() if name.startswith("msgstr")]

    @property
    def name(self):
        return repr(self.key[1])


def read(path):
    """The header and the other messages of a po file."""
    text = subprocess.run(["msgcat", "--no-wrap", path], check=True, stdout=subprocess.PIPE).stdout.decode()
    messages = [Message(block) for block in text.strip().split("\n\n") if "msgid " in block]
    return (next((m for m in messages if m.key[1] == "" and not m.obsolete), None),
            [m for m in messages if m.key[1] != ""])


def extract(root, files, more=()):
    with tempfile.TemporaryDirectory(prefix="portolan-") as folder:
        result = pathlib.Path(folder) / "new.pot"
        (pathlib.Path(folder) / "files").write_text("".join(file + "\n" for file in files), encoding="utf-8")
        subprocess.run(["xgettext", "--force-po", "--package-name=portolan", "-D", root, "-f",
                        pathlib.Path(folder) / "files", "-o", result, *PRESET, *more], check=True,
                       env={**os.environ, "GETTEXTDATADIRS": str(ITS.parent)})
        return read(result)[1]


def sources(root):
    found = [*(root / "src").rglob("*.[ch]"), *(root / "ui").rglob("*.ui"), *(root / "data").glob("*.in"),
             *(root / "data").glob("catalogue.xml")]
    return sorted(path.relative_to(root).as_posix() for path in found)


# --- what must hold; each yields what is wrong -----------------------------------------------------------------------


def wrong_list(listed, needed):
    for file in sorted(needed - set(listed)):
        yield f"{file} has translatable strings and is not listed"
    for file in sorted(set(listed) - needed):
        yield f"{file} has no translatable string"
    if listed != sorted(set(listed)):
        yield "it is not in alphabetical order"


def wrong_messages(header, messages, fresh):
    present = {m.key: m for m in messages if not m.obsolete}
    plurals = re.search(r"nplurals=(\d+)", header.forms[0]) if header else None

    if plurals is None:
        yield "the header has no plural forms"
    for message in fresh:
        own = present.pop(message.key, None)
        n = int(plurals[1]) if plurals and message.key[2] is not None else 1
        if own is None:
            yield f"missing: {message.name}"
        elif own.fuzzy:
            yield f"fuzzy: {message.name}"
        elif len(own.forms) != n or not all(own.forms):
            yield f"not translated: {message.name}"
        elif message.c_format and not own.c_format:
            yield f"without the flag c-format, so that msgfmt does not check it: {message.name}"
    for message in [*present.values(), *(m for m in messages if m.obsolete)]:
        yield f"obsolete: {message.name}"


def wrong_placeholders(messages, fresh):
    """Stricter than msgfmt: some formats are not printf's (ptl_words_with ()), and take their %s only as it stands."""
    formats = {m.key for m in fresh if m.c_format}
    for message in messages:
        if message.key not in formats:
            continue
        wanted = DIRECTIVE.findall(message.key[2] or message.key[1])
        for form in message.forms:
            if DIRECTIVE.findall(form) != wanted or DIRECTIVE.sub("", form).count("%"):
                yield f"{message.name} has {' '.join(wanted)}, its translation is {form!r}"


def wrong_for_msgfmt(path):
    done = subprocess.run(["msgfmt", "--check", "--check-accelerators=_", "-o", "/dev/null", path],
                          stderr=subprocess.PIPE)
    if done.returncode != 0:
        yield from (line for line in done.stderr.decode().strip().split("\n") if ": warning: header field" not in line)


def wrong_language(path, fresh):
    header, messages = read(path)
    return [*wrong_messages(header, messages, fresh), *wrong_placeholders(messages, fresh), *wrong_for_msgfmt(path)]


# --- the test itself must be able to fail ----------------------------------------------------------------------------

TRIAL_C = """
/* _ ("Not this one") */
static const char *const words[] = { N_ ("Move %s") };
void f (unsigned n) { g_print (g_dngettext ("d", "%u zone", "%u zones", n), n); }
const char *g (void) { return _ ("_Open"); }
"""
TRIAL_UI = """<?xml version="1.0" encoding="UTF-8"?>
<interface><object class="GtkLabel"><property name="name">no</property>
<property name="label" translatable="yes">Shown</property></object></interface>
"""
TRIAL_PO = r"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

#, c-format
msgid "Move %s"
msgstr "%s verschieben"

#, c-format
msgid "%u zone"
msgid_plural "%u zones"
msgstr[0] "%u Zone"
msgstr[1] "%u Zonen"

msgid "_Open"
msgstr "Ö_ffnen"

msgid "Shown"
msgstr "Gezeigt"
"""
SPOILT = {
    "missing": ('msgid "Shown"\nmsgstr "Gezeigt"\n', ""),
    "changed": ('msgid "Shown"', 'msgid "Showed"'),
    "changed plural": ('"%u zones"', '"%u areas"'),
    "empty": ("Gezeigt", ""),
    "empty form": ('"%u Zonen"', '""'),
    "too few forms": ('msgstr[1] "%u Zonen"\n', ""),
    "fuzzy": ('msgid "Shown"', '#, fuzzy\nmsgid "Shown"'),
    "obsolete": ('msgid "Shown"', '#~ msgid "Gone"\n#~ msgstr "Fort"\n\nmsgid "Shown"'),
    "not in the sources": ('msgid "Shown"', 'msgid "Gone"\nmsgstr "Fort"\n\nmsgid "Shown"'),
    "no placeholder": ("%s verschieben", "Verschieben"),
    "another placeholder": ("%s verschieben", "%d verschieben"),
    "a placeholder by number": ("%s verschieben", "%1$s verschieben"),
    "a placeholder too many": ("%u Zonen", "%u Zonen %u"),
    "no flag": ('#, c-format\nmsgid "Move %s"', 'msgid "Move %s"'),
    "no mnemonic": ("Ö_ffnen", "Öffnen"),
    "no plural forms": ("Plural-Forms: nplurals=2; plural=(n != 1);\\n", ""),
}


def is_able_to_fail():
    with tempfile.TemporaryDirectory(prefix="portolan-") as folder:
        root = pathlib.Path(folder)
        for file, text in [("src/plan/words.c", TRIAL_C), ("src/none.c", "int x;\n"), ("ui/shown.ui", TRIAL_UI)]:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, encoding="utf-8")
        fresh = extract(root, sources(root))
        found = {file for message in fresh for file in message.files}
        if found != {"src/plan/words.c", "ui/shown.ui"} or len(fresh) != 4:
            yield f"other messages were found: {found}, {[message.name for message in fresh]}"
        path = root / "trial.po"
        for name, (old, new) in {"nothing": ("", ""), **SPOILT}.items():
            if old not in TRIAL_PO:
                yield f"{name}: the trial does not have {old!r}"
            path.write_text(TRIAL_PO.replace(old, new) if old else TRIAL_PO, encoding="utf-8")
            try:
                refused = bool(wrong_language(path, fresh))
            except subprocess.CalledProcessError:
                refused = True
            if refused != (name != "nothing"):
                yield f"spoilt by {name}: {'refused' if refused else 'accepted'}"
    if any(not list(wrong_list(listed, {"a", "b"})) for listed in (["a"], ["a", "b", "c"], ["b", "a"])):
        yield "a wrong list of files is accepted"


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    root = pathlib.Path(sys.argv[1]).resolve()
    lacking = [tool for tool in ("xgettext", "msgcat", "msgfmt") if shutil.which(tool) is None]
    if lacking:
        print(f"FAILED: there is no {', '.join(lacking)}; it is in the package gettext\n0 passed, 1 failed")
        return 1
    fresh = extract(root, sources(root))
    known = {message.key for message in fresh}
    unseen = [f"{', '.join(sorted(m.files))}: {m.name}" for m in extract(root, sources(root), UNSEEN)
              if m.key not in known]
    listed = [line for line in (root / "po/POTFILES.in").read_text(encoding="utf-8").split("\n")
              if line.strip() and not line.startswith("#")]
    languages = (root / "po/LINGUAS").read_text(encoding="utf-8").split()
    results = {
        "the test can fail": list(is_able_to_fail()),
        "POTFILES.in": list(wrong_list(listed, {file for message in fresh for file in message.files})),
        "calls that Meson's preset does not know": unseen,
        "LINGUAS": [f"{path.name} is not listed" for path in (root / "po").glob("*.po") if path.stem not in languages],
        **{f"{language}.po": wrong_language(root / f"po/{language}.po", fresh) for language in languages},
    }
    for name, wrong in results.items():
        if wrong:
            more = f"\n  and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
            print(f"FAILED {name}:\n  " + "\n  ".join(wrong[:SHOWN]) + more)
    failed = sum(bool(wrong) for wrong in results.values())
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
