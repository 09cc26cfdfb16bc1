# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing kinds and categories, with how many there are of each under the other filters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from lac_desktop.domain.kinds import CATEGORIES
from lac_desktop.services import find
from lac_desktop.ui.glyphs import category_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class KindMenu(QMenu):
    """Kinds are alternatives: the more are ticked, the more is found."""

    def __init__(self, session: Session, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self.aboutToShow.connect(lambda: (self.clear(), self.fill(self)))

    def words(self) -> str:
        """What is chosen, for the chip; "" for all kinds."""
        query = self._session.query
        names = [tr(CATEGORIES[c][1]) for c in sorted(query.categories)]
        table = self._session.notebook.kinds.kinds
        names += sorted(table[k].name for k in query.kinds if k in table)
        if len(names) <= 1:
            return "".join(names)
        return tr("{n} kinds", n=len(names))

    def fill(self, menu: QMenu) -> None:
        """Categories, each with its kinds that there are."""
        query = self._session.query
        counts = find.facets(
            self._session.notebook, replace(query, kinds=frozenset(), categories=frozenset())
        )
        menu.addAction(tr("All kinds"), self._all)
        menu.addSeparator()
        table = self._session.notebook.kinds.kinds
        for letter, (_one, many) in CATEGORIES.items():
            n = counts.categories.get(letter, 0)
            if not n and letter not in query.categories:
                continue
            words = tr("{name} {n}", name=tr(many), n=f"{n:,}")
            inner = menu.addMenu(category_icon(letter, self._desk.theme, 18), words)
            whole = inner.addAction(tr("All {name}", name=tr(many).lower()))
            whole.setCheckable(True)
            whole.setChecked(letter in query.categories)
            whole.triggered.connect(lambda on, c=letter: self._category(c, on))
            inner.addSeparator()
            kinds = [k for k in table.values() if k.category == letter and counts.kinds.get(k.id)]
            for kind in sorted(kinds, key=lambda k: k.name):
                line = inner.addAction(
                    tr("{name} {n}", name=kind.name, n=f"{counts.kinds[kind.id]:,}")
                )
                line.setCheckable(True)
                line.setChecked(kind.id in query.kinds)
                line.triggered.connect(lambda on, k=kind.id: self._kind(k, on))

    def _all(self) -> None:
        """Every kind."""
        self._session.change(kinds=frozenset(), categories=frozenset())

    def _category(self, letter: str, on: bool) -> None:
        """A whole category on or off."""
        now = self._session.query.categories
        self._session.change(categories=now | {letter} if on else now - {letter})

    def _kind(self, kind: str, on: bool) -> None:
        """One kind on or off."""
        now = self._session.query.kinds
        self._session.change(kinds=now | {kind} if on else now - {kind})
