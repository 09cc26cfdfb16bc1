# SPDX-License-Identifier: AGPL-3.0-or-later
"""How quickly assets are found, against ``LIKE '%…%'`` and geopandas over the same rows.

Run: ``python -m tests.benchmarks.bench_search [--rows 100000] [--million]``
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.query import Order, Query
from lac_desktop.storage import assets, horizon, search, vault
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 11, 0)
OPEN_AT = datetime(2026, 11, 24, 11, 0)
KINDS = ("library", "knitting", "park", "repair", "cafe", "church", "hall", "school", "club", "pub")
FIRST = [
    "Oakham",
    "Uppingham",
    "Ketton",
    "Riverside",
    "Northgate",
    "Hillside",
    "Ashwell",
    "Greetham",
    "Manor",
    "Station",
]
THING = [
    "Library",
    "Knitters",
    "Garden",
    "Workshop",
    "Café",
    "Chapel",
    "Hall",
    "Academy",
    "Allotments",
    "Inn",
    "Choir",
    "Museum",
    "Playgroup",
    "Surgery",
    "Bakery",
    "Market",
    "Kitchen",
    "Theatre",
    "Pavilion",
    "Reading",
    "Repair",
    "Walking",
    "Singing",
]
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ke",
    "li",
    "mo",
    "nu",
    "pa",
    "re",
    "si",
    "to",
    "vu",
    "wa",
    "ye",
    "zo",
    "tha",
    "cro",
    "bri",
    "ste",
]


def _made_up(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()


def invent(rows: int, seed: int = 7) -> Iterator[Asset]:
    """Assets in towns over Britain: names of a wide vocabulary, 2,000 distinct opening hours."""
    chance = random.Random(seed)
    towns = [(chance.uniform(50.5, 55.0), chance.uniform(-4.0, 0.5)) for _ in range(rows // 500)]
    streets = [_made_up(chance) for _ in range(20_000)]
    for number in range(rows):
        lat, lon = chance.choice(towns)
        opens, closes = chance.randint(6, 11), chance.randint(12, 22)
        day = chance.choice(("Mo-Fr", "Mo-Sa", "Mo-Su", "Tu-Su", "We-Sa"))
        minute = chance.choice((0, 15, 30, 45))
        yield Asset(
            id=new_id(),
            name=f"{chance.choice(FIRST)} {chance.choice(streets)} {chance.choice(THING)}",
            kind=chance.choice(KINDS),
            gives=f"{chance.choice(THING)} for everybody at {chance.choice(streets)}",
            description=" ".join(chance.choices(streets, k=12)),
            address=f"{number % 200} {chance.choice(streets)} Street",
            postcode=f"LE{number % 20} {number % 9}AB",
            point=Point(lat + chance.gauss(0, 0.012), lon + chance.gauss(0, 0.02)),
            hours=f"{day} {opens:02d}:{minute:02d}-{closes:02d}:00",
            source=f"bench#{number}",
        )


def build(folder: Path, rows: int) -> vault.Vault:
    """A notebook of so many invented assets."""
    vault.create(folder, "bench", strength=vault.FAST_FOR_TESTS)
    opened = vault.unlock(folder, "bench")
    began = time.perf_counter()
    with opened.write() as db:
        step = Step("bench", "Import", NOW, "import")
        assets.save(db, invent(rows), step=step, indexer=PlainIndexer())
    print(f"{rows:,} assets saved in {time.perf_counter() - began:.1f} s")
    return opened


def measure(run: Callable[[Any], object], inputs: Sequence[Any]) -> tuple[float, float, float]:
    """Milliseconds over inputs: median, 95th percentile, and the latter in processor time.

    Processor time leaves out waiting for other programs, which decides on a busy machine.
    """
    for each in inputs[:10]:
        run(each)
    times: list[float] = []
    busy: list[float] = []
    for each in inputs:
        began, began_busy = time.perf_counter(), time.thread_time()
        run(each)
        busy.append((time.thread_time() - began_busy) * 1000)
        times.append((time.perf_counter() - began) * 1000)
    place = int(len(inputs) * 0.95)
    return statistics.median(times), sorted(times)[place], sorted(busy)[place]


def typed(count: int = 200, seed: int = 3) -> list[str]:
    """What stands in the box after each key: beginnings of names, one in ten mistyped."""
    chance = random.Random(seed)
    names = [asset.name for asset in invent(2_000)]
    texts: list[str] = []
    for _ in range(count):
        text = chance.choice(names).lower()[: chance.randint(1, 22)]
        if chance.random() < 0.1 and len(text) > 6:
            place = chance.randint(1, len(text) - 2)
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        texts.append(text)
    return texts


def near_queries(db: Any, count: int = 200, seed: int = 5) -> list[Query]:
    """Near an asset, within 800 m, one kind, open at eleven, and a word."""
    chance = random.Random(seed)
    rows = db.execute("SELECT lat, lon FROM asset_find ORDER BY rid LIMIT 20000").fetchall()
    return [
        Query(
            text=chance.choice(THING).lower(),
            near=Point(*chance.choice(rows)),
            within_metres=800,
            kinds=frozenset({chance.choice(KINDS)}),
            open_at=OPEN_AT,
            order=Order.NEAREST,
        )
        for _ in range(count)
    ]


def like(db: Any, text: str) -> list[Any]:
    """The same search as people write it first."""
    some = f"%{text}%"
    return db.execute(
        "SELECT rid, name FROM asset WHERE name LIKE ? OR address LIKE ? OR postcode LIKE ? "
        "LIMIT 200",
        (some, some, some),
    ).fetchall()


def frame(db: Any) -> Any:
    """All assets as a GeoDataFrame in British National Grid, with its spatial index built."""
    import geopandas

    rows = db.execute(
        "SELECT a.rid, f.kind, a.name, a.gives, a.description, a.address, a.hours, a.lat, a.lon, "
        "f.hours FROM asset a JOIN asset_find f ON f.rid = a.rid"
    ).fetchall()
    names = ("rid", "kind", "name", "gives", "description", "address", "spec", "lat", "lon", "hrid")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    points = geopandas.points_from_xy(columns["lon"], columns["lat"], crs="EPSG:4326")
    made = geopandas.GeoDataFrame(columns, geometry=points)
    made["words"] = (
        made["name"] + " " + made["gives"] + " " + made["description"] + " " + made["kind"]
    ).str.lower()
    _ = made.sindex
    return made


def by_geopandas(made: Any, opens: frozenset[int], query: Query) -> list[int]:
    """The same question to geopandas: a box by its spatial index, then each condition."""
    from shapely.geometry import box

    from lac_desktop.domain.geometry import box_around

    assert query.near is not None
    assert query.within_metres is not None
    around = box_around(query.near, query.within_metres)
    some = made.iloc[made.sindex.query(box(around.west, around.south, around.east, around.north))]
    some = some[some["kind"].isin(query.kinds) & some["hrid"].isin(opens)]
    some = some[some["words"].str.contains(rf"\b{query.text}", regex=True)]
    found = [
        (distance_m(query.near, Point(lat, lon)), rid)
        for rid, lat, lon in zip(some["rid"], some["lat"], some["lon"], strict=True)
    ]
    return [rid for metres, rid in sorted(found) if metres <= query.within_metres]


def open_hours(db: Any, when: datetime) -> frozenset[int]:
    """The hours that are open at a time, for the comparison."""
    at = horizon.minutes(when)
    found = db.execute(
        "SELECT hours FROM hours_interval "
        "WHERE day = ? AND start <= ? AND until > ? AND unknown = 0",
        (at // horizon.DAY, at, at),
    )
    return frozenset(row[0] for row in found)


def report(rows: int, folder: Path) -> None:
    """Measure one size of notebook and print its table."""
    with build(folder, rows) as opened, opened.read() as db:
        texts, queries = typed(), near_queries(db)

        def find(query: Query) -> search.Hits:
            return search.search(db, query, now=NOW)

        words = [Query(text=query.text) for query in queries[:40]]
        pages = [find(query).rid[:50] for query in words[:20]] * 5
        lines = [
            ("as you type", *measure(lambda text: search.complete(db, text, 8), texts)),
            ("LIKE '%…%'", *measure(lambda text: like(db, text), texts[:40])),
            ("near+kind+open+text", *measure(find, queries)),
            ("text alone, bm25", *measure(find, words)),
            ("50 rows for the list", *measure(lambda rids: search.rows(db, rids), pages)),
            ("everything, by name", *measure(find, [Query(order=Order.NAME)] * 5)),
        ]
        made, opens = frame(db), open_hours(db, OPEN_AT)
        ask = partial(by_geopandas, made, opens)
        same = sum(ask(query) == find(query).rid.tolist() for query in queries)
        lines.append(("near+… by geopandas", *measure(ask, queries[:60])))
    print(f"\n{rows:,} assets, encrypted          median ms      p95 ms   p95 CPU ms")
    for name, median, worst, busy in lines:
        print(f"{name:32}{median:10.2f}{worst:12.2f}{busy:13.2f}")
    ratio = lines[1][1] / lines[0][1]
    print(f"as you type is {ratio:.0f} times faster than LIKE (medians)")
    print(f"same answer as geopandas: {same} of {len(queries)}\n")


def main() -> None:
    """Print a table for each size asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--million", action="store_true", help="measure 1,000,000 as well")
    options = asked.parse_args()
    for rows in (options.rows, *((1_000_000,) if options.million else ())):
        folder = Path(tempfile.mkdtemp(prefix="lac-bench-"))
        try:
            report(rows, folder / "bench.lac")
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
