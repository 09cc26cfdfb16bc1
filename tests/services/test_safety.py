# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second pair of eyes finds a name however a format writes it."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from lac_desktop.services.safety import found_in

NAME = "Zoë Wexleby"


@pytest.mark.parametrize(
    "text",
    [
        "Ask Zoë Wexleby.",
        "ZOË\n  wexleby",
        "Zo&#235; Wexleby",
        "Zo&amp;euml; Wexleby",
        r'{"a":"Zo\u00eb Wexleby"}',
    ],
)
def test_escapes_do_not_hide_a_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(text, encoding="utf-8")
    assert found_in(file, [NAME, "Somebody Else"]) == (NAME,)


def test_members_of_a_zip_and_pages_of_a_database_are_read(tmp_path: Path) -> None:
    packed = tmp_path / "x.xlsx"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sheet1.xml", f"<t>{NAME}</t>")
    assert found_in(packed, [NAME]) == (NAME,)
    database = tmp_path / "x.gpkg"
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("CREATE TABLE t (a TEXT)")
        db.execute("INSERT INTO t VALUES (?)", (f"with {NAME}, always",))
    assert found_in(database, [NAME]) == (NAME,)


def test_parts_of_other_words_and_empty_names_are_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Zoë and the Wexlebys", encoding="utf-8")
    assert found_in(file, [NAME, "", "  "]) == ()
