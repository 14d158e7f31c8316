#!/usr/bin/python3
"""A portal that knows one setting, whether the desktop is dark, on the session bus.

Usage: portal.py SCHEME [OLD]

SCHEME is what the desktop wishes: 0 nothing, 1 dark, 2 light; a number on standard input changes it. With OLD it has
only the method that portals had before 2023. Writes "ready" when it can be asked.
"""

import sys

from gi.repository import Gio, GLib

METHOD = '<method name="{}"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>'
INTERFACE = f"""<node><interface name="org.freedesktop.portal.Settings">
{METHOD.format("Read")}{"" if "OLD" in sys.argv else METHOD.format("ReadOne")}
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface><interface name="org.freedesktop.portal.Inhibit">
<method name="CreateMonitor"><arg type="s" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="o" direction="out"/></method>
</interface></node>"""
PATH, NAME = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop"
SETTING = ("org.freedesktop.appearance", "color-scheme")


class Portal:
    def __init__(self, scheme):
        self.scheme = GLib.Variant("u", scheme)
        self.loop = GLib.MainLoop()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces:
            self.bus.register_object(PATH, interface, self.on_call, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: print("ready", flush=True), None)
        GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, self.on_line)
        self.loop.run()

    def on_call(self, bus, sender, path, interface, method, parameters, invocation):
        if method == "CreateMonitor":  # what GTK asks when it registers with the session
            invocation.return_value(GLib.Variant("(o)", (PATH + "/request/1",)))
            return
        if parameters.unpack() != SETTING:
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "no such setting")
            return
        value = GLib.Variant("v", self.scheme) if method == "Read" else self.scheme  # as the real one has it
        invocation.return_value(GLib.Variant("(v)", (value,)))

    def on_line(self, stream, _):
        line = stream.readline()
        if not line:
            self.loop.quit()
            return False
        self.scheme = GLib.Variant("u", int(line))
        self.bus.emit_signal(None, PATH, "org.freedesktop.portal.Settings", "SettingChanged",
                             GLib.Variant("(ssv)", (*SETTING, self.scheme)))
        return True


if __name__ == "__main__":
    Portal(int(sys.argv[1]))
