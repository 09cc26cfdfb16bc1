# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language coach offers plain words once and says what is wrong with a council's own list."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop import paths
from lac_desktop.services import talk_lists, wordcoach
from lac_desktop.services.wordcoach import Coach, Remark, Word

REFUSED = Word(("refused", "won't engage"), ("did not want",), "A no is a choice, {name}.")
USER = Word(("service user",), ("{name}",))


def found(text: str, *words: Word) -> list[str]:
    return [remark.phrase for remark in Coach(words).remarks(text)]


def test_shipped_lists_have_no_mistakes() -> None:
    lists = (wordcoach.load(), talk_lists.questions(), talk_lists.principles())
    assert [one.problems for one in lists] == [(), (), ()]
    assert len(wordcoach.load().entries) > 40
    assert len(talk_lists.principles().entries) == 10
    assert talk_lists.tally().problems == ()


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("She refused a sitter.", ["refused"]),
        ("REFUSED", ["REFUSED"]),
        ("She won’t engage, they say", ["won’t engage"]),
        ("the service-user and the service\nuser", ["service-user", "service\nuser"]),
        ("unrefused, refusedly, preservice users", []),
        ("", []),
    ],
)
def test_phrases_are_noticed_as_people_write_them(text: str, phrases: list[str]) -> None:
    assert found(text, REFUSED, USER) == phrases


def test_ordinary_words_are_left_alone() -> None:
    coach = Coach(wordcoach.load().entries)
    plain = (
        "Just in case it rains, the old mill is open. She claims Carer's Allowance. "
        "The kitchen unit was put up. She was admitted to hospital on Monday."
    )
    assert [one.phrase for one in coach.remarks(plain)] == []


def test_offers_take_the_name_and_the_capital() -> None:
    remark = next(Coach([REFUSED]).remarks("Refused a lift"))
    assert wordcoach.offers(remark, "Jean") == ["Did not want"]
    assert wordcoach.why(remark, "Jean") == "A no is a choice, Jean."
    assert wordcoach.offers(Remark(0, 3, "DNA", USER), "Jean") == ["Jean"]


def test_a_council_replaces_the_list_and_mistakes_are_told_by_line() -> None:
    folder = paths.machine_policy()
    folder.mkdir(parents=True)
    own = folder / wordcoach.FILE_NAME
    own.write_text(
        '# ours\n[[word]]\nsay = ["bespoke"]\ninstead = ["made for {name}"]\n\n'
        '[[word]]\nsay = "not a list"\ninstead = ["x"]\n\n'
        '[[word]]\nsay = ["a"]\ninstead = ["b"]\ncolour = "red"\n',
        "utf-8",
    )
    listed = wordcoach.load()
    assert [word.say for word in listed.entries] == [("bespoke",)]
    assert [problem.split(":")[0] for problem in listed.problems] == [
        "wordcoach.toml, line 6",
        "wordcoach.toml, line 10",
    ]
    assert "colour" in listed.problems[1]


@pytest.mark.parametrize("text", ["[[word]\nsay = 1", "", "word = 3", 'word = ["x"]'])
def test_a_list_that_cannot_be_used_gives_the_shipped_one_and_says_so(text: str) -> None:
    folder = paths.machine_policy()
    folder.mkdir(parents=True)
    (folder / wordcoach.FILE_NAME).write_text(text, "utf-8")
    listed = wordcoach.load()
    assert len(listed.entries) > 40
    assert listed.problems


def test_a_list_that_is_no_text_gives_the_shipped_one(tmp_path: Path) -> None:
    folder = paths.machine_policy()
    folder.mkdir(parents=True)
    (folder / wordcoach.FILE_NAME).write_bytes(b"\xff\xfe\x00")
    assert wordcoach.load().problems


@given(st.text(max_size=200))
def test_any_text_is_looked_at_and_remarks_lie_in_it(text: str) -> None:
    for remark in Coach([REFUSED, USER]).remarks(text):
        assert text[remark.start : remark.end] == remark.phrase


def test_no_words_no_remarks() -> None:
    assert found("refused") == []
