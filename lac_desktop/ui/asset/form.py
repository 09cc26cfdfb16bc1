# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form that adds or changes a place: all its fields, in five tabs.

What was typed and not saved is never lost: it is kept inside the notebook, encrypted, when the
window locks or ends, and closing by hand asks first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from lac_desktop.domain.asset import Asset
from lac_desktop.services import assets, drafts, upkeep
from lac_desktop.ui.asset.same import SamePlace
from lac_desktop.ui.asset.tabs import AboutTab, Tab, make_tabs
from lac_desktop.ui.asset.where_tab import WhereTab
from lac_desktop.ui.dialogs import Dialog, ask, confirm
from lac_desktop.ui.forms import focus_of
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import label, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

_DRAFT_MS = 4000


class AssetForm(Dialog[Asset]):
    """One place; ``value`` is the asset to save."""

    def __init__(self, parent: QWidget, session: Session, asset: Asset, *, new: bool) -> None:
        title = tr("Add a place") if new else tr("Edit a place")
        super().__init__(parent, session.desk.theme, title, tr("Save"))
        self._session, self._asset, self._new = session, asset, new
        kept = drafts.get(session.notebook, self._key())
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Parts of the form"))
        self.parts: list[Tab] = make_tabs(session, kept or asset, self)
        for part in self.parts:
            self.tabs.addTab(scrolling(part, part.title), part.title)
        self.said: QLabel = label("", "", "note", wrap=True)
        self.said.setVisible(False)
        self.body.setContentsMargins(12, 8, 12, 4)
        self.body.addWidget(self.said)
        self.body.addWidget(self.tabs, 1)
        if new:
            self._watch_for_the_same(kept or asset)
        if kept is not None:
            self._tell(tr("We kept what you typed last time and did not save. Carry on, or choose "
                          "Cancel to drop it."))  # fmt: skip
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.finish)
        self._timer = QTimer(self)
        self._timer.setInterval(_DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        self._timer.start()
        self._last = self.current()
        self.fit(720, 620)
        focus_of(self.parts[0]).setFocus()

    def _watch_for_the_same(self, asset: Asset) -> None:
        """Ask under the name whether the place is here already."""
        about = next(part for part in self.parts if isinstance(part, AboutTab))
        where = next(part for part in self.parts if isinstance(part, WhereTab))
        SamePlace(self._session, about, where, asset)

    def current(self) -> Asset:
        """The asset as the form stands."""
        asset = self._asset
        for part in self.parts:
            asset = part.read(asset)
        return asset

    def answer(self) -> Asset | None:
        """The asset, or None with the first wrong field in view."""
        asset = self.current()
        problems: dict[str, str] = {}
        for part in self.parts:
            problems |= part.unread()
        unread = set(problems)
        found = upkeep.problems_of(self._session.notebook, asset)
        for one in found:
            problems.setdefault(one.field, tr(one.message))
        must = unread | {one.field for one in found if one.must}
        blocking = {k: v for k, v in problems.items() if k in must or self._typed_now(k)}
        if not blocking:
            return asset
        self._show(blocking)
        return None

    def reject(self) -> None:
        """Ask before what was typed is dropped."""
        if self.current() != self._asset and not confirm(
            self,
            self.theme,
            tr("Drop what you typed?"),
            tr("What you changed in this form is not saved."),
            tr("Drop it"),
        ):
            return
        self.drop_draft()
        super().reject()

    def accept(self) -> None:
        """Saved: no draft is needed any more."""
        self._timer.stop()
        super().accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross asks as Cancel does."""
        event.ignore()
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field does not save a long form; Ctrl+S and the button do."""
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def keep_draft(self) -> None:
        """Keep what was typed inside the notebook, if it changed."""
        now = self.current()
        if now != self._last and now != self._asset:
            drafts.keep(self._session.notebook, self._key(), now)
        self._last = now

    def drop_draft(self) -> None:
        """Forget what was kept."""
        self._timer.stop()
        drafts.drop(self._session.notebook, self._key())

    def close_unsaved(self) -> None:
        """Keep the draft and close without asking: the notebook is being locked."""
        self._last = self._asset
        self.keep_draft()
        self._timer.stop()
        super().reject()

    def _key(self) -> str:
        """The name of the draft: there is one for adding and one for each place."""
        return "new" if self._new else self._asset.id

    def _typed_now(self, field: str) -> bool:
        """Whether a field that may be wrong was changed here; old faults do not block."""
        return not hasattr(self._asset, field) or (
            getattr(self.current(), field) != getattr(self._asset, field)
        )

    def _show(self, problems: dict[str, str]) -> None:
        """Bring the first wrong field into view and say how many there are."""
        first: Tab | None = None
        for part in self.parts:
            mine = {k: v for k, v in problems.items() if k in part.form.fields}
            if mine and first is None:
                first = part
                self.tabs.setCurrentIndex(self.parts.index(part))
            part.form.show_problems(mine)
        if first is not None:
            first.form.show_problems({k: v for k, v in problems.items() if k in first.form.fields})
        words = count("{n} thing to put right", "{n} things to put right", len(problems))
        loose = [v for k, v in problems.items() if not any(k in p.form.fields for p in self.parts)]
        self._tell(" ".join([words + ".", *loose]))

    def _tell(self, sentence: str) -> None:
        """Say something above the form."""
        self.said.setText(sentence)
        self.said.setVisible(True)
        announce(self, sentence, now=True)


def ask_to_edit(parent: QWidget, session: Session, asset: Asset, *, new: bool = False) -> None:
    """Show the form and save what comes of it, as one step that can be undone."""
    form = AssetForm(parent, session, asset, new=new)
    chosen = ask(parent, form)
    if chosen is None:
        return
    key, notebook = "new" if new else asset.id, session.notebook
    why = tr("Add {name}", name=chosen.name) if new else tr("Edit {name}", name=chosen.name)

    def work(_progress: object) -> Asset:
        drafts.keep(notebook, key, chosen)  # until it is saved, it is kept as a draft
        saved = assets.save(notebook, chosen, why)
        drafts.drop(notebook, key)
        return saved

    session.act(work, tr("Saved {name}", name=chosen.name), after=lambda a: session.open(a.id))


def keep_open_drafts(window: QWidget) -> None:
    """Before locking: keep what stands in an open form, and close every dialog."""
    if isinstance(window, AssetForm):
        window.close_unsaved()
    elif isinstance(window, Dialog) and window.isVisible():
        window.done(0)
