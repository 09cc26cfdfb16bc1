# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is written comes back, however it lies in the document; days as people say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.ui.talk import passages
from lac_desktop.ui.talk.days import clock_words, read_clock, read_soon, soon_words
from lac_desktop.ui.talk.together import merged

TODAY = date(2026, 3, 10)  # a Tuesday
LINES = st.text(
    st.characters(exclude_categories=["Cs", "Zl", "Zp"], exclude_characters="\0\n\r"), max_size=60
)
PARAGRAPHS = st.lists(st.builds(Paragraph, LINES, st.sampled_from(["", "", "Tom"])), max_size=12)


@given(PARAGRAPHS, st.booleans())
def test_paragraphs_come_back(written: list[Paragraph], long: bool) -> None:
    much = [Paragraph(one.text * 40, one.about) for one in written] * 40 if long else written
    lone_empty = len(much) == 1 and not much[0].text
    assert passages.paragraphs(passages.blocks(much)) == (() if lone_empty else tuple(much))


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "word " * 200_000, "line\n" * 200_000, "\n" * 100_000, "👩‍👩‍👧é" * 20_000],
)
def test_a_megabyte_lies_in_blocks_of_a_size_and_comes_back(text: str) -> None:
    made = passages.blocks(passages.from_text(text))
    assert max(len(block.text) for block in made) <= 1_600
    assert len(made) < 3_000
    assert "\n".join(one.text for one in passages.paragraphs(made)) == text


def test_pasted_line_ends_are_all_paragraphs() -> None:
    pasted = passages.from_text("a\r\nb\rc\u2028d\u2029e\0")
    assert [one.text for one in pasted] == ["a", "b", "c", "d", "e"]


def test_what_is_about_others_goes_back_where_it_was() -> None:
    a, b, c = Paragraph("a"), Paragraph("b"), Paragraph("c")
    other = Paragraph("his drinking", "Tom")
    assert merged([a, other, b], [a, b]) == (a, other, b)
    assert merged([a, other, b], [a, c, b]) in ((a, other, c, b), (a, c, other, b))
    assert merged([other, a], [Paragraph("changed")]) == (other, Paragraph("changed"))
    assert merged([a, other], []) == (other,)
    assert merged([a, b], [c]) == (c,)


@given(PARAGRAPHS, PARAGRAPHS)
def test_writing_together_loses_nothing(before: list[Paragraph], typed: list[Paragraph]) -> None:
    after = [Paragraph(one.text) for one in typed]
    made = merged(before, after)
    assert [one for one in made if not one.about] == after
    hidden = [one for one in before if one.about]
    assert [one for one in made if one.about] == hidden


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Thursday", date(2026, 3, 12)),
        ("next tue", date(2026, 3, 17)),
        ("Thu 12 March", date(2026, 3, 12)),
        ("tomorrow", date(2026, 3, 11)),
        ("in 2 weeks", date(2026, 3, 24)),
        ("a month", date(2026, 4, 9)),
        ("5 January", date(2027, 1, 5)),
        ("1 March", date(2026, 3, 1)),
        ("2026-04-01", date(2026, 4, 1)),
        ("whenever", None),
        ("31 February", None),
    ],
)
def test_days_to_come_as_people_say_them(typed: str, day: date | None) -> None:
    assert read_soon(typed, TODAY) == day
    if day is not None:
        assert read_soon(soon_words(day, TODAY), TODAY) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_and_a_time_or_none(typed: str) -> None:
    assert isinstance(read_soon(typed, TODAY), date | None)
    clock = read_clock(typed)
    assert clock is None or clock == "" or read_clock(clock_words(clock)) == clock
