# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab "What's strong": gifts, interests, wishes, giving and receiving, and what was tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from lac_desktop.domain import ids
from lac_desktop.domain.progress import Progress
from lac_desktop.domain.strengths import Gift, GiftOf, Wish
from lac_desktop.errors import LacError
from lac_desktop.services import gift_prompts, interests, people, strengths, tried
from lac_desktop.services.tried import Tried
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.strengths import words
from lac_desktop.ui.strengths.gift_dialogs import GiftDialog, WishDialog
from lac_desktop.ui.strengths.giving import GivingView
from lac_desktop.ui.strengths.interest_field import InterestsField
from lac_desktop.ui.strengths.register import Deeds, Register
from lac_desktop.ui.strengths.tried_dialog import TriedDialog
from lac_desktop.ui.widgets import button, label, line, panel, scrolling
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_TWO_COLUMNS = 860


class StrongTab(QWidget):
    """Two columns that become one where there is no room; everything in them can be undone."""

    def __init__(self, session: Session, desk: Desk, person: str) -> None:
        super().__init__()
        self._session, self._desk, self._person = session, desk, person
        self._name, self._stale = "", True
        self._gifts: dict[str, Gift] = {}
        self._wishes: dict[str, Wish] = {}
        self._tried: dict[str, Tried] = {}
        self.registers: dict[GiftOf, Register] = {}
        self.private = label("", "caption", wrap=True)
        self._make_registers()
        self.interests = InterestsField(desk)
        self.interests.setAccessibleName(tr("Interests"))
        self.interests.changed.connect(self._keep_interests)
        self.giving = GivingView(session, desk, person)
        self._lay_out()
        session.people_changed.connect(self._changed)

    def arrived(self) -> None:
        """Look again, if something changed since."""
        if self._stale:
            self.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight, show what is there now."""
        super().showEvent(event)
        self.arrived()

    def look(self) -> None:
        """Read everything and show it."""
        notebook = self._session.notebook
        person = people.get(notebook, self._person)
        if person is None:
            return
        self._stale, self._name = False, person.name
        self.private.setText(tr(
            "Each gift is private until {name} says otherwise: nobody is ever proposed anything "
            "because of a private one.", name=person.name,
        ))  # fmt: skip
        self._gifts = {g.id: g for g in strengths.gifts(notebook, self._person)}
        for part, register in self.registers.items():
            found = [g for g in self._gifts.values() if g.of is part]
            register.show_lines([words.gift_line(g, self._named) for g in found])
        self._wishes = {w.id: w for w in strengths.wishes(notebook, self._person)}
        open_first = sorted(self._wishes.values(), key=lambda w: w.came_true_on is not None)
        self.wishes.show_lines([words.wish_line(w, self._named) for w in open_first])
        self._tried = {t.id: t for t in tried.all_tried(notebook, self._person)}
        self.tries.show_lines([words.tried_line(t) for t in self._tried.values()])
        self.interests.set_values(person.interests)
        self.giving.show_person(person.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        two = self.width() >= self._desk.theme.scaled(_TWO_COLUMNS)
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.LeftToRight if two else ways.TopToBottom)

    def add_gift(self, part: GiftOf) -> None:
        """Ask about a gift with the question that shows."""
        today = self._session.notebook.clock().date()
        gift = Gift(ids.new_id(), self._person, "", part, noticed_on=today)
        asked = self.registers[part].ask()
        self._ask(GiftDialog(self, self._session, gift, asked=asked))

    def change_gift(self, key: str) -> None:
        """Change a gift."""
        gift = self._gifts[key]
        self._ask(GiftDialog(self, self._session, gift, remove=lambda: self._remove(gift)))

    def add_wish(self) -> None:
        """Ask what they would love."""
        today = self._session.notebook.clock().date()
        self._ask(WishDialog(self, self._session, Wish(ids.new_id(), self._person, "",
                                                       said_on=today)))  # fmt: skip

    def change_wish(self, key: str) -> None:
        """Change a wish."""
        wish = self._wishes[key]
        self._ask(WishDialog(self, self._session, wish, remove=lambda: self._remove(wish)))

    def came_true(self, key: str) -> None:
        """Note that a wish came true today, or take that back."""
        wish = self._wishes.get(key)
        if wish is not None:
            day = None if wish.came_true_on else self._session.notebook.clock().date()
            said = tr("A wish came true.") if day else tr("Still a wish.")
            self._keep(replace(wish, came_true_on=day), said)

    def add_tried(self) -> None:
        """Ask what was tried."""
        self._ask_tried(tried.blank(self._session.notebook, self._person), None)

    def change_tried(self, key: str) -> None:
        """Change what was tried."""
        one = self._tried[key]
        self._ask_tried(one, lambda: self._remove_tried(key))

    def _named(self, value: str) -> str:
        """Words of an interest in the window's language."""
        return interests.load().words_of(value, self._desk.preferences.language)

    def _make_registers(self) -> None:
        """The four parts of the gifts, the wishes and what was tried."""
        for part, prompts in gift_prompts.load().items():
            deeds = Deeds(
                lambda p=part: self.add_gift(p),
                self.change_gift,
                lambda key: self._remove(self._gifts[key]),
            )
            self.registers[part] = Register(
                self._desk, tr(prompts.title), tr("Add"), deeds,
                icon=prompts.icon, questions=prompts.questions,
            )  # fmt: skip
            self.registers[part].add.setAccessibleName(tr(prompts.add))
            self.registers[part].add.setToolTip(tr(prompts.add))
        self.wishes = Register(
            self._desk, tr("What they would love"), tr("Add a wish"),
            Deeds(self.add_wish, self.change_wish, lambda key: self._remove(self._wishes[key])),
            empty=tr("What would a good week have in it that this one had not?"),
        )  # fmt: skip
        true = button(tr("Came true"), lambda: self.came_true(self.wishes.rows.key()), "small")
        self.wishes.beside.addWidget(true)
        self.wishes.rows.menu.insert(0, (tr("Came true"), self.came_true))
        self.wishes.rows.keys[Qt.Key.Key_T] = self.came_true
        self.tries = Register(
            self._desk, tr("What we tried"), tr("Write it down"),
            Deeds(self.add_tried, self.change_tried, self._remove_tried),
            empty=tr("What we tried, what happened and what next. All of it teaches us something."),
        )  # fmt: skip
        for register in (self.wishes, self.tries):
            register.heading.setProperty("step", "heading2")

    def _lay_out(self) -> None:
        """Gifts at the left, the rest at the right, on one page that scrolls."""
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(18)
        right.setSpacing(18)
        heading = label(tr("Gifts"), "heading2")
        top = QVBoxLayout()
        top.setSpacing(4)
        top.addWidget(heading)
        top.addWidget(self.private)
        left.addLayout(top)
        for register in self.registers.values():
            left.addWidget(register)
        left.addWidget(self.tries)
        left.addStretch(1)
        chosen = QVBoxLayout()
        chosen.setSpacing(4)
        for widget in (label(tr("Interests"), "heading2"), line(), self.interests):
            chosen.addWidget(widget)
        right.addLayout(chosen)
        for widget in (self.wishes, self.giving):
            right.addWidget(widget)
        right.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(32)
        self._across.addLayout(left, 1)
        self._across.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = panel(self._across, "strong", (20, 14, 20, 20))
        self.page = scrolling(inside, tr("What’s strong"))
        outer.addWidget(self.page)

    def _changed(self) -> None:
        """Something about people was changed, here or elsewhere."""
        self._stale = True
        if self.isVisible():
            self.look()

    def _ask(self, dialog: Dialog[Any]) -> None:
        """Ask, and keep the answer."""
        made = ask(self, dialog)
        if made is not None:
            self._keep(made, tr("Kept."))

    def _keep(self, record: Any, said: str) -> None:
        notebook = self._session.notebook
        self._session.act_people(lambda _progress: strengths.save(notebook, record), said)

    def _remove(self, record: Gift | Wish) -> None:
        """Take out; Undo brings it back."""
        notebook = self._session.notebook

        def work(_progress: Progress) -> bool:
            return strengths.remove(notebook, record)

        self._session.act_people(work, tr("Taken out."))

    def _ask_tried(self, one: Tried, remove: Callable[[], object] | None) -> None:
        """Ask about something that was tried, and keep it."""
        made = ask(self, TriedDialog(self, self._session, one, remove=remove))
        if made is not None:
            notebook = self._session.notebook
            self._session.act_people(lambda _p: tried.save(notebook, made), tr("Written down."))

    def _remove_tried(self, key: str) -> None:
        one, notebook = self._tried[key], self._session.notebook
        self._session.act_people(lambda _p: tried.remove(notebook, one), tr("Taken out."))

    def _keep_interests(self) -> None:
        """Keep the interests that are chosen now with the person, at once: the next may follow."""
        notebook, chosen = self._session.notebook, tuple(self.interests.values)
        seen = people.get(notebook, self._person)
        if seen is None or seen.interests == chosen:
            return
        why = f"Change the interests of {{{self._person}}}"
        try:
            people.save(notebook, replace(seen, interests=chosen), seen, why)
        except LacError as problem:
            self._desk.messages.problem(problem)
            self.interests.set_values(seen.interests)
            return
        self._session.told_of_people()
        self._desk.messages.done(tr("Interests kept."), tr("Undo"), self._session.undo_people)
