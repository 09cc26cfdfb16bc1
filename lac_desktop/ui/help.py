# SPDX-License-Identifier: AGPL-3.0-or-later
"""Help that is read: the keys of a screen, who can see what, and about the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from lac_desktop import __version__
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook


def show_keys(parent: QWidget, desk: Desk, keys: Sequence[tuple[str, str]], screen: str) -> None:
    """A table of keys and what they do."""
    dialog: Dialog[bool] = Dialog(parent, desk.theme, tr("Keys on this screen"))
    if screen:
        dialog.body.addWidget(label(tr(screen), "heading2"))
    table = QTableWidget(len(keys), 2)
    table.setAccessibleName(tr("Keys"))
    table.setHorizontalHeaderLabels([tr("Key"), tr("What it does")])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    for row, (key, says) in enumerate(keys):
        table.setItem(row, 0, QTableWidgetItem(key))
        table.setItem(row, 1, QTableWidgetItem(says))
    table.setCurrentCell(0, 0)
    dialog.body.addWidget(table, 1)
    dialog.fit(560, 480)
    table.setFocus()
    ask(parent, dialog)


def _sentences(parent: QWidget, desk: Desk, title: str, sentences: Sequence[str]) -> None:
    """A dialog that is only read."""
    dialog: Dialog[bool] = Dialog(parent, desk.theme, title)
    for sentence in sentences:
        dialog.body.addWidget(label(sentence, wrap=True))
    dialog.body.addStretch(1)
    dialog.setAccessibleDescription(" ".join(sentences))
    dialog.fit(520)
    dialog.cancel.setFocus()
    ask(parent, dialog)


def show_privacy(parent: QWidget, desk: Desk, notebook: Notebook) -> None:
    """Who can see this notebook."""
    if notebook.is_demo:
        first = tr("This is the demo neighbourhood. Everybody and everything in it is invented.")
    else:
        first = tr("Only somebody who sits at this laptop and knows the passphrase can see this.")
    _sentences(
        parent,
        desk,
        tr("Private: only on this laptop"),
        (
            first,
            tr(
                "The notebook is encrypted on the disk. The program opens no connection "
                "to anywhere."
            ),
            tr(
                "Places marked public may be exported. Places marked team or only me never leave, "
                "and a confidential address leaves no coordinate behind."
            ),
            tr("Before anything is exported you see what leaves and what is held back, and why."),
        ),
    )


def show_about(parent: QWidget, desk: Desk, attribution: str) -> None:
    """Version, licence and attribution of the map data in use."""
    credit = tr("Map data: {credit}", credit=attribution) if attribution else ""
    sentences = (
        tr("LAC Desktop {version}", version=__version__),
        tr("Free software under the GNU Affero General Public License, version 3 or later."),
        credit,
    )
    _sentences(parent, desk, tr("About LAC Desktop"), [s for s in sentences if s])
