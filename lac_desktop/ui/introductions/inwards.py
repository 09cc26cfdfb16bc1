# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody introduced a person to us: who, whether the person agreed, and what they hope for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.introduction import Introduction
from lac_desktop.errors import LacError
from lac_desktop.services import introductions, people
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, long_field, text_field
from lac_desktop.ui.introductions.fields import AgreedField
from lac_desktop.ui.strengths.day_field import DayField
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class InwardsDialog(Dialog[Introduction]):
    """Who introduced them, when, agreed or not; nothing goes back without a yes."""

    def __init__(self, parent: QWidget | None, session: Session, made: Introduction) -> None:
        theme, notebook = session.desk.theme, session.notebook
        name = people.names(notebook, [made.person]).get(made.person, introductions.NOBODY)
        title = tr("Who introduced {name} to us?", name=name)
        super().__init__(parent, theme, title, tr("Save introduction"))
        self._made = made
        self.form = Form(theme, above=True)
        self.who = text_field(made.introduced_by, tr("A name, or a surgery, a neighbour, housing"))
        self.on = DayField(made.on, notebook.clock().date())
        self.agreed = AgreedField(name, made.agreed)
        self.hope = long_field(made.felt, theme, 2)
        self.told = long_field(made.told, theme, 2)
        self.form.add("introduced_by", tr("Introduced by"), self.who)
        self.form.add("on", tr("When"), self.on)
        self.form.add("agreed", tr("Agreed to be introduced?"), self.agreed)
        self.form.add("felt", tr("What {name} hopes for, in their words", name=name), self.hope)
        self.form.add(
            "told", tr("What may be told back to whoever introduced them"), self.told,
            tr("Only what {name} agreed to, word for word. The program sends nothing.", name=name),
        )  # fmt: skip
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(540, 460)
        self.who.setFocus()

    def answer(self) -> Introduction | None:
        """The introduction as it stands in the form."""
        wrong = {"on": self.on.problem()}
        if not self.who.text().strip():
            wrong["introduced_by"] = tr("Say who. “Herself” or “met in the street” will do.")
        day = self.on.day()
        if not self.form.show_problems({k: text for k, text in wrong.items() if text}) or not day:
            return None
        return replace(
            self._made,
            introduced_by=self.who.text().strip(),
            on=day,
            agreed=self.agreed.value(),
            felt=self.hope.toPlainText().strip(),
            told=self.told.toPlainText().strip(),
        )


def ask_inwards(parent: QWidget, session: Session, desk: Desk, person_id: str) -> None:
    """Ask who introduced somebody to us, and keep it."""
    made = introductions.new(session.notebook, person_id, inwards=True)
    change_inwards(parent, session, desk, made)


def change_inwards(parent: QWidget, session: Session, desk: Desk, made: Introduction) -> None:
    """Ask about an introduction to us that is begun or kept already, and keep it."""
    answer = ask(parent, InwardsDialog(parent, session, made))
    if answer is None:
        return
    try:
        introductions.save(session.notebook, answer)
    except LacError as problem:
        desk.messages.problem(problem)
        return
    session.told_of_people()
    desk.messages.done(tr("Introduction kept."), tr("Undo"), session.undo_people)
