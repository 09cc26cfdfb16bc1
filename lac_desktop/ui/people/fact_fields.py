# SPDX-License-Identifier: AGPL-3.0-or-later
"""Inputs for what is known about a person: one maker and one reader for each kind of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from lac_desktop.domain.asset_check import postcode_of
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.hours_words import from_words
from lac_desktop.domain.person import Person, Reach
from lac_desktop.services import interests, opening, places
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.asset.list_editor import ListEditor
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, long_field, text_field
from lac_desktop.ui.people.facts import REACH, Fact, reach_words
from lac_desktop.ui.widgets import button, column, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class UnreadableError(ValueError):
    """What was typed means nothing; the text is a sentence for the line under the field."""


@dataclass(frozen=True, slots=True)
class Input:
    """A field on screen: its widget, and what gives the attributes of Person it stands for.

    ``read()`` raises UnreadableError.
    """

    widget: QWidget
    read: Callable[[], Mapping[str, Any]]


def make_input(session: Session, person: Person, fact: Fact) -> Input:
    """The input of a fact, filled with what is known."""
    return _MAKERS[fact.kind](session, person, fact)


def _line(_session: Session, person: Person, fact: Fact) -> Input:
    edit = text_field(getattr(person, fact.name))
    return Input(edit, lambda: {fact.name: edit.text().strip()})


def _text(session: Session, person: Person, fact: Fact) -> Input:
    edit: QPlainTextEdit = long_field(getattr(person, fact.name), session.desk.theme, 3)
    return Input(edit, lambda: {fact.name: edit.toPlainText().strip()})


def _day(session: Session, person: Person, fact: Fact) -> Input:
    edit = text_field(day_words(getattr(person, fact.name)))
    today = session.notebook.clock().date()

    def read() -> Mapping[str, Any]:
        typed = edit.text().strip()
        day = read_day(typed, today)
        if typed and day is None:
            raise UnreadableError(
                tr("This date is not in the calendar. Type it like 5 March 2026.")
            )
        return {fact.name: day}

    return Input(edit, read)


def _one(_session: Session, person: Person, fact: Fact) -> Input:
    options = [("", tr("Not said")), *((k, tr(v)) for k, v in (fact.options or {}).items())]
    now = getattr(person, fact.name)
    if now and now not in (fact.options or {}):
        options.append((now, now))
    box: QComboBox = choice(options, now)
    return Input(box, lambda: {fact.name: str(box.currentData())})


def _yes_no(_session: Session, person: Person, fact: Fact) -> Input:
    now = {None: "", True: "yes", False: "no"}[getattr(person, fact.name)]
    box = choice([("", tr("Not said")), ("yes", tr("Yes")), ("no", tr("No"))], now)
    answers = {"": None, "yes": True, "no": False}
    return Input(box, lambda: {fact.name: answers[str(box.currentData())]})


def _many(_session: Session, person: Person, fact: Fact) -> Input:
    made = Ticks(fact.options or {}, getattr(person, fact.name))
    return Input(made, lambda: {fact.name: made.chosen()})


def _words(_session: Session, person: Person, fact: Fact) -> Input:
    table = interests.load()
    edit = text_field(", ".join(table.words_of(one) for one in getattr(person, fact.name)))

    def read() -> Mapping[str, Any]:
        words = [" ".join(one.split()) for one in edit.text().split(",")]
        return {fact.name: tuple(dict.fromkeys(table.id_of(one) for one in words if one))}

    return Input(edit, read)


def _reach(session: Session, person: Person, fact: Fact) -> Input:
    made: ListEditor[Reach] = ListEditor(
        session.desk.theme,
        person.reach,
        lambda one: reach_words(one.kind, one.value, one.note),
        lambda parent, one: ask(parent, ReachDialog(parent, session, one)),
        tr("Add a way…"),
    )
    return Input(made, lambda: {fact.name: tuple(made.values)})


def _place(session: Session, person: Person, _fact: Fact) -> Input:
    made = HomeField(session, person)
    return Input(made, made.read)


def _hours(_session: Session, person: Person, fact: Fact) -> Input:
    edit = text_field(getattr(person, fact.name))

    def read() -> Mapping[str, Any]:
        typed = edit.text().strip()
        if not typed:
            return {fact.name: ""}
        spec = from_words(typed) or typed
        if opening.problem_of(spec):
            raise UnreadableError(
                tr("These times are not understood. Type them like: Tuesdays 2pm to 5pm.")
            )
        return {fact.name: spec}

    return Input(edit, read)


class Ticks(QWidget):
    """Some of several, each with a box."""

    def __init__(self, options: Mapping[str, str], chosen: tuple[str, ...]) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for value, words in {
            **options,
            **{one: one for one in chosen if one not in options},
        }.items():
            box = QCheckBox(tr(words))
            box.setChecked(value in chosen)
            self._boxes[value] = box
            layout.addWidget(box)
        self.first = next(iter(self._boxes.values()))

    def chosen(self) -> tuple[str, ...]:
        """The values that are ticked."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())


