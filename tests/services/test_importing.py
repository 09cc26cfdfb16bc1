# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bringing files in: the preview changes nothing, and everything it promised then happens."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.importing import Fate
from lac_desktop.domain.query import Query
from lac_desktop.errors import CancelledError, LacError
from lac_desktop.geo import build
from lac_desktop.services import assets, exporting, find, importing, notebook, upkeep
from lac_desktop.services.importing import ImportResult, Preview
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored

LIST = """Name,Type,Address,Postcode,Phone,Opening times
Oak Hall,Village hall,High Street,LE15 6HW,01572 756991,Mon-Fri 9am-5pm
Weir Allotments,Allotments,Weir Lane,LE15 8RL,,
Knit and Natter,Craft group,Bobbin Street,PE9 3TE,01572 100200,Thursday 1.30 - 3.30pm
"""


@pytest.fixture(scope="module")
def pack_folder(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """Rutland's postcodes and names as an area pack, without streets."""
    data = shared_data / "rutland"
    folder = tmp_path_factory.mktemp("packs") / "rutland"
    build.build(
        folder,
        postcodes=[
            data / "postcodes/codepoint-open-le.csv",
            data / "postcodes/codepoint-open-pe.csv",
        ],
        names=[data / "names/SK80.csv", data / "names/TF00.csv"],
        name="Rutland",
    )
    return folder


@pytest.fixture
def mapped(book: Notebook, pack_folder: Path) -> Notebook:
    """A notebook with Rutland's area pack."""
    notebook.use_pack(book, pack_folder)
    return book


def put(folder: Path, text: str, name: str = "groups.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def bring(book: Notebook, *files: Path) -> ImportResult:
    return importing.apply(book, importing.preview(book, files))


def names(book: Notebook) -> list[str]:
    with book.vault.read() as db:
        return [asset.name for asset in stored.all_assets(db)]


def by_name(book: Notebook, name: str) -> stored.Asset:
    with book.vault.read() as db:
        return next(asset for asset in stored.all_assets(db) if asset.name == name)


def row(preview: Preview, name: str) -> importing.Row:
    return next(r for r in preview.rows if r.read is not None and r.read.name == name)


def test_a_preview_changes_nothing_and_apply_does_what_it_said(
    book: Notebook, tmp_path: Path
) -> None:
    preview = importing.preview(book, [put(tmp_path, LIST)])
    assert names(book) == []
    assert importing.counts(preview)["add"] == 3
    result = importing.apply(book, preview)
    assert (result.added, result.updated, result.duplicates) == (3, 0, 0)
    assert names(book) == ["Oak Hall", "Weir Allotments", "Knit and Natter"]
    hall = by_name(book, "Oak Hall")
    assert hall.kind == "village-hall"
    assert hall.hours == "Mo-Fr 09:00-17:00"
    assert hall.source == "groups.csv#2"
    assert hall.visibility is Visibility.PUBLIC


def test_the_same_file_twice_changes_nothing(book: Notebook, tmp_path: Path) -> None:
    file = put(tmp_path, LIST)
    bring(book, file)
    again = bring(book, file)
    assert (again.added, again.updated, again.unchanged, again.vanished) == (0, 0, 3, 0)
    assert again.step == ""


def test_one_undo_takes_back_a_whole_import(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST))
    assert assets.undo(book) == "Import groups.csv"
    assert names(book) == []
    assert bring(book, tmp_path / "groups.csv").added == 3


def test_rows_are_placed_by_postcode_and_address(mapped: Notebook, tmp_path: Path) -> None:
    text = LIST + 'Old Mill,Museum,"12 Catmos Street, Oakham",,,\nNowhere,Cafe,,,,\n'
    result = bring(mapped, put(tmp_path, text))
    hall = by_name(mapped, "Oak Hall").point
    assert hall is not None
    assert abs(hall.lat - 52.6696) < 0.01
    assert by_name(mapped, "Old Mill").point is not None
    said = {problem.row: problem.message for problem in result.problems}
    assert "by its address" in said[5]
    assert said[6] == "There is no address or postcode."


@pytest.mark.parametrize(
    ("address", "postcode", "says"),
    [
        ("Church Street, Oakham", "", "Put at Church Street by its address"),
        ("Church Street, Oakham", "LE15 9ZZ", "Put at Church Street by its address"),
        ("Rectory Lane, Edith Weston", "", "Put at Rectory Lane by its address"),
        ("High Street, Oakham, Rutland", "", "Put at High Street by its address"),
        ("Church Street, Bolton", "BL3 2QS", "does not know the postcode BL3 2QS"),
        ("Church Street", "BL3 2QS", "does not know the postcode BL3 2QS"),
        ("Church Street, Bolton, Lancashire", "", "The address was not found"),
        ("The Lodge, High Street, Bolton", "", "The address was not found"),
    ],
)
def test_a_street_is_no_place_of_the_pack_when_its_town_or_postcode_is_elsewhere(
    mapped: Notebook, tmp_path: Path, address: str, postcode: str, says: str
) -> None:
    text = f'Name,Address,Postcode\nOld Chemist,"{address}",{postcode}\n'
    preview = importing.preview(mapped, [put(tmp_path, text)])
    found = row(preview, "Old Chemist")
    assert found.asset is not None
    assert (found.asset.point is not None) == says.startswith("Put")
    assert says in " ".join(problem.message for problem in found.problems)


def test_without_an_area_pack_one_sentence_says_so(book: Notebook, tmp_path: Path) -> None:
    result = bring(book, put(tmp_path, LIST))
    assert [p.row for p in result.problems] == [None]
    assert "Open an area pack" in result.problems[0].message


BROKEN = """Name,Address,Postcode,Latitude,Longitude,Phone
Swapped,High Street,,-0.73,52.67,
,Weir Lane,LE15 8RL,,,
Short,Mill Lane,LE15 6,,,
Oh,Mill Lane,LE15 6HVV,,,nonsense
"""


def test_problems_are_rows_with_a_sentence_and_can_be_mended(
    mapped: Notebook, tmp_path: Path
) -> None:
    preview = importing.preview(mapped, [put(tmp_path, BROKEN)])
    assert row(preview, "Swapped").problems[0].suggestion == "52.670000, -0.730000"
    assert preview.rows[1].fate is Fate.PROBLEM
    mended = importing.fix(preview, 1, "name", "Weir Garden")
    assert mended.rows[1].fate is Fate.ADD
    assert mended.rows[1].problems == ()
    mended = importing.fix(mended, 2, "postcode", "nonsense")
    assert "not one" in mended.rows[2].problems[0].message
    mended = importing.fix(mended, 2, "postcode", "le156hw")
    assert mended.rows[2].read is not None
    assert mended.rows[2].read.point is not None
    mended = importing.use_all_suggestions(mended)
    point = mended.rows[0].asset.point if mended.rows[0].asset else None
    assert point == Point(52.67, -0.73)
    importing.apply(mapped, mended)
    assert set(names(mapped)) == {"Swapped", "Weir Garden", "Short", "Oh"}


def test_what_was_typed_is_kept_when_the_file_comes_again(mapped: Notebook, tmp_path: Path) -> None:
    file = put(tmp_path, BROKEN)
    mended = importing.use_all_suggestions(importing.preview(mapped, [file]))
    importing.apply(mapped, importing.fix(mended, 1, "name", "Weir Garden"))
    again = bring(mapped, file)
    assert (again.added, again.updated) == (0, 0)
    assert by_name(mapped, "Swapped").point == Point(52.67, -0.73)


def test_a_newer_file_updates_what_nobody_edited(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST))
    hall = by_name(book, "Oak Hall")
    assets.save(book, replace(hall, phone="01572 999999"))
    newer = LIST.replace("01572 756991", "01572 111111").replace("Mon-Fri", "Mon-Thu")
    newer = newer.replace("Name,Type", "Name,Type", 1)
    result = bring(book, put(tmp_path, newer, "groups 2026-11.csv"))
    assert (result.added, result.updated, result.unchanged) == (0, 1, 2)
    hall = by_name(book, "Oak Hall")
    assert hall.phone == "01572 999999"
    assert hall.hours == "Mo-Th 09:00-17:00"
    assert bring(book, tmp_path / "groups 2026-11.csv").updated == 0


