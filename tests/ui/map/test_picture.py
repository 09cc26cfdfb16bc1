# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures and prints: what is on them, what is not, and files whole or not at all."""

import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.privacy import PublicAsset, publish_all
from lac_desktop.errors import LacError
from lac_desktop.services.maps import MapTiles
from lac_desktop.ui.map.paper import Words, in_sight, print_pdf, spread
from lac_desktop.ui.map.picture import Sheet, points_of, render_picture, save_picture
from lac_desktop.ui.map.places import places_at
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import view_at
from tests.ui.map.shown import OAKHAM

CATEGORIES = {f"kind-{letter}": letter for letter in "GAIPECS"}


def asset(number: int, **changes: Any) -> Asset:
    facts: dict[str, Any] = {
        "id": f"id-{number}",
        "name": f"Place {number}",
        "kind": "kind-" + "AIPECS"[number % 6],
        "point": Point(OAKHAM.lat + number % 7 * 0.0005, OAKHAM.lon + number // 7 * 0.0007),
        "visibility": Visibility.PUBLIC,
        "attribution": "© OpenStreetMap contributors",
    }
    return Asset(**(facts | changes))


def public(number: int) -> tuple[PublicAsset, ...]:
    return publish_all([asset(at) for at in range(number)], categories=CATEGORIES)


@pytest.fixture
def sheet(qtbot: QtBot, streets: MapTiles) -> Sheet:
    return Sheet(view_at(OAKHAM, 15, 700, 500), public(12), TileCache(streets), held_back=3)


def test_a_picture_has_its_size_and_its_markers(sheet: Sheet) -> None:
    image = render_picture(sheet, dots=2.0)
    assert (image.width(), image.height()) == (1400, 1000)
    fills = {"#2a78c8", "#33246b", "#17553f", "#b5440e", "#cf7fb5"}
    colours = {image.pixelColor(x, y).name() for x in range(0, 1400, 2) for y in range(0, 1000, 2)}
    assert fills <= colours


def test_a_confidential_place_has_no_marker(qtbot: QtBot) -> None:
    assets = publish_all(
        [asset(1, confidential=True), asset(2, visibility=Visibility.TEAM), asset(3)],
        categories=CATEGORIES,
    )
    assert [assets[rid].name for rid in points_of(assets).rids.tolist()] == ["Place 3"]


def test_png_files_can_be_read_again(sheet: Sheet, tmp_path: Path) -> None:
    save_picture(sheet, tmp_path / "map.png", dots=1.0)
    assert QImage(str(tmp_path / "map.png")).width() == 700
    assert [file.name for file in tmp_path.iterdir()] == ["map.png"]


def text_of(pdf: bytes) -> str:
    """All bytes of a PDF's streams, unpacked."""
    out = []
    for piece in pdf.split(b"stream\n")[1:]:
        data = piece.split(b"endstream")[0]
        try:
            out.append(zlib.decompress(data))
        except zlib.error:
            continue
    return b"\n".join(out).decode("latin-1")


@pytest.mark.parametrize(("paper", "high"), [("A4", 595), ("A3", 842)])
def test_pdf_files_have_one_page_of_the_right_size(
    sheet: Sheet, tmp_path: Path, paper: str, high: int
) -> None:
    file = tmp_path / "map.pdf"
    print_pdf(sheet, file, Words("Oakham", "Open today", "Checked in March 2026."), paper=paper)
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1
    box = data.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert round(float(box[3])) == pytest.approx(high, abs=1)  # lies flat, as the view does
    assert len(data) < 4_000_000
    assert " Tj" in text_of(data) or " TJ" in text_of(data)  # title and list are real text


def test_a_pdf_of_too_many_places_shows_clusters_and_a_key(
    sheet: Sheet, qtbot: QtBot, tmp_path: Path
) -> None:
    many = Sheet(sheet.view, public(200), sheet.tiles, held_back=1)
    assert len(in_sight(many)) > 30
    print_pdf(many, tmp_path / "many.pdf", Words("Oakham"))
    assert (tmp_path / "many.pdf").stat().st_size > 20_000


def test_a_print_without_streets_or_places(qtbot: QtBot, tmp_path: Path) -> None:
    empty = Sheet(view_at(OAKHAM, 15, 400, 600), ())
    print_pdf(empty, tmp_path / "empty.pdf", Words("Nothing yet"))
    assert not render_picture(empty, dots=1.0).isNull()


def test_credits_are_named_once(sheet: Sheet) -> None:
    assert sheet.credit == "© OpenMapTiles © OpenStreetMap contributors"


def test_numbers_that_would_hide_each_other_move_apart() -> None:
    view = view_at(OAKHAM, 15, 700, 500)
    places = places_at(range(6), [OAKHAM.lat] * 5 + [52.675], [OAKHAM.lon] * 5 + [-0.73], ["A"] * 6)
    moved = spread(places, view, 26)
    px, py = view.to_pixels(moved.x, moved.y)
    away = np.hypot(px[:, None] - px, py[:, None] - py)
    np.fill_diagonal(away, np.inf)
    assert away.min() > 20
    assert moved.x[5] == pytest.approx(places.x[5], abs=1e-9)


def test_a_file_that_cannot_be_written_leaves_nothing(sheet: Sheet, tmp_path: Path) -> None:
    with pytest.raises(LacError):
        save_picture(sheet, tmp_path / "missing" / "map.png", dots=0.5)
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(LacError):
        print_pdf(sheet, tmp_path / "taken.pdf", Words("Oakham"))
    assert [file.name for file in tmp_path.iterdir()] == ["taken.pdf"]


def test_many_credits_do_not_cover_a_small_picture_of_the_window(qtbot: QtBot) -> None:
    def rows_covered(on_screen: bool) -> int:
        owed = [
            asset(at, attribution=f"Contains data of authority {at}, all rights {at} " * 2)
            for at in range(8)
        ]
        away = view_at(Point(50.0, 2.0), 15, 480, 300)  # nothing but the map's edge
        credited = Sheet(away, publish_all(owed, categories=CATEGORIES))
        plain = Sheet(away, ())
        images = (render_picture(s, dots=1.0, on_screen=on_screen) for s in (credited, plain))
        one, other = (np.frombuffer(bytes(i.constBits()), np.uint32) for i in images)
        return int((one != other).reshape(300, -1).any(axis=1).sum())

    assert rows_covered(on_screen=True) < 60
    assert rows_covered(on_screen=False) > 100  # on paper and in files everybody is named
