# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours with a live sentence of what they mean, and the sessions that happen there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.hours_words import describe as hours_in_words
from lac_desktop.domain.sessions import Repeats, Session, describe, session_problem
from lac_desktop.domain.wording import DAYS
from lac_desktop.services import about, opening
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.asset.list_editor import ListEditor
from lac_desktop.ui.asset.tab import Tab
from lac_desktop.ui.asset.tabs import lines, words
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, long_field, text_field
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session as Open

_REPEATS = (
    (Repeats.WEEKLY, "Every week"),
    (Repeats.FORTNIGHTLY, "Every second week"),
    (Repeats.NTH_WEEKDAY, "In some weeks of the month"),
    (Repeats.DATES, "On dates"),
)
_NTH = ((1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (5, "Fifth"), (-1, "Last"))


class WhenTab(Tab):
    """Hours in OpenStreetMap's syntax or in words, and sessions."""

    def __init__(self, session: Open, asset: Asset) -> None:
        super().__init__(session, tr("When"))
        self.hours = text_field(asset.hours, "Mo-Fr 09:00-17:00; PH off")
        self.hours_text = long_field(asset.hours_text, session.desk.theme, 2)
        self.form.add("hours", tr("Opening hours"), self.hours)
        self.form.add("hours_text", tr("Hours in words"), self.hours_text,
                      tr("Kept as you write it, and shown beside the hours."))  # fmt: skip
        self.sessions: ListEditor[Session] = ListEditor(
            session.desk.theme,
            asset.sessions,
            lambda one: f"{one.title}: {describe(one, tr)}",
            lambda parent, one: ask(parent, SessionDialog(parent, session, one)),
            tr("Add a session…"),
        )
        self.form.add("sessions", tr("What happens there"), self.sessions)
        self.first = self.hours
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._explain)
        self.hours.textChanged.connect(lambda _text: self._soon.start(200))
        self._explain()

    def read(self, asset: Asset) -> Asset:
        """What was typed, put into the asset."""
        return replace(
            asset,
            hours=words(self.hours),
            hours_text=lines(self.hours_text),
            sessions=tuple(self.sessions.values),
        )

    def unread(self) -> dict[str, str]:
        """Hours that cannot be read; they may be kept as words instead."""
        problem = opening.problem_of(words(self.hours)) if words(self.hours) else ""
        return {"hours": problem} if problem else {}

    def _explain(self) -> None:
        """Say what the hours mean, as they are typed."""
        spec = words(self.hours)
        field = self.form.fields["hours"]
        if not spec:
            field.say(tr("Such as Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off. Empty: not known."))
            return
        problem = opening.problem_of(spec)
        if problem:
            field.say(problem)
        else:
            now = about.hours_sentence(self.session.notebook, spec)
            field.say(". ".join(p for p in (hours_in_words(spec), now) if p) + ".")


