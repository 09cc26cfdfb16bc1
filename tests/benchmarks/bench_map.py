# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map with 20,000 and 100,000 assets at 1366 x 768 without a graphics card.

Run with ``python -m tests.benchmarks.bench_map`` (offscreen, or under any X display). Every frame
is painted into the window at once (``repaint``), as a user's is. Targets: whole labelled picture
1 s, pan frame median 8 ms and p95 16 ms, wheel zoom p95 33 ms, memory 250 MB.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from lac_desktop.domain.geometry import Point
from lac_desktop.services.maps import open_map
from lac_desktop.ui.map.widget import MapView

_TILES = (
    Path(__file__).resolve().parents[3]
    / "shared"
    / "data"
    / "rutland"
    / "tiles"
    / "rutland-z0-14.mbtiles"
)
_TOWN = Point(52.6712, -0.7285)
_FRAME_S = 1 / 60


def points(number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Invented assets: half of them in and round the town, half over the county."""
    chance = np.random.default_rng(5)
    half = number // 2
    lats = np.concatenate(
        (chance.normal(_TOWN.lat, 0.008, half), chance.uniform(52.53, 52.76, number - half))
    )
    lons = np.concatenate(
        (chance.normal(_TOWN.lon, 0.013, half), chance.uniform(-0.82, -0.43, number - half))
    )
    letters = chance.choice(list("GAIPECS"), number)
    return np.arange(1, number + 1), lats, lons, letters


def until(application: QApplication, done: Callable[[], bool], seconds: float = 10) -> float:
    """Run the window until something is so; gives how long that took."""
    start = time.perf_counter()
    while not done() and time.perf_counter() - start < seconds:
        application.processEvents()
        time.sleep(0.001)
    return time.perf_counter() - start


def frames(
    application: QApplication, view: MapView, step: Callable[[int], None], n: int
) -> np.ndarray:
    """Milliseconds that each of n frames takes the window: the step and the painting."""
    took = []
    for at in range(n):
        start = time.perf_counter()
        step(at)
        view.repaint()
        spent = time.perf_counter() - start
        took.append(spent * 1e3)
        wait = time.perf_counter() + max(0.0, _FRAME_S - spent)
        while time.perf_counter() < wait:
            application.processEvents()
            time.sleep(0.001)
    return np.array(took)


def measured(application: QApplication, number: int) -> list[tuple[str, float, float]]:
    """All measurements for so many assets: (what, value, target)."""
    columns = points(number)
    start = time.perf_counter()
    view = MapView()
    view.resize(1366, 768)
    view.set_tiles(open_map(_TILES))
    view.set_points(*columns, str)
    view.centre_on(_TOWN, 15)
    view.show()
    until(application, lambda: view.ground is not None and view.ground.whole)
    whole = time.perf_counter() - start
    rows = [("whole labelled picture, s", whole, 1.0)]
    for zoom in (14, 16):
        view.centre_on(_TOWN, zoom)
        settle(application, view)

        def pan(at: int) -> None:
            turn = at / 40
            view.look(view.view.panned(7 * np.cos(turn), 5 * np.sin(turn * 1.3)))

        took = frames(application, view, pan, 240)
        rows.append((f"pan at zoom {zoom}, median ms", float(np.median(took)), 8.0))
        rows.append((f"pan at zoom {zoom}, p95 ms", float(np.percentile(took, 95)), 16.0))
    view.centre_on(_TOWN, 12)
    settle(application, view)

    def wheel(at: int) -> None:
        view.zoom_by(0.12 if at % 80 < 40 else -0.12, (500.0, 300.0))

    took = frames(application, view, wheel, 160)
    rows.append(("wheel zoom, p95 ms", float(np.percentile(took, 95)), 33.0))
    rows.append(("refined after it, s", settle(application, view), 1.0))
    rows.append(("memory now, MB", memory(), 250.0))
    view.stop()
    view.close()
    return rows


def settle(application: QApplication, view: MapView) -> float:
    """Wait for the names of the view."""
    application.processEvents()
    return until(
        application,
        lambda: (
            view.ground is not None
            and view.ground.whole
            and view.ground.scene is not None
            and view.ground.view.zoom == view.view.zoom
        ),
    )


def memory() -> float:
    """Megabytes that the process holds now (its peak where the system does not tell)."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Print a table."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    for number in (20_000, 100_000):
        print(f"\n{number:,} assets, {application.platformName()}, load {os.getloadavg()[0]:.1f}")
        for what, value, target in measured(application, number):
            verdict = "" if value <= target else "  over"
            print(f"  {what:32} {value:8.2f}   target {target:g}{verdict}")


if __name__ == "__main__":
    main()
