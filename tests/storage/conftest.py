# SPDX-License-Identifier: AGPL-3.0-or-later
"""A notebook for each test that asks for one, and the indexer it is filled with."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.storage import vault
from tests.storage.plain_indexer import PlainIndexer

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def now() -> datetime:
    """A Saturday at noon."""
    return datetime(2026, 11, 21, 12, 0)


@pytest.fixture
def indexer() -> PlainIndexer:
    return PlainIndexer()


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folder of a new, locked notebook."""
    place = tmp_path / "oakham.lac"
    vault.create(place, PASSPHRASE, strength=vault.FAST_FOR_TESTS)
    return place


@pytest.fixture
def opened(folder: Path) -> Iterator[vault.Vault]:
    """An unlocked notebook, closed after the test."""
    with vault.unlock(folder, PASSPHRASE) as one:
        yield one
