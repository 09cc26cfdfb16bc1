# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of a preview as a table, filtered by what will happen to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from lac_desktop.domain.importing import Fate
from lac_desktop.services.importing import Preview, Row
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.words import count, tr

_Index = QModelIndex | QPersistentModelIndex
ROW, NAME, KIND, PLACE, WHEN, NOTICED = range(6)

#: The chips: id -> (words, which rows).
GROUPS: Mapping[str, tuple[str, Callable[[Row], bool]]] = {
    "all": ("All", lambda row: row.fate is not Fate.HELD_BACK),
    "ready": ("Ready", lambda row: row.fate in _COMING and not row.problems),
    "look": ("Need a look", lambda row: bool(row.problems) and row.fate is not Fate.HELD_BACK),
    "twins": ("Like one you have", lambda row: row.fate is Fate.DUPLICATE),
    "known": ("As you have it", lambda row: row.fate is Fate.UNCHANGED),
    "out": ("Left out", lambda row: row.fate is Fate.LEAVE_OUT),
    "held": ("Not places", lambda row: row.fate is Fate.HELD_BACK),
}
_COMING = (Fate.ADD, Fate.UPDATE, Fate.MERGE)

_SAYS = {
    Fate.ADD: "Ready",
    Fate.UPDATE: "Brings yours up to date",
    Fate.UNCHANGED: "As you have it",
    Fate.DUPLICATE: "Looks like one you have",
    Fate.MERGE: "Joins one you have",
    Fate.LEAVE_OUT: "Left out",
    Fate.PROBLEM: "Cannot come in yet",
}


def noticed(row: Row) -> str:
    """What we noticed of a row, as a sentence."""
    if row.fate is Fate.HELD_BACK:
        return tr("Held back: {why}", why=tr(row.candidate.held_back))
    if row.problems and row.fate is not Fate.LEAVE_OUT:
        more = len(row.problems) - 1
        first = row.problems[0].message
        return f"{first} {count('And {n} more.', 'And {n} more.', more)}" if more else first
    return tr(_SAYS[row.fate])


class RowsModel(QAbstractTableModel):
    """Some rows of a preview."""

    def __init__(self, theme: Theme, kind_name: Callable[[str], str]) -> None:
        super().__init__()
        self._theme, self._kind_name = theme, kind_name
        self._rows: list[Row] = []

    def show_rows(self, preview: Preview, group: str) -> None:
        """Show the rows of a group."""
        self.beginResetModel()
        wanted = GROUPS[group][1]
        self._rows = [row for row in preview.rows if wanted(row)]
        self.endResetModel()

    def at(self, place: int) -> Row | None:
        """The row at a place of the table."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, number: int) -> int:
        """Where a row of the preview stands, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.number == number), -1)

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows the group has."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Row, name, kind, place, when, what we noticed."""
        return 0 if parent is not None and parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Words over the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("Row"), tr("Name"), tr("Kind"), tr("Where"), tr("When"), tr("What we noticed"),
            )[section]  # fmt: skip
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour of what wants a look, and the whole line for screen readers."""
        row = self.at(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == NOTICED:
            return self._theme.colour(_tone(row))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return ", ".join(filter(None, (self._text(row, NAME), noticed(row))))
        return None

    def _text(self, row: Row, column: int) -> str:
        values, asset = row.candidate.values, row.asset or row.read
        match column:
            case 0:
                return str(row.candidate.row)
            case 1:
                return (asset.name if asset else "") or values.get("name", "") or tr("(no name)")
            case 2:
                return self._kind_name(asset.kind) if asset else ""
            case 3:
                if asset is None:
                    return values.get("address", "")
                where = ", ".join(filter(None, (asset.address, asset.postcode)))
                spot = asset.point
                return where or (f"{spot.lat:.4f}, {spot.lon:.4f}" if spot else tr("not known"))
            case 4:
                return (asset.hours or asset.hours_text) if asset else ""
            case _:
                return noticed(row)


def _tone(row: Row) -> str:
    """The role of the colour in which a row is told."""
    if row.fate in (Fate.HELD_BACK, Fate.LEAVE_OUT, Fate.UNCHANGED):
        return "muted"
    if row.fate is Fate.PROBLEM:
        return "urgent"
    return "warning" if row.problems or row.fate is Fate.DUPLICATE else "good"
