# SPDX-License-Identifier: AGPL-3.0-or-later
"""Things to try on a page: only what may leave, in plain words, from a public place."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lac_desktop.domain.asset import Contact, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.sessions import Session
from lac_desktop.errors import LacError
from lac_desktop.services import access, assets, demo_notebook, notebook, people, prescription
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.prescription import Start, Way


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    """The invented neighbourhood with its streets."""
    patch = pytest.MonkeyPatch()
    patch.setenv("LAC_HOME", str(tmp_path_factory.mktemp("demo")))
    opened = demo_notebook.open_demo()
    yield opened
    notebook.lock(opened)
    patch.undo()


def of_name(town: Notebook, name: str) -> str:
    """The id of an asset."""
    with town.vault.read() as db:
        return next(one.id for one in prescription.stored.all_assets(db) if one.name == name)


def test_a_way_along_the_streets_from_the_library(town: Notebook) -> None:
    start = prescription.start_at(town, "Brackenfold Library")
    assert start.words == "Brackenfold Library"
    page = prescription.shortlist(town, [of_name(town, "Brackenfold Walkers")], start)
    (option,) = page.options
    assert option.way is not None
    assert not option.way.crow
    assert option.way.steps[0].startswith("From Brackenfold Library, go along ")
    assert option.way.steps[-1] == "Brackenfold Walkers is there."
    assert len(option.way.line) > 5
    first = Point(*option.way.line[0])
    assert prescription.distance_m(first, start.point) < 60
    words = prescription.way_words(option.way, start)
    assert words.startswith("10 minutes on foot from Brackenfold Library, by ")
    assert any("10:30am to midday" in when for when in option.when)
    assert option.code.startswith("https://")
    assert page.name == ""


def test_a_way_never_starts_at_a_home(town: Notebook) -> None:
    home = people.all_people(town)[0].id
    person = people.get(town, home)
    assert person is not None
    place = next(one for one in ("Kiln Street", "Mill Lane", "Heron Street"))
    found = prescription.places.place(town, place)
    assert found is not None
    people.save(town, replace(person, home=found.point, home_postcode="ZK1 1ZG"))
    for typed in (place, "ZK1 1ZG", f"{found.point.lat}, {found.point.lon}", "TG 1234 5678"):
        with pytest.raises(LacError):
            prescription.start_at(town, typed)
    people.undo(town)


def plain(book: Notebook, **known: object) -> str:
    """A public asset that is kept; its id."""
    made = replace(
        assets.blank(name="The Shed", kind="mens-shed", point=Point(52.67, -0.73)),
        visibility=Visibility.PUBLIC,
        **known,
    )
    assets.save(book, made)
    return made.id


def test_only_what_may_leave_is_on_it(book: Notebook) -> None:
    shed = plain(
        book, greeter="Zzquorn Greeter", could_give="Zzquorn room",
        contacts=(Contact("Zzquorn Contact"),), checked_by="Zzquorn Checker",
        description="Ask Zzquorn Greeter for tea",
    )  # fmt: skip
    secret = assets.blank(name="Zzquorn Refuge", kind="mens-shed")
    assets.save(book, secret)
    page = prescription.shortlist(book, [secret.id, shed, shed])
    assert "Zzquorn" not in repr(page.options)
    assert [one.asset.name for one in page.options] == ["The Shed"]
    assert page.held[0].startswith("Zzquorn Refuge is not on the page. Only your team")
    with pytest.raises(LacError, match="None of these may be printed"):
        prescription.shortlist(book, [secret.id])
    with pytest.raises(LacError, match="stays on this laptop"):
        prescription.start_at(book, secret.id)


def test_a_confidential_place_has_no_way_and_no_code(book: Notebook) -> None:
    hidden = plain(book, confidential=True)
    page = prescription.shortlist(book, [hidden], Start("The square", Point(52.6, -0.7)))
    (option,) = page.options
    assert (option.way, option.code, option.where) == (None, "", "")


def test_plain_words_for_what_is_known(book: Notebook) -> None:
    shed = plain(
        book, greeter="Mo, at the door", greeter_agreed_public=True, cost="free",
        access={"step-free": "no", "bus": "yes"}, phone="01632 960 111",
        sessions=(Session("Mending", weekday=3, start="14:00", end="16:00"),),
        address="1 Invented Street", website="shed.example",
    )  # fmt: skip
    start = Start("The square", Point(52.671, -0.731))
    (option,) = prescription.shortlist(book, [shed], start).options
    assert option.when == ("Mending: Every Thursday, 2pm to 4pm",)
    assert option.where == "Where: 1 Invented Street"
    assert option.hello == "Says hello: Mo, at the door."
    assert option.facts == (
        "It is free.", "There are steps to get in.", "A bus stops nearby.", "Phone 01632 960 111."
    )  # fmt: skip
    assert (option.code, option.code_words) == ("https://shed.example", "Web page")
    assert option.way is not None
    assert option.way.crow
    assert "as the crow flies" in prescription.way_words(option.way, start)
    (bare,) = prescription.shortlist(book, [plain(book, website="javascript:alert(1)")]).options
    assert bare.code == "geo:52.67000,-0.73000"


def test_no_more_than_three_and_the_log_knows_for_whom(book: Notebook) -> None:
    ids = [plain(book) for _ in range(4)]
    page = prescription.shortlist(book, ids, name=" Jean ")
    assert len(page.options) == 3
    assert page.held == ("The Shed is not on the page. It holds three.",)
    assert page.name == "Jean"
    jean = people.add(book, "Jean")
    prescription.note_printed(book, jean.id)
    prescription.note_printed(book, "")
    (look,) = access.looks(book)
    assert (look.what, look.person, look.detail) == ("printed", jean.id, "prescription")


def test_directions_in_sentences() -> None:
    parts = [
        ("High Street", 120.0, False, ""), ("", 5.0, False, "left"),
        ("", 40.0, False, "right"), ("", 8.0, True, "straight on"),
        ("Mill Lane", 300.0, False, "left"), ("North Road", 90.0, False, "straight on"),
    ]  # fmt: skip
    assert prescription.directions(parts, "the library", "The Shed") == [
        "From the library, go along High Street for 120 metres.",
        "Turn right onto the path and go on for 40 metres.",
        "Go straight on along the steps for 10 metres.",
        "Turn left into Mill Lane and go on for 300 metres.",
        "Go straight on along North Road for 90 metres.",
        "The Shed is there.",
    ]
    assert prescription.main_streets(parts) == ("High Street", "Mill Lane", "North Road")
    assert prescription.directions([("", 3.0, False, "")], "here", "There")[-1] == "There is there."
    assert prescription.way_words(Way(90.0, 1.2), Start("here", Point(52, 0))) == (
        "2 minutes on foot from here."
    )
