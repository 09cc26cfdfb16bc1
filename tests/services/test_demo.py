# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented neighbourhood: a believable town, honest about being invented."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from lac_desktop import paths
from lac_desktop.domain.asset import LINK_RELATIONS, Asset, Known, Visibility
from lac_desktop.domain.geometry import UK, Point, distance_m
from lac_desktop.domain.kinds import CATEGORIES, KindTable
from lac_desktop.domain.privacy import publish
from lac_desktop.domain.sessions import Repeats
from lac_desktop.errors import CancelledError
from lac_desktop.geo.pack import Pack, open_pack
from lac_desktop.services import demo
from lac_desktop.services.demo_sessions import session
from lac_desktop.services.demo_town import Town, make_town

_TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def kinds() -> KindTable:
    return KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo-home")
    for older in (f"brackenfold-{demo.SEED}-0123456789ab", "brackenfold-7-0123456789ab"):
        (home / "cache" / "demo" / older).mkdir(parents=True)
    return home


@pytest.fixture(autouse=True)
def _one_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build the pack once for all tests of this file."""
    monkeypatch.setenv("LAC_HOME", str(home))


@pytest.fixture
def pack() -> Pack:
    return open_pack(demo.demo_pack())


@pytest.fixture
def assets(kinds: KindTable) -> tuple[Asset, ...]:
    return demo.demo_assets(kinds, _TODAY)


@pytest.fixture(scope="module")
def town() -> Town:
    return make_town(demo.SEED)


def test_the_pack_is_complete_and_kept(pack: Pack) -> None:
    info = pack.info
    assert info.has_basemap
    assert info.has_walk
    assert info.name == "Brackenfold"
    assert not info.missing
    assert info.counts["wards"] == 4
    assert info.counts["lsoas"] == 8
    assert info.counts["postcodes"] > 150
    before = (info.folder / "pack.toml").stat().st_mtime_ns
    assert demo.demo_pack() == info.folder
    assert (info.folder / "pack.toml").stat().st_mtime_ns == before


def test_only_older_editions_of_the_same_town_are_cleared_away(pack: Pack) -> None:
    left = {path.name for path in pack.info.folder.parent.iterdir()}
    assert left == {"brackenfold-7-0123456789ab", pack.info.folder.name}


def test_it_says_that_it_is_invented(pack: Pack) -> None:
    from lac_desktop.services.maps import open_map

    assert pack.info.attribution == demo.CREDIT
    assert {source.attribution for source in pack.info.sources} == {demo.CREDIT}
    assert pack.basemap is not None
    street_map = open_map(pack.basemap)
    assert street_map.attribution == demo.CREDIT
    assert street_map.tile(14, *_tile(pack.info.bounds.centre, 14)) is not None
    street_map.close()


def _tile(point: Point, zoom: int) -> tuple[int, int]:
    size = 2**zoom
    lat = np.radians(point.lat)
    y = (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2
    return int((point.lon + 180) / 360 * size), int(y * size)


def test_it_lies_in_the_sea_with_codes_that_exist_nowhere(pack: Pack, town: Town) -> None:
    centre = pack.info.bounds.centre
    assert UK.holds(centre)
    assert centre.lon > 1.0
    assert centre.lat > 53.4
    found = pack.locate("zk1 1aa")
    assert found is not None
    assert found.kind == "postcode"
    assert found.ward
    assert found.lsoa.startswith("E01999")
    assert {b.code[:6] for b in pack.boundaries("ward")} == {"E05999"}


def test_every_street_and_place_can_be_found_by_name(pack: Pack) -> None:
    for name in ("High Street", "Heol y Felin", "Lower Fold", "Brackenfold Station"):
        found = pack.locate(name)
        assert found is not None, name
        assert found.kind == "place"


def test_every_place_lies_in_one_ward_and_one_lsoa(pack: Pack, assets: tuple[Asset, ...]) -> None:
    wards = Counter()
    for asset in assets:
        if asset.point is not None:
            areas = pack.areas_at(asset.point)
            assert areas.ward_code, asset.name
            assert areas.lsoa, asset.name
            wards[areas.ward] += 1
    assert len(wards) == 4
    assert min(wards.values()) >= 5


def test_the_town_has_two_bridges_and_one_level_crossing(town: Town) -> None:
    from lac_desktop.services.demo_joints import crossings

    over_river = [s.name for s in town.streets if crossings(s.line, town.river)]
    assert sorted(over_river) == ["Bridge Street", "Weir Lane"]
    over_rail = [s for s in town.streets if crossings(s.line, town.railway)]
    for street in over_rail:  # two streets may meet on the crossing itself
        assert (np.abs(street.line - town.level_crossing) < 1e-9).all(axis=1).any()
    assert "Fallow Road" in {street.name for street in over_rail}


def test_it_looks_like_a_town(town: Town) -> None:
    kinds = Counter(street.kind for street in town.streets)
    assert kinds["residential"] > 150
    assert kinds["footway"] > 15
    assert kinds["steps"] >= 2
    assert sum(street.end for street in town.streets) > 50
    assert len(town.buildings) > 2000
    named = [street.name for street in town.streets if street.kind == "residential"]
    assert np.mean([bool(name) for name in named]) > 0.95
    doubles = [name for name, n in Counter(filter(None, named)).items() if n > 1]
    assert not doubles


def test_everybody_can_walk_everywhere(pack: Pack, assets: tuple[Asset, ...]) -> None:
    graph = pack.walk()
    assert graph is not None
    centre = pack.info.bounds.centre
    reach = graph.reach(centre, 5000)
    assert reach is not None
    points = [a.point for a in assets if a.point is not None]
    metres = reach.metres_to(np.array([p.lat for p in points]), np.array([p.lon for p in points]))
    assert np.isfinite(metres).all()


def test_the_railway_matters_on_foot(pack: Pack) -> None:
    """The station and the estate behind it: near for a crow, a long way round by the crossing."""
    graph = pack.walk()
    station, estate = pack.locate("Brackenfold Station"), pack.locate("Larkrise")
    assert graph is not None
    assert station is not None
    assert estate is not None
    route = graph.route(station.point, estate.point)
    assert route is not None
    assert route.metres > 1.5 * distance_m(station.point, estate.point)
    assert "Crossing Street" in {part.name for part in route.parts}


def test_every_kind_and_every_category_is_there(
    kinds: KindTable, assets: tuple[Asset, ...]
) -> None:
    assert {asset.kind for asset in assets} == set(kinds.kinds)
    categories = Counter(kinds.kinds[asset.kind].category for asset in assets)
    assert set(categories) == set(CATEGORIES)
    assert min(categories.values()) >= 10
    assert 140 <= len(assets) <= 180


def test_assets_are_the_same_for_the_same_day(kinds: KindTable, assets: tuple[Asset, ...]) -> None:
    assert demo.demo_assets(kinds, _TODAY) == assets
    assert len({asset.id for asset in assets}) == len(assets)
    later = demo.demo_assets(kinds, _TODAY + timedelta(30))
    assert [asset.id for asset in later] == [asset.id for asset in assets]


def test_numbers_and_addresses_belong_to_nobody(assets: tuple[Asset, ...]) -> None:
    numbers = [a.phone for a in assets if a.phone]
    numbers += [c.phone for a in assets for c in a.contacts if c.phone]
    numbers += [n.number for n in demo.urgent_numbers()]
    assert all(re.fullmatch(r"01632 960 \d{3}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    mails = [a.email for a in assets if a.email] + [c.email for a in assets for c in a.contacts]
    assert all(mail.endswith("brackenfold.example") for mail in mails)
    assert all(re.fullmatch(r"ZK[123] \d[A-Z]{2}", a.postcode) for a in assets if a.postcode)


def test_assets_are_rich(assets: tuple[Asset, ...]) -> None:
    relations = Counter(link.relation for asset in assets for link in asset.links)
    assert set(relations) == set(LINK_RELATIONS)
    assert {asset.known for asset in assets} >= set(Known) - {Known.UNKNOWN}
    assert {asset.visibility for asset in assets} == set(Visibility)
    assert sum(asset.confidential for asset in assets) == 2
    assert sum(asset.point is None for asset in assets) >= 3
    assert sum(bool(asset.hours) for asset in assets) > 80
    assert sum(bool(asset.contacts) for asset in assets) > 20
    assert sum(asset.greeter_agreed_public for asset in assets) > 10
    assert {s.repeats for a in assets for s in a.sessions} == set(Repeats)
    assert any(s.term_time_only for a in assets for s in a.sessions)
    ids = {asset.id for asset in assets}
    assert all(link.other in ids for asset in assets for link in asset.links)
    ages = [(_TODAY - a.checked_on).days for a in assets if a.checked_on]
    assert min(ages) == 0
    assert max(ages) > 300
    assert sum(age > 180 for age in ages) > 10


def test_opening_hours_can_be_read(assets: tuple[Asset, ...]) -> None:
    from opening_hours import OpeningHours

    for hours in {asset.hours for asset in assets if asset.hours}:
        OpeningHours(hours)


def test_confidential_places_give_no_position_away(assets: tuple[Asset, ...]) -> None:
    for asset in assets:
        shown = publish(asset, category="S") if asset.confidential else None
        assert shown is None or shown.point is None


@pytest.mark.parametrize(
    ("line", "repeats", "nth"),
    [
        ("Tue 14:00-15:30 Tea", Repeats.WEEKLY, ()),
        ("fortnightly Wed 19:00-20:30 Chat", Repeats.FORTNIGHTLY, ()),
        ("2nd,4th Fri 10:30-12:30 Corner", Repeats.NTH_WEEKDAY, (2, 4)),
        ("last Sun 14:00-16:30 Walk", Repeats.NTH_WEEKDAY, (-1,)),
        ("dates +5,+33 17:30-19:30 Lanterns", Repeats.DATES, ()),
    ],
)
def test_session_lines(line: str, repeats: Repeats, nth: tuple[int, ...]) -> None:
    found = session(line, _TODAY)
    assert (found.repeats, found.nth) == (repeats, nth)
    if repeats is Repeats.FORTNIGHTLY:
        assert found.starts is not None
        assert found.starts.weekday() == found.weekday
    with pytest.raises(ValueError, match="not a session"):
        session(line + "\nx", _TODAY)


def test_cancelling_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAC_HOME", str(tmp_path))

    def stop(_done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        demo.demo_pack(stop)
    assert not list((tmp_path / "cache" / "demo").iterdir())


def test_another_seed_makes_another_town_with_the_same_bones() -> None:
    other = make_town(7)
    assert {"High Street", "Bridge Street"} <= {street.name for street in other.streets}
