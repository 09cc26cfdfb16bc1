# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of licences that is shipped names every library that the app installs."""

import runpy
from pathlib import Path

from lac_desktop import paths

SCRIPT = Path(__file__).resolve().parents[1] / "packaging" / "list_licences.py"


def test_the_list_is_that_of_the_installed_libraries() -> None:
    made = runpy.run_path(str(SCRIPT))["table"]().splitlines()
    kept = (paths.resources() / "licences" / "libraries.txt").read_text("utf-8").splitlines()
    assert len(kept) > 40
    assert set(made) <= set(kept), "run packaging/list_licences.py"
