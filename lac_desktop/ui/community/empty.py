# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands where there is nothing: one sentence and ways on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lac_desktop.domain.query import Query
from lac_desktop.services import find
from lac_desktop.ui.filters import FilterBar
from lac_desktop.ui.widgets import button, clear, label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.community.deeds import Deeds
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class EmptyPanel(QWidget):
    """Empty notebook or empty answer; offers what would find something, with how much."""

    def __init__(self, session: Session, desk: Desk, filters: FilterBar, deeds: Deeds) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self._filters, self._deeds = filters, deeds
        self.words = label("", "heading2", wrap=True)
        self.offers = QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 28, 24, 24)
        layout.setSpacing(14)
        layout.addWidget(self.words)
        layout.addLayout(self.offers)
        layout.addStretch(1)

    def explain(self) -> None:
        """Say why nothing is shown, and offer ways on."""
        clear(self.offers)
        if not self._session.total:
            self.words.setText(
                tr("No places here yet. Add one, import a list, or load an area pack.")
            )
            self._offer(tr("Add by hand"), self._deeds.add)
            commands = getattr(self.window(), "commands", None)
            for name, words in (("import", tr("Import a list")), ("pack", tr("Load an area pack"))):
                action = getattr(self.window(), "actions_table", None)
                found = action.by_id.get(name) if action is not None and commands else None
                if found is not None:
                    self._offer(words, found.trigger)
            self.offers.addStretch(1)
            return
        self.words.setText(self._sentence())
        self._offer(tr("Clear all filters"), self._filters.clear_all)
        session, query = self._session, self._session.query
        ways = wider(query, session.notebook.clock())

        def work(_progress: Progress) -> list[tuple[str, Query, int]]:
            return [(words, q, len(find.find(session.notebook, q))) for words, q in ways]

        self._desk.jobs.run(work, self._found)

    def _sentence(self) -> str:
        """Why nothing fits."""
        query = self._session.query
        where = tr("near {place}", place=self._session.near_words) if query.near is not None else ""
        if query.within_minutes is not None and query.near is not None:
            where = tr("within {n} minutes of {place}", n=f"{query.within_minutes:g}",
                       place=self._session.near_words)  # fmt: skip
        if query.open_now:
            return tr("Nothing {where} is open now.", where=where).replace("  ", " ")
        if query.text:
            return tr("Nothing fits “{text}” with these filters.", text=query.text)
        return tr("Nothing {where} fits these filters.", where=where).replace("  ", " ")

    def _found(self, answers: list[tuple[str, Query, int]]) -> None:
        """Offer what would find something, with how much it is."""
        if self._session.found is None or len(self._session.found):
            return
        for words, query, n in answers:
            if n:
                said = tr("{words}: {n}", words=words, n=f"{n:,}")
                self._offer(said, lambda q=query: self._session.set_query(q))
        self.offers.addStretch(1)

    def _offer(self, words: str, act: object) -> None:
        """One way on."""
        if callable(act):
            self.offers.addWidget(button(words, act))


def wider(query: Query, now: datetime) -> list[tuple[str, Query]]:
    """Questions a little wider than this one, in the order in which they are offered."""
    ways: list[tuple[str, Query]] = []
    if query.open_now:
        evening = datetime.combine(now.date(), time(18, 0))
        if evening > now:
            later = replace(query, open_now=False, open_at=evening)
            ways.append((tr("Open this evening"), later))
        ways.append((tr("Open or not"), replace(query, open_now=False)))
    if query.within_minutes is not None:
        more = query.within_minutes + 10 if query.within_minutes < 20 else 30
        if more > query.within_minutes:
            ways.append(
                (tr("{n} minutes’ walk", n=f"{more:g}"), replace(query, within_minutes=more))
            )
        ways.append((tr("Any distance"), replace(query, within_minutes=None)))
    if query.kinds or query.categories:
        ways.append((tr("All kinds"), replace(query, kinds=frozenset(), categories=frozenset())))
    return ways
