# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole flows through the accessibility tree and by keys alone, on Rutland's open data.

Each file in ``flows`` is one flow. A line at its head says how it starts: ``# start: notebook``
(locked), ``# start: open`` (unlocked, on the map) or ``# start: welcome`` (first run). In its steps
``$TMP`` is a folder of its own, ``$DATA`` Rutland's data, ``$MAP`` and ``$COMMUNITY`` the keys of
sections.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pytest

from lac_desktop.domain.query import Query
from lac_desktop.services import assets, find, importing, notebook
from lac_desktop.services import packs as pack_building
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.vault import FAST_FOR_TESTS
from lac_desktop.ui.sections import SECTIONS

HERE = Path(__file__).resolve().parent
TOOL = HERE.parents[2] / "shared" / "tools" / "a11y" / "run"
PASSPHRASE = "acorn bridge candle drum"
NAMES = sorted(path.name for path in (HERE / "flows").iterdir() if path.suffix in (".steps", ".py"))
_UNLOCK = f"""
wait text "Passphrase" 30
type "{PASSPHRASE}"
key Return
wait list "Main sections" 30
key $MAP
focus list "Map places" 10
"""


@dataclass(frozen=True, slots=True)
class Area:
    """Rutland's pack, and a locked notebook that holds its OpenStreetMap places."""

    pack: Path
    vault: Path
    data: Path


@pytest.fixture(scope="session")
def tool() -> Path:
    """The program that drives a window through its accessibility tree."""
    if not TOOL.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("The accessibility driver is missing, and CI must test the flows.")
        pytest.skip("The accessibility driver is not beside this checkout.")
    return TOOL


@pytest.fixture(scope="module")
def area(rutland: Path, tmp_path_factory: pytest.TempPathFactory) -> Area:
    """Built once from the real files, and copied for each flow."""
    folder = tmp_path_factory.mktemp("rutland")
    inputs = pack_building.Inputs(
        osm=(rutland / "osm" / "rutland-2018-02-27.osm.pbf",),
        postcodes=tuple(sorted((rutland / "postcodes").glob("codepoint-open-*.csv"))),
        boundaries=(rutland / "boundaries" / "wards_by_lad_E06000017.json",),
        names=tuple(sorted((rutland / "names").glob("*.csv"))),
    )
    pack_building.build(folder / "pack", inputs, name="Rutland")
    vault = folder / "Rutland.lac"
    settings = NotebookSettings(who="Ruth", pack_folder=str(folder / "pack"))
    notebook.create(vault, PASSPHRASE, settings, strength=FAST_FOR_TESTS)
    opened = notebook.unlock(vault, PASSPHRASE)
    importing.apply(opened, importing.preview(opened, [inputs.osm[0]]))
    notebook.lock(opened)
    return Area(folder / "pack", vault, rutland)


def _first_run(folder: Path) -> None:
    """The notebook that was made opens with the passphrase that was typed, and is Ruth's."""
    (made,) = folder.glob("**/*.lac")
    opened = notebook.unlock(made, PASSPHRASE)
    assert opened.settings.who == "Ruth"
    notebook.lock(opened)


def _published(folder: Path) -> None:
    """One file that is whole."""
    text = (folder / "libraries.html").read_text("utf-8")
    assert "Rutland County Library" in text
    assert text.rstrip().endswith("</html>")


def _pack(folder: Path) -> None:
    """The notebook remembers the pack that was built, and finds postcodes in it."""
    opened = notebook.unlock(folder / "Rutland.lac", PASSPHRASE)
    assert opened.pack is not None
    assert opened.pack.info.name == "Rutland again"
    assert opened.pack.locate("LE15 6HW") is not None
    notebook.lock(opened)


def _undone(folder: Path) -> None:
    """After undo every place is as it was."""
    opened = notebook.unlock(folder / "Rutland.lac", PASSPHRASE)
    assert assets.count(opened) == len(find.find(opened, Query())) > 400
    assert not len(find.find(opened, Query(text="Renamed by keyboard")))
    assert not len(find.find(opened, Query(text="Knit and Natter")))
    notebook.lock(opened)


#: What a flow must have left behind in its folder.
LEFT: dict[str, Callable[[Path], None]] = {
    "02_first_run.py": _first_run,
    "05_map.steps": _undone,
    "07_many.steps": _undone,
    "08_import.steps": _undone,
    "09_publish.steps": _published,
    "10_pack.py": _pack,
}


def _steps(name: str, words: dict[str, str]) -> tuple[str, str]:
    """How a flow starts, and its steps with the names of folders and keys put in."""
    text = (HERE / "flows" / name).read_text("utf-8")
    first = next(line for line in text.splitlines() if line.startswith("# start:"))
    return first.removeprefix("# start:").strip(), Template(text).substitute(words)


def _command(start: str, vault: Path) -> list[str]:
    """How the program is started."""
    given = [] if start == "welcome" else ["--vault", str(vault)]
    return [sys.executable, "-m", "lac_desktop", *given]


# Keys go through a virtual screen: on a busy machine one is lost now and then. A fault fails twice.
@pytest.mark.flaky(reruns=1)
@pytest.mark.parametrize("name", NAMES)
def test_flow(name: str, tool: Path, area: Area, tmp_path: Path) -> None:
    """The flow goes through to its end and leaves behind what it should."""
    vault = tmp_path / "Rutland.lac"
    shutil.copytree(area.vault, vault)
    words = {"TMP": str(tmp_path), "DATA": str(area.data), "PACK": str(area.pack)}
    words |= {s.id.upper(): f"ctrl+{n}" for n, s in enumerate(SECTIONS, 1)}
    start, steps = _steps(name, words)
    first = Template(_UNLOCK).substitute(words) if start == "open" else ""
    if first and name.endswith(".py"):
        first = f"assert not a.steps({first.splitlines()!r})\n"
    script = tmp_path / name
    script.write_text(first + steps, "utf-8")
    shutil.copy(HERE / "list.csv", tmp_path)
    how = "--script" if name.endswith(".py") else "--steps"
    env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    env |= {"HOME": str(tmp_path), "LANG": "C.UTF-8"}
    ran = subprocess.run(
        [str(tool), how, str(script), "--", *_command(start, vault)],
        capture_output=True, text=True, env=env, timeout=120, check=False,
        cwd=HERE.parents[1],
    )  # fmt: skip
    assert ran.returncode == 0, f"{name}\n{ran.stdout[-4000:]}\n{ran.stderr[-2000:]}"
    if name in LEFT:
        LEFT[name](tmp_path)
