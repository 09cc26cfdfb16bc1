# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pane beside list and map: what one place is, gives, opens and how fresh that is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.wording import minutes_walk
from lac_desktop.ui.asset import facts
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.glyphs import category_icon
from lac_desktop.ui.session import Session
from lac_desktop.ui.widgets import (
    button,
    clear,
    column,
    icon_tool,
    label,
    line,
    panel,
    row,
    scrolling,
    with_icon,
)
from lac_desktop.ui.words import tr


class DetailPane(QFrame):
    """Reads like a short page; its foot holds the actions."""

    def __init__(self, session: Session, desk: Desk, close: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("detail")
        self.setAccessibleName(tr("Details"))
        self._session, self._desk = session, desk
        self.asset: Asset | None = None
        self.run: Callable[[str], object] = lambda _command: None
        self._glyph = QLabel()
        self._glyph.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = label("", "heading1", wrap=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._under = label("", "", "muted", wrap=True)
        self._close = icon_tool(desk.icons, "ph.x", tr("Close the details"), close)
        self._back = with_icon(button(tr("Back to the list"), close), desk.icons, "ph.arrow-left")
        self._page = QVBoxLayout()
        self._page.setSpacing(2)
        body = panel(self._page, "", (18, 4, 16, 12))
        self._scroll = scrolling(body, tr("Details"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fresh = QHBoxLayout()
        self._foot = QVBoxLayout()
        head = row(self._glyph, column(self._title, self._under, gap=1), self._close, gap=10)
        head.setAlignment(self._glyph, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        head.setStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(panel(column(row(self._back, None), head), "", (18, 14, 12, 8)))
        outer.addWidget(self._scroll, 1)
        self._actions = self._make_foot()
        outer.addWidget(self._actions)
        self._back.hide()
        session.data_changed.connect(self._again)
        session.selected.connect(self._selected)
        desk.theme.changed.connect(self._fit)
        self._fit()

    def show_asset(self, asset_id: str) -> None:
        """Show this place as it is now."""
        self._fit()
        self.asset = self._session.asset(asset_id)
        if self.asset is None:
            self.hide()
            return
        self._fill(self.asset)

    def over_list(self, over: bool, to: str = "") -> None:
        """Covering the list or the map, it offers Back in words (``to``)."""
        self._back.setText(to or tr("Back to the list"))
        self._back.setVisible(over)
        self._close.setVisible(not over)
        self.setMaximumWidth(16777215 if over else self._desk.theme.scaled(460))

    def _fit(self) -> None:
        """Wide enough for the buttons of the foot at this text size."""
        wanted = self._actions.sizeHint().width()
        self.setMinimumWidth(max(self._desk.theme.scaled(300), wanted))

    def focus_first(self) -> None:
        """Put the focus on the way back, or on the page."""
        (self._back if self._back.isVisible() else self._scroll).setFocus()

    def _selected(self, asset_id: str) -> None:
        """Follow the selection while it is shown."""
        if self.isVisible() and asset_id:
            self.show_asset(asset_id)

    def _again(self) -> None:
        """Show it anew after a change."""
        if self.isVisible() and self.asset is not None:
            self.show_asset(self.asset.id)

    def _make_foot(self) -> QWidget:
        """Introduce somebody, what keeps it true, and the rest."""
        icons = self._desk.icons
        self._checked = label("", "", "muted", wrap=True)
        still = with_icon(
            button(tr("Still right"), lambda: self.run("still-right"), "small"), icons, "ph.check"
        )
        introduce = with_icon(
            button(tr("Introduce…"), lambda: self.run("introduce"), "primary"),
            icons, "ph.handshake", "on-accent",
        )  # fmt: skip
        edit = with_icon(button(tr("Edit"), lambda: self.run("edit")), icons, "ph.pencil-simple")
        history = button(tr("History"), lambda: self.run("history"))
        still.setToolTip(tr("Checked today (S in the list)"))
        introduce.setToolTip(tr("Introduce somebody here (Ctrl+Shift+D)"))
        edit.setToolTip(tr("Edit the place (E in the list)"))
        fresh = row(still, gap=8)
        fresh.insertWidget(0, self._checked, 1)
        inside = column(line(), fresh, row(introduce, edit, history, None), gap=8)
        return panel(inside, "", (18, 0, 12, 12))

    def _fill(self, asset: Asset) -> None:
        """Write the page."""
        notebook = self._session.notebook
        kind = notebook.kinds.kinds.get(asset.kind)
        letter = kind.category if kind else "S"
        size = self._desk.theme.scaled(28)
        self._glyph.setPixmap(category_icon(letter, self._desk.theme, size).pixmap(size, size))
        self._title.setText(asset.name)
        self._under.setText(self._under_title(asset))
        self._checked.setText(facts.checked(notebook, asset))
        clear(self._page)
        for sentence, tone in facts.notices(notebook, asset):
            self._page.addWidget(label(sentence, "", tone, wrap=True))
            self._page.addSpacing(4)
        for heading, lines in facts.sections(notebook, asset):
            if heading:
                self._page.addSpacing(10)
                self._page.addWidget(label(heading, "heading3"))
            for text in lines:
                made = label(text, wrap=True)
                made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._page.addWidget(made)
        self._links(asset)
        self._page.addStretch(1)
        spoken = [asset.name, self._under.text(), *(s for s, _ in facts.notices(notebook, asset))]
        spoken += [
            f"{h}: {', '.join(t)}" if h else ", ".join(t)
            for h, t in facts.sections(notebook, asset)
        ]
        self._scroll.setAccessibleName(tr("Details of {name}", name=asset.name))
        self._scroll.setAccessibleDescription(". ".join([*spoken, self._checked.text()]))

    def _under_title(self, asset: Asset) -> str:
        """Kind, Welsh name, and the walk from where is looked near."""
        words = facts.under_title(self._session.notebook, asset)
        walk = self._session.walk_to(asset.id)
        if walk is None or walk[0] != walk[0]:
            return words
        place = self._session.near_words
        minutes = minutes_walk(walk[0], tr)
        said = (
            tr("about {minutes} from {place} as the crow flies", minutes=minutes, place=place)
            if walk[1]
            else tr("{minutes} on foot from {place}", minutes=minutes, place=place)
        )
        return f"{words}. {said[:1].upper()}{said[1:]}"

    def _links(self, asset: Asset) -> None:
        """What it runs at, is run by or meets in, and what is tied to it: each opens by a click."""
        linked = facts.linked(self._session.notebook, asset)
        if not linked:
            return
        self._page.addSpacing(10)
        self._page.addWidget(label(tr("Linked with"), "heading3"))
        for other, words in linked:
            way = button(words, lambda one=other: self._session.open(one), "link")
            self._page.addLayout(row(way, None))
