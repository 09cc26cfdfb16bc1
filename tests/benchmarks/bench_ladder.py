# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the helper takes over many assets, beside two plain alternatives in the same run.

Run with ``python -m tests.benchmarks.bench_ladder [20000] [100000]``. Each time is of another wish,
those of the scenario cases, asked by a person of whom much is known. Targets: 150 ms over 20,000
and 500 ms over 100,000 assets.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lac_desktop.domain.query import Order, Query
from lac_desktop.services import find, ladder
from lac_desktop.services.notebook import Notebook, lock
from tests.benchmarks.made_up_town import TOWN, VILLAGE, full_record, made_notebook
from tests.services.ladder_trial import cases

_WISHES = [case.wish for case in cases()]


def main() -> None:
    """Print a table."""
    sizes = [int(word) for word in sys.argv[1:]] or [20_000, 100_000]
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            book = made_notebook(Path(scratch), size)
            _table(book, size)
            lock(book)


def _table(book: Notebook, size: int) -> None:
    """Ask in the town and in the village; the first line of each is the helper's."""
    for name, home in (("town", TOWN), ("village", VILLAGE)):
        near = find.find(book, Query(near=home, within_minutes=30, order=Order.NEAREST))
        some = [row.id for row in find.rows(book, near, 0, 8)]
        person = full_record(book, f"Jean of the {name}", home, some)
        print(f"\n{size:,} assets, {name}: {len(near):,} within half an hour on foot", end="")
        print(f" (load {os.getloadavg()[0]:.1f})" if hasattr(os, "getloadavg") else "")
        print(f"{'milliseconds':<18}{'median':>9}{'p95':>9}{'worst':>9}{'p95 CPU':>9}")
        ways: dict[str, Callable[[str], object]] = {
            "helper": lambda wish, who=person.id: ladder.answer(
                book, ladder.asked_of(book, who, (wish,))
            ),
            "nearest first": lambda _wish, at=home: _rows(
                book, Query(near=at, order=Order.NEAREST, limit=21)
            ),
            "full text first": lambda wish, at=home: _rows(
                book, Query(text=max(wish.split(), key=len), near=at, limit=21)
            ),
        }
        for way, act in ways.items():
            print(f"{way:<18}{_times(act)}")


def _rows(book: Notebook, query: Query) -> object:
    return find.rows(book, find.find(book, query))


def _times(way: Callable[[str], object]) -> str:
    """Median, 95th of a hundred, the worst, and the 95th in processor time."""
    way(_WISHES[0])
    took: list[float] = []
    busy: list[float] = []
    for wish in _WISHES * 2:
        start, start_busy = time.perf_counter(), time.thread_time()
        way(wish)
        busy.append((time.thread_time() - start_busy) * 1000)
        took.append((time.perf_counter() - start) * 1000)
    place = int(len(took) * 0.95)
    figures = (statistics.median(took), sorted(took)[place], max(took), sorted(busy)[place])
    return "".join(f"{figure:>9.1f}" for figure in figures)


if __name__ == "__main__":
    main()
