# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changing the same thing on many places at once; one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QWidget

from lac_desktop.domain.asset import ACCESS_FACTS, Known, Visibility
from lac_desktop.services import assets
from lac_desktop.ui.asset.dates import read_day
from lac_desktop.ui.asset.facts import ACCESS, KNOWN
from lac_desktop.ui.asset.tabs import chosen_kind, kind_choice, words
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_AS_IS = "\0"


class BulkDialog(Dialog[dict[str, Any]]):
    """What is left as it is stays different from place to place."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk, n: int) -> None:
        title = count("Change {n} place", "Change {n} places", n)
        super().__init__(parent, desk.theme, title, title)
        self._session = session
        self.form = Form(desk.theme)
        as_is = (_AS_IS, tr("Leave as it is"))
        self.kind = kind_choice(session, "")
        self.kind.setItemText(0, tr("Leave as it is"))
        self.kind.setCurrentIndex(0)
        self.visibility = choice(
            [as_is, ("public", tr("Public")), ("team", tr("Team")), ("only me", tr("Only me"))],
            _AS_IS,
        )
        self.known = choice([as_is, *((v, tr(w)) for v, w in KNOWN.items())], _AS_IS)
        self.cost = choice(
            [as_is, ("free", tr("Free")), ("paid", tr("Costs something")), ("", tr("Not known"))],
            _AS_IS,
        )
        self.checked = text_field("", tr("today"))
        self.languages = text_field()
        self.licence = text_field()
        for key, said, widget in (
            ("kind", tr("Kind"), self.kind),
            ("visibility", tr("Visible to"), self.visibility),
            ("known", tr("We know it"), self.known),
            ("cost", tr("Cost"), self.cost),
        ):
            self.form.add(key, said, widget)
        self.access: dict[str, QComboBox] = {}
        self._rest()
        self.body.addWidget(label(tr("One Undo takes all of it back."), "caption"))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(500, 520)
        self.kind.setFocus()

    def _rest(self) -> None:
        """Access facts, and what is typed."""
        as_is = (_AS_IS, tr("Leave as it is"))
        for fact in ACCESS_FACTS:
            states = [as_is, ("yes", tr("Yes")), ("limited", tr("Limited")), ("no", tr("No"))]
            self.access[fact] = choice([*states, ("", tr("Not known"))], _AS_IS)
            self.form.add(fact, tr(ACCESS[fact]), self.access[fact])
        empty = tr("Empty leaves it as it is.")
        self.form.add("checked_on", tr("Last checked on"), self.checked, empty)
        self.form.add("languages", tr("Languages"), self.languages, empty)
        self.form.add("licence", tr("Licence"), self.licence, empty)

    def answer(self) -> dict[str, Any] | None:
        """The changes by name of the field, or None with what is wrong."""
        changes: dict[str, Any] = {}
        if chosen_kind(self.kind):
            changes["kind"] = chosen_kind(self.kind)
        for name, box, make in (
            ("visibility", self.visibility, Visibility),
            ("known", self.known, Known),
            ("cost", self.cost, str),
        ):
            if box.currentData() != _AS_IS:
                changes[name] = make(box.currentData())
        access = {
            f: str(b.currentData()) for f, b in self.access.items() if b.currentData() != _AS_IS
        }
        if access:
            changes["access"] = access
        if words(self.languages):
            spoken = (one.strip() for one in words(self.languages).split(","))
            changes["languages"] = tuple(one for one in spoken if one)
        if words(self.licence):
            changes["licence"] = words(self.licence)
        if words(self.checked):
            day = read_day(words(self.checked), self._session.notebook.clock().date())
            bad = {"checked_on": tr("This date is not in the calendar. Type it like 5 March 2026.")}
            if not self.form.show_problems({} if day else bad):
                return None
            changes["checked_on"] = day
        if not changes:
            self.form.show_problems(
                {"kind": tr("Nothing is changed yet. Choose at least one thing.")}
            )
            return None
        return changes


def ask_to_change(parent: QWidget, session: Session, desk: Desk, ids: list[str]) -> None:
    """Ask what to change on these places, and do it with progress and Undo."""
    changes = ask(parent, BulkDialog(parent, session, desk, len(ids)))
    if changes is None:
        return
    notebook = session.notebook
    session.act(
        lambda progress: assets.bulk_edit(notebook, ids, changes, progress),
        lambda n: (
            count("Changed 1 place", "Changed {n} places", n)
            if n
            else tr("All of them are so already. Nothing was changed.")
        ),
    )
