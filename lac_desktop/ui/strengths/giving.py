# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving and receiving: what is worth a word, two bars a quarter with their table, and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.domain.reciprocity import Nudge
from lac_desktop.domain.strengths import Exchange
from lac_desktop.services import access, reciprocity, strengths
from lac_desktop.services.reciprocity import GivingAndReceiving
from lac_desktop.ui.dialogs import ask
from lac_desktop.ui.strengths import words
from lac_desktop.ui.strengths.charts import Pair, PairBars
from lac_desktop.ui.strengths.exchange_dialog import ExchangeDialog
from lac_desktop.ui.strengths.numbers import NumbersTable
from lac_desktop.ui.strengths.register import Deeds, Register
from lac_desktop.ui.widgets import button, clear, column, label, panel, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class GivingView(QWidget):
    """No score and no judgement: counts, and questions that can be put off."""

    def __init__(self, session: Session, desk: Desk, person: str) -> None:
        super().__init__()
        self._session, self._desk, self._person = session, desk, person
        self._name = ""
        self.giving: GivingAndReceiving | None = None
        self.title = label("", "", wrap=True)
        self.with_whom = label("", "caption", wrap=True)
        self.bars = PairBars(desk.theme, tr("Gave"), tr("Received"))
        self.table = NumbersTable(desk, tr("Gave and received, by quarter"))
        self.table.copied.connect(
            lambda: access.note(session.notebook, "copied", person, "giving and receiving")
        )
        self.copy = button(tr("Copy numbers"), self.table.copy, "small")
        self.numbers = QWidget()
        self.numbers.setLayout(column(self.bars, self.table, row(self.copy, None), gap=6))
        self.register = Register(
            desk, tr("Given and received"), tr("Write one down"),
            Deeds(self.add, self.change, self.remove),
            empty=tr("Soup carried round, an hour’s listening, a lift: it all counts, both ways."),
        )  # fmt: skip
        self.register.heading.setProperty("step", "heading2")
        self._nudges = self.register.notes
        self.setLayout(column(self.register, self.title, self.with_whom,
                              self.numbers, gap=8))  # fmt: skip

    def show_person(self, name: str) -> None:
        """Read and show what there is now."""
        self._name = name
        self.giving = giving = reciprocity.of_person(self._session.notebook, self._person)
        self.register.show_lines(
            [words.side_line(side, name, giving.name(side.other)) for side in giving.sides]
        )
        self.title.setText(words.giving_title(giving, name) if giving.sides else "")
        self.title.setVisible(bool(giving.sides))
        self.with_whom.setText(words.partners_sentence(giving))
        self.with_whom.setVisible(bool(giving.sides))
        self.numbers.setVisible(bool(giving.sides))
        self._show_numbers(giving)
        self._show_nudges(giving)

    def add(self) -> None:
        """Write down something given or received; the way that came less often is offered first."""
        giving = self.giving
        given = giving is None or giving.gave <= giving.received
        new = reciprocity.new_exchange(self._session.notebook, self._person, given)
        self._ask(new, new=True)

    def change(self, key: str) -> None:
        """Change one of the rows."""
        if (exchange := self._exchange(key)) is not None:
            self._ask(exchange, new=False)

    def remove(self, key: str) -> None:
        """Take one of the rows out; Undo brings it back."""
        exchange = self._exchange(key)
        if exchange is not None:
            notebook = self._session.notebook

            def work(_progress: Progress) -> bool:
                return strengths.remove(notebook, exchange)

            self._session.act_people(work, tr("Taken out."))

    def not_now(self, nudge: Nudge) -> None:
        """Put a nudge off; the focus goes on to the heading's button."""
        notebook, person = self._session.notebook, self._person
        self._session.act_people(
            lambda _progress: reciprocity.not_now(notebook, person, nudge),
            tr("Not now. It may come up again in 90 days."),
        )
        self.register.add.setFocus()

    def _exchange(self, key: str) -> Exchange | None:
        sides = self.giving.sides if self.giving else ()
        return next((side.exchange for side in sides if side.exchange.id == key), None)

    def _ask(self, exchange: Exchange, *, new: bool) -> None:
        """Ask about an exchange and keep it."""
        remove = None if new else lambda: self.remove(exchange.id)
        dialog = ExchangeDialog(
            self, self._session, self._person, self._name, exchange, remove=remove
        )
        made = ask(self, dialog)
        if made is not None:
            notebook = self._session.notebook
            self._session.act_people(lambda _p: strengths.save(notebook, made), tr("Written down."))

    def _show_numbers(self, giving: GivingAndReceiving) -> None:
        """Bars, and the same as a table."""
        rows = [(words.period_words(p), p.gave, p.received) for p in giving.periods]
        self.bars.show_pairs(self.title.text(), [Pair(*one) for one in rows])
        self.table.show_numbers(
            [tr("Quarter"), tr("Gave"), tr("Received")], [(w, str(g), str(r)) for w, g, r in rows]
        )

    def _show_nudges(self, giving: GivingAndReceiving) -> None:
        """Each as a sentence with "Not now"."""
        clear(self._nudges)
        for nudge in giving.nudges:
            sentence = words.nudge_sentence(nudge, self._name, giving.name(nudge.other))
            said = label(sentence, wrap=True)
            later = button(tr("Not now"), lambda n=nudge: self.not_now(n), "small")
            later.setAccessibleDescription(sentence)
            inside = column(said, row(later, None), gap=6)
            self._nudges.addWidget(panel(inside, "nudge", (12, 8, 12, 8)))
