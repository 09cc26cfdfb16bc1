# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gift match: what fits across the patch, and never anything of a private gift."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.person import Standing
from lac_desktop.domain.strengths import Gift, GiftOf, Offer, Wish
from lac_desktop.services import assets, giftmatch, interests, introductions, people, strengths
from lac_desktop.services.notebook import Notebook

TABLE = interests.load()
_INTERESTS = sorted(TABLE.interests)
_GIFTS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bea", "cai", "dot"]),
        st.sampled_from(list(Offer)),
        st.lists(st.sampled_from(_INTERESTS), max_size=3),
    ),
    max_size=8,
)
_WISHES = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bea", "cai", "dot"]),
        st.lists(st.sampled_from(_INTERESTS), max_size=3),
        st.booleans(),
    ),
    max_size=8,
)


@given(_GIFTS, _WISHES)
def test_only_offered_gifts_are_proposed_and_always_with_a_reason(
    gifts: list, wishes: list
) -> None:
    given_ = [
        Gift(f"g{n}", who, f"gift {n}", GiftOf.HANDS, offer, tuple(words))
        for n, (who, offer, words) in enumerate(gifts)
    ]
    wanted = [
        Wish(f"w{n}", who, f"wish {n}", tuple(words), came_true_on=None)
        for n, (who, words, _done) in enumerate(wishes)
    ]
    found = giftmatch.showings(given_, wanted, TABLE)
    private = {gift.id for gift in given_ if gift.offer is Offer.PRIVATE}
    assert not {one.gift.id for one in found} & private
    assert all(one.shared and one.gift.person != one.wish.person for one in found)
    pairs = {(one.gift.id, one.wish.id) for one in found}
    for gift in given_:
        for wish in wanted:
            fits = set(gift.words) & set(wish.words) and gift.person != wish.person
            if fits and gift.id not in private:
                assert (gift.id, wish.id) in pairs
    assert found == giftmatch.showings(list(reversed(given_)), list(reversed(wanted)), TABLE)


def test_across_the_patch(book: Notebook) -> None:
    jean, mo, ann = (people.add(book, name) for name in ("Jean", "Mo", "Ann"))
    strengths.save(
        book,
        Gift("g1", mo.id, "mends any bike", GiftOf.HANDS, Offer.TEACH, ("bikes",)),
        Gift("g2", ann.id, "secretly mends bikes", GiftOf.HANDS, Offer.PRIVATE, ("bikes",)),
        Wish("w1", jean.id, "my bike going again", ("bikes",)),
    )
    shed = assets.blank(name="The Spoke Shed", kind="repair-cafe")
    church = replace(
        assets.blank(name="St Invented", kind="place-of-worship"),
        could_give="A room to mend a bike",
    )
    assets.save_many(book, [shed, church], "Make", "import")
    found = giftmatch.matches(book)
    assert [(o.gift.id, o.wish.id) for o in found.showings] == [("g1", "w1")]
    assert "g2" not in {o.gift.id for o in found.welcomes}
    assert "secretly" not in repr(found)
    told = {o.name: o for o in found.welcomes}
    assert told["St Invented"].asked
    assert "A room to mend a bike" in told["St Invented"].why
    assert next(iter(told)) == "St Invented"


def test_nobody_is_proposed_who_met_already_or_moved_away(book: Notebook) -> None:
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    strengths.save(
        book,
        Gift("g1", mo.id, "mends any bike", GiftOf.HANDS, Offer.TEACH, ("bikes",)),
        Wish("w1", jean.id, "my bike going again", ("bikes",)),
    )
    assert len(giftmatch.matches(book).showings) == 1
    made = introductions.save(book, introductions.new(book, jean.id, to_person=mo.id))
    assert giftmatch.matches(book).showings == ()
    introductions.remove(book, made)
    people.change_standing(book, mo.id, Standing.MOVED)
    found = giftmatch.matches(book)
    assert (found.showings, found.welcomes) == ((), ())