class ReachDialog(Dialog[Reach]):
    """One way to reach somebody."""

    def __init__(self, parent: QWidget, session: Session, one: Reach | None) -> None:
        title = tr("Change this way") if one else tr("Add a way to reach them")
        super().__init__(parent, session.desk.theme, title, tr("Keep"))
        self.form = Form(session.desk.theme, above=True)
        self.kind = choice([(k, tr(v)) for k, v in REACH.items()], one.kind if one else "phone")
        self.value_ = text_field(one.value if one else "")
        self.note = text_field(one.note if one else "")
        self.form.add("kind", tr("How"), self.kind)
        self.form.add("value", tr("Number, address or name"), self.value_)
        self.form.add("note", tr("A note"), self.note, tr("Such as: not before ten, ask for Mo."))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(420)
        self.value_.setFocus()

    def answer(self) -> Reach | None:
        """The way, or None with a sentence."""
        value = self.value_.text().strip()
        problems = {} if value else {"value": tr("Type a number, an address or a name.")}
        if not self.form.show_problems(problems):
            return None
        return Reach(str(self.kind.currentData()), value, self.note.text().strip())


class HomeField(QWidget):
    """A postcode, a place, a grid reference or two numbers; or a pin that is put on the map."""

    def __init__(self, session: Session, person: Person) -> None:
        super().__init__()
        self._session = session
        self._point, self._postcode = person.home, person.home_postcode
        self._said = self._postcode or _numbers(self._point)
        self.edit: QLineEdit = text_field(self._said, tr("A postcode"))
        pick = button(tr("Pick on the map…"), self._pick, "small")
        none = button(tr("No home here"), lambda: self.edit.setText(""), "small")
        self.setLayout(column(self.edit, row(pick, none, None), gap=6))
        self.first = self.edit
        self.setFocusProxy(self.edit)

    def setAccessibleName(self, name: str) -> None:
        """The field is what a screen reader meets."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def read(self) -> Mapping[str, Any]:
        """Where home is."""
        typed = self.edit.text().strip()
        if typed == self._said:
            return {"home": self._point, "home_postcode": self._postcode}
        if not typed:
            return {"home": None, "home_postcode": ""}
        found = places.place(self._session.notebook, typed)
        postcode = postcode_of(typed) or ""
        if found is None and not postcode:
            raise UnreadableError(
                tr("Nothing in this area is called that. Type a postcode, or pick it on the map.")
            )
        return {"home": found.point if found else None, "home_postcode": postcode}

    def _pick(self) -> None:
        """Choose the spot on the map."""
        from lac_desktop.ui.asset.pick import PickDialog

        point = ask(self, PickDialog(self, self._session, self._point))
        if point is not None:
            self._point, self._postcode = point, ""
            self._said = _numbers(point)
            self.edit.setText(self._said)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _numbers(point: Point | None) -> str:
    """A position as two numbers, about a metre fine."""
    return f"{point.lat:.5f}, {point.lon:.5f}" if point else ""


_MAKERS: Mapping[str, Callable[[Session, Person, Fact], Input]] = {
    "line": _line,
    "text": _text,
    "day": _day,
    "one": _one,
    "many": _many,
    "words": _words,
    "yes-no": _yes_no,
    "reach": _reach,
    "place": _place,
    "hours": _hours,
}
