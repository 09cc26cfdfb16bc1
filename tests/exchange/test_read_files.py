# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every awkward file of the shared data gives a good reading or a sentence, never a crash."""

from pathlib import Path

import pytest

from lac_desktop import paths
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange import readers

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDERS = ("messy-files", "open-referral", "basemap")


@pytest.fixture(scope="module")
def kinds() -> KindTable:
    return KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))


def files() -> list[str]:
    """Every file of these folders, by its path below the shared data."""
    found = (path for folder in FOLDERS for path in (SHARED / folder).rglob("*") if path.is_file())
    return sorted(str(path.relative_to(SHARED)) for path in found) or ["messy-files"]


@pytest.mark.parametrize("name", files())
def test_every_file_gives_a_reading_or_a_sentence(
    name: str, shared_data: Path, kinds: KindTable
) -> None:
    try:
        reading = readers.read(shared_data / name, kinds=kinds)
    except UnreadableFileError as error:
        sentence = error.message
    else:
        assert reading.source_id
        assert reading.candidates or reading.problems
        assert_sound(reading, kinds)
        return
    assert sentence.endswith(".")
    assert Path(name).name in sentence


def assert_sound(reading: Reading, kinds: KindTable) -> None:
    """What holds of every reading, whatever it was made from."""
    for candidate in reading.candidates:
        assert candidate.key
        assert candidate.source
        assert candidate.asset is not None or candidate.problems or candidate.held_back
        if candidate.asset is not None:
            assert 0 < len(candidate.asset.name) <= 300
            assert candidate.asset.kind in kinds.kinds
    for problem in (p for c in reading.candidates for p in c.problems):
        assert problem.message.endswith((".", "?"))
        assert problem.row is not None
    keys = [candidate.key for candidate in reading.candidates]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("tables/table.csv", ["english", "中国人"]),
        ("tables/bom.csv", ["english", "中国人"]),
        ("tables/delimiter.csv", ["english", "中国人"]),
        ("tables/table.tsv", ["english", "中国人"]),
        ("tables/table.xls", ["english", "中国人"]),
        ("tables/table.xlsx", ["english", "中国人"]),
        ("tables/table.ods", ["english", "中国人"]),
        ("tables/skip-rows.csv", ["english", "中国人"]),
        ("tables/compression/implicit-gz.csv", ["english", "中国人"]),
        ("tables/compression/implicit-zip.csv", ["english", "中国人"]),
        ("tables/Таблица.csv", ["english", "中国人"]),
        ("tables/blank-rows.csv", ["John", "Julie"]),
        ("tables/country-2.csv", ["Britain", "France", "Germany", "Italy", "Spain"]),
    ],
)
def test_tables_of_many_shapes_read_the_same(
    name: str, names: list[str], shared_data: Path, kinds: KindTable
) -> None:
    reading = readers.read(shared_data / "messy-files" / name, kinds=kinds)
    assert [c.asset.name for c in reading.candidates if c.asset] == names


def test_a_broken_feed_still_gives_what_is_whole(shared_data: Path, kinds: KindTable) -> None:
    file = shared_data / "greater-manchester/directory/gm_food_banks.geojson"
    reading = readers.read(file, kinds=kinds)
    assert len(reading.candidates) == 170
    assert "170 features were saved, 1 could not be read" in reading.problems[0].message
    assert reading.details["partial"]


def test_names_of_a_greek_list_are_greek(shared_data: Path, kinds: KindTable) -> None:
    file = shared_data / "messy-files/tables/table-infer-iso-8859-7.csv"
    reading = readers.read(file, kinds=kinds)
    assert all(c.asset for c in reading.candidates)


def _read(file: Path, kinds: KindTable) -> list[Asset]:
    return [one.asset for one in readers.read(file, kinds=kinds).candidates if one.asset]


def test_a_column_of_sentences_is_what_the_places_say_of_themselves(
    tmp_path: Path, kinds: KindTable
) -> None:
    file = tmp_path / "groups.csv"
    file.write_text(
        "Group,Blurb,Latitude,Longitude\n"
        "Woolly Minds,We knit and crochet and put the world to rights,52.67,-0.73\n"
        "Checkmates,Come and play chess with us in the back room,52.67,-0.73\n",
        encoding="utf-8",
    )
    said = [one.description for one in _read(file, kinds)]
    assert said == [
        "We knit and crochet and put the world to rights",
        "Come and play chess with us in the back room",
    ]


def test_words_of_a_kind_that_say_more_than_the_kind_are_kept(
    tmp_path: Path, kinds: KindTable
) -> None:
    """A chess club is a social club: without its own words nobody would find it by chess."""
    file = tmp_path / "groups.csv"
    file.write_text(
        "Name,Type,Description,Latitude,Longitude\n"
        "Knights,Chess club,All levels,52.67,-0.73\n"
        "Dot's,Cafés,Cakes,52.67,-0.73\n"
        "Mill,Other,Open to all,52.67,-0.73\n"
        "Y Bwthyn,Clwb gwyddbwyll,Croeso,52.67,-0.73\n",
        encoding="utf-8",
    )
    said = [one.description for one in _read(file, kinds)]
    assert said == ["Chess club\nAll levels", "Cakes", "Open to all", "Clwb gwyddbwyll\nCroeso"]
