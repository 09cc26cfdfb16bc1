# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names on the test map, and a way to wait for its picture."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from lac_desktop.domain.geometry import Point
from lac_desktop.ui.map.widget import MapView

OAKHAM = Point(52.6712, -0.7285)
NAMES = {1: "Library", 2: "Castle", 3: "Repair café", 4: "Choir", 5: "Bowls club"}


def wait_for(done: Callable[[], bool], seconds: float = 10) -> None:
    """Run the window until something is so (qtbot's own wait starves the painting thread)."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "waited too long"
        QApplication.processEvents()
        time.sleep(0.005)


def painted(view: MapView) -> None:
    """Wait for the whole picture of what the map looks at now."""
    QApplication.processEvents()

    def ready() -> bool:
        ground = view.ground
        asked = view.asked
        return (
            ground is not None
            and ground.whole
            and asked is not None
            and ground.number == asked.number
            and asked.view.zoom == view.view.zoom
        )

    wait_for(ready)
