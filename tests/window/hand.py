"""What a person does in the window, counted: presses of buttons and keys, drags, words typed."""

from program import wait_for


class Hand:
    """Works the window of a program. The size leaves room for two zones on the canvas."""

    def __init__(self, program, size=(1900, 1060), title=None):
        self.program, self.actions, self.known = program, 0, {}
        self.window = program.window(title)
        program.resize(self.window, *size)

    def find(self, role, name):
        """What stays where it is, is looked for once: asking for everything takes a while."""
        if (role, name) not in self.known:
            self.known[role, name] = self.window.find(role, lambda text: text.startswith(name))
        return self.known[role, name]

    def take_keys(self):
        """Where there is no window manager, the window that came last has the keys."""
        self.program.xdotool("windowfocus", self.program.shell_of(self.window)[0])

    def press(self, role, name):
        self.program.press(self.find(role, name), self.window)
        self.actions += 1

    def key(self, *keys):
        self.program.key(*keys)
        self.actions += len(keys)

    def type(self, text):
        self.program.type(text)
        self.actions += 1

    # --- The canvas --------------------------------------------------------------------------------------------------

    def at(self, x, y):
        """A place of the plan on the screen, when the middle of the plan is at 0, 0 and nobody moved the view."""
        left, top = self.program.middle_of(self.find("image", "Canvas"), self.window)
        return left + x, top + y

    def click(self, x, y, **more):
        self.program.click(*self.at(x, y), **more)
        self.actions += 1

    def drag(self, start, end, **more):
        self.program.drag(self.at(*start), self.at(*end), **more)
        self.actions += 1

    def choose(self, *names):
        """In the menu that is open on the canvas, by keys: where a popover is, is nowhere told."""
        canvas = self.find("image", "Canvas")

        def focused():
            return [item.name for item in canvas.all("menu item") if item.has("focused")]
        for name in names:
            canvas.find("menu item", name)
            for _ in range(20):
                before = focused()
                if name in before:
                    break
                self.program.key("Down")
                wait_for(lambda: before != focused(), "the next item of the menu")
            self.program.key("Return")
            self.actions += 1
        wait_for(lambda: not focused(), "the menu to close")

    # --- The palette -------------------------------------------------------------------------------------------------

    def search(self, text):
        """The row that the palette then offers."""
        self.press("entry", "Search the palette")
        self.key("ctrl+a")
        self.type(text)
        return self.row_of(text)

    def row_of(self, text):
        """It comes first as soon as the others are gone; GTK 4.8 does not tell that they are."""
        def found():
            rows = self.find("list", "Palette")
            return next((row for row in rows.all("list item", lambda name: name.lower().startswith(text))
                         if row.box[1] < rows.box[1] + 40), None)
        return wait_for(found, f"{text!r} in the palette")

    def drop(self, text, x, y, edit):
        row = self.search(text)
        self.program.drag(self.program.middle_of(row, self.window), self.at(x, y), steps=12)
        self.actions += 1
        self.wait_for_edit(edit)

    # --- What comes of it --------------------------------------------------------------------------------------------

    def wait_for_edit(self, name, role="Undo"):
        """The tooltip of the undo button tells what was done last."""
        button = self.find("push button", role)
        wait_for(lambda: button.name == f"{role} {name}", lambda: f"“{role} {name}” while the window says {button.name}")

    def save_as(self, path):
        """In the dialog that comes up."""
        dialog = self.program.window(lambda name: name.startswith("Save"))
        self.program.press(dialog.find("text", "Name:"), dialog)
        self.key("ctrl+a")
        self.type(str(path))
        wait_for(lambda: dialog.find("text", "Name:").text == str(path), "the typed name")
        self.key("Return")
        wait_for(path.exists, "the saved file")


def check_same(path, expected):
    """Byte for byte; says the first line that differs."""
    saved, wanted = path.read_bytes(), expected.read_bytes()
    for number, (line, other) in enumerate(zip(saved.split(b"\n"), wanted.split(b"\n")), 1):
        assert line == other, f"{expected.name}, line {number}: saved {line.decode()}, expected {other.decode()}"
    assert saved == wanted, f"{expected.name}: saved {len(saved)} bytes, expected {len(wanted)}"
