# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening the demo neighbourhood in a throw-away vault, and throwing it away."""

import secrets
import shutil
import tempfile
import time
from datetime import datetime
from pathlib import Path

from lac_desktop import paths
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.urgent import BUILT_IN, UrgentNumbers, to_values
from lac_desktop.errors import VaultBusyError
from lac_desktop.services import assets, demo, demo_people, notebook, toml_file, urgent
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage import lock
from lac_desktop.storage.keys import FOR_RANDOM_SECRETS
from lac_desktop.storage.steps import BEGINNING

_PREFIX = "demo-"
#: Seconds for which a new folder may belong to a window that is still making its demo.
_BEING_MADE = 60.0


def open_demo(progress: Progress = silent) -> Notebook:
    """Make the invented neighbourhood, if need be, and open it with a passphrase nobody knows.

    The vault lies in the account's cache and is deleted on leaving; demos that a crash left
    behind are deleted first. Raises LacError or CancelledError, with nothing left behind.
    """
    pack = demo.demo_pack(progress)
    paths.cache().mkdir(parents=True, exist_ok=True)
    _sweep()
    base = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=paths.cache()))
    try:
        progress(0, None, "Opening the demo")
        folder, secret = base / "Demo.lac", secrets.token_urlsafe(32)
        settings = NotebookSettings(who="Ruth", demo=True, pack_folder=str(pack))
        notebook.create(folder, secret, settings, strength=FOR_RANDOM_SECRETS)
        numbers = UrgentNumbers((*BUILT_IN, *demo.urgent_numbers()))
        toml_file.write(urgent.file_for(folder), to_values(numbers))
        opened = notebook.unlock(folder, secret)
        try:
            made = demo.demo_assets(opened.kinds, opened.clock().date())
            assets.save_many(opened, made, "Make the demo", BEGINNING, progress)
            demo_people.add_people(opened, made)
        except BaseException:
            notebook.lock(opened)
            raise
    except BaseException:
        shutil.rmtree(base, ignore_errors=True)
        raise
    return opened


def _sweep() -> None:
    """Delete the demos that a crash left behind; those that another window shows stay."""
    for base in paths.cache().glob(f"{_PREFIX}*"):
        folder = base / "Demo.lac"
        try:
            if time.time() - base.stat().st_mtime < _BEING_MADE:
                continue
            if folder.is_dir():
                lock.hold(folder, datetime.now()).release()
        except (VaultBusyError, FileNotFoundError):  # shown elsewhere, or swept by another window
            continue
        shutil.rmtree(base, ignore_errors=True)


def leave(opened: Notebook) -> None:
    """Lock the demo and delete its vault."""
    notebook.lock(opened)
    base = opened.folder.parent
    if opened.is_demo and base.parent == paths.cache() and base.name.startswith(_PREFIX):
        shutil.rmtree(base, ignore_errors=True)
