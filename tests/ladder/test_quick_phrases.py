# SPDX-License-Identifier: AGPL-3.0-or-later
"""The quick ways to ask whether phrases stand in a text say what the plain ways say."""

from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.interests import fold
from lac_desktop.ladder.phrases import holds, pattern, speaks, speaks_of, stems

WORDS = st.sampled_from(
    ["carers", "caring", "care", "for", "my", "son", "closed", "down", "knit", "knitting", "&", "é"]
)
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
PHRASES = st.lists(
    st.sampled_from(
        ["car*", "caring for", "closed ... down", "knit* for", "my son", "Café", "down", "*", "é"]
    ),
    max_size=5,
).map(tuple)


@given(TEXTS, PHRASES)
def test_a_phrase_stands_where_its_pattern_finds_it(text: str, phrases: tuple[str, ...]) -> None:
    folded = fold(text)
    plain = any(pattern(phrase).search(folded) is not None for phrase in phrases)
    assert speaks(folded, phrases) == plain


@given(TEXTS, PHRASES)
def test_stems_stand_where_they_follow_each_other(text: str, phrases: tuple[str, ...]) -> None:
    plain = any(holds(stems(text), stems(phrase)) for phrase in phrases)
    assert speaks_of(text, phrases) == plain
