# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's throw-away vault: open, leave, and what a crash leaves behind."""

import os

from lac_desktop import paths
from lac_desktop.services import assets, demo_notebook


def test_a_demo_is_thrown_away_on_leaving_and_after_a_crash() -> None:
    crashed = paths.cache() / "demo-crashed" / "Demo.lac"
    crashed.mkdir(parents=True)
    os.utime(crashed.parent, (0, 0))
    shown = demo_notebook.open_demo()
    assert not crashed.parent.exists()
    beside = demo_notebook.open_demo()
    assert shown.folder.is_dir()
    assert assets.count(shown) == assets.count(beside) > 100
    demo_notebook.leave(beside)
    demo_notebook.leave(shown)
    assert not shown.folder.exists()
    assert not list(paths.cache().glob("demo-*"))
