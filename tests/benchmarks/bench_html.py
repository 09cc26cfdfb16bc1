# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shareable page: time and size, against folium's own loop over markers with popups.

Both run in processes of their own; the comparison counts neither imports nor streets.

Run with ``python tests/benchmarks/bench_html.py``. Targets: 1,000 assets in 1 s and 1 MB with the
streets under them; 10,000 at least 20 times faster than folium's loop.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.privacy import PublicAsset, publish_all
from lac_desktop.exchange.backdrop import Backdrop
from lac_desktop.exchange.writing import Context, write
from lac_desktop.paths import resources
from lac_desktop.services.backdrop import backdrop_of, view_of
from lac_desktop.services.maps import open_map

_TILES = Path(__file__).resolve().parents[3] / "shared/data/rutland/tiles/rutland-z0-14.pmtiles"
_OAKHAM = Point(52.67, -0.73)


def kinds() -> KindTable:
    """The shipped kinds."""
    return KindTable.parse((resources() / "kinds.toml").read_text(encoding="utf-8"))


def places(count: int, table: KindTable) -> tuple[PublicAsset, ...]:
    """Invented places around Oakham, filled as an import from open data fills them."""
    names = list(table.kinds)
    made = [
        Asset(
            id=f"0190a000-0000-7000-8000-{number:012d}",
            name=f"{table.kinds[names[number % len(names)]].name} {number}",
            kind=names[number % len(names)],
            gives="Tea and company on weekday mornings" if number % 2 else "",
            address=f"{number % 200} High Street, Oakham",
            postcode="LE15 6AA",
            point=Point(
                _OAKHAM.lat + (number * 37 % 400 - 200) / 8000,
                _OAKHAM.lon + (number * 91 % 600 - 300) / 7000,
            ),
            hours="Mo-Fr 09:00-17:00; PH off" if number % 3 else "",
            access={"step-free": "yes"} if number % 2 else {},
            phone="01632 960001" if number % 3 == 0 else "",
            website="https://www.example.org/" if number % 4 == 0 else "",
            checked_on=date(2026, 3, 5),
            visibility=Visibility.PUBLIC,
            source=f"osm:node/{number}",
            licence="ODbL 1.0",
            attribution="© OpenStreetMap contributors",
        )
        for number in range(count)
    ]
    categories = {kind: one.category for kind, one in table.kinds.items()}
    return publish_all(made, categories=categories)


def backdrop(public: tuple[PublicAsset, ...]) -> tuple[Backdrop | None, float]:
    """The streets of Rutland under the places, and the seconds that took."""
    if not _TILES.is_file():
        return None, 0.0
    began = time.perf_counter()
    view = view_of([one.point for one in public if one.point])
    tiles = open_map(_TILES)
    made = backdrop_of(tiles, view) if view else None
    tiles.close()
    return made, time.perf_counter() - began


def page(count: int) -> tuple[float, int]:
    """Seconds from the places to the finished page, all imports included, and its bytes."""
    table = kinds()
    public = places(count, table)
    under, drawn = backdrop(public)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        began = time.perf_counter()
        write("html", public, file, Context(table, datetime(2026, 3, 9), backdrop=under))
        return drawn + time.perf_counter() - began, file.stat().st_size


def rows(count: int) -> tuple[float, int]:
    """Seconds and bytes of our page as :func:`marker_loop` counts them: no imports, no streets."""
    page(10)
    table = kinds()
    public = places(count, table)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        began = time.perf_counter()
        write("html", public, file, Context(table, datetime(2026, 3, 9)))
        return time.perf_counter() - began, file.stat().st_size


def marker_loop(count: int) -> tuple[float, int]:
    """Seconds and bytes of the loop that folium's own pages show: a Marker and Popup each."""
    public = places(count, kinds())
    import folium

    began = time.perf_counter()
    loop = folium.Map(location=[_OAKHAM.lat, _OAKHAM.lon], zoom_start=13)
    for one in public:
        if one.point is not None:
            popup = folium.Popup(f"{one.name}<br>{one.address}<br>{one.phone}")
            folium.Marker([one.point.lat, one.point.lon], popup=popup).add_to(loop)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        loop.save(str(file))
        return time.perf_counter() - began, file.stat().st_size


def fresh(what: str, count: int) -> tuple[float, int]:
    """Run one measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, what, str(count)], capture_output=True, text=True, check=True
    )
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def main() -> None:
    """Print the table."""
    if len(sys.argv) == 3:
        seconds, size = {"page": page, "rows": rows, "loop": marker_loop}[sys.argv[1]](
            int(sys.argv[2])
        )
        print(seconds, size)
        return
    print("| what | seconds | MB | target |")
    print("|---|---:|---:|---|")
    seconds, size = fresh("page", 1000)
    print(
        f"| page, 1,000 places, streets, imports | {seconds:.2f} | {size / 1e6:.2f} | 1 s, 1 MB |"
    )
    seconds, size = fresh("page", 10_000)
    print(f"| page, 10,000 places, streets, imports | {seconds:.2f} | {size / 1e6:.2f} | |")
    seconds, size = fresh("rows", 10_000)
    print(f"| page, 10,000 places | {seconds:.2f} | {size / 1e6:.2f} | |")
    loop, loop_size = fresh("loop", 10_000)
    print(f"| folium's Marker loop, 10,000 | {loop:.2f} | {loop_size / 1e6:.2f} | |")
    print(f"| times as fast | {loop / seconds:.0f} | | at least 20 |")


if __name__ == "__main__":
    main()
