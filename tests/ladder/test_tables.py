# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ladder as data: what is shipped, and how mistakes are told."""

import shutil
from pathlib import Path

import pytest

from lac_desktop import paths
from lac_desktop.errors import LacError
from lac_desktop.ladder import tables
from lac_desktop.services import interests, ladder
from lac_desktop.services.indexing import load_kinds

#: Every situation and approach that the ladder must know.
SITUATIONS = {
    "lonely", "new-here", "lost-someone", "caring", "home-from-hospital", "own-home",
    "money-tight", "useful", "out-again", "end-of-life", "leaving-care", "active", "moving-on",
}  # fmt: skip
APPROACHES = {
    "keyring", "keyring-plus", "community-circle", "community-enterprise", "homeshare",
    "shared-lives", "wellbeing-team", "direct-payment", "isf", "pooled-budgets",
    "integrated-commissioning", "social-prescribing", "social-action", "twelve-weeks", "peers",
    "home-from-hospital", "small-household",
}  # fmt: skip


def test_every_situation_and_approach_is_there() -> None:
    table = ladder.load()
    assert {scenario.id for scenario in table.scenarios} >= SITUATIONS
    assert {approach.id for approach in table.approaches} >= APPROACHES
    for approach in table.approaches:
        assert approach.ask
        assert approach.is_not
        assert approach.start
        assert approach.kinds or approach.national


def test_services_are_the_last_rung_and_gifts_stand_with_neighbours() -> None:
    table = ladder.load()
    assert table.rung("gp-surgery", "S") == 7
    assert table.rung("housing-office", "I") == 7
    assert table.rung("gift-skill", "G") == 3
    assert table.rung("walking-group", "A") == 4
    assert table.rung("homeshare-scheme", "S") == 5
    assert table.rung("shared-lives-scheme", "S") == 6


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("scenarios.toml", 'id = "new-here"', 'id = "lonely"', "stands above already"),
        ("scenarios.toml", '"coffee-morning"', '"cofee-morning"', "“cofee-morning”"),
        ("scenarios.toml", '"company", "meeting-people"', '"compny"', "“compny”"),
        ("scenarios.toml", "[scenario.questions]\n1 =", "[scenario.questions]\n9 =", "no rung “9”"),
        ("approaches.toml", "rung = 1", "rung = 8", "its rung must be 1 to 7"),
        ("approaches.toml", 'is_not = "It is not unpaid', 'isnt = "It is not unpaid', "is_not"),
        ("rungs.toml", "number = 7", "number = 8", "numbered 1 to 7"),
        ("danger.toml", "heard = [", "heard = ", "not valid TOML"),
        ("danger.toml", "heard = [", 'heard = [ "kill* @selv",', "names @selv, which is no list"),
        ("danger.toml", "heard = [", 'heard = [ "took (my",', "“took (my” in heard has brackets"),
        ("danger.toml", "not_in = [", "notin = [", "a field “notin”"),
        ("scenarios.toml", "wide = true", 'wide = "yes"', "its wide must be true or false"),
        ("scenarios.toml", "groups = [", "group = [", "a field “group”"),
        ("scenarios.toml", '"lonel*"', '"lonel*("', "“lonel*(” in words has brackets"),
        ("approaches.toml", "national = ", "nation = ", "a field “nation”"),
        ("rungs.toml", 'title_cy = "', 'title_wl = "', "a field “title_wl”"),
    ],
)
def test_a_mistake_is_told_with_file_and_reason(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "ladder"
    shutil.copytree(paths.resources() / "ladder", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LacError) as caught:
        tables.read(folder, load_kinds().kinds.keys(), interests.load().interests.keys())
    assert told in caught.value.message
    assert file in caught.value.message
