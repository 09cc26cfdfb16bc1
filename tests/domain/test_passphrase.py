# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passphrases: suggestions can be remembered, and strength is told in a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from lac_desktop import paths
from lac_desktop.domain.passphrase import Strength, judge, suggest


def words() -> list[str]:
    return (paths.resources() / "passphrase" / "words.txt").read_text("utf-8").split()


def test_suggestion_is_five_different_words_and_strong() -> None:
    suggested = suggest(words())
    assert len(set(suggested.split())) == 5
    assert judge(suggested).strength is Strength.STRONG


def test_word_list_holds_enough_words_and_no_word_twice() -> None:
    assert len(words()) == len(set(words())) > 700


def test_short_repeated_and_counting_ones_are_told_to_be_weak() -> None:
    assert judge("abc").strength is Strength.TOO_SHORT
    assert judge("aaaaaaaaaaaaaaaa").strength is Strength.WEAK
    assert judge("1234567890123").strength is Strength.WEAK
    assert judge("one one one one").strength is Strength.WEAK


@given(st.text(max_size=200))
def test_every_text_gets_a_sentence(text: str) -> None:
    assert judge(text).sentence.endswith(".")
