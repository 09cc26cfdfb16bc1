# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walking area as an outline and every asset within 15 minutes, on real street graphs.

Run with ``python tests/benchmarks/bench_walk.py``. Targets: p95 10 ms on Rutland, 20 ms on the
eleven merged areas.
"""

import importlib.util
import time
from pathlib import Path
from types import ModuleType

import numpy as np

from lac_desktop.domain.geometry import Point
from lac_desktop.geo.walk import WalkGraph

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_FILES = {
    "rutland": ("rutland/osm/rutland-2018-02-27.osm.pbf", 10.0),
    "osm-scale": ("osm-scale/eleven-areas-merged.osm.pbf", 20.0),
}
_ASSETS, _WALKS, _METRES = 20_000, 400, 1200.0


def walk_data() -> ModuleType:
    """Load the reader that the tests use."""
    path = Path(__file__).resolve().parents[1] / "geo" / "walk_data.py"
    spec = importlib.util.spec_from_file_location("walk_data", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def walks(graph: WalkGraph) -> dict[str, list[float]]:
    """Milliseconds of each step of many walks from random places on streets."""
    rng = np.random.default_rng(20)
    at = rng.integers(0, len(graph.net.lon), _ASSETS)
    lats = graph.net.lat[at] + rng.normal(0, 3e-4, _ASSETS)
    lons = graph.net.lon[at] + rng.normal(0, 5e-4, _ASSETS)
    began = time.perf_counter()
    assets = graph.snap(lats, lons)
    times: dict[str, list[float]] = {"snap all (once)": [(time.perf_counter() - began) * 1000]}
    for lat, lon in zip(lats[:_WALKS].tolist(), lons[:_WALKS].tolist(), strict=True):
        marks = [time.perf_counter()]
        reach = graph.reach(Point(lat, lon), _METRES)
        if reach is None:
            continue
        marks.append(time.perf_counter())
        reach.metres_to(assets)
        marks.append(time.perf_counter())
        reach.outline()
        marks.append(time.perf_counter())
        spans = np.diff(marks) * 1000
        for name, span in zip(("reach", "assets", "outline"), spans, strict=True):
            times.setdefault(name, []).append(float(span))
        times.setdefault("all three", []).append(float(spans.sum()))
    return times


def main() -> None:
    """Print the table."""
    data = walk_data()
    print(f"{'':12}{'step':18}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'target':>9}")
    for name, (file, target) in _FILES.items():
        graph = data.graph_of(_DATA / file)
        for step, spans in walks(graph).items():
            p50, p95, most = np.percentile(spans, [50, 95, 100])
            wanted = f"{target:.0f}" if step == "all three" else ""
            print(f"{name:12}{step:18}{p50:9.2f}{p95:9.2f}{most:9.2f}{wanted:>9}")


if __name__ == "__main__":
    main()
