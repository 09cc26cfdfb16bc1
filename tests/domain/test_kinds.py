# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of kinds: what it holds, how tags find a kind, how mistakes are told."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest
import qtawesome
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop import paths
from lac_desktop.domain.kinds import CATEGORIES, NO_NAME, KindTable, Match, osm_name
from lac_desktop.errors import LacError

KINDS_FILE = paths.resources() / "kinds.toml"


@pytest.fixture(scope="module")
def table() -> KindTable:
    return KindTable.parse(KINDS_FILE.read_text(encoding="utf-8"))


def glyphs(prefix: str) -> set[str]:
    """The names of the icons that the font of a prefix really holds."""
    pattern = {"ph": "phosphor-charmap", "mdi6": "materialdesignicons6-webfont-charmap"}[prefix]
    folder = Path(qtawesome.__file__).parent / "fonts"
    return set(json.loads(next(folder.glob(f"{pattern}*.json")).read_text(encoding="utf-8")))


def test_every_category_has_kinds_with_names_in_both_languages(table: KindTable) -> None:
    assert {kind.category for kind in table.kinds.values()} == set(CATEGORIES)
    assert 85 <= len(table.kinds) <= 120
    for kind in table.kinds.values():
        assert kind.name
        assert kind.name_cy
        assert kind.name_cy != kind.name
        assert kind.words, f"{kind.id} has no search words"
        assert 1 <= kind.fresh_months <= 24


def test_every_icon_exists_in_its_font(table: KindTable) -> None:
    known = {prefix: glyphs(prefix) for prefix in ("ph", "mdi6")}
    for kind in table.kinds.values():
        prefix, _, glyph = kind.icon.partition(".")
        assert glyph in known[prefix], f"{kind.id}: {kind.icon}"


def test_no_word_means_two_kinds(table: KindTable) -> None:
    for kind in table.kinds.values():
        for word in (kind.name, kind.name_cy, *kind.words):
            assert table.guess(word) == kind.id, f"“{word}” of {kind.id}"


def test_the_arrangements_of_the_seeds_are_kinds(table: KindTable) -> None:
    wanted = {
        "KeyRing": "keyring-network",
        "Community Circles connector": "circle-connector",
        "Circle of support": "community-circle",
        "community micro-enterprise": "micro-enterprise",
        "Homeshare": "homeshare-scheme",
        "Shared Lives": "shared-lives-scheme",
        "Wellbeing Team": "wellbeing-team",
        "housing officer": "public-role",
        "librarian": "public-role",
        "shopkeeper": "public-role",
        "social prescribing link worker": "link-worker",
        "let's get moving": "exercise-professional",
        "individual service fund": "budget-support",
        "Evermore": "community-housing",
        "time bank": "time-bank",
        "Local Area Coordinator": "area-coordinator",
        "SCIE": "national-body",
    }
    assert {words: table.guess(words) for words in wanted} == wanted


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "library", "name": "Oakham Library"}, "library"),
        ({"amenity": "community_centre", "name": "Hall"}, "community-centre"),
        (
            {"amenity": "community_centre", "community_centre": "village_hall", "name": "Hall"},
            "village-hall",
        ),
        ({"amenity": "social_facility", "social_facility": "food_bank", "name": "A"}, "food-bank"),
        (
            {"amenity": "social_facility", "social_facility": "nursing_home", "name": "A"},
            "care-home",
        ),
        ({"amenity": "social_facility", "name": "A"}, "social-care"),
        ({"amenity": "place_of_worship", "religion": "muslim", "name": "A"}, "place-of-worship"),
        ({"amenity": "place_of_worship", "historic": "church", "name": "A"}, "place-of-worship"),
        ({"leisure": "garden", "garden:type": "community", "name": "A"}, "community-garden"),
        ({"landuse": "allotments", "name": "Brooke Road"}, "allotment"),
        ({"shop": "florist", "name": "A"}, "shop"),
        ({"shop": "convenience;newsagent", "name": "A"}, "food-shop"),
        ({"club": "scout", "name": "1st Oakham"}, "youth-group"),
        ({"club": "something new", "name": "A"}, "social-club"),
        ({"tourism": "information", "information": "office", "name": "A"}, "visitor-centre"),
        ({"office": "charity", "name": "A"}, "charity-office"),
        ({"healthcare": "physiotherapist", "name": "A"}, "clinic"),
        ({"amenity": "pub", "tourism": "hotel", "name": "The Crown"}, "pub"),
    ],
)
def test_tags_find_their_kind(table: KindTable, tags: dict[str, str], kind: str) -> None:
    assert table.match_osm(tags) == Match(kind)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"amenity": "parking", "name": "Church Street"}, "parking"),
        ({"amenity": "bench", "name": "For Joan"}, "bench or shelter"),
        ({"amenity": "shelter", "shelter_type": "public_transport"}, "bench or shelter"),
        ({"amenity": "waste_basket"}, "bin or recycling container"),
        ({"amenity": "post_box"}, "post box, telephone or machine"),
        ({"amenity": "atm", "name": "Barclays"}, "post box, telephone or machine"),
        ({"amenity": "vending_machine"}, "post box, telephone or machine"),
        ({"amenity": "fuel", "name": "Tesco"}, "fuel, charging or car hire"),
        ({"tourism": "information", "information": "board", "name": "A"}, "street furniture"),
        ({"office": "company", "name": "Acme"}, "an office that is not open to the public"),
        ({"historic": "milestone", "name": "A"}, "old road, stone or boundary mark"),
        ({"leisure": "swimming_pool", "access": "private", "name": "A"}, "private"),
        ({"amenity": "pub", "name": "The Bell", "disused": "yes"}, "closed or not in use"),
        ({"shop": "vacant", "name": "A"}, "empty shop"),
        ({"leisure": "playground"}, NO_NAME),
        ({"amenity": "cafe", "name": "  "}, NO_NAME),
    ],
)
def test_what_is_no_asset_is_held_back(table: KindTable, tags: dict[str, str], reason: str) -> None:
    match = table.match_osm(tags)
    assert match is not None
    assert match.held_back == reason
    assert match.kind in table.kinds, "it can be brought in as a kind"


