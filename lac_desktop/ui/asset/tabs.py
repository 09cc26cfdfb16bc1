# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the form: what it is, what is known, and who can see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from lac_desktop.domain.asset import ACCESS_FACTS, Asset, Known, Visibility
from lac_desktop.domain.kinds import CATEGORIES
from lac_desktop.domain.wording import source_words
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.asset.facts import ACCESS, KNOWN
from lac_desktop.ui.asset.tab import Tab
from lac_desktop.ui.forms import choice, long_field, text_field
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class AboutTab(Tab):
    """Name, kind, what it gives and who will say hello."""

    def __init__(self, session: Session, asset: Asset) -> None:
        super().__init__(session, tr("About"))
        theme, add = session.desk.theme, self.form.add
        self.name = text_field(asset.name)
        self.kind = kind_choice(session, asset.kind)
        self.name_cy = text_field(asset.name_cy)
        self.description = long_field(asset.description, theme)
        self.gives = long_field(asset.gives, theme, 2)
        self.could_give = long_field(asset.could_give, theme, 2)
        self.greeter = text_field(asset.greeter)
        self.agreed = QCheckBox()
        self.welcome = long_field(asset.welcome, theme, 2)
        add("name", tr("Name"), self.name)
        add("kind", tr("Kind"), self.kind, tr("Type some letters of it, or choose."))
        add("name_cy", tr("Name in Welsh"), self.name_cy)
        add("description", tr("About it"), self.description)
        add("gives", tr("What it gives"), self.gives)
        add("could_give", tr("What it could give"), self.could_give)
        add("greeter", tr("Who will say hello"), self.greeter)
        add("greeter_agreed_public", tr("They agreed that their name may be public"), self.agreed,
            tr("Without this the name never leaves this laptop."))  # fmt: skip
        self.agreed.setChecked(asset.greeter_agreed_public)
        add("welcome", tr("On a first visit"), self.welcome)
        self.first = self.name

    def read(self, asset: Asset) -> Asset:
        """What was typed, put into the asset."""
        return replace(
            asset,
            name=words(self.name),
            kind=chosen_kind(self.kind),
            name_cy=words(self.name_cy),
            description=lines(self.description),
            gives=lines(self.gives),
            could_give=lines(self.could_give),
            greeter=words(self.greeter),
            greeter_agreed_public=self.agreed.isChecked(),
            welcome=lines(self.welcome),
        )


class FactsTab(Tab):
    """Cost, access, languages, how well we know it, the last check and who can see it."""

    def __init__(self, session: Session, asset: Asset) -> None:
        super().__init__(session, tr("Facts"))
        add = self.form.add
        self.cost = choice(
            [("", tr("Not known")), ("free", tr("Free")), ("paid", tr("Costs something"))],
            asset.cost,
        )
        self.cost_note = text_field(asset.cost_note)
        add("cost", tr("Cost"), self.cost)
        add("cost_note", tr("More about cost"), self.cost_note)
        self.access: dict[str, QComboBox] = {}
        self.form.heading(tr("Access"))
        states = [
            ("", tr("Not known")),
            ("yes", tr("Yes")),
            ("limited", tr("Limited")),
            ("no", tr("No")),
        ]
        for fact in ACCESS_FACTS:
            self.access[fact] = choice(states, asset.access.get(fact, ""))
            add(f"access-{fact}", tr(ACCESS[fact]), self.access[fact])
        self.access_note = text_field(asset.access_note)
        self.languages = text_field(", ".join(asset.languages))
        add("access_note", tr("More about access"), self.access_note)
        add("languages", tr("Languages"), self.languages, tr("With commas between them."))
        self._known(asset)
        self.first = self.cost
        self._rest = dict(asset.access)

    def _known(self, asset: Asset) -> None:
        """How well we know it, and who can see it."""
        add = self.form.add
        self.form.heading(tr("How well we know it"))
        self.known = choice([(v, tr(w)) for v, w in KNOWN.items()], asset.known.value)
        self.checked_on = text_field(day_words(asset.checked_on))
        self.checked_by = text_field(asset.checked_by)
        add("known", tr("We know it"), self.known)
        add(
            "checked_on",
            tr("Last checked on"),
            self.checked_on,
            tr("Such as 5 March 2026, or today."),
        )
        add("checked_by", tr("Checked by"), self.checked_by)
        self.form.heading(tr("Who can see this"))
        self.visibility = choice(
            [
                ("public", tr("Public: may be exported")),
                ("team", tr("Team: never exported")),
                ("only me", tr("Only me: never exported")),
            ],
            asset.visibility.value,
        )
        add("visibility", tr("Visible to"), self.visibility)
        self.source = text_field(source_words(asset.source, tr))
        self.source.setReadOnly(True)
        self.licence = text_field(asset.licence)
        self.attribution = text_field(asset.attribution)
        add(
            "source",
            tr("Source"),
            self.source,
            tr("Where it was imported from; empty means by hand."),
        )
        add("licence", tr("Licence"), self.licence)
        add("attribution", tr("Credit"), self.attribution)

    def read(self, asset: Asset) -> Asset:
        """What was chosen, put into the asset."""
        access = {**self._rest, **{f: str(box.currentData()) for f, box in self.access.items()}}
        spoken = [one.strip() for one in words(self.languages).split(",")]
        today = self.session.notebook.clock().date()
        day = read_day(words(self.checked_on), today)
        return replace(
            asset,
            cost=str(self.cost.currentData()),
            cost_note=words(self.cost_note),
            access={k: v for k, v in access.items() if v},
            access_note=words(self.access_note),
            languages=tuple(one for one in spoken if one),
            known=Known(self.known.currentData()),
            checked_on=day if day is not None or not words(self.checked_on) else asset.checked_on,
            checked_by=words(self.checked_by),
            visibility=Visibility(self.visibility.currentData()),
            licence=words(self.licence),
            attribution=words(self.attribution),
        )

    def unread(self) -> dict[str, str]:
        """A date that nobody can read."""
        typed = words(self.checked_on)
        today = self.session.notebook.clock().date()
        if typed and read_day(typed, today) is None:
            return {
                "checked_on": tr("This date is not in the calendar. Type it like 5 March 2026.")
            }
        return {}


