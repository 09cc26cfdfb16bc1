# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much of OpenStreetMap's places the table of kinds knows, on real extracts."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyogrio.raw import read

from lac_desktop import paths
from lac_desktop.domain.kinds import KindTable

#: Keys that make a feature a place.
PLACE_KEYS = frozenset(
    ("amenity", "shop", "leisure", "office", "healthcare", "tourism", "craft", "club", "historic")
)
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


def places(path: Path) -> Iterator[dict[str, str]]:
    """The tags of every place in an extract, straight from GDAL."""
    source = f"/vsigzip/{path}" if path.suffix == ".gz" else path
    for layer in ("points", "lines", "multipolygons", "other_relations"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # broken rings of the extracts' edges
            meta, _, _, columns = read(source, layer=layer, read_geometry=False)
        for values in zip(*columns, strict=True):
            tags = {}
            for key, value in zip(meta["fields"], values, strict=True):
                if key == "other_tags" and isinstance(value, str):
                    tags.update(_PAIR.findall(value))
                elif isinstance(value, str):
                    tags[key] = value
            if PLACE_KEYS & tags.keys():
                yield tags


def test_kinds_know_the_places_of_the_open_extracts(shared_data: Path) -> None:
    table = KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))
    files = [
        shared_data / "rutland" / "osm" / "rutland-2018-02-27.osm.pbf",
        shared_data / "greater-manchester" / "osm" / "levenshulme-2022-12.osm",
        *sorted((shared_data / "osm-samples").glob("*.osm*")),
    ]
    print(f"\n{'places of':<40}{'all':>6}{'mapped':>8}{'held back':>11}{'unknown':>9}")
    total: Counter[str] = Counter()
    for path in files:
        count = Counter(_outcome(table, tags) for tags in places(path))
        total += count
        _print_row(path.name, count)
    _print_row("all", total)
    named = sum(n for outcome, n in total.items() if outcome.endswith("named"))
    assert named > 2_500
    assert total["unknown named"] <= 0.02 * named
    assert total["mapped named"] >= 0.80 * named


def _outcome(table: KindTable, tags: dict[str, str]) -> str:
    match = table.match_osm(tags)
    result = "unknown" if match is None else "held back" if match.held_back else "mapped"
    return f"{result} {'named' if tags.get('name') else 'nameless'}"


def _print_row(title: str, count: Counter[str]) -> None:
    sums = [
        sum(n for outcome, n in count.items() if outcome.startswith(result))
        for result in ("mapped", "held back", "unknown")
    ]
    print(f"{title:<40}{sum(sums):>6}{sums[0]:>8}{sums[1]:>11}{sums[2]:>9}")
