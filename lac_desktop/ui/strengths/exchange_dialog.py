# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking about something given or received: what, with whom, when and how it felt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from lac_desktop.domain.strengths import Exchange
from lac_desktop.ui.dialogs import Dialog, extra_button
from lac_desktop.ui.forms import Form, long_field, text_field
from lac_desktop.ui.strengths.day_field import DayField
from lac_desktop.ui.strengths.who_field import WhoField
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class WayField(QWidget):
    """Which way it went."""

    def __init__(self, name: str, gave: bool) -> None:
        super().__init__()
        self.gave = QRadioButton(tr("{name} gave it", name=name))
        self.received = QRadioButton(tr("{name} received it", name=name))
        self._group = QButtonGroup(self)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for made in (self.gave, self.received):
            self._group.addButton(made)
            inside.addWidget(made)
        self.first = self.gave if gave else self.received
        self.first.setChecked(True)


class ExchangeDialog(Dialog[Exchange]):
    """One exchange as the person sees it, whoever wrote it down first."""

    def __init__(
        self, parent: QWidget, session: Session, person: str, name: str, exchange: Exchange,
        *, remove: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        theme, new = session.desk.theme, not exchange.what
        title = tr("Write down what was given") if new else tr("Change what was given")
        super().__init__(parent, theme, title, tr("Keep"))
        today = session.notebook.clock().date()
        mine = exchange.person == person
        self._exchange = replace(
            exchange,
            person=person,
            given=exchange.given if mine else not exchange.given,
            other=exchange.other if mine else exchange.person,
        )
        self.form = Form(theme, above=True)
        self.way = WayField(name, self._exchange.given)
        self.what = text_field(exchange.what, tr("Soup, an hour in the garden, a lift to town"))
        self.who = WhoField(session, person, self._exchange.other)
        self.on = DayField(exchange.on, today)
        self.felt = long_field(exchange.felt, theme, 2)
        self.form.add("way", tr("Which way did it go?"), self.way)
        self.form.add("what", tr("What was it?"), self.what)
        self.form.add("other", tr("With whom?"), self.who)
        self.form.add("on", tr("When?"), self.on)
        self.form.add("felt", tr("How did it feel?"), self.felt)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        if remove is not None:
            extra_button(self, tr("Take it out"), lambda: (self.reject(), remove()))
        self.fit(520, 520)
        self.what.setFocus()

    def answer(self) -> Exchange | None:
        """The exchange as it stands in the form."""
        other = self.who.value()
        wrong = {
            "what": "" if self.what.text().strip() else tr("Say what was given."),
            "other": "" if other else tr("Say who the other one was. “A neighbour” will do."),
            "on": self.on.problem(),
        }
        if other == self._exchange.person:
            wrong["other"] = tr("Say who the other one was.")
        day = self.on.day()
        sound = self.form.show_problems({key: text for key, text in wrong.items() if text})
        if not sound or day is None:
            return None
        return replace(
            self._exchange,
            given=self.way.gave.isChecked(),
            what=self.what.text().strip(),
            other=other,
            on=day,
            felt=self.felt.toPlainText().strip(),
        )
