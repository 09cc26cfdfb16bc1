# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was imported before, each as one step that can be taken back for thirty days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QWidget

from lac_desktop.domain.wording import day_and_time
from lac_desktop.services import assets
from lac_desktop.services.assets import UNDO_DAYS, Imported
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class ImportsDialog(Dialog[Imported]):
    """The imports, the latest first; the value is the one to be taken back."""

    def __init__(self, parent: QWidget, desk: Desk, imports: list[Imported]) -> None:
        super().__init__(parent, desk.theme, tr("Imports"), tr("Undo this import"))
        self.cancel.setText(tr("Close"))
        self._imports = imports
        words = tr(
            "An import can be taken back for {n} days. What you changed by hand since then stays.",
            n=UNDO_DAYS,
        )
        self.body.addWidget(label(words if imports else tr("Nothing was imported yet."), wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Imports"))
        self.list.setWordWrap(True)
        for one in imports:
            self.list.addItem(said(one))
        self.list.setVisible(bool(imports))
        self.body.addWidget(self.list, 1)
        self.list.currentRowChanged.connect(self._chosen)
        self.fit(620, 420)
        self.list.setCurrentRow(0)
        self._chosen(self.list.currentRow())
        (self.list if imports else self.cancel).setFocus()

    def answer(self) -> Imported | None:
        """The import that is chosen, if it can be taken back."""
        at = self.list.currentRow()
        chosen = self._imports[at] if 0 <= at < len(self._imports) else None
        return chosen if chosen is not None and chosen.can_undo else None

    def _chosen(self, at: int) -> None:
        self.accept_button.setEnabled(0 <= at < len(self._imports) and self._imports[at].can_undo)


def said(one: Imported) -> str:
    """ "groups.csv, 5 March 2026, 2:30pm, Ruth: 12 places"."""
    step = one.step
    when = day_and_time(step.when, tr)
    places = count("{n} place", "{n} places", one.places)
    words = tr("{what}, {when}: {places}", what=tr(step.why), when=when, places=places)
    if step.who:
        words = tr("{what}, {when}, by {who}: {places}", what=tr(step.why), when=when,
                   who=step.who, places=places)  # fmt: skip
    if step.state != "done":
        return tr("{import_}. Taken back.", import_=words)
    if not one.can_undo:
        return tr("{import_}. Too long ago to take back.", import_=words)
    return words


def show_imports(parent: QWidget, session: Session, desk: Desk) -> None:
    """Show the imports and take one back, if that is asked for."""
    notebook = session.notebook
    chosen = ask(parent, ImportsDialog(parent, desk, assets.imports(notebook)))
    if chosen is None:
        return
    number = chosen.step.number
    session.act(
        lambda progress: assets.undo_step(notebook, number, progress),
        lambda what: tr("Undone: {what}", what=tr(what)),
        undo=False,
    )
