# SPDX-License-Identifier: AGPL-3.0-or-later
"""One tool of one person on screen: its dates, its content, saving and printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSplitter, QVBoxLayout, QWidget

from lac_desktop.domain import circle
from lac_desktop.domain.week import in_order
from lac_desktop.domain.wording import long_date
from lac_desktop.services import tools
from lac_desktop.ui.tools.circle_draw import CircleOnPaper
from lac_desktop.ui.tools.inputs import Kit
from lac_desktop.ui.tools.items import ItemsEditor
from lac_desktop.ui.tools.paper import NORMAL, PROFILE_FLOOR, Drawing, Sheet
from lac_desktop.ui.tools.sheet_text import Part, parts_of, picture_in
from lac_desktop.ui.tools.story import SheetStory
from lac_desktop.ui.tools.strip import DateStrip, SaveBar
from lac_desktop.ui.tools.week_draw import WeekOnPaper
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling, with_icon
from lac_desktop.ui.words import count, tr
from lac_desktop.ui.work import tab_chain

if TYPE_CHECKING:
    from lac_desktop.domain.tools import Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session
    from lac_desktop.ui.theme import Theme

#: From so many pixels at 100 % text two parts stand beside each other.
_BESIDE = 760
#: And the heading is one row.
_IN_A_ROW = 800
#: The field that each drawing draws.
DRAWN = {"circle": "people", "week": "week"}


class ToolPanel(QWidget):
    """A heading row, the content (filled by the subclass) and the bar that saves."""

    def __init__(self, session: Session, desk: Desk, person: str, tool: Tool) -> None:
        super().__init__()
        self.setObjectName("page")
        self.session, self.desk, self.person, self.tool = session, desk, person, tool
        self.story = SheetStory(session, desk, person, tool)
        self.name = tools.name_of(session.notebook, person)
        language = desk.preferences.language
        self.title = tool.title_cy if language == "cy" else tr(tool.title)
        self.setAccessibleName(self.title)
        self.strip = DateStrip(self.story)
        self.bar = SaveBar(self.story, self)
        self.print_button = with_icon(
            button(tr("Print…"), self.print_page, "small"), desk.icons, "ph.printer"
        )
        self._extra: list[QWidget] = []
        self.buttons = row(None, self.print_button)
        self.heading = QGridLayout()
        self.heading.setSpacing(8)
        self.heading.setColumnStretch(2, 1)
        self.heading.addWidget(label(self.title, "heading2"), 0, 0)
        self.heading.addWidget(self.strip, 0, 1)
        self.heading.addLayout(self.buttons, 0, 2)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = panel(self.heading, "", (20, 10, 20, 6))
        content = column(head, panel(self.inside, "", (20, 4, 20, 10)), gap=0)
        content.setStretch(1, 1)
        outer.addWidget(scrolling(panel(content), self.title), 1)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.story.save)
        foot = QVBoxLayout()
        foot.addWidget(self.bar)
        outer.addWidget(panel(foot, "", (20, 0, 20, 8)))

    def add_button(self, made: QWidget) -> None:
        """One more button before Print."""
        self.buttons.insertWidget(self.buttons.count() - 1, made)
        self._extra.append(made)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes as one reads: dates and buttons, the content, saving."""
        super().showEvent(event)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Lay Tab's way again, for what stands there now."""
        head = [*tab_chain(self.strip), *(w for w in self._extra), self.print_button]
        foot = [self.bar.drop, self.bar.save]
        rest = [w for w in tab_chain(self) if w not in head and w not in foot]
        for before, after in pairwise([*head, *rest, *foot]):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The dates get a row of their own where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < self.desk.theme.scaled(_IN_A_ROW)
        self.heading.removeWidget(self.strip)
        if narrow:
            self.heading.addWidget(self.strip, 1, 0, 1, 3)
        else:
            self.heading.addWidget(self.strip, 0, 1)

    def kit(self) -> Kit:
        """What inputs are made with."""
        names = tools.known_names(self.session.notebook, self.person)
        return Kit(self.session, self.desk, tuple(names))

    def sheet(self, large: bool, short: bool) -> Sheet:
        """What is looked at, as a page."""
        return sheet_of(self.story, self.name, large=large, short=short)

    def print_page(self) -> None:
        """Print what is looked at."""
        from lac_desktop.ui.tools.printing import ask_to_print

        has_names = self.tool.drawing == "circle"
        ask_to_print(self, self.story, self.sheet, names=has_names)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What can be done here."""
        return {"print-view": self.print_page}

    def changed(self) -> None:
        """Something about the person was changed elsewhere: read again, unless one is typing."""
        if not self.story.changed:
            self.story.load()

    def closing(self) -> None:
        """Keep what is typed, also in lines that were not entered yet."""
        self.strip.stop()
        for editor in self.findChildren(ItemsEditor):
            editor.take_line()
        self.story.closing()


def _counted(ties: tuple[circle.Tie, ...], short: bool) -> tuple[Part, ...]:
    """The two counts in words; and who is who, where the drawing has only initials."""
    unpaid, paid = circle.counts(ties)
    words = count("{n} person not paid to be here", "{n} people not paid to be here", unpaid)
    said = tr("{unpaid}, {paid} paid", unpaid=words, paid=paid)
    parts = (Part("counts", said, "plain", lines=(tr("A square is somebody paid. A plus: would "
                  "like to see more of them."),), bullets=False),)  # fmt: skip
    if len(ties) <= circle.NAMED or short:
        return parts
    names = ", ".join(f"{circle.initials(tie.name)} {tie.name}" for tie in ties)
    return (*parts, Part("names", tr("Who is who"), "plain", lines=(names,), bullets=False))


def _week(rows: tuple[Mapping[str, Any], ...], drawn: str) -> tuple[Drawing, str]:
    """The drawing of a week, and the field that need not be told in words below it."""
    wide, high = Sheet("", "", (), landscape=True).size
    whole = WeekOnPaper(rows)
    if not whole.cuts(wide, high):
        return whole, drawn
    return WeekOnPaper(rows, 0.4), ""


class Pair(QSplitter):
    """Two parts beside each other, or one above the other where there is little room."""

    def __init__(self, theme: Theme, first: QWidget, second: QWidget, least: int = 230) -> None:
        super().__init__()
        self._theme = theme
        self.setHandleWidth(9)
        self.setProperty("look", "pair")  # a hair line, easy to grip
        self.setChildrenCollapsible(False)
        for part in (first, second):
            part.setMinimumHeight(theme.scaled(least))
            self.addWidget(part)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        narrow = event.size().width() < self._theme.scaled(_BESIDE)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if way != self.orientation():
            self.setOrientation(way)
        super().resizeEvent(event)


def sheet_of(story: SheetStory, name: str, *, large: bool = False, short: bool = False) -> Sheet:
    """The sheet that is looked at as one page; ``short`` puts initials in the place of names."""
    tool, values = story.tool, story.values
    drawn, rows = DRAWN.get(tool.drawing, ""), values.get(DRAWN.get(tool.drawing, "")) or []
    language = story.desk.preferences.language
    drawing: Drawing | None = None
    first: tuple[Part, ...] = ()
    if tool.drawing == "circle" and rows:
        ties = tuple(circle.from_rows(rows))
        drawing = CircleOnPaper(ties, circle.initials(name)[:2], short)
        first = _counted(ties, short)
    elif tool.drawing == "week" and rows and not large:
        rows = sorted(rows, key=in_order)
        values = {**values, drawn: rows}
        drawing, drawn = _week(tuple(rows), drawn)
    said = circle.initials(name) if short else name
    under = ", ".join(p for p in (said, long_date(story.day, tr)) if p)
    return Sheet(
        tool.title_cy if language == "cy" else tr(tool.title),
        under,
        first + parts_of(tool, values, language, frozenset({drawn}) if drawing else frozenset()),
        drawing,
        tool.landscape,
        PROFILE_FLOOR if tool.drawing == "profile" else NORMAL[-1],
        picture_in(tool, values),
    )
