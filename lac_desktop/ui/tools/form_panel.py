# SPDX-License-Identifier: AGPL-3.0-or-later
"""A tool that is words: read as it was said, changed in a form, with room on its page counted."""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from lac_desktop.services import tools
from lac_desktop.ui.tools import paper
from lac_desktop.ui.tools.form import ToolForm
from lac_desktop.ui.tools.panel import ToolPanel, sheet_of
from lac_desktop.ui.tools.sheet_text import Look, Part, body_html, parts_of, picture_in
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.tools import Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session
    from lac_desktop.ui.theme import Theme
    from lac_desktop.ui.tools.glance import Glance

_READ, _EDIT, _EMPTY = range(3)
_COUNT_MS = 350
_ANY = 16_777_215  # no greatest width
_SCROLLS = frozenset((
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
))  # fmt: skip
#: Pixels at 100 % text: the page as a picture, from which width it stands beside the words, and
#: the most and the share of the width that the first view of a person has beside them.
_ASIDE, _WIDE, _GLANCE, _SHARE = 330, 900, 560, 0.46


class FormPanel(ToolPanel):
    """Reading and changing one sheet."""

    def __init__(self, session: Session, desk: Desk, person: str, made: Tool) -> None:
        super().__init__(session, desk, person, made)
        self.text = SheetText(desk.theme)
        self.text.setAccessibleName(self.title)
        self.change = with_icon(
            button(tr("Change"), self.start, "small"), desk.icons, "ph.pencil-simple"
        )
        self.done = button(tr("Back to reading"), self.read, "small")
        self.room = label("", "caption")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_COUNT_MS)
        self._soon.timeout.connect(self._count)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.text)
        self.stack.addWidget(self._form_page())
        self.stack.addWidget(self._empty_page())
        self.add_button(self.done)
        self.add_button(self.change)
        self.aside = QStackedWidget()
        self.page = QLabel()
        self.page.setAccessibleName(tr("Picture of the page"))
        self.page.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.aside.addWidget(self.page)
        self.glance: Glance | None = None
        if made.drawing == "profile":
            from lac_desktop.ui.tools.glance import Glance

            self.glance = Glance(session, desk, person)
            self.aside.addWidget(self.glance)
        self._lay_out()
        self.text.grown.connect(self._make_room)
        self.story.shown.connect(self.show_values)
        self.story.touched.connect(self._soon.start)
        desk.theme.changed.connect(self._paint)
        self.show_values()
        if self.story.changed:
            self.start()

    def _lay_out(self) -> None:
        """The words, and beside or below them what stands aside."""
        words = column(self.stack, self.room, gap=6)
        words.setStretch(0, 1)
        self._sides = row(gap=20)
        self._sides.addLayout(words, 1)
        self._sides.addWidget(self.aside)
        self.inside.addLayout(self._sides, 1)

    @cached_property
    def form(self) -> ToolForm:
        """The form, made once somebody begins to change: a page is read far more often."""
        made = ToolForm(self.kit(), self.tool)
        self._editing.addWidget(scrolling(made, self.title))
        made.changed.connect(self._typed)
        self.order_tabs()
        return made

    def start(self) -> None:
        """Change what is there: the draft, or the latest sheet."""
        latest = self.story.latest
        if not latest and self.tool.drawing == "profile":
            # What is in the gifts register need not be typed again; it is saved only with a save.
            latest = {"strong": tools.strong_rows(self.session.notebook, self.person)}
        self.form.put(latest)
        if self.story.sheets and not self.story.changed:
            self.story.look_at(len(self.story.sheets) - 1)
        self._show(_EDIT)
        self.form.start()

    def read(self) -> None:
        """Look at it again; what was typed stays a draft."""
        self._show(_READ if self.story.count else _EMPTY)
        (self.text if self.story.count else self.begin).setFocus()

    def show_values(self) -> None:
        """Show what is looked at; a form that is open keeps what is being typed in it."""
        self._paint()
        if not self.story.changed or self.story.at < len(self.story.sheets):
            self._show(_READ if self.story.count else _EMPTY)
        self._soon.start()

    def _typed(self) -> None:
        """Something was typed."""
        self.story.type(self.form.values(), show=False)

    def _show(self, place: int) -> None:
        """One of reading, changing, and nothing yet."""
        self.stack.setCurrentIndex(place)
        self.change.setVisible(place == _READ)
        self.done.setVisible(place == _EDIT)
        self.print_button.setVisible(place != _EMPTY)
        self.room.setVisible(place != _EMPTY)
        self.aside.setCurrentIndex(self.aside.count() - 1 if place != _EDIT else 0)
        self._make_room()
        self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what stands aside where there is little room."""
        super().resizeEvent(event)
        self._make_room()

    def changed(self) -> None:
        """Something about the person was changed elsewhere."""
        super().changed()
        if self.glance is not None:
            self.glance.look()

    def _make_room(self) -> None:
        """Beside the words stands the page as a picture, or what else is new, where there is room.

        The page is as long as its words. What a person's first view has beside them comes below
        where there is no room beside.
        """
        place, scaled = self.stack.currentIndex(), self.desk.theme.scaled
        beside = self.width() >= scaled(_WIDE)
        glance = place != _EDIT and self.glance is not None
        self.aside.setVisible(glance or (place == _EDIT and beside))
        way = QBoxLayout.Direction
        self._sides.setDirection(way.LeftToRight if beside else way.TopToBottom)
        wide = max(scaled(_ASIDE), min(scaled(_GLANCE), round(self.width() * _SHARE)))
        self.aside.setFixedWidth(scaled(_ASIDE) if place == _EDIT else wide)
        if not beside:
            self.aside.setFixedWidth(_ANY)
            self.aside.setMinimumWidth(0)
        least = {_READ: self.text.tall(), _EDIT: scaled(260)}
        self.stack.setMinimumHeight(least.get(place, 0))

    def _form_page(self) -> QWidget:
        """Where the form comes to stand."""
        self._editing = column(gap=0)
        made = QWidget()
        made.setLayout(self._editing)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        return made

    def _empty_page(self) -> QWidget:
        """What stands there before anything is filled in: a question, not a form."""
        asked = [field.prompt for field in self.tool.fields if field.prompt.endswith("?")]
        question = [label(tr(asked[0]), "lead", wrap=True)] if asked else []
        self.begin = button(tr("Start"), self.start, "primary")
        inside = column(
            *question,
            label(
                tr(self.tool.purpose), "" if asked else "lead", "muted" if asked else "", wrap=True
            ),
            label(tr(self.tool.when), "", "muted", wrap=True),
            row(self.begin, None),
            None,
            gap=12,
        )
        return panel(inside, "", (0, 12, 0, 0))

    def _paint(self) -> None:
        """Write the sheet in the colours of the theme."""
        language = self.desk.preferences.language
        values = self.story.values
        self.text.show_parts(parts_of(self.tool, values, language), picture_in(self.tool, values))

    def _count(self) -> None:
        """Say whether it fits its page."""
        if not self.story.count:
            return
        made = sheet_of(self.story, self.name)
        found = paper.fit(made)
        self.room.setText(found.words())
        if self.stack.currentIndex() == _EDIT and self.aside.isVisible():
            dots = self.devicePixelRatioF()
            image = paper.picture(made, found, round((self.aside.width() - 4) * dots))
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(dots)
            self.page.setPixmap(picture)

    def closing(self) -> None:
        """Keep what is typed, and count no more."""
        self._soon.stop()
        super().closing()


class SheetText(QTextBrowser):
    """A sheet to read, own words in violet. ``grown`` is sent when it gets longer or shorter."""

    grown = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setProperty("sheet", True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(
            lambda _size: self.grown.emit()
        )

    def sizeHint(self) -> QSize:
        """It scrolls, so it asks for little and takes what there is."""
        return QSize(300, 160)

    def tall(self) -> int:
        """How high all of it is at this width."""
        return ceil(self.document().size().height()) + 2 * self.frameWidth() + 12

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that scroll go to the page around it."""
        if event.key() in _SCROLLS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_parts(self, parts: tuple[Part, ...], photo: str = "") -> None:
        """Show these parts, with a photo beside them where there is one."""
        theme = self._theme
        colours = (theme.colour(role).name() for role in ("text", "muted", "own-words", "line"))
        look = Look(*colours, size=theme.points("body"), unit="pt", quotes=False)
        self.document().setIndentWidth(16)
        html = body_html(parts, look)
        if photo:
            high = theme.scaled(110)
            html = f'<img src="{photo}" height="{high}" style="float:right">{html}'
        self.setAccessibleDescription(tr("With a photo") if photo else "")
        if html != self.property("html"):
            self.setProperty("html", html)
            self.setHtml(html)
