# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the account survive, and a broken file never keeps anyone out."""

import pytest

from lac_desktop import paths
from lac_desktop.services import preferences
from lac_desktop.services.preferences import Preferences


def test_settings_survive() -> None:
    chosen = Preferences("dark", 150, window=(10, 20, 1366, 730), last_notebook="/x/A “b”.lac")
    preferences.save(chosen)
    assert preferences.load() == chosen


@pytest.mark.parametrize(
    "text",
    ["not toml", "text_size = 'big'", "text_size = 9000", "theme = 'pink'", "window = ['a', 1]"],
)
def test_senseless_settings_take_their_usual_value(text: str) -> None:
    paths.settings_file().parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file().write_text(text, "utf-8")
    found = preferences.load()
    assert found.theme == "system"
    assert 90 <= found.text_size <= 200
    assert found.window == ()
