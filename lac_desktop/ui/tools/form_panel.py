# SPDX-License-Identifier: AGPL-3.0-or-later
"""A tool that is words: read as it was said, changed in a form, with room on its page counted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QTextBrowser, QWidget

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

_READ, _EDIT, _EMPTY = range(3)
_COUNT_MS = 350
_ASIDE, _WIDE = 330, 900


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
        if made.drawing == "profile":
            from lac_desktop.ui.tools.circle_panel import CircleGlance

            self.aside.addWidget(CircleGlance(session, desk, person))
        self.aside.setFixedWidth(desk.theme.scaled(_ASIDE))
        self.inside.addLayout(row(self.stack, self.aside, gap=20), 1)
        self.stack.setMinimumHeight(desk.theme.scaled(260))
        self.inside.addWidget(self.room)
        self.story.shown.connect(self.show_values)
        self.story.touched.connect(self._soon.start)
        desk.theme.changed.connect(self._paint)
        self.show_values()
        if self.story.changed:
            self.start()

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
        self.aside.setCurrentIndex(self.aside.count() - 1 if place == _READ else 0)
        self._make_room()
        self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what stands aside where there is little room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Show the page, or the circle, beside the words where there is room and something new."""
        place = self.stack.currentIndex()
        has = place == _EDIT or (place == _READ and self.aside.count() > 1)
        self.aside.setVisible(has and self.width() >= self.desk.theme.scaled(_WIDE))

    def _form_page(self) -> QWidget:
        """Where the form comes to stand."""
        self._editing = column(gap=0)
        made = QWidget()
        made.setLayout(self._editing)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        return made

    def _empty_page(self) -> QWidget:
        """What stands there before anything is filled in: a question, not a form."""
        asked = self.tool.fields[0]
        question = tr(asked.prompt) if asked.prompt else tr(self.tool.purpose)
        self.begin = button(tr("Start"), self.start, "primary")
        inside = column(
            label(question, "lead", wrap=True),
            label(tr(self.tool.purpose), "", "muted", wrap=True),
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
    """A sheet to read, own words in violet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setProperty("sheet", True)

    def sizeHint(self) -> QSize:
        """It scrolls, so it asks for little and takes what there is."""
        return QSize(300, 160)

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
