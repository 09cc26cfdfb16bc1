# SPDX-License-Identifier: AGPL-3.0-or-later
"""What all tests share: the offscreen platform, a throw-away home, and the real open data."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from this account's own notebooks and settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LAC_HOME", str(home))
    monkeypatch.setenv("LAC_POLICY", str(home / "policy"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real open data; without it tests skip at home and fail in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("The shared open data is missing, and CI must test on it.")
        pytest.skip("The shared open data is not beside this checkout.")
    return SHARED


@pytest.fixture(scope="session")
def rutland(shared_data: Path) -> Path:
    """Folder of Rutland's open data."""
    return shared_data / "rutland"
