"""A desktop of one's own to test the window in: an X server, a bus, and folders that are gone afterwards.

Nothing here touches the display, the bus or the files of whoever runs the tests.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

SKIPPED = 77  # what Meson takes as "skipped"
TOOLS = {"Xvfb": "xvfb", "dbus-daemon": "dbus", "setpriv": "util-linux"}
# What the tests start goes when they go, however that is.
BOUND = ("setpriv", "--pdeathsig", "TERM")
A11Y_SERVICE = pathlib.Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
# No other service is started by the bus: neither the person's settings nor their portals have a say.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def skip_without(tools):
    """Ends the test as skipped where a tool is missing; where tests must run, a skipped one counts as failed."""
    missing = [package for tool, package in {**TOOLS, **tools}.items() if shutil.which(tool) is None]
    if not A11Y_SERVICE.exists():
        missing.append("at-spi2-core")
    if missing:
        print("skipped: needs the packages", " ".join(missing))
        sys.exit(SKIPPED)


def line_of(stream):
    """The first line that a server writes when it is ready."""
    line = stream.readline().decode().strip()
    if not line:
        raise RuntimeError("a server of the test's desktop did not start")
    return line


class Desktop:
    """Use it in a `with` statement; `environment` is what programs on it are to be started with."""

    def __init__(self, size="1280x800", locale="C.UTF-8", **environment):
        self.size = size
        self.environment = {
            **{name: value for name, value in os.environ.items()
               if not name.startswith(("XDG_", "GTK_", "GDK_", "DBUS_", "LC_", "LANG", "WAYLAND_", "AT_SPI"))},
            "LC_ALL": locale,
            "GDK_BACKEND": "x11",
            "GDK_DEBUG": "gl-disable",
            "GSK_RENDERER": "cairo",
            "GTK_USE_PORTAL": "0",
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_VFS": "local",
            "G_DEBUG": "fatal-warnings",
            **environment,
        }
        self.servers = []

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="portolan-desktop-"))
        try:
            for name in ("config", "data", "state", "cache", "runtime"):
                (self.folder / name).mkdir(mode=0o700)
                self.environment["XDG_RUNTIME_DIR" if name == "runtime" else f"XDG_{name.upper()}_HOME"] = str(
                    self.folder / name)
            self.environment["HOME"] = str(self.folder)
            # Forgetting old files, GTK 4.8 leaks the time.
            (self.folder / "config/gtk-4.0").mkdir()
            (self.folder / "config/gtk-4.0/settings.ini").write_text("[Settings]\ngtk-recent-files-max-age=-1\n")
            self.start_display()
            self.start_bus()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for server in reversed(self.servers):
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self, command, **more):
        """A group of its own: what the server starts goes with it."""
        server = subprocess.Popen([*BOUND, *command], env=self.environment, start_new_session=True, stdin=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, **more)
        self.servers.append(server)
        return server

    def start_display(self):
        reader, writer = os.pipe()
        self.serve(["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{self.size}x24", "-nolisten", "tcp",
                    "-noreset"], stdout=subprocess.DEVNULL, pass_fds=[writer])
        os.close(writer)
        with open(reader, "rb") as stream:
            self.environment["DISPLAY"] = f":{line_of(stream)}"

    def start_bus(self):
        runtime = self.folder / "runtime"
        (runtime / "services").mkdir()
        shutil.copy(A11Y_SERVICE, runtime / "services")
        (runtime / "bus.conf").write_text(BUS.format(folder=runtime), encoding="utf-8")
        bus = self.serve(["dbus-daemon", "--nofork", "--print-address", f"--config-file={runtime}/bus.conf"],
                         stdout=subprocess.PIPE)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = line_of(bus.stdout)

    def picture(self, path):
        """What is on the display, as a PNG file."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=False)
