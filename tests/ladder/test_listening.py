# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is heard in somebody's words, and what is not."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.ladder import listening
from lac_desktop.ladder.tables import Danger
from lac_desktop.services import ladder

TABLE = ladder.load()
SAID, SITUATIONS = (
    tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("danger_words.toml", "situations_said.toml")
)


@pytest.mark.parametrize(
    "words",
    [
        "I don't want to live any more",
        "I can’t go on",
        "sometimes I think of ending it all, end it all",
        "my son hits me when he drinks",
        "I'm scared of him",
        "she takes my pension every week",
        "I have nothing to eat and the heating is off",
        "there's no electricity in the flat",
        "sleeping rough since Sunday",
        "he has chest pains",
        "I have been cutting myself",
        "Dwi ddim... but honestly I want to die",
    ],
)
def test_words_that_hint_at_danger_come_first(words: str) -> None:
    assert listening.danger_in([words], TABLE.dangers) is not None


@pytest.mark.parametrize(
    "words",
    [
        "I could murder a cup of tea",
        "I nearly killed myself laughing",
        "the film hit me like a train",
        "my shoes are hurting me",
        "it is threatening to rain",
        "I run a murder mystery evening",
        "that cake is to die for",
        "we grow beanstalks and artichokes",
        "no food allergies here",
        "we have not eaten out for years",
        "I heard the cuckoo this morning",
        "stable hands wanted at the riding school",
        "the shed collapsed in the wind",
        "I can't go on the bus alone",
    ],
)
def test_words_that_only_sound_alike_do_not(words: str) -> None:
    assert listening.danger_in([words], TABLE.dangers) is None


@pytest.mark.parametrize("words", SAID["danger"])
def test_danger_is_heard_however_it_is_put(words: str) -> None:
    assert listening.danger_in([words], TABLE.dangers) is not None


@pytest.mark.parametrize("words", SAID["harmless"])
def test_idioms_set_nothing_off(words: str) -> None:
    assert listening.danger_in([words], TABLE.dangers) is None


def test_words_that_mean_danger_together_must_stand_near_one_another() -> None:
    near = "my carer is rough, and slaps my mum"
    assert listening.danger_in([near], TABLE.dangers) is not None
    apart = "my carer is lovely. " + "We read and walk and sing together. " * 4 + "Mum is well."
    assert listening.danger_in([apart], TABLE.dangers) is None


def test_a_long_text_is_listened_to_at_once() -> None:
    """Words that could stand together a million times over do not keep anybody waiting."""
    assert listening.danger_in(["he she they me " * 2000], TABLE.dangers) is None


def test_no_phrase_is_heard_across_the_end_of_a_sentence() -> None:
    for words in ("I said no. Food was lovely there", "No!\nHeating pipes are my hobby"):
        assert listening.danger_in([words], TABLE.dangers) is None


def test_what_stood_round_a_harmless_phrase_does_not_grow_together() -> None:
    danger = Danger("why", ("hits me",), ("with jokes",))
    assert listening.danger_in(["he hits with jokes me"], [danger]) is None
    assert listening.danger_in(["he hits me with jokes"], [danger]) is not None


def test_a_harmless_phrase_does_not_hide_a_real_one() -> None:
    words = "I could murder a cup of tea. And I want to die."
    assert listening.danger_in([words], TABLE.dangers) is not None


@pytest.mark.parametrize(
    ("wish", "dislikes", "unwanted"),
    [
        ("somewhere warm but not church", "", {"church"}),
        ("I can't stand bingo, I like cards", "", {"bingo"}),
        ("I have no friends and no money", "", set()),
        ("", "church, bingo or dogs", {"church", "bingo", "dogs"}),
        ("gardening is fine, football is not my thing", "", {"football"}),
        ("anything but a coffee morning", "", {"coffee morning"}),
        ("not on my own", "", set()),
    ],
)
def test_what_is_not_wanted(wish: str, dislikes: str, unwanted: set[str]) -> None:
    found = listening.not_wanted(
        [wish], [dislikes] if dislikes else [], TABLE.dislikes, TABLE.scenarios
    )
    assert set(found) == unwanted


def test_situations_are_heard_the_one_that_says_most_first() -> None:
    """Wide ones come last, however many of their words were said."""
    said = ["I am lonely and on my own with nobody to talk to since my wife passed away"]
    assert [s.id for s in listening.scenarios_in(said, TABLE.scenarios)][:2] == [
        "lost-someone",
        "lonely",
    ]
    said = ["exhausted, I look after my mum, she is a carer too, and her funeral"]
    assert [s.id for s in listening.scenarios_in(said, TABLE.scenarios)][:2] == [
        "caring",
        "lost-someone",
    ]


@pytest.mark.parametrize(
    ("situation", "words"), [(one, said) for one, of in SITUATIONS.items() for said in of]
)
def test_a_situation_is_heard_however_it_is_put(situation: str, words: str) -> None:
    found = [one.id for one in listening.scenarios_in([words], TABLE.scenarios)]
    assert found == [] if situation == "none" else situation in found


@given(st.text(max_size=400))
def test_any_words_can_be_listened_to(text: str) -> None:
    listening.danger_in([text], TABLE.dangers)
    listening.scenarios_in([text], TABLE.scenarios)
    listening.approaches_in([text], TABLE.approaches)
    listening.not_wanted([text], [text], TABLE.dislikes, TABLE.scenarios)
