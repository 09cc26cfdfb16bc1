# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters kept under a name inside the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from lac_desktop.services import filters
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class NameDialog(Dialog[str]):
    """A name for a filter."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Save this filter"), tr("Save filter"))
        self.form = Form(desk.theme, above=True)
        self.edit = text_field()
        self.form.add("name", tr("Name"), self.edit, tr("A filter of the same name is replaced."))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(380)
        self.edit.setFocus()

    def answer(self) -> str | None:
        """The name, or None with a sentence."""
        name = self.edit.text().strip()
        return (
            name
            if self.form.show_problems({} if name else {"name": tr("Give it a name.")})
            else None
        )


def add_saved(menu: QMenu, parent: QWidget, session: Session, desk: Desk) -> None:
    """Add the saved filters to a menu: use, save and forget."""
    kept = filters.saved(session.notebook)
    inner = menu.addMenu(tr("Saved filters"))
    for name, query in kept.items():
        inner.addAction(name, lambda q=query: session.set_query(q))
    if kept:
        inner.addSeparator()
        forget = inner.addMenu(tr("Forget"))
        for name in kept:
            forget.addAction(name, lambda n=name: filters.forget(session.notebook, n))
    inner.addAction(tr("Save this filter…"), lambda: _save(parent, session, desk))


def _save(parent: QWidget, session: Session, desk: Desk) -> None:
    """Ask for a name and keep the filter."""
    name = ask(parent, NameDialog(parent, desk))
    if name:
        filters.keep(session.notebook, name, session.query)
        desk.messages.done(tr("The filter “{name}” is saved under More.", name=name))
