# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the helper takes over many assets, beside two plain alternatives in the same run.

Run with ``python -m tests.benchmarks.bench_ladder [20000] [100000]``.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Order, Query
from lac_desktop.services import assets, find, ladder, notebook, people
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS

_HERE = Point(52.67, -0.73)
_WISHES = ("I am lonely and love gardening, but not church", "I'd like to learn to knit")


def main() -> None:
    """Print a table."""
    sizes = [int(word) for word in sys.argv[1:]] or [20_000, 100_000]
    print(f"{'assets':>8} {'way':<18} {'median ms':>10} {'p95 ms':>8} {'ratio':>7}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            _run(Path(scratch) / "B.lac", size)


def _run(folder: Path, size: int) -> None:
    notebook.create(folder, "bench", NotebookSettings(who="B"), strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, "bench", clock=lambda: datetime(2026, 3, 5, 12))
    chance = np.random.default_rng(1)
    kinds = list(book.kinds.kinds)
    places = zip(chance.normal(52.67, 0.05, size), chance.normal(-0.73, 0.08, size), strict=True)
    made = (
        assets.blank(
            name=f"{kinds[n % len(kinds)].replace('-', ' ')} {n}",
            kind=kinds[n % len(kinds)],
            point=Point(float(lat), float(lon)),
        )
        for n, (lat, lon) in enumerate(places)
    )
    assets.save_many(book, list(made), "Make", "import")
    jean = people.add(book, "Jean", home=_HERE, interests=("gardening",))
    ways: dict[str, Callable[[], object]] = {
        "helper": lambda: ladder.answer(book, ladder.asked_of(book, jean.id, _WISHES)),
        "nearest first": lambda: _rows(book, Query(near=_HERE, order=Order.NEAREST, limit=21)),
        "full text first": lambda: _rows(book, Query(text="gardening", near=_HERE, limit=21)),
    }
    base = 0.0
    for name, way in ways.items():
        took = _times(way)
        middle = statistics.median(took)
        base = base or middle
        p95 = sorted(took)[int(len(took) * 0.95)]
        print(f"{size:>8} {name:<18} {middle:>10.1f} {p95:>8.1f} {middle / base:>7.2f}")
    notebook.lock(book)


def _rows(book: notebook.Notebook, query: Query) -> object:
    return find.rows(book, find.find(book, query))


def _times(way: Callable[[], object], times: int = 20) -> list[float]:
    way()
    took = []
    for _ in range(times):
        start = time.perf_counter()
        way()
        took.append((time.perf_counter() - start) * 1000)
    return took


if __name__ == "__main__":
    main()
