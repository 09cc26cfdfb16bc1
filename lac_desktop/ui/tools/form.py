# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a tool, made from its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lac_desktop.domain.tool_values import problems
from lac_desktop.domain.tools import Tool
from lac_desktop.ui.forms import Form, focus_of
from lac_desktop.ui.tools.inputs import Input, Kit, hint_of, label_of, make
from lac_desktop.ui.words import tr


class ToolForm(QWidget):
    """All fields of a tool, or those named. ``changed`` tells of each change by hand."""

    changed = Signal()

    def __init__(self, kit: Kit, tool: Tool, only: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._tool = tool
        self.form = Form(kit.desk.theme, above=True)
        self.inputs: dict[str, Input] = {}
        language = kit.desk.preferences.language
        for asked in tool.fields:
            if only and asked.id not in only:
                continue
            made = make(kit, asked)
            self.inputs[asked.id] = made
            self.form.add(asked.id, label_of(asked, language), made.widget, hint_of(asked))
            made.on_change(self.changed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        layout.addStretch(1)

    def values(self) -> dict[str, Any]:
        """What stands in the form, right or wrong."""
        return {key: made.read() for key, made in self.inputs.items()}

    def put(self, values: Mapping[str, Any]) -> None:
        """Show values."""
        for key, made in self.inputs.items():
            made.put(values.get(key))

    def check(self) -> bool:
        """Mark what is wrong and go to the first of it; True where all is well."""
        found = {key: tr(said) for key, said in problems(self._tool, self.values()).items()}
        return self.form.show_problems({k: v for k, v in found.items() if k in self.inputs})

    def start(self) -> None:
        """Put the focus into the first field."""
        if self.inputs:
            focus_of(next(iter(self.inputs.values())).widget).setFocus()
