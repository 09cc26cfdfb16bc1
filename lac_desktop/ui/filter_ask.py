# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking for a place to look near, and for a day and time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QStringListModel, Qt, QTime
from PySide6.QtWidgets import QCompleter, QDateTimeEdit, QWidget

from lac_desktop.services import places
from lac_desktop.services.places import Place
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.soon import soon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class NearDialog(Dialog[Place]):
    """A postcode, a place, a grid reference or two numbers."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Search near"), tr("Search near here"))
        self._session = session
        self.form = Form(desk.theme, above=True)
        self.edit = text_field("", tr("LE15 6RE"))
        self.form.add(
            "near",
            tr("Postcode or place"),
            self.edit,
            tr("Also a grid reference such as SK 860 090, or 52.67, -0.73."),
        )
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.edit.setCompleter(completer)
        self.edit.returnPressed.connect(self._entered)
        self.edit.textEdited.connect(self._suggest)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(420)
        self.edit.setFocus()

    def answer(self) -> Place | None:
        """The place, or None with a sentence under the field."""
        typed = self.edit.text().strip()
        found = places.place(self._session.notebook, typed)
        if found is None:
            if self._session.notebook.pack is None:
                why = tr(
                    "Without an area pack only a grid reference or two numbers are understood."
                )
            else:
                why = tr("Nothing in this area is called that. Check the spelling, or type a "
                         "postcode.")  # fmt: skip
            self.form.show_problems({"near": why})
        return found

    def _entered(self) -> None:
        """Enter while suggestions show goes to their list alone: take what was typed."""
        popup = self.edit.completer().popup()
        if popup is not None and popup.isVisible():
            popup.hide()
            soon(self, self.finish)

    def _suggest(self, text: str) -> None:
        """Offer postcodes and places as one types."""
        found = places.suggest_places(self._session.notebook, text) if len(text) > 1 else []
        self._words.setStringList([p.words for p in found])


class TimeDialog(Dialog[datetime]):
    """A day and a time."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Open at a chosen time"), tr("Show what is open"))
        self.form = Form(desk.theme, above=True)
        now = session.query.open_at or session.notebook.clock()
        self.edit = QDateTimeEdit(_at_minute(now))
        self.edit.setDisplayFormat("dddd d MMMM yyyy, h:mmap")
        self.edit.setCalendarPopup(True)
        self.form.add(
            "at", tr("Day and time"), self.edit, tr("Bank holidays are taken into account.")
        )
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(420)
        self.edit.setFocus()

    def answer(self) -> datetime:
        """The local time chosen."""
        chosen = self.edit.dateTime()
        day, clock = chosen.date(), chosen.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())


def _at_minute(now: datetime) -> QDateTime:
    """A local time for a field, without seconds."""
    return QDateTime(QDate(now.year, now.month, now.day), QTime(now.hour, now.minute))


def ask_near(parent: QWidget, session: Session, desk: Desk) -> Place | None:
    """Where to look near; None where it was cancelled."""
    return ask(parent, NearDialog(parent, session, desk))


def ask_time(parent: QWidget, session: Session, desk: Desk) -> datetime | None:
    """When it should be open; None where it was cancelled."""
    return ask(parent, TimeDialog(parent, session, desk))