def test_an_inserted_line_shifts_nothing(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST))
    head, first, rest = LIST.split("\n", 2)
    newer = "\n".join((head, "New Cafe,Cafe,Mill Lane,LE15 6HW,,", first, rest))
    result = bring(book, put(tmp_path, newer))
    assert (result.added, result.updated, result.vanished) == (1, 0, 0)
    with book.vault.read() as db:
        sources = [asset.source for asset in stored.all_assets(db)]
    assert len(sources) == len(set(sources)) == 4
    assert by_name(book, "Oak Hall").source == "groups.csv#2"


def test_a_mended_spelling_is_the_same_place(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST.replace("Allotments,A", "Allotmnts,A")))
    result = bring(book, put(tmp_path, LIST))
    assert (result.added, result.updated, result.vanished) == (0, 1, 0)
    assert "Weir Allotments" in names(book)
    assert bring(book, tmp_path / "groups.csv").unchanged == 3


def test_what_vanished_is_marked_and_unmarked(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST))
    shorter = "\n".join(line for line in LIST.splitlines() if "Weir" not in line)
    result = bring(book, put(tmp_path, shorter))
    assert (result.vanished, result.unchanged) == (1, 2)
    assert by_name(book, "Weir Allotments").vanished_on == book.clock().date()
    assert bring(book, put(tmp_path, shorter)).vanished == 0
    back = bring(book, put(tmp_path, LIST))
    assert back.updated == 1
    assert by_name(book, "Weir Allotments").vanished_on is None


