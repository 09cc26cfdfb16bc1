# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing that may not leave is in any byte of any file that came out.

A notebook is filled with canaries in every field that is personal or not public. Then every
exporter runs, pictures and prints are made, and every byte that now lies about is read, members of
zips and pages of databases included: the files, whatever was left beside them, the temporary
folder, and what was logged.
"""

import logging
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from lac_desktop.domain.asset import Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Query
from lac_desktop.domain.sessions import Session
from lac_desktop.services import assets, exporting, notebook
from lac_desktop.services.exporting import FORMATS, Options
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage import saved_filters
from lac_desktop.storage.keys import FAST_FOR_TESTS
from lac_desktop.storage.saved_filters import SavedFilter

#: What must stand nowhere: invented words that occur by chance in nothing.
CANARIES = (
    *("Zzquorn", "Wexlebby", "Vyrkwood", "Plimtragh", "Oxdruvian", "Nurgheist", "Mquavel"),
    *("Krizzleby", "Jofwarden", "Hixtumble", "Gwolpane", "Fyzzlark", "Edquibber", "Dworplin"),
    *("Cxanthor", "Bvexley", "Azmurgle", "Tarquelby", "zz-canary@example.org", "zz77zq"),
    *("ZZ7 7ZQ", "ZZ8 8ZQ", "ZZ9 9ZQ", "01632960777", "01632 960777", "1632 960777"),
    *("osm:node/777000777", "51.7770777", "-1.7770777", "777077"),
)

#: The confidential position as numbers in a database or picture, little and big end first.
NUMBERS = tuple(struct.pack(f"{end}d", one) for one in (51.7770777, -1.7770777) for end in "<>")

SECRET = "four plain words here"


def _public(**given: Any) -> Asset:
    blank = assets.blank(name="Brackenfold Library", kind="library", point=Point(52.6, -0.7))
    return replace(blank, **{"visibility": Visibility.PUBLIC, **given})


def _filled(folder: Path) -> Notebook:
    """A notebook with a canary in every field that may not leave."""
    settings = NotebookSettings(who="Ruth Plimtragh", patch_name="Brackenfold")
    notebook.create(folder, SECRET, settings, strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET, clock=lambda: datetime(2026, 3, 5, 12))
    hall = _public(name="Mill Hall")
    refuge = _public(
        name="A safe house",
        kind="community-group",
        confidential=True,
        address="12 Gwolpane Lane, Hixtumble",
        postcode="ZZ7 7ZQ",
        point=Point(51.7770777, -1.7770777),
        area='{"type":"Polygon","coordinates":[[[-1.7770777,51.7770777],[-1.7,51.7],[-1.8,51.7],[-1.7770777,51.7770777]]]}',
        description="Find us at 12 Gwolpane Lane, Hixtumble, ZZ7 7ZQ. Ring first.",
        access_note="Behind the Hixtumble garage",
        hours_text="Ask at 12 Gwolpane Lane",
        sessions=(Session("Tea", note="at zz77zq"),),
        source="osm:node/777000777",
        licence="ODbL 1.0",
        attribution="© OpenStreetMap contributors",
        links=(Link("runs at", hall.id),),
    )
    full = _public(
        greeter="Zzquorn Wexlebby",
        welcome="Zzquorn Wexlebby will say hello. Ask for Zzquorn  WEXLEBBY.",
        could_give="the Oxdruvian room",
        known=Known.KNOW_WELL,
        checked_on=date(2026, 3, 1),
        checked_by="Nurgheist",
        contacts=(
            Contact(
                "Mquavel Krizzleby",
                "Caretaker",
                "Jofwarden Ltd",
                "Fyzzlark",
                "01632 960777",
                "zz-canary@example.org",
            ),
        ),
        description="Mquavel Krizzleby has the key.",
        phone="+44 1632 960777",
        email="ZZ-canary@example.org",
        source="Edquibbers own list.csv#4",
        links=(Link("run by", refuge.id),),
    )
    elsewhere = _public(
        name="Corner Shop", kind="shop", gives="Zzquorn Wexlebby helps here on Fridays"
    )
    gift = _public(
        name="Mo mends bikes", kind="gift-skill", address="3 Dworplin Row", postcode="ZZ8 8ZQ",
        point=Point(51.7770777, -1.7770777), phone="01632 960777", email="zz-canary@example.org",
        website="https://cxanthor.example.org", neighbourhood="Mill End",
    )  # fmt: skip
    team = _public(
        name="Bvexley drop-in",
        description="Azmurgle",
        postcode="ZZ9 9ZQ",
        visibility=Visibility.TEAM,
    )
    mine = _public(name="Vyrkwood", visibility=Visibility.ONLY_ME)
    assets.save_many(book, [hall, refuge, full, elsewhere, gift, team, mine], "Zzquorn told me so")
    assets.save(book, replace(hall, description="Old: Azmurgle was here"))
    assets.save(book, replace(hall, description="A hall with a stage."))
    with book.vault.write() as db:
        saved_filters.put(
            db, SavedFilter("f1", "Near Vyrkwood", Query(near_text="Vyrkwood, ZZ9 9ZQ"))
        )
    return book


def _bytes_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder: its name, its bytes, and what is packed inside it."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        raw = file.read_bytes()
        yield f"name of {file.name}", str(file.relative_to(folder)).encode()
        yield file.name, raw
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                for member in packed.namelist():
                    yield f"{file.name}/{member}", packed.read(member)
        for at in re.finditer(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
            try:
                yield f"stream of {file.name}", zlib.decompress(at[1])
            except zlib.error:
                continue


def _found(name: str, raw: bytes) -> list[str]:
    """The canaries in some bytes, read as UTF-8 and as UTF-16, and as binary numbers."""
    texts = [
        raw.decode(encoding, "ignore").casefold()
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    found = [one for one in CANARIES if any(one.casefold() in text for text in texts)]
    found += [one.hex() for one in NUMBERS if one in raw]
    return [f"{one} in {name}" for one in found]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test alone, to see what stays in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_nothing_that_may_not_leave_is_in_any_byte(
    tmp_path: Path, temporary: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "out"
    out.mkdir()
    book = _filled(tmp_path / "Vault.lac")
    try:
        leaving = exporting.plan(book)
        assert len(leaving.public) == 5
        for format_id, one in FORMATS.items():
            options = Options(recipient="Tarquelby", reason="for Tarquelby", title="Our town")
            exporting.export(book, format_id, out / f"all{one.suffix}", options=options)
        strict = Options(strict=True)
        exporting.export(book, "oruk", out / "strict.json", options=strict)
    finally:
        notebook.lock(book)
    found = [
        hit
        for folder in (out, temporary)
        for name, raw in _bytes_of(folder)
        for hit in _found(name, raw)
    ]
    found += _found("the log", caplog.text.encode())
    assert found == []
    assert len(list(out.iterdir())) == len(FORMATS) + 1  # nothing was left beside them
    whole = b"".join(raw for _, raw in _bytes_of(out))
    for there in (b"Brackenfold Library", b"A safe house", b"Mill End", b"Ring first."):
        assert there in whole  # the scan does read what is there


def test_the_scan_finds_what_is_hidden(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", "<t>zzQUORN</t>" * 50)
    (tmp_path / "y.pdf").write_bytes(b"stream\n" + zlib.compress(b"Vyrkwood" * 20) + b"endstream")
    hits = [hit for name, raw in _bytes_of(tmp_path) for hit in _found(name, raw)]
    assert any("Zzquorn in x.xlsx/sheet.xml" in hit for hit in hits)
    assert any("Vyrkwood in stream" in hit for hit in hits)


def test_pictures_and_prints_hold_published_places_alone(
    tmp_path: Path, temporary: Path, qapp: object
) -> None:
    from lac_desktop.ui.map.paper import Words, print_pdf
    from lac_desktop.ui.map.picture import Sheet, save_picture
    from lac_desktop.ui.map.view import View

    out = tmp_path / "out"
    out.mkdir()
    book = _filled(tmp_path / "Vault.lac")
    try:
        leaving = exporting.plan(book)
        view = View(0.498, 0.33, 13.0, 600, 400)
        sheet = Sheet(view, leaving.public, held_back=len(leaving.held_back))
        save_picture(sheet, out / "map.png")
        print_pdf(sheet, out / "map.pdf", Words("Our town"))
    finally:
        notebook.lock(book)
    assert [
        hit
        for folder in (out, temporary)
        for name, raw in _bytes_of(folder)
        for hit in _found(name, raw)
    ] == []
    assert len(list(out.iterdir())) == 2
