# SPDX-License-Identifier: AGPL-3.0-or-later
"""The street map as drawn: colours where they belong, names that keep apart, every kind of tile."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from lac_desktop.domain.geometry import Point
from lac_desktop.services.maps import MapTiles, open_map
from lac_desktop.ui.map.canvas import blank
from lac_desktop.ui.map.labeldraw import draw_labels
from lac_desktop.ui.map.labels import Label, place_labels
from lac_desktop.ui.map.lettering import Face, Lettering
from lac_desktop.ui.map.markers import draw_marker, shapes
from lac_desktop.ui.map.painter import draw_base
from lac_desktop.ui.map.rehearse import rehearse
from lac_desktop.ui.map.style import ROADS, STYLES, load_style
from lac_desktop.ui.map.tiles import TileCache, visible
from lac_desktop.ui.map.view import View, view_at
from tests.ui.map.shown import OAKHAM

WATER = Point(52.655, -0.63)
NOTHING = np.zeros((0, 4))


def drawn(cache: TileCache, view: View, style: str = "light") -> QImage:
    image = blank(view, 1.0)
    painter = QPainter(image)
    draw_base(painter, view, visible(cache, view), load_style(style))
    painter.end()
    return image


def texts(labels: list[Label]) -> list[str]:
    return [" ".join(text for text, _x, _y in label.lines) for label in labels if label.lines]


@pytest.fixture
def cache(qtbot: QtBot, streets: MapTiles) -> TileCache:
    return TileCache(streets)


@pytest.mark.parametrize("style", [*STYLES, "print"])
def test_rutland_water_is_water_in_every_style(cache: TileCache, style: str) -> None:
    image = drawn(cache, view_at(WATER, 13, 200, 200), style)
    assert image.pixelColor(100, 100) == load_style(style).area["water"]


def test_outside_the_map_there_is_plain_land(cache: TileCache) -> None:
    image = drawn(cache, view_at(Point(51.5, -0.1), 14, 100, 100))
    assert image.pixelColor(50, 50) == load_style("light").ui["land"]


@pytest.mark.parametrize("zoom", [2, 5, 8, 11.3, 13.5, 14, 15.7, 19])
def test_every_zoom_draws(cache: TileCache, zoom: float) -> None:
    view = view_at(OAKHAM, zoom, 600, 400)
    tiles = visible(cache, view)
    assert 0 < len(tiles) < 40
    drawn(cache, view)


def test_a_picture_is_the_same_wherever_its_tiles_are_cut(cache: TileCache) -> None:
    whole = drawn(cache, view_at(OAKHAM, 15, 600, 400))
    view = view_at(OAKHAM, 15, 600, 400)
    part = drawn(cache, View(view.x, view.y, 15, 300, 200))
    same = sum(
        whole.pixel(x + 150, y + 100) == part.pixel(x, y)
        for x in range(0, 300, 7)
        for y in range(0, 200, 7)
    )
    assert same >= 0.995 * len(range(0, 300, 7)) * len(range(0, 200, 7))


def test_the_town_and_its_streets_are_named(cache: TileCache) -> None:
    view = view_at(OAKHAM, 15, 1366, 768)
    labels = place_labels(
        view, visible(cache, view), load_style("light"), Lettering(), obstacles=NOTHING
    )
    named = texts(labels)
    assert "Oakham" in named
    assert "B640" in named
    assert {"Station Road", "Church Street", "Cold Overton Road"} <= set(named)
    assert sum(label.bent is not None for label in labels) >= 5


def test_names_do_not_overlap_and_keep_off_markers(cache: TileCache) -> None:
    view = view_at(OAKHAM, 15, 1366, 768)
    markers = np.array([[x, y, x + 30, y + 30] for x in range(0, 1366, 190) for y in (300, 500)])
    lettering = Lettering()
    labels = place_labels(
        view, visible(cache, view), load_style("light"), lettering, obstacles=markers
    )
    boxes = []
    for label in labels:
        if label.lines and not label.angle:
            for text, x, y in label.lines:
                half = lettering.shape(text, label.face).width * label.size / 32 / 2
                boxes.append((x - half, y - label.size * 0.7, x + half, y))
    assert len(boxes) > 12
    for a, b in combinations(boxes, 2):
        same_label = a[0] + a[2] == b[0] + b[2]
        apart = a[0] >= b[2] or a[2] <= b[0] or a[1] >= b[3] or a[3] <= b[1]
        assert apart or same_label
    for a in boxes:
        for m in markers.tolist():
            assert a[0] >= m[2] or a[2] <= m[0] or a[1] >= m[3] or a[3] <= m[1]


def test_a_town_is_named_even_under_a_carpet_of_markers(cache: TileCache) -> None:
    view = view_at(OAKHAM, 13, 800, 600)
    carpet = np.array([[0.0, 0.0, 800.0, 600.0]])
    labels = place_labels(
        view, visible(cache, view), load_style("dark"), Lettering(), obstacles=carpet
    )
    assert texts(labels) == ["Oakham"]


def test_a_town_keeps_off_markers_that_leave_it_a_gap_anywhere_near(cache: TileCache) -> None:
    view = view_at(OAKHAM, 13, 800, 600)
    (x, y) = view.width / 2, view.height / 2
    gap = (y + 50, y + 82)
    ring = [[0.0, 0.0, 800.0, gap[0]], [0.0, gap[1], 800.0, 600.0],
            [0.0, 0.0, x - 60, 600.0], [x + 60, 0.0, 800.0, 600.0]]  # fmt: skip
    labels = place_labels(
        view, visible(cache, view), load_style("light"), Lettering(), obstacles=np.array(ring)
    )
    town = next(label for label in labels if label.lines[0][0] == "Oakham")
    middle = town.lines[0][2] - town.size * 0.36
    assert gap[0] < middle - town.size / 2
    assert middle + town.size / 2 < gap[1]


def test_street_names_read_from_left_to_right(cache: TileCache) -> None:
    view = view_at(OAKHAM, 16, 1366, 768)
    labels = place_labels(
        view, visible(cache, view), load_style("light"), Lettering(), obstacles=NOTHING
    )
    assert all(-90.5 <= label.angle <= 90.5 for label in labels)
    for label in labels:
        if label.bent is not None:
            assert label.bent.glyphs[0][1] <= label.bent.glyphs[-1][1] + label.size


def test_the_same_street_is_named_once_in_400_pixels(cache: TileCache) -> None:
    view = view_at(OAKHAM, 15, 1366, 768)
    labels = place_labels(
        view, visible(cache, view), load_style("light"), Lettering(), obstacles=NOTHING
    )
    at: dict[str, list[tuple[float, float]]] = {}
    for label in labels:
        if label.colour == "street" and label.lines:
            text, x, y = label.lines[0]
            at.setdefault(text, []).append((x, y))
    for places in at.values():
        for (ax, ay), (bx, by) in combinations(places, 2):
            assert (ax - bx) ** 2 + (ay - by) ** 2 >= 400**2


@pytest.mark.parametrize(
    "text", ["Ŵyl y Môr", "Łódź", "شارع", "中央路", "é" * 5, "", "👍🏽 Café", "a" * 400]
)
def test_any_script_can_be_set(qtbot: QtBot, text: str) -> None:
    lettering = Lettering()
    shaped = lettering.shape(text, Face(600, True))
    assert shaped.width >= 0
    path, halo = lettering.whole(text, Face(600, True), 12)
    assert halo.boundingRect().width() >= path.boundingRect().width()


def test_text_is_drawn_with_its_halo(qtbot: QtBot) -> None:
    view = View(0.5, 0.3, 15, 200, 60)
    image = blank(view, 2.0)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    style = load_style("light")
    label = Label("place", Face(700), 20, (("Oakham", 100, 36),))
    draw_labels(painter, [label], style, Lettering())
    painter.end()
    colours = {image.pixelColor(x, y).name() for x in range(400) for y in range(120)}
    assert style.text["place"].name() in colours
    assert style.text["halo"].name() in colours


def test_each_category_has_its_own_shape_and_colour(qtbot: QtBot) -> None:
    assert set(shapes()) == set("GAIPECS")
    fills = {shape.fill.name() for shape in shapes().values()}
    assert len(fills) == 7
    pictures = set()
    for letter in shapes():
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        draw_marker(painter, letter, 20, 20, load_style("light"), text="")
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Mono)
        pictures.add(bytes(grey.constBits()))
    assert len(pictures) == 7  # told apart without colour and letter


def test_styles_have_a_colour_for_everything_drawn() -> None:
    light = load_style("light")
    for name in (*STYLES, "print"):
        style = load_style(name)
        assert set(ROADS) <= set(style.line)
        assert set(light.ui) == set(style.ui)
        assert set(light.text) == set(style.text)
        assert set(style.line) <= set(style.widths.mm)


def contrast(a: QColor, b: QColor) -> float:
    """WCAG 2.2 contrast of two colours."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        lin = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]

    low, high = sorted((light(a), light(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", [*STYLES, "print"])
def test_names_can_be_read_on_their_halo(name: str) -> None:
    style = load_style(name)
    for key, colour in style.text.items():
        if key not in ("halo", "shield"):
            assert contrast(colour, style.text["halo"]) >= 4.5, key
    assert contrast(style.text["shield"], style.ui["shield_fill"]) >= 4.5
    assert contrast(style.ui["panel_text"], style.ui["land"]) >= 4.5
    assert contrast(style.ui["focus"], style.ui["land"]) >= 3
    assert contrast(style.ui["accent"], style.ui["land"]) >= 3


@pytest.fixture
def raster(qtbot: QtBot, shared_data: Path) -> Iterator[TileCache]:
    tiles = open_map(shared_data / "basemap" / "geography-class-png.mbtiles")
    yield TileCache(tiles)
    tiles.close()


def test_raster_tiles_are_laid_out(raster: TileCache) -> None:
    view = view_at(Point(20, 0), 2, 400, 300)
    image = drawn(raster, view)
    colours = {image.pixelColor(x, y).name() for x in range(0, 400, 9) for y in range(0, 300, 9)}
    assert len(colours) > 20


def test_points_of_another_maker_are_named(qtbot: QtBot, shared_data: Path) -> None:
    tiles = open_map(shared_data / "basemap" / "world_cities-vector.mbtiles")
    cache = TileCache(tiles)
    view = view_at(Point(51, 0), 5, 800, 600)
    style = load_style("light")
    labels = place_labels(view, visible(cache, view), style, Lettering(), obstacles=NOTHING)
    tiles.close()
    assert "London" in texts(labels)


def test_one_damaged_tile_is_a_hole_not_an_end(qtbot: QtBot, tmp_path: Path) -> None:
    import sqlite3

    good = mapbox_vector_tile.encode(
        [
            {
                "name": "water",
                "features": [
                    {
                        "geometry": "POLYGON ((0 0, 0 4096, 4096 4096, 4096 0, 0 0))",
                        "properties": {"class": "lake"},
                    }
                ],
            }
        ]
    )
    db = sqlite3.connect(tmp_path / "half.mbtiles")
    db.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
    db.execute("INSERT INTO tiles VALUES (1, 0, 1, ?)", (good,))
    db.execute("INSERT INTO tiles VALUES (1, 1, 1, ?)", (b"\x1a\xff\xff\xff rubbish",))
    db.commit()
    db.close()
    tiles = open_map(tmp_path / "half.mbtiles")
    cache = TileCache(tiles)
    view = View(0.5, 0.25, 2.0, 400, 300)
    image = drawn(cache, view)
    tiles.close()
    assert image.pixelColor(100, 150) == load_style("light").area["water"]
    assert image.pixelColor(300, 150) == load_style("light").ui["land"]
    assert cache.damaged == 1


def test_the_rehearsal_draws_every_kind_of_name(qtbot: QtBot) -> None:
    rehearse.cache_clear()
    assert rehearse() == 6  # a town, a street on a bend, a number, a landmark, and two by hand


def test_the_name_of_a_marker_turns_inwards_at_the_edge_of_the_window(cache: TileCache) -> None:
    seen = view_at(OAKHAM, 15, 800, 600)
    around = seen.grown(1.5)
    edge = 200 + 800 - 20  # of the window, in pixels of the larger picture
    placed = place_labels(
        around, visible(cache, around), load_style("light"), Lettering(),
        obstacles=np.array([[edge - 14.0, 436.0, edge + 14.0, 464.0]]),
        pins=[(float(edge), 450.0, "Olu’s corner shop")], seen=seen,
    )  # fmt: skip
    (line,) = [one.lines[0] for one in placed if one.lines and one.lines[0][0].startswith("Olu")]
    assert line[1] < edge
