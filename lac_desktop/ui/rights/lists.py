# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small tables to read or choose from, reached and left by Tab, read out line by line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from lac_desktop.ui.theme import Theme

ID = Qt.ItemDataRole.UserRole


class Lines(QTreeWidget):
    """Rows of text in columns; each row keeps an id. The last column takes the room left."""

    def __init__(self, theme: Theme, says: str, columns: Sequence[str], *, lines: int = 5) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(says)
        self.setHeaderLabels(list(columns))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setMinimumHeight(theme.scaled(26) * (lines + 1))

    def show_rows(
        self,
        rows: Sequence[tuple[str, Sequence[str]]],
        checked: Sequence[bool] | None = None,
    ) -> None:
        """Show these rows: id and texts; with ``checked`` each has a box to tick by Space."""
        kept = self.chosen
        self.clear()
        for at, (key, texts) in enumerate(rows):
            item = QTreeWidgetItem([" ".join(text.split()) for text in texts])
            item.setData(0, ID, key)
            item.setToolTip(len(texts) - 1, texts[-1])
            if checked is not None:
                state = Qt.CheckState.Checked if checked[at] else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
            self.addTopLevelItem(item)
            if key == kept:
                self.setCurrentItem(item)
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    @property
    def chosen(self) -> str:
        """Id of the row in focus, or ""."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, ID))

    @property
    def ticked(self) -> list[str]:
        """Ids of the rows that are ticked."""
        items = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        return [
            str(item.data(0, ID))
            for item in items
            if item is not None and item.checkState(0) is Qt.CheckState.Checked
        ]
