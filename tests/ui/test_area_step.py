# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last question of the first run: a pack found or built, a ward as the patch, or nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lac_desktop.services import packs, patch
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.patch import Patch
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.packs import wizard
from lac_desktop.ui.start.area import Area

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture(scope="module")
def rutland_pack(rutland: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of Rutland's postcodes and wards."""
    out = tmp_path_factory.mktemp("packs") / "rutland"
    wards = rutland / "boundaries" / "wards_by_lad_E06000017.json"
    inputs = packs.Inputs(postcodes=(rutland / "postcodes",), boundaries=(wards,))
    packs.build(out, inputs, name="Rutland")
    return out


@pytest.fixture
def area(frame: Frame, open_notebook: Notebook) -> Iterator[Area]:
    made = Area(frame.desk, open_notebook)
    made.show()
    yield made
    made.close()


def test_a_pack_built_here_offers_its_wards_and_one_becomes_the_patch(
    area: Area, frame: Frame, open_notebook: Notebook, rutland_pack: Path, wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(wizard, "ask", lambda _parent, _dialog: rutland_pack)
    area._build()
    which = area.patch.which
    wait(lambda: which.count() > 10)
    assert open_notebook.pack is not None
    at = which.findText("Oakham North West")
    assert at > 0
    which.setCurrentIndex(at)
    which.activated.emit(at)
    assert area.patch.name.text() == "Oakham North West"
    over: list[bool] = []
    area.keep(lambda: over.append(True))
    wait(lambda: bool(over))
    kept = patch.of(open_notebook)
    assert kept.name == "Oakham North West"
    box = patch.box(open_notebook)
    assert box is not None
    assert open_notebook.pack.info.bounds.holds(box.centre)
    found = open_notebook.pack.areas_at(box.centre)
    assert found.ward


def test_a_folder_that_is_no_pack_is_told_and_not_chosen(
    area: Area, frame: Frame, open_notebook: Notebook, tmp_path: Path, wait: Wait
) -> None:
    area.take(tmp_path)
    wait(lambda: bool(frame.messages.sentence))
    wait(lambda: area._packs.findData(str(tmp_path)) < 0)
    assert open_notebook.pack is None


def test_skipping_all_opens_an_empty_map(area: Area, open_notebook: Notebook) -> None:
    over: list[bool] = []
    area.keep(lambda: over.append(True))
    assert over == [True]
    assert patch.of(open_notebook) == Patch()
