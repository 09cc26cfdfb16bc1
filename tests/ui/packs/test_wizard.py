# SPDX-License-Identifier: AGPL-3.0-or-later
"""Building an area pack in the window, from Rutland's own files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lac_desktop.geo.pack import open_pack
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.packs.wizard import PackWizard, folder_name

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def wizard(frame: Frame, tmp_path: Path) -> PackWizard:
    made = PackWizard(frame, frame.desk)
    made.place.setText(str(tmp_path / "maps"))
    made.show()
    return made


def fill(wizard: PackWizard, rutland: Path) -> None:
    wizard.name.setText("Rutland & around")
    wizard.inputs["postcodes"].put([str(rutland / "postcodes")])
    wizard.inputs["boundaries"].put([str(rutland / "boundaries" / "wards_by_lad_E06000017.json")])
    wizard.inputs["names"].put([str(rutland / "names")])


def test_nothing_is_built_without_a_name_and_a_file(wizard: PackWizard) -> None:
    assert wizard.answer() is None
    assert "Give the area a name" in wizard.form.fields["name"].error.text()
    wizard.name.setText("Rutland")
    assert wizard.answer() is None
    assert "at least one file" in wizard.words.text()
    assert "would be missing" in wizard.missing.text()
    wizard.close()


def test_postcodes_wards_and_names_become_a_pack(
    wizard: PackWizard, rutland: Path, tmp_path: Path, wait: Wait
) -> None:
    fill(wizard, rutland)
    wizard.accept_button.click()
    wait(lambda: wizard.value is not None)
    assert wizard.value == tmp_path / "maps" / "rutland-around"
    assert wizard.value is not None
    pack = open_pack(wizard.value)
    try:
        assert pack.info.name == "Rutland & around"
        found = pack.locate("LE15 6RE")
        assert found is not None
        assert found.ward
        assert len(pack.boundaries("ward")) > 10
    finally:
        pack.close()


def test_stop_leaves_nothing_behind(
    wizard: PackWizard, frame: Frame, rutland: Path, tmp_path: Path, wait: Wait
) -> None:
    fill(wizard, rutland)
    wizard.inputs["osm"].put([str(rutland / "osm" / "rutland-2018-02-27.osm.pbf")])
    wizard.accept_button.click()
    assert wizard.cancel.text() == "Stop"
    wizard.cancel.click()
    wait(lambda: not frame.desk.jobs.busy)
    wait(lambda: wizard.cancel.text() == "Cancel")
    assert "Nothing was changed" in wizard.words.text()
    assert wizard.value is None
    left = [p for p in (tmp_path / "maps").rglob("*") if p.is_file()]
    assert left == []
    wizard.close()


def test_a_file_that_is_no_map_is_told_in_a_sentence(
    wizard: PackWizard, tmp_path: Path, wait: Wait
) -> None:
    noise = tmp_path / "noise.osm.pbf"
    noise.write_bytes(b"\x00\x01" * 500)
    wizard.name.setText("Noise")
    wizard.inputs["osm"].put([str(noise)])
    wizard.accept_button.click()
    wait(lambda: "noise" in wizard.words.text())
    assert wizard.words.property("tone") == "error"
    wizard.close()


def test_names_make_folders_that_every_system_takes() -> None:
    assert folder_name("Rutland & around") == "rutland-around"
    assert folder_name("../..") == "area"
