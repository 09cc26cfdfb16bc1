# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slips of the pen are heard as what was meant, and other words stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.ladder.spelling import mended

KNOWN = frozenset(
    ("lonely", "knitting", "allotment", "dementia", "litter", "gardening", "the", "collapsed")
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I am lonley", "i am lonely"),
        ("kniting", "knitting"),
        ("an alotment", "an allotment"),
        ("dimentia", "dementia"),
        ("gardning", "gardening"),
        ("a letter came", "a letter came"),
        ("I collapse by six", "i collapse by six"),
        ("teh 12345", "teh 12345"),
    ],
)
def test_slips_are_mended_and_other_words_are_not(said: str, meant: str) -> None:
    assert mended(said, KNOWN) == meant


@given(st.text(max_size=60))
def test_any_text_keeps_its_number_of_words_and_is_mended_once(text: str) -> None:
    once = mended(text, KNOWN)
    assert mended(once, KNOWN) == once
