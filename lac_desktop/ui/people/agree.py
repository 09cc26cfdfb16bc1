# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording an agreement: to work together, or to share one thing with one other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.person import Agreement
from lac_desktop.domain.person_check import problems_of
from lac_desktop.errors import LacError
from lac_desktop.services import people
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, long_field, text_field
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

HOW = {"spoken": "Said", "written": "Written", "signed": "Signed"}
_NOT_A_DAY = "This date is not in the calendar. Type it like 5 March 2026."


class AgreeDialog(Dialog[Agreement]):
    """Nothing is ticked beforehand: how it was given has to be chosen."""

    def __init__(
        self, parent: QWidget, session: Session, desk: Desk, one: Agreement, *, new: bool
    ) -> None:
        share = one.kind == "share"
        title = tr("Record what may be shared") if share else tr("Record an agreement")
        super().__init__(parent, desk.theme, title if new else tr("Change"), tr("Keep"))
        self._session, self._one = session, one
        self._today = session.notebook.clock().date()
        self.form = Form(desk.theme, above=True)
        self.what, self.whom = text_field(one.what), text_field(one.whom)
        if share:
            self.form.add("what", tr("What"), self.what, tr("Such as: the one page; the phone "
                          "number. One thing at a time."))  # fmt: skip
            self.form.add("whom", tr("With whom"), self.whom, tr("A name, or a team."))
        else:
            self.body.addWidget(label(tr("That you two work together, and that you may write "
                                         "down what you talk about."), wrap=True))  # fmt: skip
        options = [("", tr("Choose")), *((key, tr(words)) for key, words in HOW.items())]
        self.how = choice(options, "" if new and not one.withdrawn_on else one.how)
        self.day = text_field(day_words(one.on))
        self.until = text_field(day_words(one.until))
        self.note = long_field(one.note, desk.theme, 2)
        self.form.add("how", tr("How it was given"), self.how)
        self.form.add("on", tr("On"), self.day, tr("Such as 5 March 2026, or today."))
        self.form.add("until", tr("Until"), self.until,
                      tr("Empty means until it is taken back."))  # fmt: skip
        self.form.add("note", tr("In their words, or yours"), self.note)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(440)
        (self.what if share else self.how).setFocus()

    def answer(self) -> Agreement | None:
        """The agreement as kept, or None with sentences under the fields."""
        problems: dict[str, str] = {}
        days = {"on": self._one.on, "until": None}
        for name, edit in (("on", self.day), ("until", self.until)):
            typed = edit.text().strip()
            day = read_day(typed, self._today) if typed else None
            if (typed and day is None) or (name == "on" and day is None):
                problems[name] = tr(_NOT_A_DAY)
            elif day is not None:
                days[name] = day
        made = replace(
            self._one, what=self.what.text().strip(), whom=self.whom.text().strip(),
            how=str(self.how.currentData()), on=days["on"] or self._one.on, until=days["until"],
            note=self.note.toPlainText().strip(),
        )  # fmt: skip
        for one in problems_of(made, self._today):
            if one.must:
                problems.setdefault(one.field, tr(one.message))
        if not self.form.show_problems(problems):
            return None
        try:
            return people.agree(self._session.notebook, made)
        except LacError as error:
            self.form.show_problems({"how": error.message})
            return None


def ask_to_agree(
    parent: QWidget, session: Session, desk: Desk, one: Agreement, *, new: bool
) -> None:
    """Ask, keep, and offer Undo."""
    if ask(parent, AgreeDialog(parent, session, desk, one, new=new)) is not None:
        session.told_of_people()
        desk.messages.done(tr("Kept."), tr("Undo"), session.undo_people)
