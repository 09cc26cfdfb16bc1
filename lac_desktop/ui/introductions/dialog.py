# SPDX-License-Identifier: AGPL-3.0-or-later
"""Introduce somebody to a person, a place or a group: agreed, timed, told word by word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from lac_desktop.domain.introduction import SKIP_REASONS, Introduction
from lac_desktop.domain.ladder import Suggestion
from lac_desktop.errors import LacError
from lac_desktop.services import assets, first_visit, introductions, ladder, people, strengths
from lac_desktop.services.introductions import SERVICES
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, long_field, text_field
from lac_desktop.ui.introductions.fields import AgreedField, MomentField, ToldField
from lac_desktop.ui.speech import announce
from lac_desktop.ui.strengths.who_field import WhoField
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.asset import Asset
    from lac_desktop.domain.person import Person
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

__all__ = ["IntroduceDialog", "begun", "change", "introduce"]


def introduce(
    parent: QWidget,
    session: Session,
    desk: Desk,
    person_id: str,
    suggestion: Suggestion | str = "",
) -> Introduction | None:
    """Ask about an introduction and keep it; None where it was cancelled.

    ``suggestion`` is one of the ladder's, the id of an asset, or "" for neither.
    """
    return change(parent, session, desk, begun(session.notebook, person_id, suggestion))


def change(
    parent: QWidget, session: Session, desk: Desk, introduction: Introduction
) -> Introduction | None:
    """Ask about an introduction that is begun or kept already, and keep it."""
    dialog = IntroduceDialog(parent, session, introduction)
    made = ask(parent, dialog)
    if made is None:
        return None
    try:
        kept = introductions.save(session.notebook, made)
    except LacError as problem:
        desk.messages.problem(problem)
        return None
    session.told_of_people()
    desk.messages.done(tr("Introduction kept."), tr("Undo"), session.undo_people)
    if dialog.card_wanted:
        from lac_desktop.ui.prescription.page import open_page

        open_page(session, desk, (kept.to_asset,), kept.person)
    return kept


def begun(notebook: Notebook, person_id: str, suggestion: Suggestion | str) -> Introduction:
    """An introduction as it begins: whom it leads to, a time that fits, who says hello."""
    offered = suggestion if isinstance(suggestion, Suggestion) else None
    asset_id = offered.asset_id if offered else str(suggestion)
    asset = assets.get(notebook, asset_id) if asset_id else None
    known: dict[str, object] = {"introduced_by": notebook.settings.who}
    if offered is not None:
        known |= {"rung": offered.rung, "kind": offered.kind if asset else offered.key}
        known["to_person"] = _whose(notebook, offered.key)
    to = offered.title if offered else ""
    if asset is not None:
        to = asset.name
        rung = offered.rung if offered else _rung(notebook, asset)
        known |= {"to_asset": asset.id, "kind": asset.kind, "rung": rung}
        known["who_meets"] = first_visit.who_meets(asset)
        when = first_visit.first_time(notebook, asset, people.get(notebook, person_id))
        if when is not None:
            known |= {"first_visit": when.at.date(), "first_time": when.at.strftime("%H:%M")}
    return introductions.new(notebook, person_id, to, **known)


def _rung(notebook: Notebook, asset: Asset) -> int:
    """The rung on which an asset stands where no suggestion says it."""
    return ladder.load().rung(asset.kind, notebook.indexer.category(asset.kind))


def _whose(notebook: Notebook, key: str) -> str:
    """The person a suggestion leads to: whose gift it is, or who is named; "" for none."""
    kind, _, value = key.partition(":")
    if kind == "person":
        return value
    if kind == "gift":
        return next((g.person for g in strengths.gifts(notebook) if g.id == value), "")
    return ""


class IntroduceDialog(Dialog[Introduction]):
    """Who, to whom, when, who meets them, agreed, going along, and what may be told."""

    def __init__(self, parent: QWidget | None, session: Session, made: Introduction) -> None:
        notebook, theme = session.notebook, session.desk.theme
        self._person: Person | None = people.get(notebook, made.person)
        name = self._person.name if self._person else introductions.NOBODY
        to = made.to or people.names(notebook, [made.to_person]).get(made.to_person, "")
        title = tr("Introduce {name}", name=name)
        if to:
            title = tr("Introduce {name} to {to}", name=name, to=to)
        super().__init__(parent, theme, title, tr("Save introduction"))
        self._session, self._made, self._told_once = session, made, False
        self.card_wanted = False
        self.form = Form(theme)
        self.who = text_field(name)
        self.who.setReadOnly(True)
        self.to = WhoField(session, made.person, made.to_asset or made.to_person or made.to)
        self.when = MomentField(made.first_visit, made.first_time, notebook.clock().date())
        self.meets = text_field(made.who_meets, tr("A name, and where: “Mo, at the door”"))
        self.agreed = AgreedField(name, made.agreed)
        self.along = QCheckBox(tr("I’ll go along"))
        self.along.setChecked(made.going_along)
        self.card = QCheckBox(tr("Print a card for {name}", name=name))
        offered = first_visit.tellable(notebook, self._person) if self._person else []
        self.told = ToldField(made.told, offered, theme)
        self.thought = long_field(made.thought_first, theme, 2)
        self.skipped = choice(
            [("", tr("No reason given")), *((k, tr(v)) for k, v in SKIP_REASONS.items())],
            made.skipped,
        )
        self.asks = label("", "caption", wrap=True)
        self._lay_out(made)
        self.fit(600, 660 if made.rung == SERVICES else 590)
        self.agreed.first.setFocus() if to else self.to.setFocus()

    def _lay_out(self, made: Introduction) -> None:
        """The fields in the order in which one thinks of them."""
        self.form.add("who", tr("Who"), self.who)
        self.form.add("to", tr("To"), self.to)
        self.form.add("first_visit", tr("First time"), self.when, self._why())
        self.form.add("who_meets", tr("Who will meet them"), self.meets)
        self.form.add("agreed", tr("Agreed?"), self.agreed)
        self.form.add("along", tr("I’ll go along"), self.along)
        self.form.add("card", self.card.text(), self.card)
        self.form.add("told", tr("What may be told"), self.told)
        self.form.add(
            "thought_first", tr("What did you think about first?"), self.thought,
            tr("What was tried or thought about before a service, in one line."),
        )  # fmt: skip
        self.form.add("skipped", tr("Or why not"), self.skipped)
        for key in ("thought_first", "skipped"):
            self.form.shown(key, made.rung == SERVICES)
        self.form.shown("card", bool(made.to_asset))
        self.body.addWidget(self.form)
        self.body.addWidget(self.asks)
        self.body.addStretch(1)
        self.when.edited.connect(self._say_when)
        self.agreed.changed.connect(self._say_agreed)
        self._say_when()
        self._say_agreed()

    def _why(self) -> str:
        """Why this time was suggested."""
        notebook = self._session.notebook
        asset = assets.get(notebook, self._made.to_asset) if self._made.to_asset else None
        found = first_visit.first_time(notebook, asset, self._person) if asset else None
        if found is None or found.at.date() != self._made.first_visit:
            return tr("Leave it empty until it is agreed.")
        return found.why

    def _say_when(self) -> None:
        """When Today will ask."""
        self.asks.setText(first_visit.asks_words(self.when.day()))

    def _say_agreed(self) -> None:
        """A kind sentence where nobody asked, or where they said no."""
        words = introductions.agreed_words(self.agreed.value())
        self.form.fields["agreed"].say(words)

    def _as_typed(self) -> Introduction:
        """The introduction as it stands in the form."""
        found = self.to.value()
        known = self._made.to_asset or self._made.to_person
        changed: dict[str, str] = {}
        if found != known and found != self._made.to:
            notebook = self._session.notebook
            asset = assets.get(notebook, found)
            someone = people.get(notebook, found) if asset is None else None
            changed = {
                "to": asset.name if asset else "" if someone else found,
                "to_asset": asset.id if asset else "",
                "to_person": someone.id if someone else "",
                "kind": asset.kind if asset else "",
            }
        skipped = self.skipped.currentData() if self._made.rung == SERVICES else ""
        return replace(
            self._made,
            first_visit=self.when.day(),
            first_time=self.when.clock(),
            who_meets=self.meets.text().strip(),
            agreed=self.agreed.value(),
            going_along=self.along.isChecked(),
            told=self.told.value(),
            thought_first=self.thought.toPlainText().strip(),
            skipped=skipped,
            **changed,
        )

    def answer(self) -> Introduction | None:
        """The introduction; about a service the kind sentence is said once, never twice."""
        made = self._as_typed()
        wrong = {"first_visit": self.when.problem()}
        if not (made.to or made.to_asset or made.to_person):
            wrong["to"] = tr("Say to whom or what.")
        if not self.form.show_problems({key: text for key, text in wrong.items() if text}):
            return None
        if introductions.needs_thought(made) and not self._told_once:
            self._told_once = True
            self.form.fields["thought_first"].say(tr(introductions.THOUGHT_FIRST))
            self.thought.setFocus()
            announce(self.thought, tr(introductions.THOUGHT_FIRST))
            return None
        self.card_wanted = self.card.isChecked() and bool(made.to_asset)
        return made