def test_another_list_of_the_same_name_makes_nothing_vanish(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST))
    result = bring(book, put(tmp_path, "Name,Postcode\nA,LE15 6HW\nB,LE15 6HX\n"))
    assert result.vanished == 0
    assert any("another list" in problem.message for problem in result.problems)


def test_what_a_hand_removed_stays_away(book: Notebook, tmp_path: Path) -> None:
    bring(book, put(tmp_path, LIST))
    assets.remove(book, [by_name(book, "Oak Hall").id])
    result = bring(book, put(tmp_path, LIST))
    assert (result.added, result.unchanged) == (0, 3)
    assert "Oak Hall" not in names(book)


OTHER = """Name,Type,Postcode,Phone,Website
Knit & Natter,Craft group,PE9 3TE,01572 100200,https://knit.example.org/natter
Chess Club,Social club,LE15 6HW,,
"""


def test_likely_duplicates_are_added_marked_and_counted(mapped: Notebook, tmp_path: Path) -> None:
    bring(mapped, put(tmp_path, LIST))
    result = bring(mapped, put(tmp_path, OTHER, "other.csv"))
    assert (result.added, result.duplicates) == (2, 1)
    found = find.find(mapped, Query(has_duplicate=True))
    assert len(found) == 2
    again = bring(mapped, tmp_path / "other.csv")
    assert (again.added, again.duplicates, again.unchanged) == (0, 0, 2)


def test_two_rows_can_be_merged_field_by_field(mapped: Notebook, tmp_path: Path) -> None:
    bring(mapped, put(tmp_path, LIST))
    preview = importing.preview(mapped, [put(tmp_path, OTHER, "other.csv")])
    alike = row(preview, "Knit & Natter")
    assert alike.fate is Fate.DUPLICATE
    assert "the same phone number" in alike.twins[0].reasons
    decided = importing.decide(
        preview, alike.number, importing.MERGE, {"website": importing.FILE, "name": importing.HERE}
    )
    result = importing.apply(mapped, decided)
    assert (result.added, result.updated, result.duplicates) == (1, 1, 0)
    knit = by_name(mapped, "Knit and Natter")
    assert knit.website == "https://knit.example.org/natter"
    assert knit.hours == "Th 13:30-15:30"
    for file in ("other.csv", "groups.csv", "other.csv"):
        again = bring(mapped, tmp_path / file)
        assert (again.added, again.updated) == (0, 0), file
    assets.undo(mapped)
    assert by_name(mapped, "Knit and Natter").website == ""


def test_a_row_can_be_left_out_different_or_the_same(mapped: Notebook, tmp_path: Path) -> None:
    bring(mapped, put(tmp_path, LIST))
    file = put(tmp_path, OTHER, "other.csv")
    preview = importing.preview(mapped, [file])
    number = row(preview, "Knit & Natter").number
    same = importing.forecast(importing.decide(preview, number, importing.SAME))
    assert (same.added, same.updated) == (1, 1)
    out = importing.decide(preview, number, importing.LEAVE_OUT)
    assert importing.apply(mapped, out).added == 1
    assert bring(mapped, file).added == 0
    assets.undo(mapped)
    different = importing.decide(importing.preview(mapped, [file]), number, importing.DIFFERENT)
    assert importing.apply(mapped, different).duplicates == 0
    assert upkeep.open_pairs(mapped) == []
    with pytest.raises(LacError, match="like no other place"):
        importing.decide(preview, row(preview, "Chess Club").number, importing.SAME)