def test_a_private_school_ground_is_still_a_school(table: KindTable) -> None:
    tags = {"amenity": "school", "access": "private", "name": "A"}
    assert table.match_osm(tags) == Match("school")


def test_tags_that_say_nothing_match_nothing(table: KindTable) -> None:
    assert table.match_osm({"highway": "residential", "name": "High Street"}) is None
    assert table.match_osm({"shop": "no", "name": "A"}) is None
    assert table.match_osm({}) is None


def test_a_name_may_stand_under_another_key() -> None:
    assert osm_name({"name:cy": "Llyfrgell"}) == "Llyfrgell"
    assert osm_name({"brand": "Boots", "name": " "}) == "Boots"
    assert osm_name({"amenity": "cafe"}) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Libraries", "library"),
        ("Park café", "cafe"),
        ("Coffee morning at the library", "coffee-morning"),
        ("Café in the park", "cafe"),
        ("St Mary's Church Hall", "village-hall"),
        ("GP practice / health centre", "gp-surgery"),
        ("MENS SHEDS", "mens-shed"),
        ("Llyfrgell", "library"),
        ("Knit & natter", "craft-group"),
        ("parent_toddler", "parent-toddler"),
        ("", None),
        ("Miscellaneous", None),
        ("12345", None),
    ],
)
def test_guess_reads_words(table: KindTable, text: str, kind: str | None) -> None:
    assert table.guess(text) == kind


@given(st.text(max_size=60))
def test_guess_takes_any_text(text: str) -> None:
    table = KindTable.parse(GOOD)
    assert table.guess(text) in {None, "library", "cafe"}


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=8))
def test_match_takes_any_tags(tags: dict[str, str]) -> None:
    match = KindTable.parse(GOOD).match_osm(tags)
    assert match is None or match.kind in {"library", "cafe"}


GOOD = """
[[kind]]
id = "library"
name = "Library"
name_cy = "Llyfrgell"
category = "I"
icon = "ph.books"
words = ["books"]
osm = ["amenity=library"]

[[kind]]
id = "cafe"
name = "Café"
name_cy = "Caffi"
category = "E"
icon = "ph.coffee"
osm = ["amenity=cafe & !takeaway", "shop=*"]

[[hold_back]]
reason = "private"
any_kind = true
osm = ["access=private"]
not_kinds = ["library"]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('category = "I"', 'category = "X"', "line 2, kind “library”"),
        ('category = "I"', 'category = "X"', "there is no category “X”"),
        ('id = "cafe"', 'id = "library"', "line 11"),
        ('id = "cafe"', 'id = "The Café"', "small letters and hyphens"),
        ('name = "Café"', "", "its name is missing"),
        ('words = ["books"]', 'words = "books"', "its words must be a list"),
        ('words = ["books"]', "wards = []", "“wards” is not one of its fields"),
        ('words = ["books"]', "fresh_months = 0", "from 1 to 60"),
        ('"amenity=library"', '"amenity"', "“amenity” in the rule"),
        ('"amenity=library"', '"!amenity & shop=*"', "starts with an absent key"),
        ('"amenity=library"', '"amenity=~lib"', "starts with a part of a value"),
        ('not_kinds = ["library"]', 'not_kinds = ["libary"]', "there is no kind “libary”"),
        ('name = "Library"', 'name = "Library', "line 4"),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, told: str) -> None:
    with pytest.raises(LacError) as caught:
        KindTable.parse(GOOD.replace(old, new, 1))
    assert told in caught.value.message
    assert "kinds.toml" in caught.value.hint


def test_an_empty_file_is_told() -> None:
    with pytest.raises(LacError, match="no kinds"):
        KindTable.parse("")


def test_an_unknown_kind_is_told(table: KindTable) -> None:
    with pytest.raises(LacError, match="no kind called “castle-in-the-air”"):
        table.category("castle-in-the-air")


def test_twenty_thousand_features_in_a_second(table: KindTable) -> None:
    samples = [
        {"amenity": "restaurant", "name": "A", "cuisine": "thai", "addr:street": "High Street"},
        {"shop": "florist", "name": "B", "opening_hours": "Mo-Fr 09:00-17:00"},
        {"leisure": "pitch", "sport": "soccer"},
        {"highway": "residential", "name": "Mill Lane"},
    ]
    began = time.perf_counter()
    kinds = Counter(table.match_osm(tags) for tags in samples * 5_000)
    assert time.perf_counter() - began < 1
    assert len(kinds) == 4


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "public_building", "name": "Morcott Village Hall"}, "village-hall"),
        ({"amenity": "townhall", "name": "Cottesmore Community Centre"}, "community-centre"),
        ({"amenity": "townhall", "name": "Town Hall"}, "council-office"),
    ],
)
def test_a_name_can_say_what_a_vague_tag_means(
    table: KindTable, tags: dict[str, str], kind: str
) -> None:
    found = table.match_osm(tags)
    assert found is not None
    assert (found.kind, found.held_back) == (kind, "")
