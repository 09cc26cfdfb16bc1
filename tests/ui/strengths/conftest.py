# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jean's tabs over a real notebook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from lac_desktop.domain import ids
from lac_desktop.domain.person import Person
from lac_desktop.domain.strengths import Exchange, Gift, GiftOf, Offer, Wish
from lac_desktop.services import people, strengths
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.preferences import Preferences
from lac_desktop.ui.desk import Desk, Messages
from lac_desktop.ui.dialogs import Dialog
from lac_desktop.ui.icons import Icons
from lac_desktop.ui.jobs import Jobs
from lac_desktop.ui.session import Session
from lac_desktop.ui.strengths.measures_tab import MeasuresTab
from lac_desktop.ui.strengths.strong_tab import StrongTab
from lac_desktop.ui.theme import Theme

Wait = Callable[[Callable[[], bool]], None]
T = TypeVar("T", bound=QWidget)


@dataclass
class Opened:
    """Somebody's tabs over a notebook; ``said`` are the sentences of the message bar."""

    session: Session
    desk: Desk
    book: Notebook
    jean: Person
    said: list[str]
    shown: list[QWidget]

    def strong(self, person: str = "") -> StrongTab:
        """The tab "What's strong", in front."""
        return self._show(StrongTab(self.session, self.desk, person or self.jean.id))

    def measures(self) -> MeasuresTab:
        """The tab "Measures", in front."""
        return self._show(MeasuresTab(self.session, self.desk, self.jean.id))

    def _show(self, tab: T) -> T:
        self.shown.append(tab)
        tab.resize(1190, 560)
        tab.show()
        return tab


@pytest.fixture(scope="module")
def desk(qapp: QApplication) -> Iterator[Desk]:
    """What screens are handed, made once: the look of the whole program takes its time."""
    theme = Theme(qapp, "light")
    made = Desk(theme, Icons(theme), Jobs(qapp), Messages(qapp), Preferences())
    yield made
    made.jobs.cancel_all()


def fill_in(book: Notebook) -> Person:
    """Jean has a private gift, a wish and six exchanges, five of them with Nadia."""
    jean, nadia = people.add(book, "Jean"), people.add(book, "Nadia")
    strengths.save(
        book,
        Gift(ids.new_id(), jean.id, "Knows every allotment trick", GiftOf.HEAD),
        Gift(ids.new_id(), jean.id, "Prunes roses", GiftOf.HANDS, Offer.TEACH, ("gardening",)),
        Wish(ids.new_id(), jean.id, "My bike going", ("bikes",)),
    )
    for month, given, other in (
        (6, False, nadia.id), (8, True, nadia.id), (9, False, nadia.id), (11, False, nadia.id),
        (12, False, nadia.id),
    ):  # fmt: skip
        day = date(2025, month, 20)
        strengths.save(book, Exchange(ids.new_id(), jean.id, given, other, "soup", day))
    mo = Exchange(ids.new_id(), jean.id, False, "Mo", "a lift", date(2026, 2, 20), "hopeful")
    strengths.save(book, mo)
    return jean


@pytest.fixture
def opened(desk: Desk, open_notebook: Notebook, qtbot: object) -> Iterator[Opened]:
    """Jean's tabs; they go before the notebook is locked."""
    session, said, shown = Session(open_notebook, desk), [], []
    desk.messages.shown.connect(lambda _kind, sentence, _word, _act: said.append(sentence))
    yield Opened(session, desk, open_notebook, fill_in(open_notebook), said, shown)
    desk.jobs.cancel_all()
    for widget in shown:
        widget.close()
        widget.deleteLater()
    session.close()
    QApplication.processEvents()


def when_asked(fill: Callable[[Any], object], *, accept: bool = True) -> None:
    """Fill in the next dialog as soon as it shows, and finish it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Dialog):
            QTimer.singleShot(20, look)
            return
        try:
            fill(dialog)
            dialog.finish() if accept else None
        finally:
            if dialog.isVisible():  # a test that went wrong must end
                dialog.reject()

    QTimer.singleShot(20, look)


def unnamed(widget: QWidget) -> list[str]:
    """What takes the keyboard inside and has nothing to be read out."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit

    wrong = []
    for inner in widget.findChildren(QWidget):
        if not inner.focusPolicy() & Qt.FocusPolicy.TabFocus or not inner.isVisible():
            continue
        if inner.objectName().startswith("qt_"):
            continue
        said = inner.accessibleName()
        if isinstance(inner, QAbstractButton):
            said = said or inner.text()
        kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea)
        if isinstance(inner, kinds) and not said:
            wrong.append(f"{type(inner).__name__} in {type(inner.parentWidget()).__name__}")
    return wrong
