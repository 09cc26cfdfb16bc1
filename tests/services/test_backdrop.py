# SPDX-License-Identifier: AGPL-3.0-or-later
"""The light map under the pins, from real vector tiles."""

from pathlib import Path

import pytest

from lac_desktop.domain.geometry import Point
from lac_desktop.errors import CancelledError
from lac_desktop.exchange.html_backdrop import ROOM, packed
from lac_desktop.services.backdrop import backdrop_of, view_of
from lac_desktop.services.maps import open_map

OAKHAM = [Point(52.66 + n % 7 / 500, -0.74 + n % 5 / 300) for n in range(60)]


def test_the_view_holds_the_places_and_is_as_wide_as_a_screen() -> None:
    box = view_of(OAKHAM)
    assert box is not None
    assert all(box.holds(point) for point in OAKHAM)
    assert (box.east - box.west) * 0.607 > 2.3 * (box.north - box.south)
    assert view_of([]) is None
    one = view_of([Point(52.6, -0.7)])
    assert one is not None
    assert 0.008 < one.north - one.south < 0.02


def test_a_stray_far_away_does_not_stretch_it() -> None:
    box = view_of([*OAKHAM * 3, Point(57.0, -4.0)])
    assert box is not None
    assert box.north < 53


def test_oakham_has_its_streets_names_and_water(rutland: Path) -> None:
    tiles = open_map(rutland / "tiles" / "rutland-z0-14.pmtiles")
    box = view_of(OAKHAM)
    assert box is not None
    made = backdrop_of(tiles, box)
    tiles.close()
    assert made is not None
    names = {label.text for label in made.labels}
    assert {"Oakham", "Burley Road"} <= names
    streets = [label for label in made.labels if label.kind == "street"]
    assert all(-90 <= label.angle <= 90 and label.metres >= 30 for label in streets)
    assert {line.kind for line in made.lines} >= {"main", "street", "path", "rail"}
    assert {area.kind for area in made.areas} >= {"water", "green"}
    for line in made.lines:
        assert all(-1.5 < lon < 0 and 52 < lat < 53 for lon, lat in line.points)
    assert 50_000 < len(packed(made).encode()) <= ROOM


def test_a_map_of_pictures_gives_none(shared_data: Path) -> None:
    tiles = open_map(shared_data / "basemap" / "stamen-toner-raster-z0-3.pmtiles")
    box = view_of(OAKHAM)
    assert box is not None
    assert backdrop_of(tiles, box) is None
    tiles.close()


def test_it_can_be_cancelled(rutland: Path) -> None:
    tiles = open_map(rutland / "tiles" / "rutland-z0-14.pmtiles")
    box = view_of(OAKHAM)
    assert box is not None

    def stop(_done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        backdrop_of(tiles, box, stop)
    tiles.close()
