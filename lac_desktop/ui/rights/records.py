# SPDX-License-Identifier: AGPL-3.0-or-later
"""What left the notebook and who looked, over everybody."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.services import access, exporting, people, rights
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.rights.lists import Lines
from lac_desktop.ui.rights.tab import moment
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class RecordDialog(Dialog[bool]):
    """One table to read."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        title: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> None:
        super().__init__(parent, desk.theme, title)
        self.list = Lines(desk.theme, title, columns, lines=12)
        self.list.show_rows([(str(at), texts) for at, texts in enumerate(rows)])
        told = count("{n} line, the latest first", "{n} lines, the latest first", len(rows))
        self.body.addWidget(label(told, "", "muted"))
        self.body.addWidget(self.list, 1)
        self.fit(820, 480)
        self.list.setFocus()


def show_what_left(parent: QWidget, session: Session, desk: Desk) -> None:
    """Everything that was published or handed over, the latest first."""
    notebook = session.notebook
    left = rights.disclosures(notebook)
    names = people.names(notebook, [one.person for one in left])
    rows = [
        (one.at, one.by, names.get(one.person, ""), one.what, one.recipient, one.reason)
        for one in left
    ]
    rows += [
        (
            datetime.fromisoformat(one.when),
            one.who,
            "",
            count("{n} place as {format}", "{n} places as {format}", one.count, format=one.format),
            one.recipient,
            one.reason,
        )
        for one in exporting.exported(notebook)
    ]
    rows.sort(key=lambda line: line[0], reverse=True)
    columns = (tr("When"), tr("Who"), tr("About"), tr("What"), tr("To"), tr("Why"))
    told = [(moment(line[0]), *line[1:]) for line in rows]
    ask(parent, RecordDialog(parent, desk, tr("What left the notebook"), columns, told))


def show_who_looked(parent: QWidget, session: Session, desk: Desk) -> None:
    """Who opened or took out what, over everybody, the latest first."""
    notebook = session.notebook
    looks = access.looks(notebook, limit=2000)
    names = people.names(notebook, [one.person for one in looks])
    columns = (tr("When"), tr("Who"), tr("What"), tr("About"))
    rows = [
        (
            moment(one.when),
            one.who,
            tr(access.WHAT.get(one.what, one.what)),
            names.get(one.person, tr("somebody erased") if one.person else ""),
        )
        for one in looks
    ]
    ask(parent, RecordDialog(parent, desk, tr("Who looked"), columns, rows))
