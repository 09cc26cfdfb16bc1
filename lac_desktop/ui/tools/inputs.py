# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one field of a tool is filled in with: a widget by kind, its value in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QSpinBox, QWidget

from lac_desktop.domain.tool_values import place, read_day
from lac_desktop.domain.tools import Field
from lac_desktop.domain.week import read_clock
from lac_desktop.domain.wording import clock_time
from lac_desktop.services import find
from lac_desktop.ui.asset import dates
from lac_desktop.ui.forms import choice, long_field, text_field
from lac_desktop.ui.tools.items import ItemsEditor, Ways
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_LINES = {"long": 4}
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Kit:
    """What inputs are made with: the notebook, the look, and names to offer while typing."""

    session: Session
    desk: Desk
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A widget for one field. ``read`` gives a JSON value, right or wrong; ``put`` shows one.

    ``on_change`` takes what is to be called after each change by hand.
    """

    widget: QWidget
    read: Callable[[], Any]
    put: Callable[[Any], None]
    on_change: Callable[[Callable[[], object]], object]


def make(kit: Kit, asked: Field) -> Input:
    """The input of a field, empty."""
    made = _MAKERS[asked.kind](kit, asked)
    for widget in (made.widget, *made.widget.findChildren(QWidget)):
        widget.setProperty("voice", asked.voice)

    def put(value: Any) -> None:
        blocker = QSignalBlocker(made.widget)  # only changes by hand are told
        made.put(value)
        blocker.unblock()

    return replace(made, put=put)


def label_of(asked: Field, language: str = "") -> str:
    """A field's label in the language of the window, where the file tells it."""
    return asked.label_cy if language == "cy" and asked.label_cy else tr(asked.label)


def _line(kit: Kit, asked: Field) -> Input:
    edit = text_field()
    if asked.id in ("name", "with", "who"):
        _offer_names(edit, kit.names)
    return _of_line(edit, lambda: edit.text(), lambda value: edit.setText(str(value or "")))


def _of_line(edit: QLineEdit, read: Callable[[], Any], put: Callable[[Any], None]) -> Input:
    return Input(edit, read, put, lambda act: edit.textEdited.connect(lambda _text: act()))


def _long(kit: Kit, asked: Field) -> Input:
    edit = long_field("", kit.desk.theme, _LINES.get(asked.kind, 3))
    return Input(
        edit,
        edit.toPlainText,
        lambda value: edit.setPlainText(str(value or "")),
        lambda act: edit.textChanged.connect(act),
    )


def _choice(_kit: Kit, asked: Field) -> Input:
    box = choice([("", tr("Not said")), *((v, tr(w)) for v, w in asked.options)])
    return Input(
        box,
        lambda: str(box.currentData() or ""),
        lambda value: box.setCurrentIndex(max(0, box.findData(str(value or "")))),
        lambda act: box.activated.connect(lambda _index: act()),
    )


def _scale(_kit: Kit, asked: Field) -> Input:
    box = QSpinBox()
    box.lineEdit().setTextMargins(7, 0, 0, 0)  # as in the fields round it
    box.setRange(-1, 10)
    box.setSpecialValueText(tr("Not said"))
    if asked.low and asked.high:
        box.setToolTip(_ends(asked))
    return Input(
        box,
        lambda: box.value() if box.value() >= 0 else None,
        lambda value: box.setValue(value if isinstance(value, int) else -1),
        lambda act: box.valueChanged.connect(lambda _value: act()),
    )


def _ends(asked: Field) -> str:
    """What 0 and 10 mean."""
    return tr("0: {low}. 10: {high}.", low=tr(asked.low), high=tr(asked.high))


def hint_of(asked: Field) -> str:
    """What stands under a field: its question, and the ends of a scale."""
    ends = _ends(asked) if asked.kind == "scale" and asked.low and asked.high else ""
    return " ".join(part for part in (tr(asked.prompt) if asked.prompt else "", ends) if part)


def _date(kit: Kit, _asked: Field) -> Input:
    edit = text_field("", tr("5 March 2026"))

    def read() -> str:
        day = dates.read_day(edit.text(), kit.session.notebook.clock().date())
        return day.isoformat() if day else edit.text()

    def put(value: Any) -> None:
        day = read_day(value) if value else None
        edit.setText(dates.day_words(day) if day else str(value or ""))

    return _of_line(edit, read, put)


def _time(_kit: Kit, _asked: Field) -> Input:
    from datetime import time

    edit = text_field("", tr("2pm"))

    def put(value: Any) -> None:
        clock = read_clock(str(value or ""))
        edit.setText(clock_time(time.fromisoformat(clock), tr) if clock else str(value or ""))

    return _of_line(edit, lambda: read_clock(edit.text()) or edit.text(), put)


def _place(kit: Kit, _asked: Field) -> Input:
    edit, words = text_field(), QStringListModel()
    words.setParent(edit)
    known: dict[str, str] = {}  # names offered or shown -> ids of assets
    completer = QCompleter(words, edit)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    edit.setCompleter(completer)

    def suggest(text: str) -> None:
        found = find.complete(kit.session.notebook, text, 8) if len(text.strip()) > 1 else []
        offered = {one.text: one.asset_id for one in found if one.asset_id}
        known.update(offered)
        words.setStringList(list(offered))

    def read() -> dict[str, str] | None:
        name = edit.text().strip()
        return place(name, known.get(name, "")) if name else None

    def put(value: Any) -> None:
        name = str(value.get("name", "")) if isinstance(value, Mapping) else ""
        if name and value.get("asset"):
            known[name] = str(value["asset"])
        edit.setText(name)

    edit.textEdited.connect(suggest)
    return _of_line(edit, read, put)


def _texts(kit: Kit, asked: Field) -> Input:
    ways: Ways[str] = Ways(
        say=str,
        typed=lambda text: text.strip() or None,
        untyped=str,
        hint=tr("Type one and press Enter."),
    )
    editor = ItemsEditor(kit.desk.theme, ways)
    if asked.kind == "people":
        _offer_names(editor.line, kit.names)
    return _of_items(editor)


def _rows(kit: Kit, asked: Field) -> Input:
    from lac_desktop.ui.tools.rows import ways_of

    return _of_items(ItemsEditor(kit.desk.theme, ways_of(kit, asked)))


def _of_items(editor: ItemsEditor[Any]) -> Input:
    return Input(
        editor,
        lambda: list(editor.values),
        lambda value: editor.put(value if isinstance(value, list) else []),
        lambda act: editor.changed.connect(act),
    )


def _picture(kit: Kit, _asked: Field) -> Input:
    from lac_desktop.ui.tools.picture import PictureField

    made = PictureField(kit.desk)
    return Input(made, lambda: made.value, made.put, lambda act: made.changed.connect(act))


def _offer_names(edit: QLineEdit, names: tuple[str, ...]) -> None:
    """Offer the names of the circle while one types."""
    if names:
        completer = QCompleter(list(dict.fromkeys(names)), edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MOST_NAMES)
        edit.setCompleter(completer)


_MAKERS: Mapping[str, Callable[[Kit, Field], Input]] = {
    "text": _line,
    "long": _long,
    "choice": _choice,
    "scale": _scale,
    "date": _date,
    "time": _time,
    "place": _place,
    "list": _texts,
    "people": partial(_texts),
    "rows": _rows,
    "pairs": _rows,
    "picture": _picture,
}
