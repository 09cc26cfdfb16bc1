# SPDX-License-Identifier: AGPL-3.0-or-later
"""999 and 111 are always there; the council's numbers come from a plain file or from policy."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop import paths
from lac_desktop.domain.urgent import BUILT_IN, UrgentNumber, UrgentNumbers, from_values, to_values
from lac_desktop.errors import LacError
from lac_desktop.services import toml_file, urgent


def council(*numbers: UrgentNumber) -> UrgentNumbers:
    return UrgentNumbers((*BUILT_IN, *numbers), date(2026, 3, 2), "Gwen, team lead")


def test_without_a_file_the_built_in_numbers_show(tmp_path: Path) -> None:
    found = urgent.load(tmp_path / "Mine.lac")
    assert [n.number for n in found.numbers] == ["999", "111"]
    assert not found.problem


def test_numbers_are_kept_beside_the_notebook_and_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "Mine.lac"
    own = council(UrgentNumber("safeguarding-adults", "01632 960 200"))
    urgent.save(folder, own)
    assert (tmp_path / "urgent.toml").is_file()
    found = urgent.load(folder)
    assert [n.number for n in found.numbers] == ["999", "01632 960 200", "111"]
    assert (found.checked_on, found.checked_by) == (date(2026, 3, 2), "Gwen, team lead")


@pytest.mark.parametrize(
    "text",
    [
        "number = 5",
        "[[number]]\nrole = 'nobody'\nnumber = '01632 960 200'",
        "[[number]]\nrole = 'out-of-hours'\nnumber = 'ring me'",
        "[[number]]\nrole = 'emergency'\nnumber = '112'",
        "this is not toml",
        "\x00\x01",
    ],
)
def test_a_broken_file_gives_the_built_in_numbers_and_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "urgent.toml").write_text(text, "utf-8")
    found = urgent.load(tmp_path / "Mine.lac")
    assert [n.number for n in found.numbers] == ["999", "111"]
    assert "urgent.toml" in found.problem
    assert found.problem.endswith(".")


def test_policy_of_the_machine_wins_and_cannot_be_changed_here(tmp_path: Path) -> None:
    policy = paths.machine_policy() / "urgent.toml"
    toml_file.write(policy, to_values(council(UrgentNumber("out-of-hours", "01632 960 201"))))
    urgent_here = tmp_path / "urgent.toml"
    urgent_here.write_text("[[number]]\nrole = 'other'\nnumber = '01632 960 999'\n")
    found = urgent.load(tmp_path / "Mine.lac")
    assert found.fixed
    assert [n.number for n in found.numbers] == ["999", "01632 960 201", "111"]
    with pytest.raises(LacError, match="IT sets these numbers"):
        urgent.save(tmp_path / "Mine.lac", found)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_any_words_survive_the_file(label: str, note: str, who: str) -> None:
    own = UrgentNumbers((*BUILT_IN, UrgentNumber("other", "01632 960 7", label, note)), None, who)
    read = toml_file.tomllib.loads(toml_file.text_of(to_values(own)))
    found = from_values(read)
    assert found.checked_by == who
    assert found.numbers[-1] == own.numbers[-1]
