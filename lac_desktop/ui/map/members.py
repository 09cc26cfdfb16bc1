# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of what is in a cluster: a small window with the keyboard inside."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from lac_desktop.ui.words import count

_RID = Qt.ItemDataRole.UserRole


class MemberList(QFrame):
    """Lists places; Enter or a click chooses one, Esc closes."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, members: Sequence[tuple[int, str]]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        words = count("{n} place here", "{n} places here", len(members))
        self.setAccessibleName(words)
        self._list = QListWidget(self)
        self._list.setAccessibleName(words)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        for rid, name in sorted(members, key=lambda member: member[1].casefold()):
            item = QListWidgetItem(name, self._list)
            item.setData(_RID, rid)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        heading = QLabel(words, self)
        heading.setContentsMargins(8, 4, 8, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(heading)
        layout.addWidget(self._list)
        self._done = False

    def open_at(self, corner: QPoint) -> None:
        """Show the list with its corner at a point of the screen, kept on that screen."""
        row = max(24, self._list.sizeHintForRow(0))
        wide = min(360, max(180, self._list.sizeHintForColumn(0) + 40))
        self._list.setFixedHeight(min(10, self._list.count()) * row + 6)
        self.setFixedWidth(wide)
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(corner.x(), screen.right() - self.width())
        y = min(corner.y(), screen.bottom() - self.height())
        self.move(max(screen.left(), x), max(screen.top(), y))
        self.show()
        self._list.setCurrentRow(0)
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, item: QListWidgetItem) -> None:
        """Close and tell; a click comes as two signals on some systems."""
        if not self._done:
            self._done = True
            rid = int(item.data(_RID))
            self.close()
            self.chosen.emit(rid)
