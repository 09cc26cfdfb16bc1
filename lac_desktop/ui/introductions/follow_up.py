# SPDX-License-Identifier: AGPL-3.0-or-later
"""How it went: two taps and a line. Stepped away asks what we learned, and looks up the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from lac_desktop.domain.introduction import Introduction, StillGoing, Went
from lac_desktop.services import introductions, people
from lac_desktop.services.introductions import Question
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, long_field
from lac_desktop.ui.introductions.words import ANSWERS
from lac_desktop.ui.strengths.day_field import DayField
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_QUESTIONS = {
    Question.WENT: "How did it go with {to}?",
    Question.AT_4: "4 weeks on: {to}",
    Question.AT_12: "12 weeks on: {to}",
}
#: Answers after which one more line is worth asking for.
_WORTH_A_LINE = (Went.WENT, Went.NOT_FOR_ME, StillGoing.STEPPED_AWAY)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: a reply, how it felt in their words, what was learned, and the day."""

    reply: Went | StillGoing
    felt: str = ""
    learned: str = ""
    on: date | None = None


class FollowUpDialog(Dialog[Answer]):
    """One of three answers, then a line about it if one likes."""

    def __init__(
        self, parent: QWidget | None, session: Session, one: Introduction, question: Question,
        chosen: Went | StillGoing | None = None,
    ) -> None:  # fmt: skip
        theme = session.desk.theme
        super().__init__(parent, theme, tr(_QUESTIONS[question], to=one.to), tr("Keep"))
        self._question, today = question, session.notebook.clock().date()
        replies = ANSWERS[question]
        self.group = QButtonGroup(self)
        self.buttons: dict[Went | StillGoing, QRadioButton] = {}
        box = QVBoxLayout()
        box.setSpacing(2)
        for reply, words in replies:
            made = QRadioButton(tr(words))
            made.setChecked(reply is (chosen or replies[0][0]))
            made.toggled.connect(lambda _on: self._fit_to_answer())
            self.group.addButton(made)
            self.buttons[reply] = made
            box.addWidget(made)
        holder = _Answers(box, self.buttons[chosen or replies[0][0]])
        name = (people.names(session.notebook, [one.person])).get(one.person, "")
        self.form = Form(theme, above=True)
        self.felt = long_field(one.felt, theme, 2)
        self.learned = long_field(one.learned, theme, 2)
        suggested = one.first_visit if one.first_visit and one.first_visit <= today else today
        self.on = DayField(suggested, today)
        self.form.add("reply", tr("Answer"), holder)
        self.form.add("on", tr("On which day?"), self.on)
        self.form.add("felt", tr("How did it feel, in {name}’s words?", name=name), self.felt)
        self.form.add("learned", tr("What did we learn?"), self.learned,
                      tr("Whatever happened, something was learned."))  # fmt: skip
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self._fit_to_answer()
        self.fit(520, 430)
        (self.felt if chosen else holder.first).setFocus()

    def reply(self) -> Went | StillGoing:
        """Which answer is chosen."""
        return next(reply for reply, made in self.buttons.items() if made.isChecked())

    def _fit_to_answer(self) -> None:
        """A day where they went; what was learned where it came to an end."""
        chosen = self.reply() if self.group.checkedButton() else None
        self.form.shown("on", chosen is Went.WENT)
        self.form.shown("felt", chosen is not Went.NOT_YET)
        self.form.shown("learned", chosen in (Went.NOT_FOR_ME, StillGoing.STEPPED_AWAY))

    def answer(self) -> Answer | None:
        """The answer, if its day can be one."""
        reply = self.reply()
        wrong = self.on.problem() if reply is Went.WENT else ""
        if not self.form.show_problems({"on": wrong} if wrong else {}):
            return None
        on = self.on.day() if reply is Went.WENT else None
        felt, learned = self.felt.toPlainText().strip(), self.learned.toPlainText().strip()
        return Answer(reply, felt, learned, on)


class _Answers(QWidget):
    """The three answers as one field of the form."""

    def __init__(self, inside: QVBoxLayout, first: QRadioButton) -> None:
        super().__init__()
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.first = first


def ask_how(
    parent: QWidget, session: Session, desk: Desk, introduction: str, question: Question,
    chosen: Went | StillGoing | None = None,
) -> None:  # fmt: skip
    """Ask how it went, and keep the answer."""
    one = introductions.get(session.notebook, introduction)
    if one is None:
        return
    given = ask(parent, FollowUpDialog(parent, session, one, question, chosen))
    if given is not None:
        keep(session, one, question, given)


def quick(
    parent: QWidget, session: Session, desk: Desk, introduction: str, question: Question, key: int
) -> None:
    """The keys 1, 2 and 3: kept at once; where a line is worth having, it is asked for first."""
    one = introductions.get(session.notebook, introduction)
    if one is None:
        return
    reply = ANSWERS[question][key - 1][0]
    if reply in _WORTH_A_LINE:
        ask_how(parent, session, desk, introduction, question, reply)
    else:
        keep(session, one, question, Answer(reply))


def keep(session: Session, one: Introduction, question: Question, given: Answer) -> None:
    """Keep an answer; after what came to an end the ladder is offered again."""
    notebook = session.notebook

    def work(_progress: Progress) -> object:
        return introductions.answer(
            notebook, one.id, question, given.reply,
            on=given.on, felt=given.felt, learned=given.learned,
        )  # fmt: skip

    if given.reply not in (Went.NOT_FOR_ME, StillGoing.STEPPED_AWAY):
        session.act_people(work, tr("Kept."))
        return

    def offer(_result: object) -> None:
        said = tr("Kept, and remembered for the ladder. Ctrl+Z takes it back.")
        up = tr("Look up the ladder again")
        session.desk.messages.done(said, up, lambda: session.open_helper(one.person))

    session.act_people(work, after=offer)
