# SPDX-License-Identifier: AGPL-3.0-or-later
"""The left side of publishing: what leaves, what stays, the safety check, what to decide."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from lac_desktop.services.exporting import Group, Held, Leaving, LeavingGroup
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import ListDialog, ask
from lac_desktop.ui.widgets import button, clear, column, label, line, panel, row
from lac_desktop.ui.words import count, tr


class WhatLeaves(QWidget):
    """Tick what leaves; ``changed`` is called after each tick or decision."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._changed = desk, changed
        self.left_out: set[Group] = {Group.PEOPLE}  # named people leave only when asked for
        self.without: set[str] = set()
        self.allowed: set[str] = set()
        self.undecided: tuple[Held, ...] = ()
        self._first_decision: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def show_leaving(self, leaving: Leaving) -> None:
        """Show a plan; the focus stays on the group that was ticked."""
        focused = self.focusWidget()
        kept = focused.objectName() if focused is not None else ""
        clear(self._box)
        self._heading("ph.paper-plane-tilt", tr("What leaves this laptop"))
        for group in leaving.groups:
            self._group(group)
        self._stays(leaving)
        self._safety(leaving)
        self._decisions(leaving)
        self._box.addStretch(1)
        if kept and (again := self.findChild(QWidget, kept)) is not None:
            again.setFocus()

    def to_first_decision(self) -> bool:
        """Focus the first thing to decide; False where nothing is open."""
        if self._first_decision is None:
            return False
        self._first_decision.setFocus()
        return True

    def _heading(self, icon: str, words: str) -> None:
        picture, size = label(""), self._desk.theme.scaled(18)
        picture.setPixmap(self._desk.icons.icon(icon).pixmap(size, size))
        self._box.addLayout(row(picture, label(words, "heading2"), None))

    def _group(self, group: LeavingGroup) -> None:
        tick = QCheckBox(group.title)
        tick.setObjectName(f"group-{group.group}")
        tick.setProperty("step", "emphasis")
        tick.setAccessibleDescription(group.detail)
        tick.setChecked(group.group not in self.left_out)
        tick.toggled.connect(lambda on, g=group.group: self._ticked(g, on))
        detail = label(group.detail, "caption", "muted", wrap=True)
        detail.setContentsMargins(self._desk.theme.scaled(16) + 10, 0, 0, 0)
        words = count("See {n}", "See all {n}", len(group.items))
        see = button(words, lambda g=group: self._see(g.title, g.items), "link")
        see.setAccessibleName(f"{words}: {group.title}")
        see.setVisible(bool(group.items))
        across = row(gap=12)
        across.addLayout(column(tick, detail, gap=1), 1)
        across.addWidget(see)
        self._box.addLayout(across)
        self._box.addWidget(line())

    def _stays(self, leaving: Leaving) -> None:
        self._heading("ph.lock-simple", tr("What stays here"))
        held = [f"{one.name}: {one.reason}" for one in leaving.held_back]
        if held:
            words = count("{n} place stays here", "{n} places stay here", len(held))
            see = button(tr("See which and why"), lambda: self._see(words, held), "link")
            self._box.addLayout(row(label(words, "emphasis"), see, None, gap=12))
        parts = [f"{one.name}: {one.reason}" for one in leaving.parts]
        if parts:
            words = count(
                "{n} fact of the places that leave", "{n} facts of the places that leave",
                len(parts),
            )  # fmt: skip
            look = button(tr("See which"), lambda: self._see(words, parts), "link")
            look.setAccessibleName(f"{tr('See which')}: {words}")
            self._box.addLayout(row(label(words, "emphasis"), look, None, gap=12))
        for sentence in leaving.stays:
            self._box.addWidget(label(tr(sentence), "caption", "muted", wrap=True))

    def _safety(self, leaving: Leaving) -> None:
        self._heading("ph.shield-check", tr("Safety check"))
        words = count(
            "The finished file is read before it is kept: {n} name or address that must not be "
            "in it is looked for.",
            "The finished file is read before it is kept: {n} names and addresses that must not "
            "be in it are looked for.",
            leaving.looked_for,
        )
        if not leaving.looked_for:
            words = tr("No name or address is marked as private, so none has to be looked for.")
        self._box.addWidget(label(words, "caption", wrap=True))

    def _decisions(self, leaving: Leaving) -> None:
        self.undecided = tuple(one for one in leaving.to_decide if one.id not in self.allowed)
        self._first_decision = None
        for one in self.undecided:
            title = label(tr("To decide before saving: {name}", name=one.name), "emphasis")
            out = button(tr("Leave the place out"), lambda o=one: self._leave_out(o), "primary")
            yes = button(tr("They said yes"), lambda o=one: self._allow(o))
            for choice in (out, yes):
                choice.setAccessibleDescription(f"{one.name}. {one.reason}")
            inside = column(title, label(one.reason, wrap=True), row(out, yes, None), gap=6)
            self._box.addWidget(panel(inside, "note-warning", (14, 10, 14, 10)))
            self._first_decision = self._first_decision or out

    def _ticked(self, group: Group, on: bool) -> None:
        (self.left_out.discard if on else self.left_out.add)(group)
        self._changed()

    def _leave_out(self, one: Held) -> None:
        self.without.add(one.id)
        self._changed()

    def _allow(self, one: Held) -> None:
        self.allowed.add(one.id)
        self._changed()

    def _see(self, title: str, items: Sequence[str]) -> None:
        ask(self, ListDialog(self, self._desk.theme, title, items))
