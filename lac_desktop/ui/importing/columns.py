# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match columns: what each heading of a table means, with what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from lac_desktop.domain.importing import Reading
from lac_desktop.services.importing_fields import meanings
from lac_desktop.ui.forms import choice
from lac_desktop.ui.widgets import label, line
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox


class ColumnMatcher(QWidget):
    """One line a column: heading, examples, meaning."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._choices: dict[str, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        heads = (tr("Column"), tr("For example"), tr("What it is"))
        for at, words in enumerate(heads):
            grid.addWidget(label(words, "caption", "muted"), 0, at)
        options = [(field, tr(words)) for field, words in meanings()]
        middle = Qt.AlignmentFlag.AlignVCenter
        known = {field for field, _words in options}
        for number, heading in enumerate(reading.columns, 1):
            meant = reading.mapping.get(heading, "")
            these = options if meant in known else [*options, (meant, meant)]
            title = label(heading or tr("(no heading)"), "emphasis", wrap=True)
            made = choice(these, meant)
            title.setBuddy(made)
            made.setAccessibleName(tr("What “{heading}” is", heading=heading))
            made.setAccessibleDescription(_examples(reading, heading))
            grid.addWidget(title, 2 * number, 0, middle)
            grid.addWidget(label(_examples(reading, heading), "caption", "muted", wrap=True),
                           2 * number, 1, middle)  # fmt: skip
            grid.addWidget(made, 2 * number, 2, middle)
            grid.addWidget(line(), 2 * number + 1, 0, 1, 3)
            self._choices[heading] = made
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.setRowStretch(2 * len(reading.columns) + 2, 1)

    def mapping(self) -> Mapping[str, str]:
        """Heading to field as chosen now; "" leaves a column out."""
        return {heading: made.currentData() for heading, made in self._choices.items()}


def _examples(reading: Reading, heading: str) -> str:
    """Up to three different things that stand in a column, shortened."""
    seen: dict[str, None] = {}
    for sample in reading.samples:
        text = " ".join(sample.get(heading, "").split())
        if text:
            seen[text if len(text) <= 40 else text[:39] + "…"] = None
    return ", ".join(list(seen)[:3]) or tr("empty")
