# SPDX-License-Identifier: AGPL-3.0-or-later
"""First run by keys alone: name, passphrase, recovery code typed back, an empty map."""

# start: welcome

from typing import Any

a: Any = globals()["a"]
PHRASE = "acorn bridge candle drum"

a.wait("button", "Set up my own", 30)
a.focus("button", "Set up my own")
a.key("Return")
a.focus("text", "Your name")
a.key("Return")
a.hear("name")
a.focus("text", "Your name")
a.type("Ruth")
a.key("Return")
a.focus("text", "Passphrase")
a.type("short")
a.key("Return")
a.focus("text", "Passphrase")
a.key("ctrl+a")
a.type(PHRASE)
a.key("Tab", "Tab")
a.focus("text", "The same again")
a.type(PHRASE)
a.key("Return")
a.wait("label", "Group 1: *", 20)
groups = {
    n: a.find("label", f"Group {n}: *").name.split(": ")[1].replace(" ", "") for n in range(1, 9)
}
for field in sorted(a.nodes(lambda n: n.fits("text", "Type group *")), key=lambda n: n.name):
    while not a.focus_node().fits("text", field.name):
        a.key("Tab")
    a.type(groups[int(field.name.split()[2])].lower())
a.key("Return")
a.wait("combo box", "*", 20)
a.wait("button", "Open my notebook")
while not a.focus_node().fits("button", "Open my notebook"):
    a.key("Tab")
a.key("Return")
a.wait("list", "Main sections", 20)
print(a.check())
a.key("ctrl+q")
a.ended()