def test_cancel_leaves_everything_as_it_was(book: Notebook, tmp_path: Path) -> None:
    preview = importing.preview(book, [put(tmp_path, LIST)])

    def cancel(_done: int, _total: int | None, text: str) -> None:
        if text == "Saving":
            raise CancelledError

    with pytest.raises(CancelledError):
        importing.apply(book, preview, progress=cancel)
    assert names(book) == []
    assert bring(book, tmp_path / "groups.csv").added == 3


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    book: Notebook, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    result = bring(book, bad, put(tmp_path, LIST))
    assert result.added == 3
    assert "damaged" in result.problems[0].message


def test_a_chosen_mapping_is_remembered(book: Notebook, tmp_path: Path) -> None:
    file = put(tmp_path, "Wer,Wo\nOak Hall,LE15 6HW\n")
    preview = importing.preview(book, [file])
    assert preview.rows == ()
    assert "Say which column" in preview.problems[0].message
    chosen = {file.name: importing.Options(mapping={"Wer": "name"})}
    importing.apply(book, importing.preview(book, [file], options=chosen))
    newer = put(tmp_path, "Wer,Wo\nOak Hall,LE15 6HW\nElm Hall,LE15 6HW\n", "groups (2).csv")
    assert bring(book, newer).added == 1


def test_private_columns_stay_out_and_make_the_list_the_teams(
    book: Notebook, tmp_path: Path
) -> None:
    text = "Name,Postcode,Comments (DO NOT SHARE)\nOak Hall,LE15 6HW,her husband drinks\n"
    preview = importing.preview(book, [put(tmp_path, text)])
    assert preview.readings[0].mapping["Comments (DO NOT SHARE)"] == ""
    importing.apply(book, preview)
    hall = by_name(book, "Oak Hall")
    assert hall.visibility is Visibility.TEAM
    assert "drinks" not in repr(hall)


def test_rutland_end_to_end(mapped: Notebook, rutland: Path) -> None:
    osm = rutland / "osm/rutland-2018-02-27.osm.pbf"
    preview = importing.preview(mapped, [osm])
    assert preview.held_back["parking"] > 150
    held = importing.counts(preview)["held back"]
    more = importing.bring_in(preview, "parking")
    assert importing.counts(more)["held back"] == held - preview.held_back["parking"]
    first = importing.apply(mapped, preview)
    assert first.added > 400
    lists = [
        rutland / "directory/libraries-rutland.csv",
        rutland / "directory/gp-practices-le15-le16-pe9.csv",
    ]
    second = bring(mapped, *lists)
    assert (second.added, second.duplicates) == (10, 2)
    assert second.held_back == {"not a GP practice": 11, "closed": 3}
    again = bring(mapped, osm, *lists)
    assert (again.added, again.updated, again.vanished) == (0, 0, 0)
    oakham = by_name(mapped, "Oakham")
    assert oakham.kind == "library"
    assert oakham.hours == "Mo-Fr 09:30-17:00; Sa 09:30-16:00"
    assert oakham.point is not None


def test_a_shorter_extract_of_another_area_makes_nothing_vanish(
    mapped: Notebook, rutland: Path, shared_data: Path, tmp_path: Path
) -> None:
    bring(mapped, rutland / "osm/rutland-2018-02-27.osm.pbf")
    other = bring(mapped, shared_data / "greater-manchester/osm/levenshulme-2022-12.osm")
    assert other.added > 30
    assert other.vanished == 0
    copy = tmp_path / "download.osm.pbf"
    shutil.copy(rutland / "osm/rutland-2018-02-27.osm.pbf", copy)
    assert bring(mapped, copy).added == 0


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "gpkg", "kml", "oruk", "oruk strict"])
def test_what_was_exported_changes_nothing_when_it_comes_back(
    form: str, mapped: Notebook, rutland: Path, tmp_path: Path
) -> None:
    bring(mapped, rutland / "directory/libraries-rutland.csv", put(tmp_path, LIST))
    osm = importing.preview(mapped, [rutland / "osm/rutland-2018-02-27.osm.pbf"])
    importing.apply(mapped, replace(osm, rows=osm.rows[:250]))
    format_id, _, strict = form.partition(" ")
    file = tmp_path / f"hand-out.{format_id}"
    exporting.export(mapped, format_id, file, Query(), exporting.Options(strict=bool(strict)))
    again = bring(mapped, file)
    assert (again.added, again.updated, again.vanished) == (0, 0, 0)
    assert again.unchanged == assets.count(mapped)
