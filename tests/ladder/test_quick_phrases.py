# SPDX-License-Identifier: AGPL-3.0-or-later
"""What phrases stand for, and that the quick ways to look for them say what the plain ways say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.interests import fold
from lac_desktop.ladder.phrases import holds, pattern, problem_of, speaks, speaks_of, stems

WORDS = st.sampled_from(
    ["carers", "caring", "care", "for", "my", "son", "closed", "down", "knit", "knitting", "&", "é"]
)
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
PHRASES = st.lists(
    st.sampled_from(
        [
            *("car*", "caring for", "closed ... down", "knit* for", "my son", "Café", "down", "é"),
            *("*", "(my|for the) son", "(care|knit*) ... (down|my son)"),
        ]
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


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("no light* and no heat*", "No lights and no heating here", True),
        ("kill* (my|him)self", "she killed himself", False),
        ("kill* (myself|himself)", "he’s killing himself", True),
        ("(took|takes) (my|all her) money", "he takes all her money", True),
        ("(took|takes) (my|all her) money", "he takes all my money", False),
        ("hand* (round|on) (my|her) (neck|throat)", "his hands round my throat", True),
        ("(he|my (son|lad)) ... (hits|kicks)", "my lad sometimes kicks", True),
        ("self-harm*", "self harming again", True),
        ("don’t go", "I dont go", True),
        ("(a|b) ...  c*", "b one two three four cat", True),
        ("(a|b) ...  c*", "b one two three four five cat", False),
    ],
)
def test_what_a_phrase_stands_for(phrase: str, text: str, stands: bool) -> None:
    assert (pattern(phrase).search(fold(text)) is not None) == stands
    assert speaks(fold(text), (phrase,)) == stands


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("took (my money", "brackets"),
        ("took my) money", "brackets"),
        ("mine|yours", "bar outside"),
        ("took (my|) money", "empty place"),
        ("took (... my|a) money", "empty place"),
        ("!", "no word"),
        ("took ((my|her) own|a) money", ""),
        ("*", "no word"),
    ],
)
def test_a_phrase_that_cannot_be_heard_is_told(phrase: str, told: str) -> None:
    assert told in problem_of(phrase)
    assert bool(told) == bool(problem_of(phrase))
