# SPDX-License-Identifier: AGPL-3.0-or-later
"""The left rail: sections that exist, and "Worried about someone?" always at its foot."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
)

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.sections import SECTIONS
from lac_desktop.ui.widgets import with_icon
from lac_desktop.ui.words import tr

_COUNT = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex


class Rail(QFrame):
    """Sections as a list; ``chosen`` sends the id of a section."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, urgent: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._desk = desk
        self.narrow = False
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Main sections"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_RailDelegate(desk, self))
        for section in SECTIONS:
            item = QListWidgetItem(tr(section.text), self.list)
            item.setData(Qt.ItemDataRole.UserRole, section.id)
            item.setData(_ICON, section.icon)
            item.setToolTip(tr(section.text))
        self.list.currentItemChanged.connect(self._changed)
        self.urgent = QToolButton()
        self.urgent.setProperty("look", "urgent")
        self.urgent.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        with_icon(self.urgent, desk.icons, "ph.warning-octagon", "urgent")
        self.urgent.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.urgent.setAccessibleName(tr("Worried about someone?"))
        self.urgent.setToolTip(tr("Worried about someone? (Ctrl+Shift+W)"))
        self.urgent.clicked.connect(lambda: urgent())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.urgent)
        desk.theme.changed.connect(self._fit)
        self.collapse(False)

    def collapse(self, narrow: bool) -> None:
        """Show icons only, or icons and names."""
        self.narrow = narrow
        self._fit()

    def show_section(self, section: str) -> None:
        """Mark a section as the one shown."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == section:
                self.list.setCurrentRow(row)

    def set_count(self, section: str, n: int) -> None:
        """Show how many there are in a section."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == section:
                item.setData(_COUNT, f"{n:,}" if n else "")
                spoken = f"{item.text()}, {n:,}" if n else item.text()
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _fit(self) -> None:
        """Take the width that the names need at this text size."""
        theme = self._desk.theme
        grown = min(12, max(0, theme.scaled(20) - 20))  # room for larger icons, not for as much air
        narrow = theme.size("rail-collapsed") + grown
        wide = narrow if self.narrow else theme.scaled(theme.size("rail"))
        self.setFixedWidth(wide)
        self.urgent.setText("" if self.narrow else tr("Worried about\nsomeone?"))
        self.urgent.setFixedWidth(wide - 17)
        style = Qt.ToolButtonStyle
        self.urgent.setToolButtonStyle(
            style.ToolButtonIconOnly if self.narrow else style.ToolButtonTextBesideIcon
        )
        if self.urgent.property("bare") != self.narrow:
            self.urgent.setProperty("bare", self.narrow)  # without words the icon has all the room
            self.urgent.style().unpolish(self.urgent)
            self.urgent.style().polish(self.urgent)
        self.urgent.setMinimumHeight(theme.scaled(36 if self.narrow else 50))
        self.list.doItemsLayout()

    def _changed(self, item: QListWidgetItem | None) -> None:
        """Tell which section was chosen."""
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class _RailDelegate(QStyledItemDelegate):
    """Paints a section: bar, icon, name and count."""

    def __init__(self, desk: Desk, rail: Rail) -> None:
        super().__init__(rail)
        self._desk, self._rail = desk, rail

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """36 pixels high at 100 %, with two between."""
        return QSize(40, self._desk.theme.scaled(38))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme = self._desk.theme
        box = option.rect.adjusted(0, 0, 0, -2)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if on:
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRect(box.left(), box.top(), 3, box.height()), 1, 1)
        size = min(theme.scaled(20), box.width() - 14)
        left = (box.width() - size) // 2 if self._rail.narrow else 10
        glyph = QRect(box.left() + left, box.center().y() - size // 2 + 1, size, size)
        self._desk.icons.draw(painter, glyph, index.data(_ICON), "text")
        if not self._rail.narrow:
            self._words(painter, box, index, on)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("focus"))
            pen = painter.pen()
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, index: _Index, on: bool) -> None:
        """Name at the left, count at the right."""
        theme = self._desk.theme
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(bold=on))
        painter.setPen(theme.colour("text"))
        painter.drawText(
            box.adjusted(self._desk.theme.scaled(40), 0, -4, 0), middle, str(index.data())
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text" if on else "muted"))
        number = str(index.data(_COUNT) or "")
        painter.drawText(box.adjusted(0, 0, -8, 0), middle | Qt.AlignmentFlag.AlignRight, number)
