# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window itself: what it loads, how it tells problems, how slow work can be stopped."""

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import qtawesome
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMenu

from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.ui import bugs
from lac_desktop.ui.actions import COMMANDS, letters
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.words import count, tr

Wait = Callable[[Callable[[], bool]], None]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_UI = Path(bugs.__file__).parent


def test_nothing_heavy_is_loaded_before_the_window_shows() -> None:
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from lac_desktop.app import make_window, start\n"
        "app = QApplication([])\n"
        "frame = make_window(app); frame.show(); start(frame, None); app.processEvents()\n"
        "heavy = {'pandas', 'geopandas', 'folium', 'pyogrio', 'shapely', 'pyproj', 'numpy',\n"
        "         'sqlcipher3', 'sqlite_utils', 'opening_hours'} & set(sys.modules)\n"
        "import os; print(sorted(heavy), flush=True); os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_no_two_commands_share_keys_or_names() -> None:
    keys = Counter(c.keys for c in COMMANDS if c.keys)
    assert [k for k, n in keys.items() if n > 1] == []
    assert len({c.id for c in COMMANDS}) == len(COMMANDS)


def test_every_icon_named_in_the_window_is_in_its_font() -> None:
    fonts = Path(qtawesome.__file__).parent / "fonts"
    known = {
        "ph": json.loads((fonts / "phosphor-charmap-1.3.0.json").read_text("utf-8")),
        "mdi6": json.loads(
            (fonts / "materialdesignicons6-webfont-charmap-6.9.96.json").read_text("utf-8")
        ),
    }
    named = {
        name
        for file in _UI.rglob("*.py")
        for name in re.findall(r'"((?:ph|mdi6)\.[a-z0-9-]+)"', file.read_text("utf-8"))
    }
    assert named
    missing = [n for n in sorted(named) if n.split(".")[1] not in known[n.split(".")[0]]]
    assert missing == []


def test_a_known_problem_is_a_sentence_in_the_bar(frame: Frame, wait: Wait) -> None:
    def work(_progress: Progress) -> None:
        raise LacError("The file is open in Excel.", "Close it there, then choose Try again.")

    frame.desk.jobs.run(work, lambda _result: None)
    wait(lambda: frame.messages.sentence.startswith("The file is open in Excel. Close it"))


def test_slow_work_shows_and_can_be_stopped(frame: Frame, wait: Wait) -> None:
    done: list[object] = []

    def work(progress: Progress) -> None:
        for n in range(1000):
            progress(n, 1000, "Reading rows")
            time.sleep(0.01)

    frame.desk.jobs.run(work, done.append, title="Reading")
    wait(lambda: frame.strip.isVisible() and "of 1,000" in frame.strip._words.text())
    frame.strip._cancel.click()
    wait(lambda: not frame.strip.isVisible())
    assert done == []


def test_a_report_of_a_bug_holds_nothing_of_what_the_error_says() -> None:
    try:
        raise ValueError("Jean Smith, 4 Kiln Street")
    except ValueError as error:
        told = bugs.report(error)
    assert "ValueError" in told
    assert "test_frame.py" in told
    assert "Jean" not in told
    assert "/" not in told.replace("GNU/Linux", "").split("\n", 2)[2]


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_colours_keep_their_contrast(qapp: QApplication, name: str) -> None:
    theme = Theme(qapp, name)
    pairs = [("text", "surface"), ("muted", "surface"), ("muted", "rail"), ("on-accent", "accent"),
             ("accent", "surface"), ("urgent", "urgent-bg"), ("warning", "warning-bg"),
             ("good", "surface"), ("text", "selected")]  # fmt: skip
    for fore, back in pairs:
        ratio = contrast(theme.colour(fore), theme.colour(back))
        assert ratio >= 4.5, f"{fore} on {back}: {ratio:.1f}"
    assert contrast(theme.colour("focus"), theme.colour("surface")) >= 3


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2's ratio of two colours."""

    def light(colour: QColor) -> float:
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_count_and_fill_in(qapp: QApplication) -> None:
    assert count("{n} place", "{n} places", 1) == "1 place"
    assert count("{n} place", "{n} places", 1234) == "1,234 places"
    assert tr("{name} is locked", name="{A}") == "{A} is locked"


def test_every_command_of_a_menu_has_a_letter_of_its_own(frame: Frame) -> None:
    for menu in frame.menuBar().actions():
        inside = menu.menu()
        assert isinstance(inside, QMenu)
        texts = [action.text() for action in inside.actions() if not action.isSeparator()]
        marked = [text[text.index("&") + 1].casefold() for text in texts]
        assert len(set(marked)) == len(texts)
    assert letters(["Back", "Backups…", "Bb"]) == ["&Back", "B&ackups…", "Bb"]
