# SPDX-License-Identifier: AGPL-3.0-or-later
"""Only what may leave gets through the wall."""

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.asset import Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.privacy import (
    MASK,
    Group,
    PublicAsset,
    leave_out,
    named_in_title,
    parts_held_back,
    publish,
    publish_all,
    require_public,
    secrets_of,
    why_held_back,
)
from lac_desktop.domain.sessions import Session

CATEGORIES = {"library": "I", "skill": "G", "group": "A"}


def asset(**given: Any) -> Asset:
    values: dict[str, Any] = {
        "id": "a1",
        "name": "Brackenfold Library",
        "kind": "library",
        "visibility": Visibility.PUBLIC,
    }
    return Asset(**values | given)


def out(one: Asset, **given: Any) -> PublicAsset:
    public = publish(one, category=CATEGORIES[one.kind], **given)
    assert public is not None
    return public


@pytest.mark.parametrize("visibility", [Visibility.TEAM, Visibility.ONLY_ME])
def test_what_is_not_public_does_not_leave_and_says_why(visibility: Visibility) -> None:
    one = asset(visibility=visibility)
    assert publish(one, category="I") is None
    assert "Only" in why_held_back(one)
    assert why_held_back(asset()) == ""


def test_a_public_asset_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        PublicAsset(seal=object(), id="x", name="x", kind="x", category="A")
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(out(asset()), name="another")


def test_an_exporter_takes_nothing_else() -> None:
    with pytest.raises(TypeError, match="Asset"):
        require_public([asset()])

    class Sly(PublicAsset):
        pass

    with pytest.raises(TypeError):
        require_public([object.__new__(Sly)])


def test_what_the_coordinator_thinks_and_does_has_no_field_to_leave_in() -> None:
    names = {field.name for field in dataclasses.fields(PublicAsset)}
    never = {"known", "checked_by", "could_give", "vanished_on", "visibility"}
    assert not names & never
    public = out(asset(known=Known.KNOW_WELL, checked_by="Ruth Carter", could_give="a back room"))
    assert "Ruth" not in repr(public)
    assert "back room" not in repr(public)


def test_a_confidential_address_leaves_no_trace_of_where() -> None:
    one = asset(
        confidential=True,
        address="12 Secret Lane, Oakham",
        postcode="LE15 6XX",
        point=Point(52.6, -0.7),
        area='{"type":"Polygon","coordinates":[]}',
        description="Come to 12 Secret Lane (le156xx). Ring first.",
        access_note="Bus 4 stops outside",
        hours_text="Ask at 12 secret lane",
        sessions=(Session("Tea", note="LE15 6XX, side door"),),
        phone="01632 960001",
        website="https://refuge.example",
        source="osm:node/77",
        licence="ODbL",
        links=(Link("runs at", "hall"),),
        neighbourhood="Oakham North",
    )
    public = out(one, published=frozenset({"hall"}))
    text = repr(public).casefold()
    for trace in (
        "secret lane",
        "le15 6xx",
        "le156xx",
        "52.6",
        "bus 4",
        "node/77",
        "hall",
        "north",
    ):
        assert trace not in text
    assert public.phone == "01632 960001"
    assert public.website == "https://refuge.example"
    assert "Ring first." in public.description


def test_no_link_reaches_a_confidential_place_or_a_gift() -> None:
    hall = asset(
        id="hall",
        kind="group",
        name="Hall",
        links=(
            Link("run by", "refuge"),
            Link("runs at", "gift"),
            Link("meets in", "library"),
            Link("run by", "team"),
        ),
    )
    others = [
        asset(id="refuge", confidential=True),
        asset(id="gift", kind="skill"),
        asset(id="library"),
        asset(id="team", visibility=Visibility.TEAM),
    ]
    public = publish_all([hall, *others], categories=CATEGORIES)
    assert public[0].links == (Link("meets in", "library"),)


def test_a_gift_leaves_with_a_neighbourhood_and_no_way_to_a_door() -> None:
    one = asset(
        kind="skill",
        name="Mo mends bikes",
        address="3 Mill Row",
        postcode="LE15 6AA",
        point=Point(52.6, -0.7),
        phone="01632 960002",
        email="mo@example.org",
        website="https://mo.example",
        source="list.csv#3",
    )
    public = out(one, neighbourhood="Oakham East")
    assert (public.point, public.address, public.postcode, public.area) == (None, "", "", "")
    assert (public.phone, public.email, public.website, public.source) == ("", "", "", "")
    assert public.neighbourhood == "Oakham East"
    assert out(asset(neighbourhood="Oakham East")).neighbourhood == ""


def test_a_greeter_leaves_only_when_agreed() -> None:
    assert out(asset(greeter="Jean Ash")).greeter == ""
    assert out(asset(greeter="Jean Ash", greeter_agreed_public=True)).greeter == "Jean Ash"


