# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which ways can be walked."""

import pytest

from lac_desktop.geo.walk_rules import WayFlag, paces, shipped_rules, wanted_tags

_WALKED = WayFlag.NONE


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "residential"}, _WALKED),
        ({"highway": "footway", "name": "The Snicket"}, _WALKED),
        ({"highway": "steps"}, WayFlag.STEPS | WayFlag.NO_WHEELS),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, WayFlag.STEPS),
        ({"highway": "path", "wheelchair": "no"}, WayFlag.NO_WHEELS),
        ({"highway": "motorway"}, None),
        ({"highway": "motorway", "foot": "yes"}, _WALKED),
        ({"highway": "trunk", "motorroad": "yes"}, None),
        ({"highway": "trunk"}, _WALKED),
        ({"highway": "track", "access": "private"}, WayFlag.PRIVATE),
        ({"highway": "track", "access": "private", "foot": "yes"}, _WALKED),
        ({"highway": "track", "foot": "no"}, None),
        ({"highway": "service", "access": "no", "foot": "designated"}, _WALKED),
        ({"highway": "service", "service": "driveway"}, WayFlag.PRIVATE),
        ({"highway": "service", "service": "driveway", "foot": "permissive"}, _WALKED),
        ({"highway": "proposed"}, None),
        ({"highway": "residential", "construction": "yes"}, None),
        ({"man_made": "pier"}, _WALKED),
        ({"railway": "platform"}, _WALKED),
        ({"railway": "rail"}, None),
        ({"waterway": "river"}, None),
        ({}, None),
    ],
)
def test_tags_say_how_a_way_is_walked(tags: dict[str, str], expected: WayFlag | None) -> None:
    assert shipped_rules().flags(tags) == expected


def test_the_builder_is_told_every_key_the_rules_look_at() -> None:
    assert {"highway", "foot", "access", "name", "service", "man_made"} <= set(wanted_tags())


def test_paces_are_data() -> None:
    usual, wheels = paces()["usual"], paces()["wheelchair"]
    assert usual.metres(15) == 1200
    assert usual.minutes(400) == 5
    assert wheels.avoids_steps
    assert not usual.avoids_steps
    assert paces()["slow"].metres_a_minute < usual.metres_a_minute
