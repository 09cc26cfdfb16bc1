# SPDX-License-Identifier: AGPL-3.0-or-later
"""The backup of the day in the window: made while the work goes on, stopped by locking."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lac_desktop.services import assets, backups, preferences
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def made(open_notebook: Notebook) -> Callable[[], list[Path]]:
    """The backups that are there."""
    folder = backups.folder_of(open_notebook)
    return lambda: sorted(folder.glob("*.lacbackup"))


def test_one_a_day_is_made_and_remembered(
    frame: Frame, open_notebook: Notebook, made: Callable[[], list[Path]], wait: Wait
) -> None:
    frame.open_notebook(open_notebook)
    wait(lambda: not frame.desk.jobs.busy)
    assert made() == []  # not while somebody finds their way in
    for _time in range(2):
        frame.back_up_today()
        assert not frame.desk.jobs.busy  # closing the window does not ask about it
        wait(lambda: preferences.load().last_backup == "2026-03-10T10:30")
    assert len(made()) == 1


def test_locking_does_not_wait_for_it_and_leaves_nothing_half_done(
    frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    frame.open_notebook(open_notebook)
    assets.save_many(
        open_notebook,
        [assets.blank(name=f"Place {n}", kind="park") for n in range(3_000)],
        "Make",
        "import",
    )
    wait(lambda: not frame.desk.jobs.busy)
    frame.back_up_today()
    frame.lock()
    assert frame.session is None
    folder = open_notebook.folder.parent / "Backups"
    assert not folder.is_dir() or list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told(
    frame: Frame, open_notebook: Notebook, tmp_path: Path, wait: Wait
) -> None:
    chosen = tmp_path / "stick"
    chosen.mkdir()
    backups.save_rule(open_notebook, backups.Rule(folder=str(chosen)))
    chosen.rmdir()
    chosen.write_text("The stick is gone; a file stands in its place.")
    frame.open_notebook(open_notebook)
    frame.back_up_today()
    wait(lambda: "The backup of today could not be made." in frame.messages.sentence)
