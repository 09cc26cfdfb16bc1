# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real notebook to try the services on."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.services import notebook
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS

SECRET = "four plain words here"
#: A Thursday in term, so that most places are open.
NOON = datetime(2026, 3, 5, 12, 0)


@pytest.fixture
def vault_folder(tmp_path: Path) -> Path:
    """Folder of a new notebook that opens with SECRET."""
    folder = tmp_path / "Test.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    return folder


@pytest.fixture
def book(vault_folder: Path) -> Iterator[Notebook]:
    """An open, empty notebook at noon on a Thursday."""
    opened = notebook.unlock(vault_folder, SECRET, clock=lambda: NOON)
    yield opened
    notebook.lock(opened)
