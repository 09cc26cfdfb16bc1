# SPDX-License-Identifier: AGPL-3.0-or-later
"""An area pack from the county's files, built in the window and in use at once."""

# start: open

from typing import Any

a: Any = globals()["a"]


def tab_to(name: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(30):
        if a.focus_node().fits("*", name):
            return
        a.key("Tab")
    a.focus("*", name)


def add(what: str, path: str) -> None:
    """Choose one file for what the pack is built from."""
    tab_to(f"Add a file: {what}*")
    a.key("Return")
    a.wait("text", "File name*")
    a.type(path)
    a.key("Return")
    a.gone("text", "File name*")


a.key("alt+f")
a.wait("menu item", "Build an area pack*", 20)
a.press("Build an area pack*")
a.wait("dialog", "Build an area pack")
add("OpenStreetMap extract", "$DATA/osm/rutland-2018-02-27.osm.pbf")
add("Postcodes", "$DATA/postcodes/codepoint-open-le.csv")
add("Ward", "$DATA/boundaries/wards_by_lad_E06000017.json")
tab_to("Build the pack")
a.key("Return")
a.hear("name")
a.type("Rutland again")
print(a.check())
tab_to("Build the pack")
a.key("Return")
a.gone("dialog", "Build an area pack", 60)
a.wait("label", "*area pack is in use*", 20)
print(a.check())