class SessionDialog(Dialog[Session]):
    """One thing that happens: a name, when it comes round, from when to when."""

    def __init__(self, parent: QWidget, open_: Open, one: Session | None) -> None:
        title = tr("Add a session") if one is None else tr("Change a session")
        super().__init__(parent, open_.desk.theme, title, tr("Keep session"))
        self._today = open_.notebook.clock().date()
        now = one or Session("")
        form = self.form = Form(open_.desk.theme)
        self.title = text_field(now.title)
        self.repeats = choice([(r.value, tr(w)) for r, w in _REPEATS], now.repeats.value)
        self.weekday = choice([(str(n), tr(d)) for n, d in enumerate(DAYS)], str(now.weekday))
        self.start, self.end = text_field(now.start, "13:30"), text_field(now.end, "15:00")
        self.starts = text_field(day_words(now.starts))
        self.until = text_field(day_words(now.until))
        self.dates = text_field(", ".join(day_words(d) for d in now.dates))
        self.term, self.note = QCheckBox(), text_field(now.note)
        form.add("title", tr("What it is called"), self.title)
        form.add("repeats", tr("How often"), self.repeats)
        self.nth: dict[int, QCheckBox] = {}
        for number, said in _NTH:
            self.nth[number] = QCheckBox()
            form.add(
                f"nth{number}", tr("{which} week of the month", which=tr(said)), self.nth[number]
            )
            self.nth[number].setChecked(number in now.nth)
        self._times()
        self.term.setChecked(now.term_time_only)
        self.repeats.currentIndexChanged.connect(lambda _index: self._fitting())
        self.body.addWidget(form)
        self.body.addStretch(1)
        self._fitting()
        self.fit(500, 470)
        self.title.setFocus()

    def _times(self) -> None:
        """On which day, from when to when, from which date to which."""
        form = self.form
        form.add("weekday", tr("Day"), self.weekday)
        form.add(
            "dates", tr("Dates"), self.dates, tr("With commas between them, such as 5 March 2026.")
        )
        form.add("start", tr("From"), self.start)
        form.add("end", tr("To"), self.end, tr("Empty where nobody knows."))
        form.add("starts", tr("First date"), self.starts)
        form.add("until", tr("Last date"), self.until)
        form.add("term", tr("In term time only"), self.term)
        form.add("note", tr("Note"), self.note)

    def answer(self) -> Session | None:
        """The session, or None with what is wrong under its field."""
        problems, made = self._read()
        if not problems and (problem := session_problem(made)):
            problems = {self._where(made): tr(problem)}
        return made if self.form.show_problems(problems) else None

    def _read(self) -> tuple[dict[str, str], Session]:
        """Dates that cannot be read, and the session as typed."""
        problems: dict[str, str] = {}
        bad = tr("This date is not in the calendar. Type it like 5 March 2026.")
        days = {}
        for key, edit in (("starts", self.starts), ("until", self.until)):
            days[key] = read_day(words(edit), self._today)
            if words(edit) and days[key] is None:
                problems[key] = bad
        typed = [t.strip() for t in words(self.dates).split(",") if t.strip()]
        dates = [read_day(t, self._today) for t in typed]
        repeats = Repeats(self.repeats.currentData())
        if repeats is Repeats.DATES and None in dates:
            problems["dates"] = bad
        return problems, Session(
            words(self.title),
            repeats,
            int(self.weekday.currentData()),
            tuple(n for n, box in self.nth.items() if box.isChecked())
            if repeats is Repeats.NTH_WEEKDAY else (),
            _clock(words(self.start)),
            _clock(words(self.end)),
            days["starts"],
            days["until"],
            tuple(d for d in dates if d) if repeats is Repeats.DATES else (),
            self.term.isChecked(),
            words(self.note),
        )  # fmt: skip

    def _where(self, made: Session) -> str:
        """The field that a sentence about a session belongs to."""
        if not made.title:
            return "title"
        if made.repeats is Repeats.FORTNIGHTLY and made.starts is None:
            return "starts"
        if made.repeats is Repeats.NTH_WEEKDAY and not made.nth:
            return "nth1"
        if made.repeats is Repeats.DATES and not made.dates:
            return "dates"
        if made.starts and made.until and made.until < made.starts:
            return "until"
        return "start"

    def _fitting(self) -> None:
        """Show only what this way of coming round needs."""
        repeats = Repeats(self.repeats.currentData())
        for number in self.nth:
            self.form.shown(f"nth{number}", repeats is Repeats.NTH_WEEKDAY)
        self.form.shown("weekday", repeats is not Repeats.DATES)
        self.form.shown("dates", repeats is Repeats.DATES)
        self.form.shown("starts", repeats is not Repeats.DATES)
        self.form.shown("until", repeats is not Repeats.DATES)


def _clock(typed: str) -> str:
    """A time as HH:MM where it can be understood: "1:30pm", "13.30", "9"; else as typed."""
    text = typed.lower().replace(".", ":").replace(" ", "")
    half = text[-2:] if text.endswith(("am", "pm")) else ""
    hours, _, minutes = text.removesuffix(half).partition(":")
    if not hours.isdigit() or (minutes and not minutes.isdigit()) or len(minutes) > 2:
        return typed
    hour = int(hours) % 12 + (12 if half == "pm" else 0) if half else int(hours)
    return f"{hour:02}:{int(minutes or 0):02}"
