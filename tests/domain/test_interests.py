# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interests: shared with kinds, found by typing; a mistake is told with its line."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.interests import InterestTable, fold
from lac_desktop.errors import LacError
from lac_desktop.services.indexing import load_kinds
from lac_desktop.services.interests import load

#: Plain facilities that nobody takes an interest in.
FACILITIES = {"public-toilet", "street-feature", "car-park"}
GOOD = """[[interest]]
id = "bikes"
name = "Bikes"
name_cy = "Beiciau"
words = ["cycling"]
kinds = ["repair-cafe"]

"""


def test_every_link_is_a_kind_and_every_community_kind_is_reached() -> None:
    kinds, table = load_kinds().kinds, load()
    reached = set(table.kinds_of(table.interests))
    assert reached <= kinds.keys()
    community = {kind.id for kind in kinds.values() if kind.category != "S"}
    assert community - reached == FACILITIES
    assert 140 <= len(table.interests) <= 200
    for kind in community - FACILITIES:
        assert all(kind in interest.kinds for interest in table.of_kind(kind))
        assert table.of_kind(kind)


def test_every_interest_is_found_by_each_of_its_words_in_both_languages() -> None:
    table = load()
    for interest in table.interests.values():
        for phrase in (interest.id, interest.name, interest.name_cy, *interest.words):
            assert table.named(phrase) == interest, phrase
        assert interest in table.complete(interest.name, 3)
        assert interest in table.complete(interest.name_cy, 3)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("bik", "bikes"),
        ("fix bik", "bikes"),
        ("kniting", "knitting"),
        ("GWAU", "knitting"),
        ("choir", "singing"),
        ("gardn", "gardening"),
        ("LGBT", "lgbt"),
        ("caffis", "eating-out"),
    ],
)
def test_typing_finds_by_beginnings_synonyms_welsh_and_near_misses(typed: str, wanted: str) -> None:
    assert wanted in [interest.id for interest in load().complete(typed)]


def test_what_a_gift_says_suggests_interests() -> None:
    found = [interest.id for interest in load().spoken_of("Fixing bikes, and baking on Sundays")]
    assert {"bikes", "baking"} <= set(found)
    assert load().spoken_of("") == []


def test_words_of_somebodys_own_stay_as_they_are() -> None:
    table = load()
    assert table.id_of("  Frank’s   old maps ") == "Frank’s old maps"
    assert table.words_of("Frank’s old maps") == "Frank’s old maps"
    assert table.id_of("cycle") == "cycling"
    assert table.words_of("singing", "cy") == "Canu"
    assert table.kinds_of(["Frank’s old maps"]) == ()


@given(st.text(max_size=60))
def test_anything_can_be_typed(text: str) -> None:
    table = load()
    for interest in (*table.complete(text), *table.spoken_of(text)):
        assert interest.id in table.interests
    assert fold(fold(text)) == fold(text)
    kept = table.id_of(text)
    assert kept in table.interests or kept == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + GOOD, "line 8, interest “bikes”"),
        (GOOD.replace("repair-cafe", "moon"), "there is no kind “moon”"),
        (GOOD.replace('kinds = ["repair-cafe"]', "kinds = []"), "tied to no kind"),
        (GOOD.replace("Beiciau", " "), "its name_cy is missing"),
        (GOOD.replace("words", "wrods"), "“wrods” is not one of its fields"),
        (GOOD.replace('["cycling"]', '"cycling"'), "its words must be a list of texts"),
        (GOOD.replace('"bikes"', '"Bikes!"'), "small letters and hyphens"),
        (GOOD + GOOD.replace('"bikes"', '"cycles"'), "“Bikes” means “bikes” already"),
        ("", "it holds no interests"),
        ("[[interest]\n", "not valid TOML"),
        ("[interest]\nid = 'a'\n", "must have two brackets"),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, said: str) -> None:
    with pytest.raises(LacError) as caught:
        InterestTable.parse(text, {"repair-cafe"})
    assert said in caught.value.message
    assert "interests.toml" in caught.value.hint


LETTERS = st.sampled_from("aB'’_-& éŵßſﬁKµ\u0301\n9")


@given(st.text() | st.text(LETTERS))
def test_plain_texts_fold_as_all_others(text: str) -> None:
    """The quick way for texts of ASCII alone gives what the whole way gives."""
    whole = re.sub("['’ʼ‘`´]", "", text.replace("&", " and "))
    whole = unicodedata.normalize("NFKD", whole).casefold()
    whole = unicodedata.normalize("NFKD", whole)
    whole = "".join(c for c in whole if not unicodedata.combining(c)).replace("ʼ", "")
    assert fold(text) == " ".join(re.sub(r"[^\w]+", " ", whole).replace("_", " ").split())


@pytest.mark.parametrize("sign", "'’ʼ‘`´")
def test_an_apostrophe_is_known_however_it_is_typed(sign: str) -> None:
    assert fold(f"I don{sign}t, Siân{sign}s caffi") == "i dont sians caffi"


SAID = ["bike", "ride", "cycling", "repair", "knit", "and", "natter", "cross", "stitch"]


@given(st.lists(st.sampled_from(SAID)))
def test_what_is_spoken_of_is_what_stands_in_the_text(words: list[str]) -> None:
    table, text = load(), f" {' '.join(words)} "
    longest = {
        interest.id: max(
            (
                len(fold(phrase).split())
                for phrase in (interest.name, interest.name_cy, *interest.words)
                if f" {fold(phrase)} " in text
            ),
            default=0,
        )
        for interest in table.interests.values()
    }
    expected = sorted((id_ for id_ in longest if longest[id_]), key=lambda id_: -longest[id_])
    assert [interest.id for interest in table.spoken_of(text)] == expected
