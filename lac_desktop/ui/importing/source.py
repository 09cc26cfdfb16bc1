# SPDX-License-Identifier: AGPL-3.0-or-later
"""One source of an import: which sheet, who may see its places, and what its columns mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.importing import Reading
from lac_desktop.services.importing import Options
from lac_desktop.ui.forms import Form, choice
from lac_desktop.ui.importing.columns import ColumnMatcher
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import column, label, panel
from lac_desktop.ui.words import count, tr

_VISIBLE = (
    (Visibility.PUBLIC, "Everybody: they may leave in maps and lists"),
    (Visibility.TEAM, "The team only"),
    (Visibility.ONLY_ME, "Only me"),
)


class SourcePanel(QWidget):
    """The choices for one file; ``sheet_chosen`` is called when another sheet is wanted."""

    def __init__(
        self, theme: Theme, file: str, reading: Reading, sheet_chosen: Callable[[], object]
    ) -> None:
        super().__init__()
        self.file = file
        form = Form(theme)
        details = reading.details
        sheets = tuple(details.get("sheets", ()))
        self.sheet = choice([(name, name) for name in sheets], str(details.get("sheet", "")))
        if len(sheets) > 1:
            form.add("sheet", tr("Sheet"), self.sheet, tr("One sheet comes in at a time."))
            self.sheet.activated.connect(lambda _at: sheet_chosen())
        usual = Visibility(details.get("visibility", Visibility.PUBLIC))
        self.visible = choice([(v.value, tr(words)) for v, words in _VISIBLE], usual.value)
        form.add("visible", tr("Who may see its places"), self.visible)
        head = column(label(file, "heading2", wrap=True), form, gap=8)
        if said := private_words(reading):
            head.addWidget(label(said, "", "note", wrap=True))
        self.columns = ColumnMatcher(reading)
        self.setLayout(column(panel(head, "", (20, 12, 20, 0)), self.columns, gap=0))
        self._sheets = sheets

    def options(self, before: Options) -> Options:
        """What is chosen now, on top of what was chosen before."""
        return replace(
            before,
            mapping=self.columns.mapping(),
            sheet=self.chosen_sheet(),
            visibility=Visibility(self.visible.currentData()),
        )

    def chosen_sheet(self) -> str:
        """The name of the sheet, "" where there is only one."""
        return str(self.sheet.currentData() or "") if len(self._sheets) > 1 else ""


def private_words(reading: Reading) -> str:
    """Which columns are left out because they look private, or ""."""
    private = [h for h in reading.details.get("private", ()) if not reading.mapping.get(h)]
    if not private:
        return ""
    told = ", ".join(f"“{heading}”" for heading in private)
    return count(
        "{n} column looks private and is left out: {names}.",
        "{n} columns look private and are left out: {names}.",
        len(private),
        names=told,
    )
