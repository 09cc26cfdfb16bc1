# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab Sharing: what was agreed, each thing apart, and who looked at this page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lac_desktop.domain.days import ends_words, spoken_moment
from lac_desktop.domain.person import Agreement
from lac_desktop.domain.wording import long_date
from lac_desktop.services import access, people
from lac_desktop.ui.dialogs import confirm
from lac_desktop.ui.people.agree import HOW, ask_to_agree
from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.widgets import button, label, line, panel, row, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from datetime import date

    from lac_desktop.services.access import Look
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_LOOKS = 200
_KINDS = ("work together", "share")


class SharingTab(QWidget):
    """Two lists of agreements, and the access log."""

    def __init__(self, session: Session, desk: Desk, person_id: str) -> None:
        super().__init__()
        self._session, self._desk, self._id = session, desk, person_id
        self._agreements: dict[str, Agreement] = {}
        titles = {"work together": tr("Working together"), "share": tr("Sharing with others")}
        self.lists = {kind: self._list(titles[kind]) for kind in _KINDS}
        self.nothing = {
            "work together": label(tr("Nothing is recorded yet. Ask, and note how it was said."),
                                   "", "muted", wrap=True),
            "share": label(tr("Nothing is shared with anybody. Each thing is agreed by itself."),
                           "", "muted", wrap=True),
        }  # fmt: skip
        self.looks = LinesView(desk, tr("Who looked"), whole=True, lead=150)
        self._looks_from = 0
        inside = QVBoxLayout()
        inside.setSpacing(6)
        for kind, words in (("work together", tr("Record an agreement…")),
                            ("share", tr("Record what may be shared…"))):  # fmt: skip
            add = button(words, lambda k=kind: self.add(k), "small")
            with_icon(add, desk.icons, "ph.plus")
            inside.addLayout(row(label(titles[kind], "heading2"), None, add))
            inside.addWidget(line())
            inside.addWidget(self.nothing[kind])
            inside.addWidget(self.lists[kind])
            inside.addSpacing(14)
        inside.addLayout(row(label(tr("Who looked"), "heading2"), None))
        inside.addWidget(line())
        inside.addWidget(self.looks)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = panel(inside, "surface", (24, 16, 24, 20))
        outer.addWidget(scrolling(page, tr("Sharing")))
        self.changed()

    def changed(self) -> None:
        """Read agreements and the log again."""
        notebook = self._session.notebook
        today = notebook.clock().date()
        found = people.agreements(notebook, self._id)
        self._agreements = {one.id: one for one in found}
        for kind, view in self.lists.items():
            lines = [agreement_line(one, today) for one in found if one.kind == kind]
            view.show_lines(lines)
            view.setVisible(bool(lines))
            self.nothing[kind].setVisible(not lines)
        looks = access.looks(notebook, self._id, _LOOKS)
        self.looks.show_lines([look_line(n, one, today) for n, one in enumerate(looks)])

    def arrived(self) -> None:
        """Opening was noted since."""
        self.changed()

    def add(self, kind: str) -> None:
        """Record something that was agreed."""
        made = people.new_agreement(self._session.notebook, self._id, kind)
        ask_to_agree(self, self._session, self._desk, made, new=True)

    def change(self, key: str) -> None:
        """Correct what was recorded."""
        ask_to_agree(self, self._session, self._desk, self._agreements[key], new=False)

    def take_back(self, key: str) -> None:
        """The person took it back; the record stays with the day."""
        one = self._agreements[key]
        if one.withdrawn_on is not None:
            made = people.new_agreement(self._session.notebook, self._id, one.kind)
            again = replace(made, what=one.what, whom=one.whom, how=one.how)
            ask_to_agree(self, self._session, self._desk, again, new=True)
            return
        sentence = tr("From today on this is not agreed any more. What was recorded stays, with "
                      "the day it was taken back.")  # fmt: skip
        if confirm(self, self._desk.theme, tr("Take it back?"), sentence, tr("Take it back")):
            notebook = self._session.notebook
            self._session.act_people(lambda _p: people.withdraw(notebook, key), tr("Taken back."))

    def _list(self, title: str) -> LinesView:
        """A list of agreements and what can be done with one."""
        view = LinesView(self._desk, title, whole=True)
        view.opened.connect(self.change)
        view.pressed.connect(self.take_back)
        view.keys[Qt.Key.Key_Delete] = self.take_back
        view.menu = [(tr("Change…"), self.change), (tr("Take it back…"), self.take_back)]
        return view


def agreement_line(one: Agreement, today: date) -> Line:
    """What was agreed, how, and until when."""
    if one.kind == "share":
        head = tr("{what}, with {whom}", what=one.what, whom=one.whom)
    else:
        head = tr("Working together")
    how = tr(HOW.get(one.how, one.how))
    second = tr("{how} on {date}", how=how, date=long_date(one.on, tr))
    if one.withdrawn_on is not None:
        second += tr(". Taken back on {date}", date=long_date(one.withdrawn_on, tr))
    elif one.until is not None:
        second += ". " + ends_words(one.until, today, tr)
    second += f". {one.note}" if one.note else ""
    glyph = "ph.check-circle" if one.holds_on(today) else "ph.prohibit"
    again = one.withdrawn_on is not None
    press = tr("Record again…") if again else tr("Take it back…")
    state = "" if one.holds_on(today) else tr("does not hold now")
    spoken = ", ".join(part for part in (head, second, state) if part)
    return Line(one.id, head, second, bold=(head,), glyph=glyph, press=press, spoken=spoken)


def look_line(at: int, one: Look, today: date) -> Line:
    """Who looked, when, and at what."""
    what = tr(access.WHAT.get(one.what, one.what))
    said = tr("{what}, by {who}", what=what, who=one.who) if one.who else what
    return Line(str(at), said, lead=spoken_moment(one.when, today, tr))
