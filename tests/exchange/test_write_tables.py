# SPDX-License-Identifier: AGPL-3.0-or-later
"""CSV and Excel: open right, run nothing, and say where they come from."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange.fields import COLUMNS
from lac_desktop.exchange.formula import guarded, unguarded
from lac_desktop.exchange.writing import Credit, about, write
from tests.exchange import published


@pytest.fixture(scope="module")
def table() -> KindTable:
    return published.kinds()


@given(st.text(max_size=20))
def test_the_guard_comes_off_without_loss(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_has_a_mark_of_utf8_and_no_formula(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    write("csv", published.public(table), file, published.context(table))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(file)
    assert len(rows) == 18
    assert list(rows[0]) == [column.heading for column in COLUMNS]
    for row in rows:
        for heading, cell in row.items():
            if heading not in ("Latitude", "Longitude"):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert rows[0]["Phone"] == "'+44 1632 960001"
    assert rows[0]["Longitude"] == "-0.73"
    assert rows[0]["What it could give"] == ""
    assert "OpenStreetMap" in rows[0]["About this file"]
    assert all(row["About this file"] == "" for row in rows[1:])


def test_csv_is_always_the_same(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    write("csv", published.public(table)[:6], file, published.context(table))
    published.check_golden(file.read_bytes().decode("utf-8-sig"), "list.csv")


def test_excel_keeps_texts_as_texts(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    write("xlsx", published.public(table), file, published.context(table))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Places", "Words", "Notes"]
    sheet = book["Places"]
    assert sheet.freeze_panes == "C2"
    headings = [cell.value for cell in sheet[1]]
    assert headings == [column.heading for column in COLUMNS if column.key != "about_file"]
    for row in sheet.iter_rows(min_row=2):
        for cell, heading in zip(row, headings, strict=True):
            assert cell.data_type != "f"
            if heading in ("Latitude", "Longitude"):
                assert cell.value is None or cell.data_type == "n"
    phone = sheet.cell(2, headings.index("Phone") + 1)
    assert (phone.value, phone.quotePrefix) == ("+44 1632 960001", True)
    names = [row[0] for row in sheet.iter_rows(min_row=2, min_col=2, max_col=2, values_only=True)]
    assert "=cmd|' /C calc'!A0" in names
    assert len(sheet.data_validations.dataValidation) == 9
    notes = [str(cell) for (cell,) in book["Notes"].iter_rows(values_only=True)]
    assert any("ODbL" in line for line in notes)
    assert any("9 March 2026" in line for line in notes)
    assert len(book["Words"]["A"]) == len(table.kinds) + 1


def test_excel_says_what_was_too_long_for_a_cell(table: KindTable, tmp_path: Path) -> None:
    from dataclasses import replace

    long = replace(published.full(table), description="y" * 40_000)
    file = tmp_path / "list.xlsx"
    write("xlsx", published.public(table, [long]), file, published.context(table))
    notes = openpyxl.load_workbook(file)["Notes"]
    assert any("Row 2: “Description”" in str(cell) for (cell,) in notes.iter_rows(values_only=True))


def test_a_credit_that_ends_like_a_sentence_stays_one(table: KindTable) -> None:
    owed = Credit("Places", "Contains information from NHS Digital.", "OGL-3.0", "2026-11-21")
    lines = about((), published.context(table, credits=(owed,)))
    assert "Places: Contains information from NHS Digital, as of 2026-11-21" in lines[1]
