# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that happened to a place: when, who, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.wording import day_and_time
from lac_desktop.services import assets
from lac_desktop.services.assets import Change
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: What each field of a place is called.
FIELDS = {
    "name": "Name", "name_cy": "Name in Welsh", "kind": "Kind", "description": "About it",
    "gives": "What it gives", "could_give": "What it could give", "greeter": "Who will say hello",
    "greeter_agreed_public": "Greeter agreed to be public", "welcome": "On a first visit",
    "address": "Address", "postcode": "Postcode", "point": "Position", "area": "Area",
    "hours": "Opening hours", "hours_text": "Hours in words", "sessions": "What happens there",
    "cost": "Cost", "cost_note": "More about cost", "access": "Access",
    "access_note": "More about access", "languages": "Languages", "phone": "Telephone",
    "email": "Email", "website": "Website", "contacts": "People in public roles",
    "links": "Linked with", "known": "We know it", "checked_on": "Last checked on",
    "checked_by": "Checked by", "visibility": "Visible to", "confidential": "Confidential",
    "source": "Source", "licence": "Licence", "attribution": "Credit",
    "vanished_on": "Vanished from its source on", "added": "Added", "removed": "Removed",
    "brought back": "Brought back",
}  # fmt: skip
_LONG = 160


def show_history(parent: QWidget, session: Session, desk: Desk, asset: Asset) -> None:
    """A table, the latest first."""
    dialog: Dialog[bool] = Dialog(parent, desk.theme, tr("History"))
    dialog.body.addWidget(label(asset.name, "heading2", wrap=True))
    changes = list(reversed(assets.history(session.notebook, asset.id)))
    table = QTableWidget(len(changes), 4)
    table.setAccessibleName(tr("History of {name}", name=asset.name))
    table.setHorizontalHeaderLabels([tr("When"), tr("Who"), tr("Why"), tr("What changed")])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    for row, change in enumerate(changes):
        when = day_and_time(change.when, tr)
        for column, text in enumerate((when, change.who, change.why, said(change))):
            table.setItem(row, column, QTableWidgetItem(text))
    header = table.horizontalHeader()
    for column in (0, 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    table.setColumnWidth(2, desk.theme.scaled(190))
    header.setStretchLastSection(True)
    dialog.body.addWidget(table, 1)
    dialog.fit(880, 480)
    table.resizeRowsToContents()
    if changes:
        table.setCurrentCell(0, 0)
    table.setFocus()
    ask(parent, dialog)


def said(change: Change) -> str:
    """One change in words: "Cost: from nothing to free"."""
    field = tr(FIELDS.get(change.field, change.field))
    if change.field in ("added", "removed", "brought back"):
        return field
    if change.erased:
        return tr("{field}: the values were erased", field=field)
    if change.field == "area":  # corners by the dozen say nothing to anybody
        return tr("{field}: drawn anew", field=field) if change.new else tr("Area: taken away")
    if not change.old:
        return tr("{field}: {new}", field=field, new=_short(change.new))
    if not change.new:
        return tr("{field}: taken away ({old})", field=field, old=_short(change.old))
    return tr("{field}: from {old} to {new}", field=field, old=_short(change.old),
              new=_short(change.new))  # fmt: skip


def _short(text: str) -> str:
    """Long texts are cut; the form shows all of them."""
    return text if len(text) <= _LONG else text[:_LONG].rstrip() + "…"
