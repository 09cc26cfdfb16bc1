# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places that look alike, side by side: keep both, or join them field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import distance_m
from lac_desktop.domain.hours_words import describe as hours_in_words
from lac_desktop.domain.shapes import rings_of
from lac_desktop.domain.wording import distance
from lac_desktop.services import answers, assets, upkeep
from lac_desktop.services.duplicates import alike
from lac_desktop.services.upkeep import Pair
from lac_desktop.ui.asset import facts
from lac_desktop.ui.asset.dates import day_words
from lac_desktop.ui.community.history import FIELDS
from lac_desktop.ui.community.value_choice import ValueChoice
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.widgets import button, clear, label, line
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: Fields that are not chosen between: they belong to each asset's own story.
_OWN = ("source", "vanished_on")


def show_duplicates(parent: QWidget, session: Session, desk: Desk, selected: str) -> None:
    """Compare the pairs that are open, those of the selected place first."""
    notebook = session.notebook

    def work(progress: Progress) -> list[Pair]:
        pairs = upkeep.open_pairs(notebook)
        known = {frozenset((p.a.id, p.b.id)) for p in pairs}
        pairs += [
            p for p in looked_up(session, progress) if frozenset((p.a.id, p.b.id)) not in known
        ]
        return sorted(pairs, key=lambda p: selected not in (p.a.id, p.b.id))

    def done(pairs: list[Pair]) -> None:
        if pairs:
            ask(parent, CompareDialog(parent, session, desk, pairs))
        else:
            desk.messages.done(tr("No two places look alike."))

    desk.jobs.run(work, done, title=tr("Looking for places that look alike"))


def looked_up(session: Session, progress: Progress) -> list[Pair]:
    """Pairs among what the filter found, whoever made them; decided ones are left out."""
    notebook = session.notebook
    found = session.found
    if found is None or len(found) > 20_000:
        return []  # so many came from imports, which marked theirs
    from lac_desktop.services.about import decided, ids_of

    listed = assets.get_many(notebook, ids_of(notebook, [int(r) for r in found.rids]))
    settled = decided(notebook)
    return [
        Pair(a, b, like.reasons, tuple(assets.differing(a, b)))
        for like in alike(listed, 0, progress)
        for a, b in ((listed[like.a], listed[like.b]),)
        if frozenset((a.id, b.id)) not in settled
    ]


