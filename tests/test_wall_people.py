# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wall between map and people: canaries in every table of people.db, over every way out.

What comes from exporters, pictures, prints, logs, the list of the command line and the temporary
folder is read byte by byte. What a person is handed about themself is the one way out, by name.
"""

import logging
import struct
from pathlib import Path

import pytest

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Query
from lac_desktop.services import assets, backups, datamap, exporting, notebook, people
from lac_desktop.services.exporting import FORMATS, Options
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS
from lac_desktop.storage.people_tables import TABLES
from tests import canaries
from tests.test_wall import SECRET, _bytes_of, _public, temporary

__all__ = ["temporary"]

NUMBERS = tuple(struct.pack(f"{end}d", one) for one in (canaries.LAT, canaries.LON) for end in "<>")


def found(name: str, raw: bytes, numbers: tuple[str, ...]) -> list[str]:
    """Canaries of people in some bytes: words, numbers of people, home as text and as doubles."""
    wanted = (canaries.MARK, "52.61234543", "0.71234543", *numbers)
    texts = [raw.decode(kind, "ignore").casefold() for kind in ("utf-8", "utf-16-le", "utf-16-be")]
    hits = [one for one in wanted if any(one.casefold() in text for text in texts)]
    hits += [one.hex() for one in NUMBERS if one in raw]
    return [f"{one} in {name}" for one in hits]


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Notebook, tuple[str, ...]]:
    """A notebook with two places, and two people of whom every field is a canary."""
    folder = tmp_path / "Vault.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET)
    assets.save_many(book, [_public(), _public(name="Mill Hall", kind="village-hall")], "Make")
    one, other = people.add(book, canaries.MARK + "One"), people.add(book, canaries.MARK + "Two")
    made = canaries.fill(book, one.id, (other.id,))
    return book, (one.id, other.id, *(record.id for record in made.values()))


def test_no_way_out_for_people(
    filled: tuple[Notebook, tuple[str, ...]],
    tmp_path: Path,
    temporary: Path,
    caplog: pytest.LogCaptureFixture,
    qapp: object,
) -> None:
    from lac_desktop.ui.map.paper import Words, print_pdf
    from lac_desktop.ui.map.picture import Sheet, save_picture
    from lac_desktop.ui.map.view import View

    caplog.set_level(logging.DEBUG)
    book, numbers = filled
    out = tmp_path / "out"
    out.mkdir()
    try:
        for format_id, one in FORMATS.items():
            exporting.export(book, format_id, out / f"all{one.suffix}", options=Options())
        near = Query(near=Point(canaries.LAT, canaries.LON), near_text=canaries.MARK)
        exporting.export(book, "csv", out / "near.csv", near, options=Options())
        leaving = exporting.plan(book)
        sheet = Sheet(View(0.498, 0.33, 13.0, 600, 400), leaving.public, held_back=0)
        save_picture(sheet, out / "map.png")
        print_pdf(sheet, out / "map.pdf", Words("Our town"))
        datamap.write(book, out / "datamap.html")
        backups.make(book)
    finally:
        notebook.lock(book)
    hits = [
        hit
        for folder in (out, temporary, book.folder, book.folder.parent / "Backups")
        for name, raw in _bytes_of(folder)
        for hit in found(name, raw, numbers)
    ]
    assert hits + found("the log", caplog.text.encode(), numbers) == []
    assert len(list(out.iterdir())) == len(FORMATS) + 4
    assert len(TABLES) >= 16


def test_this_scan_finds_what_is_hidden() -> None:
    assert found("x", "…zZQUORNthing".encode("utf-16-le"), ())
    assert found("x", struct.pack(">d", canaries.LON), ())
    assert not found("x", b"Brackenfold", ("0192",))