def make_tabs(session: Session, asset: Asset, parent: QWidget) -> list[Tab]:
    """The parts of the form in their order."""
    from lac_desktop.ui.asset.people_tab import PeopleTab
    from lac_desktop.ui.asset.when_tab import WhenTab
    from lac_desktop.ui.asset.where_tab import WhereTab

    return [
        AboutTab(session, asset),
        WhereTab(session, asset),
        WhenTab(session, asset),
        FactsTab(session, asset),
        PeopleTab(session, asset),
    ]


def kind_choice(session: Session, chosen: str) -> QComboBox:
    """All kinds by category; typing finds one by any part of its name."""
    table = session.notebook.kinds.kinds
    made = QComboBox()
    made.addItem(tr("Choose a kind"), "")
    for letter, (_one, many) in CATEGORIES.items():
        kinds = sorted((k for k in table.values() if k.category == letter), key=lambda k: k.name)
        for kind in kinds:
            made.addItem(
                tr("{kind} ({category})", kind=kind.name, category=tr(many).lower()), kind.id
            )
    if chosen and made.findData(chosen) < 0:
        made.addItem(tr("{kind} (not in the list)", kind=chosen), chosen)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    edit, completer = made.lineEdit(), made.completer()
    if edit is not None and completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        edit.setAccessibleName(tr("Kind"))
        edit.editingFinished.connect(lambda: _settle(made, edit))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    made.setMaxVisibleItems(16)
    return made


def _row_of(made: QComboBox) -> int:
    """The row whose name was typed, or the first that holds it; else the one before."""
    typed = made.currentText().strip().lower()
    rows = range(made.count())
    exact = next((r for r in rows if made.itemText(r).lower() == typed), -1)
    start = next((r for r in rows if typed and made.itemText(r).lower().startswith(typed)), -1)
    part = next((r for r in rows if typed and typed in made.itemText(r).lower()), -1)
    return next((row for row in (exact, start, part) if row >= 0), made.currentIndex())


def chosen_kind(made: QComboBox) -> str:
    """Id of the kind that is chosen or typed, or ""; what is typed stays as it is."""
    return str(made.itemData(_row_of(made)) or "")


def _settle(made: QComboBox, edit: QLineEdit) -> None:
    """Show the name of the kind that was typed, once the field is left."""
    made.setCurrentIndex(_row_of(made))
    edit.setText(made.itemText(made.currentIndex()))


def words(edit: QLineEdit) -> str:
    """One line as typed, without space around it."""
    return " ".join(edit.text().split())


def lines(edit: QPlainTextEdit) -> str:
    """Lines as typed, without space around them."""
    return edit.toPlainText().strip()
