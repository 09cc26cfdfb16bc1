# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking a measure together: one page to turn round, with large text, and "would rather not"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from lac_desktop.domain.measures import Measure, problems_of
from lac_desktop.domain.strengths import MeasureTaken
from lac_desktop.services import measures
from lac_desktop.ui.dialogs import Dialog, extra_button
from lac_desktop.ui.forms import Form
from lac_desktop.ui.speech import announce
from lac_desktop.ui.strengths.answer_fields import AnswerField
from lac_desktop.ui.strengths.day_field import DayField
from lac_desktop.ui.widgets import button, label, line, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

#: Points of the text, at 100 %, that "Bigger" goes through.
_SIZES = (0, 16, 24)


class TakeDialog(Dialog[MeasureTaken]):
    """``value`` is the measure as answered; without any answer it is one that was not wanted.

    Nothing of earlier numbers shows, so that they sway nobody. ``refused`` notes "would rather
    not"; ``remove`` takes an old one out.
    """

    def __init__(
        self, parent: QWidget, session: Session, measure: Measure, taken: MeasureTaken,
        *, wait: str = "", remove: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        theme = session.desk.theme
        super().__init__(parent, theme, tr(measure.name), tr("Keep the answers"))
        self.measure, self._taken, self._at = measure, taken, 0
        self.heading = label(tr(measure.name), "heading1", wrap=True)
        self.bigger: QPushButton = button(tr("Bigger text"), self.grow, "small")
        top = row(self.heading, self.bigger)
        top.setStretch(0, 1)
        top.setAlignment(self.bigger, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        if wait:
            self.body.addWidget(label(wait, "", "note", wrap=True))
        fixed = measure.fixed
        self.introduction = label(
            measure.introduction if fixed else tr(measure.introduction), "lead", wrap=True
        )
        self.body.addWidget(self.introduction)
        self.fields: list[AnswerField] = []
        for item in measure.items:
            self.body.addWidget(line())
            field = AnswerField(theme, item, taken.answers, fixed=fixed)
            self.fields.append(field)
            self.body.addWidget(field)
        self.body.addWidget(line())
        self.form = Form(theme, above=True)
        self.day = DayField(taken.on, session.notebook.clock().date())
        self.form.add("on", tr("Answered on"), self.day)
        self.body.addWidget(self.form)
        self.body.addWidget(label(credit(measure), "caption", wrap=True))
        self.body.addStretch(1)
        if remove is None:
            extra_button(self, tr("Would rather not"), self._refuse)
        else:
            extra_button(self, tr("Take it out"), lambda: (self.reject(), remove()))
        self.fit(720, 640)
        self.fields[0].first.setFocus()

    def answer(self) -> MeasureTaken | None:
        """The answers as they stand, or None where one of them must be put right."""
        answers = measures.tidy({k: v for f in self.fields for k, v in f.answers().items()})
        wrong = problems_of(self.measure, answers)
        for field in reversed(self.fields):
            field.complain(wrong.get(field.item.id, ""))
        problem, day = self.day.problem(), self.day.day()
        self.form.show_problems({"on": problem} if problem and not wrong else {})
        if wrong:
            announce(self, next(iter(wrong.values())))
        if wrong or day is None or problem:
            return None
        return replace(self._taken, on=day, answers=answers)

    def grow(self) -> None:
        """Go on to larger text, and back to the size of the window after the largest."""
        self._at = (self._at + 1) % len(_SIZES)
        points = _SIZES[self._at] * self.theme.text_size / 100
        sheet = f"* {{ font-size: {points:g}pt; }}" if points else ""
        for widget in (self.introduction, *self.fields):
            widget.setStyleSheet(sheet)
        last = self._at == len(_SIZES) - 1
        self.bigger.setText(tr("Usual text") if last else tr("Bigger text"))
        screen = self.screen().availableGeometry()
        wide = self.theme.scaled(720 + 160 * self._at)
        self.resize(min(wide, screen.width() - 40), min(self.height(), screen.height() - 60))

    def _refuse(self) -> None:
        """Close with no answer at all: it was offered and not wanted."""
        self.value = replace(self._taken, answers={})
        self.accept()


def credit(measure: Measure) -> str:
    """Where the questions come from and under which licence."""
    return tr("Source: {source} {licence}", source=measure.source, licence=measure.licence)
