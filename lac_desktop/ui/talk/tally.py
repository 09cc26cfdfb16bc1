# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Level 1 tally: where, what about, what was offered; the third choice saves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from lac_desktop.domain.wording import clock_time
from lac_desktop.services import notes, talk_lists
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.choice_row import ChoiceRow
from lac_desktop.ui.talk.choose_place import choose_place
from lac_desktop.ui.widgets import button, label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_OTHER = "\x00other"
_PLACES = 5
_RECENT = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """What was chosen."""

    place: str
    topics: tuple[str, ...]
    offered: tuple[str, ...]
    first_name: str


class TallyDialog(Dialog[Contact]):
    """Three rows of buttons; where is kept from last time."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Level 1 tally"))
        self._session, self._desk = session, desk
        lists = talk_lists.tally()
        for problem in lists.problems:
            desk.messages.warn(problem)
        self.where = ChoiceRow(desk, tr("1. Where did you meet?"), columns=3)
        self.about = ChoiceRow(desk, tr("2. What about?"), columns=3, many=True)
        self.offered = ChoiceRow(desk, tr("3. What did you offer?"), columns=4)
        recent = notes.tallies(session.notebook, limit=_RECENT)
        self._places = _places([one.name for one in lists.places], [one.place for one in recent])
        self._offer_places(recent[0].place if recent else "")
        self.about.offer([(one.id, tr(one.name)) for one in lists.topics])
        self.offered.offer([(one.id, tr(one.name)) for one in lists.offered])
        self.name = text_field("", tr("First name, if you like"))
        self.name.setAccessibleName(tr("First name, if you like"))
        self.name.hide()
        self._lay_out()
        self.where.pressed.connect(self._placed)
        self.about.pressed.connect(lambda _value: self._maybe())
        self.offered.pressed.connect(lambda _value: self._maybe(asked=True))
        self.fit(520)
        row = self.about if self.where.chosen() else self.where
        if row.first is not None:
            row.first.setFocus()

    def answer(self) -> Contact | None:
        """The contact, once all three rows are answered."""
        where, about, offered = (
            row.chosen() for row in (self.where, self.about, self.offered)
        )  # fmt: skip
        if not (where and about and offered):
            return None
        return Contact(where[0], about, offered, self.name.text().strip())

    def add_name(self) -> None:
        """Show the field for a first name."""
        self.name.show()
        self._add_name.hide()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _maybe(self, *, asked: bool = False) -> None:
        """Save on the third choice; say which one is missing where the last row was chosen."""
        if self.answer() is not None:
            self.finish()
            return
        if not asked:
            return
        missing = next(row for row in (self.where, self.about) if not row.chosen())
        said = tr("{question} Choose that too.", question=missing.accessibleName())
        self._said.setText(said)
        announce(self, said, now=True)
        if missing.first is not None:
            missing.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _placed(self, value: str) -> None:
        """A place was chosen; "Other…" asks for one."""
        if value == _OTHER:
            self.where.choose()
            chosen = choose_place(self, self._session)
            if chosen:
                self._places = [chosen, *(one for one in self._places if one != chosen)][:_PLACES]
                self._offer_places(chosen)
                if self.where.first is not None:
                    self.where.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._maybe()

    def _offer_places(self, chosen: str) -> None:
        """Buttons of the places, with names in the place of ids of assets."""
        named = [(one, notes.place_label(self._session.notebook, one)) for one in self._places]
        shown = [(one, tr(words)) for one, words in named]
        self.where.offer([*shown, (_OTHER, tr("Other…"))])
        self.where.choose(chosen)

    def _lay_out(self) -> None:
        """Rows under their questions; the day and two buttons at the foot."""
        for row in (self.where, self.about, self.offered):
            heading = label(row.accessibleName(), "heading3")
            if row.first is not None:
                heading.setBuddy(row.first)
            self.body.addWidget(heading)
            self.body.addWidget(row)
        self.body.addWidget(self.name)
        self._said: QLabel = label(
            tr("Where is kept from last time. Choosing what you offered saves it. No name needed."),
            "caption",
            wrap=True,
        )
        self.body.addWidget(self._said)
        now = self._session.notebook.clock()
        self.foot.insertWidget(0, label(tr("Today, {time}", time=clock_time(now, tr)), "caption"))
        self._add_name = button(tr("Add a first name"), self.add_name)
        self.foot.insertWidget(2, self._add_name)
        self.cancel.setText(tr("Cancel"))


def _places(shipped: list[str], recent: list[str]) -> list[str]:
    """The places to offer: the last one, the most used, then those of the list."""
    used = [one for one, _number in Counter(recent).most_common()]
    order = dict.fromkeys([*recent[:1], *used, *shipped])
    return list(order)[:_PLACES]


def ask_tally(parent: QWidget, session: Session, desk: Desk) -> None:
    """Count a short contact."""
    contact = ask(parent, TallyDialog(parent, session, desk))
    if contact is None:
        return
    notebook = session.notebook
    session.act_people(
        lambda _progress: notes.tally(
            notebook,
            contact.place,
            contact.topics,
            contact.offered,
            first_name=contact.first_name,
        ),
        tr("Saved."),
    )
