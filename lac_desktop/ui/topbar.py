# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search with suggestions as you type, quick note, Level 1 tally and Lock."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
)

from lac_desktop.domain.progress import Progress
from lac_desktop.services import find, people
from lac_desktop.services.find import Suggestion
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.page import Page
from lac_desktop.ui.session import Session
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, with_icon
from lac_desktop.ui.words import count, tr

_SUGGEST_MS = 60
_FILTER_MS = 250
_MOST_PEOPLE = 4


class TopBar(QFrame):
    """The search field filters list and map as you type; Enter goes to the first place."""

    def __init__(
        self,
        session: Session,
        desk: Desk,
        lock: Callable[[], object],
        entered: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAccessibleName(tr("Actions"))
        self._session, self._desk, self._entered = session, desk, entered
        self._offers: dict[str, Suggestion] = {}
        self._turn = 0
        self.search = QLineEdit()
        self._words = QStringListModel(self)
        self.completer = QCompleter(self._words, self)
        self._make_search()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._suggest)
        self.lock: QPushButton = with_icon(button(tr("Lock"), lock), desk.icons, "ph.lock-simple")
        self.lock.setToolTip(tr("Lock the notebook (Ctrl+L)"))
        asked = session.asked
        self.note: QPushButton = button(tr("Quick note"), lambda: asked.emit("quick-note"))
        self.tally: QPushButton = button(tr("Level 1 tally"), lambda: asked.emit("tally"))
        for made, words, icon in (
            (self.note, tr("Quick note (Ctrl+Shift+N)"), "ph.note-pencil"),
            (self.tally, tr("Level 1 tally (Ctrl+Shift+T)"), "ph.hand-waving"),
        ):
            with_icon(made, desk.icons, icon).setToolTip(words)
        self.menu = button(tr("Menu"))
        self.menu.setMenu(QMenu(self.menu))
        self.menu.hide()
        self._lay_out()
        self._page: Page | None = None
        session.query_changed.connect(self._query_changed)

    def serve(self, page: Page) -> None:
        """The search field looks for people where the page in front does, else for places."""
        with QSignalBlocker(self.search):
            self.search.setText("" if page.find_words else self._session.query.text)
        self._page = page if page.find_words else None
        words = page.find_words or "Search places, groups and gifts"
        self.search.setPlaceholderText(tr(words))

    def _make_search(self) -> None:
        """The field with its glass and its suggestions."""
        self.search.setPlaceholderText(tr("Search places, groups and gifts"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setAccessibleDescription(tr("Suggestions come as you type. Control K."))
        self.search.setClearButtonEnabled(True)
        for clear in self.search.findChildren(QToolButton):
            clear.setAccessibleName(tr("Clear the search"))
        glass = self.search.addAction(
            self._desk.icons.icon("ph.magnifying-glass", "muted"),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        glass.setText(tr("Search"))
        completer = self.completer
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._chosen)
        self.popup = QListView()
        completer.setPopup(self.popup)
        self.popup.setAccessibleName(tr("Suggestions"))
        self.popup.setObjectName("suggestions")
        completer.highlighted.connect(lambda words: announce(self.search, words, now=True))
        self.search.setCompleter(completer)
        self.search.textEdited.connect(self._edited)
        self.search.returnPressed.connect(self._enter)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._cleared)

    def _lay_out(self) -> None:
        """Search at the left, buttons at the right."""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search, 3)
        layout.addStretch(2)
        layout.addWidget(self.note)
        layout.addWidget(self.tally)
        layout.addWidget(self.menu)
        layout.addWidget(self.lock)

    def collapse(self, width: int) -> None:
        """Under 800 the menu stands here; search takes what is left."""
        self.search.setMaximumWidth(self._desk.theme.scaled(430))
        self.menu.setVisible(width < 800)
        self.lock.setText("" if width < 800 else tr("Lock"))
        self.lock.setAccessibleName(tr("Lock"))
        for made, words in ((self.note, tr("Quick note")), (self.tally, tr("Level 1 tally"))):
            made.setText(words if width >= 1024 else "")
            made.setAccessibleName(words)
            made.setVisible(width >= 800)

    def fill_menu(self, fill: Callable[[QMenu], object]) -> None:
        """Offer the same menus as the menu bar: menus of their own, for they go with this bar."""
        fill(self.menu.menu())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc empties the search; Down without suggestions goes to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            showing = self.popup.isVisible()
            if event.key() == Qt.Key.Key_Down and not showing:
                self._entered()
                return True
        return super().eventFilter(watched, event)

    def _edited(self, text: str) -> None:
        """Suggest at once and filter after a pause."""
        self._soon.start(_SUGGEST_MS)
        if self._page is not None:
            self._page.find_typed(text)
            return
        query = replace(self._session.query, text=text.strip())
        self._session.set_query(query, after_ms=_FILTER_MS)

    def _cleared(self, text: str) -> None:
        """The clear button shows everything again."""
        if not text and self._page is not None:
            self._page.find_typed("")
        elif not text and self._session.query.text:
            self._session.change(text="")

    def _suggest(self) -> None:
        """Ask for suggestions on a worker thread."""
        text = self.search.text().strip()
        self._turn += 1
        turn, notebook = self._turn, self._session.notebook
        if len(text) < 2:
            self._show((turn, []))
            return

        def work(_progress: Progress) -> tuple[int, list[Suggestion]]:
            known = people.find(notebook, text, _MOST_PEOPLE)
            named = [Suggestion(one.name, "", person_id=one.id) for one in known]
            return turn, named + find.complete(notebook, text)

        self._desk.jobs.run(work, self._show)

    def _show(self, answer: tuple[int, list[Suggestion]]) -> None:
        """Show suggestions, unless more was typed."""
        turn, offers = answer
        if turn != self._turn or not self.search.hasFocus():
            return
        self._offers = {
            f"{offer.text}, {offer.detail}" if offer.detail else offer.text: offer
            for offer in offers
        }
        self._words.setStringList(list(self._offers))
        if offers:
            self.completer.complete()
            # the list is a window of its own that readers are not told of
            announce(self.search, count("{n} suggestion: {first}", "{n} suggestions: {first}",
                                        len(offers), first=next(iter(self._offers))))  # fmt: skip
        else:
            self.popup.hide()

    def _chosen(self, words: str) -> None:
        """A suggestion was chosen: show that place, or what is near it, and go there."""
        offer = self._offers.get(words)
        self.search.clear()
        if offer is None:
            return
        if offer.person_id:
            self._session.open_person(offer.person_id)
            return
        if offer.place is not None:
            self._session.change(text="", near=offer.place.point, near_text=offer.place.words)
        else:
            self._session.change(text="")
            self._session.open(offer.asset_id)
        self._entered()

    def _enter(self) -> None:
        """Go to the list with what was typed."""
        if self.popup.isVisible():
            return
        text = self.search.text().strip()
        if self._page is not None and text:
            self._page.find_entered(text)
        else:
            self._entered()

    def _query_changed(self) -> None:
        """A saved filter or "Clear filters" changed the words."""
        if (
            self._page is None
            and not self.search.hasFocus()
            and self.search.text() != self._session.query.text
        ):
            self.search.setText(self._session.query.text)
