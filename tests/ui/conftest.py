# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real windows over real vaults, offscreen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from lac_desktop.app import make_window
from lac_desktop.domain.asset import Asset, Known, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.services import assets, notebook
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.vault import FAST_FOR_TESTS
from lac_desktop.ui.collecting import Collecting
from lac_desktop.ui.frame import Frame

PASSPHRASE = "acorn bridge candle drum"
#: A Tuesday morning.
NOW = datetime(2026, 3, 10, 10, 30)


@pytest.fixture(scope="session", autouse=True)
def _clipboard(qapp: QApplication) -> Iterator[None]:
    """Empty it in time: offscreen, Qt lets go of what was copied only once Python has ended."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _collecting(qapp: QApplication) -> Iterator[None]:
    """Widgets are collected on the window's thread, as in the app."""
    made = Collecting(qapp)
    yield
    made.collect()  # many tests are shorter than its pause
    made.stop()
    made.deleteLater()


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A new notebook with nothing in it; it is locked."""
    folder = tmp_path / "Brackenfold.lac"
    notebook.create(folder, PASSPHRASE, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    return folder


@pytest.fixture
def open_notebook(vault: Path) -> Iterator[Notebook]:
    """An open notebook at ten thirty on a Tuesday."""
    opened = notebook.unlock(vault, PASSPHRASE, clock=lambda: NOW)
    yield opened
    notebook.lock(opened)


def some_assets(opened: Notebook) -> list[Asset]:
    """Four places that differ in what filters ask for."""
    made = [
        replace(
            assets.blank(name="Brackenfold Library", kind="library", point=Point(52.67, -0.73)),
            hours="Mo-Sa 09:00-17:30",
            gives="Warm room, computers",
            cost="free",
            access={"step-free": "yes"},
            known=Known.KNOW_WELL,
            checked_on=date(2026, 2, 17),
            checked_by="Ruth",
            visibility=Visibility.PUBLIC,
            phone="01632 960 114",
        ),
        replace(
            assets.blank(name="Knit and Natter", kind="craft_group", point=Point(52.671, -0.731)),
            greeter="Bronwen",
            checked_on=date(2025, 5, 1),
        ),
        replace(
            assets.blank(name="Wend Walkers", kind="walking_group", point=Point(52.68, -0.72)),
            hours="We 14:00-16:00",
        ),
        assets.blank(name="Olu’s corner shop", kind="convenience", point=Point(52.675, -0.725)),
    ]
    kinds = list(opened.kinds.kinds)
    return [a if a.kind in opened.kinds.kinds else replace(a, kind=kinds[0]) for a in made]


@pytest.fixture
def filled(open_notebook: Notebook) -> Notebook:
    """An open notebook with four places."""
    assets.save_many(open_notebook, some_assets(open_notebook), "Make", "import")
    return open_notebook


@pytest.fixture
def frame(qapp: QApplication, qtbot: object) -> Iterator[Frame]:
    """The window, with nothing open in it."""
    made = make_window(qapp)
    made.resize(1366, 730)
    made.show()
    yield made
    made.desk.jobs.cancel_all()
    if made.session is not None:
        made.session.close()
    made._drop_screens()
    made.close()
    made.deleteLater()
    qapp.processEvents()
    # processEvents leaves what was asked to go; left windows make each later style slower
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def wait(qtbot: object) -> Callable[[Callable[[], bool]], None]:
    """Wait until something is true, for at most ten seconds."""

    def until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=10_000)  # type: ignore[attr-defined]

    return until
