# SPDX-License-Identifier: AGPL-3.0-or-later
"""Import of Rutland's places beside what pyogrio alone takes to read the three layers.

Run with ``python -m tests.benchmarks.bench_import``. Targets: preview and apply together at most 5
times the reading by pyogrio; 20,000 assets compared for duplicates in 2 s.
"""

import random
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.services import importing, notebook
from lac_desktop.services.duplicates import alike
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS

DATA = Path(__file__).resolve().parents[3] / "shared/data"
OSM = DATA / "rutland/osm/rutland-2018-02-27.osm.pbf"
SCALE = DATA / "osm-scale/eleven-areas-merged.osm.pbf"
LAYERS = ("points", "lines", "multipolygons")
SECRET = "four plain words here"


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of some runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def read_layers(file: Path) -> None:
    """What pyogrio alone does with the three layers."""
    import pyogrio

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for layer in LAYERS:
            pyogrio.read_dataframe(file, layer=layer, on_invalid="ignore")


def import_into_new(file: Path) -> tuple[int, float]:
    """Places added and seconds of preview and apply; making the notebook does not count."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "bench.lac"
        notebook.create(vault, SECRET, NotebookSettings(who="Bench"), strength=FAST_FOR_TESTS)
        book = notebook.unlock(vault, SECRET)
        try:
            start = time.perf_counter()
            result = importing.apply(book, importing.preview(book, [file]))
            return result.added, time.perf_counter() - start
        finally:
            notebook.lock(book)


def many(count: int) -> list[Asset]:
    """Invented places in a town, with names as alike as those of a town are."""
    chance = random.Random(3)
    words = ("Oak", "Elm", "Mill", "Abbey", "Weir", "St Mary", "Red", "Blue")
    kinds = ("Hall", "Cafe", "School", "Church", "Park", "Surgery")
    return [
        Asset(
            id=str(n),
            name=f"{chance.choice(words)} {chance.choice(kinds)} {chance.randrange(900)}",
            kind=chance.choice(("cafe", "school", "park", "library")),
            point=Point(53.4 + chance.random() * 0.25, -2.4 + chance.random() * 0.4),
            phone=f"0161 {chance.randrange(10**7):07}",
        )
        for n in range(count)
    ]


def main() -> None:
    """Print a table of times, ratios and targets."""
    print(f"{'what':44} {'measured':>10} {'target':>10}")
    for file, target in ((OSM, "5.0 x"), (SCALE, "")):
        read_layers(file)
        alone = seconds(lambda file=file: read_layers(file))
        runs = [import_into_new(file) for _ in range(3)]
        added, taken = runs[0][0], min(run[1] for run in runs)
        name = file.name.split(".")[0]
        print(f"{f'{name}: pyogrio alone':44} {alone:9.2f}s")
        print(f"{f'{name}: import of {added:,} places':44} {taken:9.2f}s")
        print(f"{f'{name}: ratio':44} {taken / alone:9.1f}x {target:>10}")
    assets = many(20_000)
    print(f"{'duplicates among 20,000':44} {seconds(lambda: alike(assets)):9.2f}s {'2.00s':>10}")


if __name__ == "__main__":
    main()