class CompareDialog(Dialog[bool]):
    """One pair at a time; a choice for each field that differs."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk, pairs: list[Pair]) -> None:
        super().__init__(parent, desk.theme, tr("Compare duplicates"))
        self._session, self._pairs, self._at = session, pairs, 0
        self._page = QVBoxLayout()
        self.body.addLayout(self._page)
        self.body.addStretch(1)
        self.groups: dict[str, QButtonGroup] = {}
        self.join = button(tr("Same: join them"), self._join, "primary")
        self.both = button(tr("Different: keep both"), self._both)
        self.later = button(tr("Not sure"), self._next)
        for place, made in enumerate((self.join, self.both, self.later)):
            self.foot.insertWidget(place, made)
        self.fit(820, 560)
        self._show()

    def _show(self) -> None:
        """Show the pair whose turn it is."""
        clear(self._page)
        self.groups = {}
        pair = self._pairs[self._at]
        words = tr("{at} of {n}", at=self._at + 1, n=len(self._pairs))
        self._page.addWidget(label(words, "caption"))
        why = tr(
            "Why they look alike: {reasons}.",
            reasons=", ".join(tr(reason) for reason in pair.reasons),
        )
        self._page.addWidget(label(f"{why} {apart_words(pair)}".strip(), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(pair.a.name, "heading2", wrap=True), 0, 1)
        grid.addWidget(label(pair.b.name, "heading2", wrap=True), 0, 2)
        names = [name for name in pair.differ if name not in _OWN]
        if "address" not in names:
            self._address(grid, pair)
        for at, name in enumerate(names, 1):
            self._field(grid, at * 2 + 1, name, pair)
        if not names:
            grid.addWidget(label(tr("All fields are the same."), "", "muted"), 3, 1, 1, 2)
        self._page.addLayout(grid)
        self.join.setFocus()

    def _address(self, grid: QGridLayout, pair: Pair) -> None:
        """The addresses, to compare by, where they are alike and there is nothing to choose."""
        grid.addWidget(line(), 1, 0, 1, 3)
        grid.addWidget(label(tr(FIELDS["address"]), "", "muted"), 2, 0)
        for side, asset in enumerate((pair.a, pair.b), 1):
            parts = (asset.address, asset.postcode)
            words = ", ".join(part for part in parts if part) or tr("No address")
            grid.addWidget(label(words, wrap=True), 2, side)

    def _field(self, grid: QGridLayout, row: int, name: str, pair: Pair) -> None:
        """One field with both values to choose from; the fuller one is chosen at first."""
        words = tr(FIELDS.get(name, name))
        grid.addWidget(line(), row, 0, 1, 3)
        grid.addWidget(label(words, "", "muted"), row + 1, 0)
        group = QButtonGroup(self)
        values = (self._words(pair.a, name), self._words(pair.b, name))
        chosen = 1 if not values[0] and values[1] else 0
        for side, value in enumerate(values):
            whose = (pair.a, pair.b)[side].name
            says = tr("{field} of {name}: {value}", field=words, name=whose,
                      value=value or tr("nothing"))  # fmt: skip
            made = ValueChoice(value, says)
            made.setChecked(side == chosen)
            group.addButton(made, side)
            grid.addWidget(made, row + 1, side + 1)
        self.groups[name] = group

    def _words(self, asset: Asset, name: str) -> str:
        """A value in words; a kind by its name."""
        if name == "kind":
            return answers.kind_name(self._session.notebook, asset.kind)
        return value_words(asset, name)

    def _join(self) -> None:
        """Make one of the two, with the chosen values."""
        pair, notebook = self._pairs[self._at], self._session.notebook
        take = [name for name, group in self.groups.items() if group.checkedId() == 1]
        keep, drop = pair.a.id, pair.b.id

        def work(_progress: Progress) -> Asset:
            return upkeep.merge(notebook, keep, drop, take)

        self._session.act(work, lambda a: tr("Joined {name}", name=a.name))
        gone = (keep, drop)
        self._pairs = [p for p in self._pairs if not {p.a.id, p.b.id} & set(gone)]
        self._at -= 1
        self._next()

    def _both(self) -> None:
        """They are not the same; do not ask again."""
        pair, notebook = self._pairs[self._at], self._session.notebook
        self._session.act(
            lambda _progress: upkeep.different(notebook, pair.a.id, pair.b.id), undo=False
        )
        del self._pairs[self._at]
        self._at -= 1
        self._next()

    def _next(self) -> None:
        """The next pair, or the end."""
        self._at += 1
        if self._at >= len(self._pairs):
            self.accept()
        else:
            self._show()


def apart_words(pair: Pair) -> str:
    """How far apart the two are on the map; nothing where one of them is not on it."""
    if pair.a.point is None or pair.b.point is None:
        return ""
    metres = distance_m(pair.a.point, pair.b.point)
    if metres < 1:
        return tr("They are at the same point on the map.")
    return tr("They are {distance} apart on the map.", distance=distance(metres, tr))


def value_words(asset: Asset, name: str) -> str:
    """A field's value as words."""
    value = getattr(asset, name)
    if value is None:
        return ""
    if name == "point":
        return f"{value.lat:.5f}, {value.lon:.5f}"
    if name == "area":
        corners = sum(len(ring) - 1 for ring in rings_of(value))
        return count("An area of {n} corner", "An area of {n} corners", corners) if value else ""
    if name == "hours" and value:
        return hours_in_words(value)
    if name == "checked_on":
        return day_words(value)
    if name == "access":
        return ", ".join(f"{tr(facts.ACCESS.get(k) or k)}: {tr(v)}" for k, v in value.items())
    if name == "contacts":
        return "; ".join(facts.contact(c) for c in value)
    if name == "sessions":
        return ", ".join(s.title for s in value)
    if name == "links":
        return count("{n} link", "{n} links", len(value)) if value else ""
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    text = str(getattr(value, "value", value))
    return text if len(text) <= 120 else text[:120] + "…"
