# SPDX-License-Identifier: AGPL-3.0-or-later
"""The order of suggestions: explainable, the same each time, and fair."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.asset import Known
from lac_desktop.ladder import ranking
from lac_desktop.ladder.candidate import Candidate, Wanted
from lac_desktop.ladder.rules import RULES

WANTED = Wanted(
    loves=(("knitting", ("knitting", "wool"), ("craft-group",)),),
    situations={"library": ("Lonely, or wanting company", 2)},
    access=("step-free",),
    free_times=True,
    money_tight=True,
    unwanted=("bingo",),
    speaks=(("Caring for someone", ("carers",), ("look after",), False),),
    others=(("Served in the forces", ("veterans",)),),
    said=("tea", "garden"),
    closed=("closed down",),
)


def some(**more: object) -> Candidate:
    base = Candidate("asset:1", "Hall", "library", "Library", "I", 4, "hall library", "hall", "1")
    return replace(base, **more)


candidates = st.builds(
    some,
    key=st.uuids().map(lambda u: f"asset:{u}"),
    title=st.sampled_from(["Hall", "Shed", "Table"]),
    kind=st.sampled_from(["library", "craft-group", "cafe"]),
    category=st.sampled_from(["A", "I", "E"]),
    words=st.sampled_from(
        ["hall", "wool and company", "bingo night", "carers tea", "veterans tea", "closed down"]
    ),
    minutes=st.one_of(st.none(), st.floats(0, 30)),
    open_then=st.sampled_from(["Tuesday 2pm to 4pm", "", None]),
    access=st.sampled_from([{}, {"step-free": "yes"}, {"step-free": "no"}]),
    greeter=st.sampled_from(["", "Priya"]),
    cost=st.sampled_from(["", "free", "paid"]),
    known=st.sampled_from(list(Known)),
    fresh=st.booleans(),
    vanished=st.booleans(),
)


@given(st.lists(candidates, max_size=12))
def test_every_suggestion_has_a_reason_and_no_more_than_three_are_first(
    found: list[Candidate],
) -> None:
    shown, others = ranking.rank(found, WANTED)
    assert len(shown) <= 3
    assert all(one.reasons for one in shown)
    assert all(one.reasons and why for one, why in others)


@given(st.lists(candidates, max_size=12), st.randoms())
def test_the_same_input_gives_the_same_answer_in_any_order(
    found: list[Candidate], chance: object
) -> None:
    turned = list(found)
    chance.shuffle(turned)  # pyright: ignore[reportAttributeAccessIssue]
    assert ranking.rank(found, WANTED) == ranking.rank(turned, WANTED)


@given(candidates)
def test_one_more_reason_never_lowers_a_suggestion(one: Candidate) -> None:
    better = [
        replace(one, greeter="Priya"),
        replace(one, cost="free"),
        replace(one, fresh=True),
        replace(one, known=Known.KNOW_WELL),
        replace(one, open_then="Tuesday 2pm to 4pm"),
        replace(one, access={"step-free": "yes"}),
    ]
    if "veterans" not in one.words:  # an association of others is for them
        better.append(replace(one, category="A"))
    before = ranking.judge(one, WANTED).order[0]
    for improved in better:
        assert ranking.judge(improved, WANTED).order[0] <= before


@given(candidates)
def test_reasons_weigh_for_and_doubts_against(one: Candidate) -> None:
    for rule in RULES:
        said = rule(one, WANTED)
        if said is not None:
            assert said.weight <= 0 if said.doubt else said.weight >= 0
            assert said.sentence


def test_what_they_said_no_to_is_among_the_others_with_why() -> None:
    shown, others = ranking.rank([some(words="bingo in the hall", kind="library")], WANTED)
    assert shown == []
    assert [why for _one, why in others] == ["You said no to bingo"]


def test_an_association_comes_before_an_institution_at_the_same_distance() -> None:
    group = some(key="asset:2", title="Zed group", category="A", kind="craft-group", minutes=5.0,
                 words="wool")  # fmt: skip
    institution = some(key="asset:3", title="A library", kind="craft-group", minutes=5.0,
                       words="wool")  # fmt: skip
    shown, _others = ranking.rank([institution, group], WANTED)
    assert [one.title for one in shown] == ["Zed group", "A library"]


def test_more_of_what_was_said_never_lowers_a_place() -> None:
    """Words of the wish, of the situation, and of what was heard itself each add."""
    told = ["hall tea", "hall tea garden", "hall tea garden look after", "hall tea garden carers"]
    found = [some(key=f"asset:{n}", title=words, words=words) for n, words in enumerate(told)]
    order = [ranking.judge(one, WANTED).order for one in found]
    assert order == sorted(order, reverse=True)


def test_nothing_that_fits_nothing_is_dressed_up() -> None:
    shown, others = ranking.rank([some(kind="bank", words="bank", minutes=1.0)], WANTED)
    assert (shown, others) == ([], [])
