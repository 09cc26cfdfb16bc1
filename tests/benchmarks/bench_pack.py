# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long packs take to build and to answer, and how much memory: run it as a script.

Each pack is built in a process of its own, so that its peak of memory is its own.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lac_desktop.domain.geometry import Point
from lac_desktop.geo.build import build
from lac_desktop.geo.pack import Pack, open_pack

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

RUTLAND: dict[str, Any] = {
    "osm": [DATA / "rutland" / "osm" / "rutland-2018-02-27.osm.pbf"],
    "postcodes": [DATA / "rutland" / "postcodes"],
    "boundaries": [
        DATA / "rutland" / "boundaries" / "wards_by_lad_E06000017.json",
        DATA / "rutland" / "boundaries" / "lsoa_by_lad_E06000017.json",
    ],
    "names": [DATA / "rutland" / "names"],
}
BUILDS: dict[str, tuple[dict[str, Any], float, int]] = {
    "Rutland, everything": (RUTLAND, 20, 1_500),
    "osm-scale, PBF": (
        {"osm": [DATA / "osm-scale" / "eleven-areas-merged.osm.pbf"]},
        *(120, 1_500),
    ),
    "osm-scale, XML gz": (
        {"osm": [DATA / "osm-scale" / "eleven-areas-merged.osm.gz"]},
        *(120, 1_500),
    ),
    "Great Britain's postcodes": (
        {"postcodes": [DATA / "codepoint-open-gb" / "codepo_gb-2014-08.zip"]},
        *(120, 1_500),
    ),
}
QUERIES = ("LE15 6AA", "pe9 3ry", "LE15", "Oakham", "okaham", "Kett", "High Street, Oakham")


def _measured(out: Path, inputs: dict[str, Any]) -> tuple[float, int]:
    """Seconds and peak memory in MB of one build; runs in a child."""
    start = time.perf_counter()
    build(out, **inputs)
    return time.perf_counter() - start, _peak()


def _peak() -> int:
    """Peak memory of this process in MB."""
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset >> 20
    import resource

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def _p95(act: Callable[[], object], times: int = 300) -> float:
    """Milliseconds that 95 of 100 calls stay under, the first call not counted."""
    act()
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1_000)
    return statistics.quantiles(taken, n=20)[-1]


def _answers(pack: Pack) -> None:
    """Print how quickly a pack answers."""
    for text in QUERIES:
        print(
            f"{'locate ' + text:<34}{_p95(lambda text=text: pack.locate(text)):>9.2f} ms p95  (5)"
        )
    spot = Point(52.6698, -0.7301)
    print(f"{'areas at a point':<34}{_p95(lambda: pack.areas_at(spot)):>9.2f} ms p95  (5)")
    print(f"{'suggest “upp”':<34}{_p95(lambda: pack.suggest('upp', 8)):>9.2f} ms p95  (10)")


def main() -> None:
    """Build, measure, print a table; the targets stand in brackets."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (inputs, seconds, most)) in enumerate(BUILDS.items()):
            out = Path(folder) / str(number)
            with context.Pool(1) as pool:
                taken, peak = pool.apply(_measured, (out, inputs))
            size = sum(file.stat().st_size for file in out.iterdir()) / 1e6
            print(f"{name:<34}{taken:>9.1f} s ({seconds:.0f}){peak:>7} MB ({most}){size:>8.1f} MB")
        _answers(open_pack(Path(folder) / "0"))


if __name__ == "__main__":
    main()
