# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers for "Worried about someone?": a side panel, a dialog, and setting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from lac_desktop.domain.urgent import (
    BUILT_IN,
    COUNCIL_ROLES,
    ROLES,
    UrgentNumber,
    UrgentNumbers,
    looks_like_number,
)
from lac_desktop.domain.wording import long_date
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask, extra_button
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.widgets import clear, label, line
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session
    from lac_desktop.ui.talk.worry import WorryNote


def _spoken(words: str, number: str) -> QLabel:
    """A number that can be marked, copied and read out with what it is for."""
    made = label(number, "number")
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(f"{words}: {number}")
    return made


class UrgentSide(QWidget):
    """The numbers under each other, for the lock screen and the first run."""

    def __init__(self, desk: Desk, numbers: UrgentNumbers) -> None:
        super().__init__()
        self.setObjectName("urgent-side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(30, 24, 24, 16)
        self._layout.setSpacing(4)
        self.show_numbers(numbers)

    def show_numbers(self, numbers: UrgentNumbers) -> None:
        """Show these numbers."""
        clear(self._layout)
        self._layout.addStretch(1)
        self._layout.addWidget(label(tr("Worried about someone?"), "heading2", "urgent"))
        self._layout.addWidget(label(tr("You do not need to unlock for these."), wrap=True))
        for number in numbers.numbers:
            self._layout.addSpacing(6)
            self._layout.addWidget(line())
            self._layout.addSpacing(4)
            words = tr(number.words)
            self._layout.addWidget(label(words, "", "muted", wrap=True))
            self._layout.addWidget(_spoken(words, number.number))
            if number.note:
                self._layout.addWidget(label(tr(number.note), "caption", wrap=True))
        self._layout.addSpacing(6)
        self._layout.addWidget(line())
        if said := checked_sentence(numbers):
            self._layout.addWidget(label(said, "caption", wrap=True))
        if numbers.problem:
            self._layout.addWidget(label(numbers.problem, "", "note", wrap=True))
        self._layout.addStretch(2)


def checked_sentence(numbers: UrgentNumbers) -> str:
    """When the council's numbers were checked and by whom, or that none are set."""
    if not any(n not in BUILT_IN for n in numbers.numbers) and not numbers.problem:
        return tr("Your council’s own numbers are not set yet: Help, Set the council’s numbers.")
    if numbers.checked_on is None:
        return ""
    when = long_date(numbers.checked_on, tr)
    if numbers.checked_by:
        return tr("Checked on {when} by {who}", when=when, who=numbers.checked_by)
    return tr("Checked on {when}", when=when)


#: What helps to have said on the phone, and to have written down afterwards.
_SAY = (
    "Who you are, and who you are worried about.",
    "Where they are now, and whether anybody is in danger.",
    "What you saw or heard, in the words that were used.",
    "What they want, and whether they know that you are ringing.",
)
_WRITE = (
    "What you saw or heard, when, and in whose words.",
    "Who you told, when, and what they said they would do.",
)


#: Numbers beside each other, so that all of them are seen at once in large text too.
_COLUMNS = 3


def _grid(numbers: UrgentNumbers) -> tuple[QGridLayout, QLabel]:
    """The numbers in columns, and the first of them."""
    grid, spoken = QGridLayout(), []
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    for place, number in enumerate(numbers.numbers):
        words = tr(number.words)
        cell = QVBoxLayout()
        cell.setSpacing(1)
        cell.addWidget(label(words, "caption", wrap=True))
        spoken.append(_spoken(words, number.number))
        cell.addWidget(spoken[-1], 0, Qt.AlignmentFlag.AlignLeft)
        if number.note:
            cell.addWidget(label(tr(number.note), "caption", wrap=True))
        cell.addStretch(1)
        grid.addLayout(cell, place // _COLUMNS, place % _COLUMNS)
        grid.setColumnStretch(place % _COLUMNS, 1)
    return grid, spoken[0]


class UrgentDialog(Dialog[bool]):
    """The numbers, what to say and what to write down, from any screen, locked or not.

    With an open notebook (``session``) it can be written down here; nothing has to be.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        numbers: UrgentNumbers,
        edit: Callable[[], object],
        session: Session | None = None,
    ) -> None:
        super().__init__(parent, desk.theme, tr("Worried about someone?"))
        self._warned = False
        if numbers.problem:
            self.body.addWidget(label(numbers.problem, "", "note", wrap=True))
        grid, first = _grid(numbers)
        self.body.addLayout(grid)
        self.body.addWidget(line())
        for heading, sentences in ((tr("What to say"), _SAY), (tr("What to write down"), _WRITE)):
            self.body.addWidget(label(heading, "heading2"))
            self.body.addWidget(label(" ".join(tr(one) for one in sentences), wrap=True))
        self.body.addWidget(
            label(
                tr("Ring first. This does not replace the council’s own form."), "caption",
                wrap=True,
            )
        )  # fmt: skip
        self.note = self._writing(session, desk) if session is not None else None
        if said := checked_sentence(numbers):
            self.body.addWidget(label(said, "caption", wrap=True))
        self.body.addStretch(1)
        if not numbers.fixed:
            extra_button(self, tr("Set the council’s numbers…"), lambda: (self.accept(), edit()))
        self.fit(620)
        first.setFocus()  # the numbers are what somebody came for; writing comes after ringing

    def _writing(self, session: Session, desk: Desk) -> WorryNote:
        """The field to write it down in; who was told is one press away, whatever is scrolled."""
        from lac_desktop.ui.talk.worry import WorryNote

        made = WorryNote(session, desk)
        self.body.addWidget(made)
        self.foot.addWidget(made.passed)
        return made

    def done(self, code: int) -> None:
        """However it closes, what was typed is kept; where that fails once, it stays open."""
        if self.note is not None and not self.note.keep() and not self._warned:
            self._warned = True
            return
        super().done(code)


class UrgentEditor(Dialog[UrgentNumbers]):
    """One field a role, and who checked them."""

    def __init__(self, parent: QWidget, desk: Desk, numbers: UrgentNumbers, today: date) -> None:
        super().__init__(parent, desk.theme, tr("Set the council’s numbers"), tr("Save numbers"))
        self._numbers, self._today = numbers, today
        self.body.addWidget(
            label(
                tr(
                    "These show on every screen and before unlocking. 999 and 111 are always there."
                ),
                "caption",
                wrap=True,
            )
        )
        self.form = Form(desk.theme)
        by_role = {n.role: n for n in numbers.numbers}
        for role in COUNCIL_ROLES:
            found = by_role.get(role)
            self.form.add(role, tr(ROLES[role]), text_field(found.number if found else ""))
        other = next((n for n in numbers.numbers if n.role == "other"), None)
        self.form.add(
            "label", tr("Another number is for"), text_field(other.label if other else "")
        )
        self.form.add("other", tr("Another number"), text_field(other.number if other else ""))
        self.form.add("who", tr("Checked by"), text_field(numbers.checked_by))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(520)

    def text(self, key: str) -> str:
        """What was typed in a field."""
        return self.form.fields[key].widget.property("text").strip()

    def answer(self) -> UrgentNumbers | None:
        """The numbers as typed, or None with the fields marked."""
        problems = {
            key: tr("This is not a telephone number. Type digits, such as 01632 960 200.")
            for key in (*COUNCIL_ROLES, "other")
            if self.text(key) and not looks_like_number(self.text(key))
        }
        if not self.form.show_problems(problems):
            return None
        own = [UrgentNumber(role, self.text(role)) for role in COUNCIL_ROLES if self.text(role)]
        rest = [n for n in self._numbers.numbers if n.role == "other"][1:]
        if self.text("other"):
            own.append(UrgentNumber("other", self.text("other"), self.text("label")))
        return replace(
            self._numbers,
            numbers=(*BUILT_IN, *own, *rest),
            checked_on=self._today,
            checked_by=self.text("who"),
            problem="",
        )


def ask_for_numbers(
    parent: QWidget, desk: Desk, numbers: UrgentNumbers, today: date
) -> UrgentNumbers | None:
    """Let somebody set the council's numbers; None where it was cancelled."""
    return ask(parent, UrgentEditor(parent, desk, numbers, today))
