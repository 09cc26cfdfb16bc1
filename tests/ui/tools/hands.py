# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hands do in these tests: type a line, find a list, open the circle."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from lac_desktop.ui.tools.circle_panel import CirclePanel
from lac_desktop.ui.tools.items import ItemsEditor
from lac_desktop.ui.tools.panel import ToolPanel

Open = Callable[[Any], ToolPanel]


def type_line(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)


def items_of(panel: ToolPanel, field: str) -> ItemsEditor[Any]:
    editor = panel.form.inputs[field].widget  # type: ignore[attr-defined]
    assert isinstance(editor, ItemsEditor)
    return editor


def circle(open_tool: Open) -> CirclePanel:
    panel = open_tool("relationship-circle")
    assert isinstance(panel, CirclePanel)
    return panel