def test_contacts_leave_only_when_agreed_and_without_who_may_speak() -> None:
    yes = Contact("Ada Bell", "Librarian", agreed_public=True, can_speak=True, phone="1")
    no = Contact("Cy Dunn", "Housing officer", phone="01632 960003", email="Cy@Example.org")
    public = out(asset(contacts=(yes, no), phone="+44 1632 960003", email="cy@example.org"))
    assert [one.name for one in public.contacts] == ["Ada Bell"]
    assert not public.contacts[0].can_speak
    assert public.phone == ""
    assert public.email == ""
    assert "Dunn" not in repr(public)


def test_a_held_back_name_is_covered_in_every_text() -> None:
    one = asset(
        greeter="Jean Ash",
        description="Ask JEAN  ASH at the desk. Jeannette is someone else.",
        welcome="Jean,\nAsh will say hello",
        sessions=(Session("Tea with Jean Ash"),),
    )
    public = out(one)
    assert public.description == f"Ask {MASK} at the desk. Jeannette is someone else."
    assert public.welcome == f"{MASK} will say hello"
    assert public.sessions[0].title == f"Tea with {MASK}"
    assert any("covered" in sentence for sentence in parts_held_back(one, category="I"))


def test_a_single_word_is_covered_only_in_its_own_letters_and_place() -> None:
    public = out(asset(greeter="May", welcome="May may open in May", hours_text="May to June"))
    assert public.welcome == f"{MASK} may open in {MASK}"
    assert public.hours_text == "May to June"
    elsewhere = asset(id="a2", description="Open in May")
    both = publish_all([asset(greeter="May"), elsewhere], categories=CATEGORIES)
    assert both[1].description == "Open in May"


def test_a_name_held_back_in_one_place_is_covered_in_another() -> None:
    here = asset(greeter="Jean Ash")
    there = asset(id="a2", description="Jean Ash also helps here")
    team = asset(id="a3", visibility=Visibility.TEAM, greeter="Sam Oak")
    also = asset(id="a4", description="Bring cake to Sam Oak")
    secrets = secrets_of([here, there, team, also])
    public = publish_all([there, also], categories=CATEGORIES, secrets=secrets)
    assert public[0].description == f"{MASK} also helps here"
    assert public[1].description == f"Bring cake to {MASK}"


def test_a_person_who_agreed_here_keeps_the_name_here() -> None:
    shy = asset(greeter="Jean Ash")
    open_ = asset(
        id="a2", greeter="Jean Ash", greeter_agreed_public=True, welcome="Jean Ash waits at 2pm"
    )
    public = publish_all([shy, open_], categories=CATEGORIES)
    assert public[1].welcome == "Jean Ash waits at 2pm"


def test_a_place_given_as_its_own_contact_is_not_a_person() -> None:
    one = asset(contacts=(Contact("Brackenfold Library"),), description="Brackenfold Library lends")
    public = publish_all(
        [one, asset(id="a2", description="Near Brackenfold Library")], categories=CATEGORIES
    )
    assert public[1].description == "Near Brackenfold Library"
    assert public[0].name == "Brackenfold Library"


def test_a_name_in_the_title_is_for_somebody_to_decide() -> None:
    one = asset(name="Jean Ash Knitting", greeter="Jean Ash")
    secrets = secrets_of([one])
    assert named_in_title(out(one), secrets) == "Jean Ash"
    assert named_in_title(out(asset()), secrets) == ""


def test_a_private_file_is_not_named_as_the_source() -> None:
    assert out(asset(source="Ruths list.csv#4")).source == ""
    assert out(asset(source="osm:node/1", licence="ODbL 1.0")).source == "osm:node/1"


def test_groups_that_were_unticked_stay() -> None:
    one = out(
        asset(
            phone="1",
            greeter="Jean Ash",
            greeter_agreed_public=True,
            contacts=(Contact("Ada Bell", phone="2", agreed_public=True),),
        )
    )
    quiet = leave_out(one, frozenset({Group.PHONES}))
    assert quiet is not None
    assert quiet.phone == ""
    assert [person.phone for person in quiet.contacts] == [""]
    nobody = leave_out(one, frozenset({Group.PEOPLE}))
    assert nobody is not None
    assert (nobody.greeter, nobody.contacts) == ("", ())
    assert leave_out(one, frozenset({Group.PLACES})) is None
    assert leave_out(out(asset(kind="skill")), frozenset({Group.GIFTS})) is None


_WORDS = st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True)


@given(first=_WORDS, last=_WORDS, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_name_that_may_not_leave_stands_in_no_text(
    first: str, last: str, before: str, after: str
) -> None:
    one = asset(greeter=f"{first} {last}", description=f"{before} {first}  {last} {after}")
    found = re.search(rf"(?<!\w){first}\s+{last}(?!\w)", out(one).description, re.IGNORECASE)
    assert found is None


@given(st.text(max_size=40), st.text(max_size=60))
def test_no_name_makes_covering_stumble(name: str, text: str) -> None:
    public = out(asset(greeter=name, description=text))
    assert public.greeter == ""
    assert len(public.description) <= len(text) * (len(MASK) + 1) + len(MASK)
