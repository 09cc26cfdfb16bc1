# SPDX-License-Identifier: AGPL-3.0-or-later
"""A map on a real street map, with places, and a way to wait for its picture."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lac_desktop.services.maps import MapTiles, open_map
from lac_desktop.ui.map.widget import MapView
from tests.ui.map.shown import NAMES, OAKHAM, painted


@pytest.fixture(scope="session")
def streets(rutland: Path) -> Iterator[MapTiles]:
    """Rutland's street map."""
    tiles = open_map(rutland / "tiles" / "rutland-z0-14.mbtiles")
    yield tiles
    tiles.close()


@pytest.fixture
def map_view(qtbot: QtBot) -> Iterator[MapView]:
    """A shown map without streets: five places around Oakham, two of them on one spot."""
    view = MapView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.set_points(
        [1, 2, 3, 4, 5],
        [52.6712, 52.6732, 52.6712, 52.6692, 52.6692],
        [-0.7285, -0.7285, -0.7235, -0.7285, -0.7285],
        list("IPECA"),
        NAMES.__getitem__,
        lambda rid: f"{NAMES[rid]}, 8 minutes",
    )
    view.centre_on(OAKHAM, 15)
    view.show()
    painted(view)
    yield view
    view.stop()
    view.close()
    QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
