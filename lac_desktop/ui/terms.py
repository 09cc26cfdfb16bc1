# SPDX-License-Identifier: AGPL-3.0-or-later
"""School terms: first and last day of each, for what happens in term time only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.wording import long_date
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.asset.list_editor import ListEditor
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.words import tr

#: First and last day of a term.
Term = tuple[date, date]

#: A term is a few months; anything longer is a slip of the keys.
_LONGEST_DAYS = 200


class TermDialog(Dialog[Term]):
    """One term."""

    def __init__(self, parent: QWidget, theme: Theme, term: Term | None, today: date) -> None:
        title = tr("Change a term") if term else tr("Add a term")
        super().__init__(parent, theme, title, tr("Keep the term"))
        self._today = today
        self.form = Form(theme, above=True)
        self.first = text_field(day_words(term[0]) if term else "")
        self.last = text_field(day_words(term[1]) if term else "")
        hint = tr("Such as 5 September 2026, or 05/09/2026.")
        self.form.add("first", tr("First day"), self.first, hint)
        self.form.add("last", tr("Last day"), self.last, hint)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(420)
        self.first.setFocus()

    def answer(self) -> Term | None:
        """The term, or None with what is wrong under its field."""
        first = read_day(self.first.text(), self._today)
        last = read_day(self.last.text(), self._today)
        problems: dict[str, str] = {}
        for key, day in (("first", first), ("last", last)):
            if day is None:
                problems[key] = tr("This is no day we understand. Type it like 5 September 2026.")
        if first and last and last < first:
            problems["last"] = tr("The term ends before it begins.")
        elif first and last and (last - first).days > _LONGEST_DAYS:
            problems["last"] = tr("This is longer than any term. Check the year.")
        if not self.form.show_problems(problems) or first is None or last is None:
            return None
        return first, last


class TermsEditor(ListEditor[Term]):
    """The terms in their order; overlapping ones are pointed out by :meth:`problem`."""

    def __init__(self, theme: Theme, terms: Sequence[tuple[str, str]], today: date) -> None:
        def change(parent: QWidget, term: Term | None) -> Term | None:
            return ask(parent, TermDialog(parent, theme, term, today))

        super().__init__(theme, _dates(terms), _said, change, tr("Add a term…"))
        self.list.setFixedHeight(theme.scaled(92))

    def fill(self, at: int = 0) -> None:
        """Show the terms, the earliest first."""
        chosen = self.values[at] if at < len(self.values) else None
        self.values.sort()
        super().fill(self.values.index(chosen) if chosen is not None else 0)

    def terms(self) -> tuple[tuple[str, str], ...]:
        """The terms as pairs of ISO dates, as the notebook keeps them."""
        return tuple((first.isoformat(), last.isoformat()) for first, last in self.values)

    def problem(self) -> str:
        """A sentence where two terms overlap, or ""."""
        for (_, ends), (begins, _) in zip(self.values[:-1], self.values[1:], strict=True):
            if begins <= ends:
                return tr("Two terms overlap on {day}.", day=long_date(begins, tr))
        return ""


def _dates(terms: Sequence[tuple[str, str]]) -> list[Term]:
    """Kept terms as dates; what is no date is left out."""
    found: list[Term] = []
    for first, last in terms:
        try:
            found.append((date.fromisoformat(first), date.fromisoformat(last)))
        except ValueError:
            continue
    return found


def _said(term: Term) -> str:
    """ "5 September 2026 to 18 December 2026"."""
    return tr("{first} to {last}", first=long_date(term[0], tr), last=long_date(term[1], tr))
