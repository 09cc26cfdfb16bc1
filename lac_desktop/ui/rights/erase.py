# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erasing a person: what goes, what becomes of shared conversations, why, and a word to be sure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from lac_desktop.domain.rights import ERASED_BECAUSE
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError
from lac_desktop.services import rights_erasure
from lac_desktop.services.rights_erasure import Decision
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.services.rights_erasure import Preview, SharedTalk
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_WORDS = {
    Decision.STRIP: "Stays for the others, without this person and passages about them",
    Decision.REMOVE: "Goes whole",
    Decision.KEEP: "Stays as it is",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """Why, and what becomes of each shared conversation."""

    because: str
    decisions: dict[str, Decision]


class EraseDialog(Dialog[Decided]):
    """Everything that goes in numbers, then decisions, then the reason."""

    def __init__(self, parent: QWidget, desk: Desk, seen: Preview, places: list[str]) -> None:
        super().__init__(parent, desk.theme, tr("Erase for good"), tr("Erase for good"))
        self.accept_button.setProperty("look", "urgent")
        self._name = seen.name
        add = self.body.addWidget
        add(label(tr("This goes, and cannot be brought back:"), "emphasis"))
        for line in self._lines(seen):
            add(label(f"•  {line}", wrap=True))
        for line in self._notes(seen, places):
            add(label(line, "", "muted", wrap=True))
        self.form = Form(desk.theme, above=True)
        self.shared: dict[str, QComboBox] = {}
        for one in seen.shared:
            self._add_shared(one)
        self.why = choice([("", tr("Choose")), *((k, tr(w)) for k, w in ERASED_BECAUSE.items())])
        self.form.add("why", tr("Why"), self.why, tr("Kept beside a number, never with a name."))
        self.typed = text_field("")
        self.form.add("name", tr("Type the name to be sure: {name}", name=seen.name), self.typed)
        add(self.form)
        self.body.addStretch(1)
        self.accept_button.setDefault(False)
        self.fit(620, 520)
        self.why.setFocus()

    def answer(self) -> Decided | None:
        """The decision, once there is a reason and the name was typed."""
        problems: dict[str, str] = {}
        if not self.why.currentData():
            problems["why"] = tr("Choose why this person is erased.")
        if " ".join(self.typed.text().split()).casefold() != self._name.casefold():
            problems["name"] = tr("This is not the name. Nothing was erased.")
        if not self.form.show_problems(problems):
            return None
        decided = {key: Decision(box.currentData()) for key, box in self.shared.items()}
        return Decided(str(self.why.currentData()), decided)

    def _lines(self, seen: Preview) -> list[str]:
        lines = [f"{tr(title)}: {number:,}" for title, number in seen.counts]
        if seen.drafts:
            lines.append(count("{n} draft", "{n} drafts", seen.drafts))
        lines.append(
            count("{n} earlier version of these", "{n} earlier versions of these", seen.changes)
        )
        if seen.linked:
            lines.append(
                count(
                    "The link to them in {n} record of others",
                    "The links to them in {n} records of others",
                    seen.linked,
                )
            )
        return lines

    def _notes(self, seen: Preview, places: list[str]) -> list[str]:
        notes = [tr("What stays: a random number, the day and the reason.")]
        if seen.backups:
            notes.append(
                count(
                    "{n} backup still holds them until it expires; restored, it is erased again.",
                    "{n} backups still hold them until they expire; restored, they are erased "
                    "again.",
                    seen.backups,
                )
            )
        if places:
            listed = "; ".join(places[:8])
            notes.append(tr("The name also stands here, perhaps of somebody else: {list}.",
                            list=listed))  # fmt: skip
        return notes

    def _add_shared(self, one: SharedTalk) -> None:
        """One conversation of others too, with what becomes of it."""
        ways = [Decision.STRIP, Decision.REMOVE] if one.present else [Decision.KEEP, Decision.STRIP]
        box = choice([(way.value, tr(_WORDS[way])) for way in ways])
        self.shared[one.conversation] = box
        others = ", ".join(one.others) or tr("nobody else")
        words = (
            tr("Conversation of {day}, also with {others}", day=long_date(one.on), others=others)
            if one.present
            else tr("Conversation of {day} with {others} that speaks of them",
                    day=long_date(one.on), others=others)
        )  # fmt: skip
        self.form.add(one.conversation, words, box)


def ask_to_erase(parent: QWidget, session: Session, desk: Desk, person: str) -> None:
    """Show what would go, ask, and erase; the page goes back to the list afterwards."""
    notebook = session.notebook

    def look(_progress: Progress) -> tuple[Preview, list[str]]:
        seen = rights_erasure.preview(notebook, person)
        return seen, rights_erasure.mentions(notebook, seen.name)

    def seen(found: tuple[Preview, list[str]]) -> None:
        preview, places = found
        if preview.hold is not None:
            desk.messages.problem(
                LacError(
                    tr("This record is held: {why}", why=preview.hold.reason),
                    tr("End the hold first, if it is over."),
                )
            )
            return
        decided = ask(parent, EraseDialog(parent, desk, preview, places))
        if decided is not None:
            session.act_people(
                lambda _progress: rights_erasure.erase(
                    notebook, person, decided.because, decided.decisions
                ),
                tr("Erased for good, from every page of the file and its history."),
                undo=False,
            )

    # A dialog that is shown from inside the end of a job would keep that job from ending.
    later = partial(QTimer.singleShot, 0, parent)
    desk.jobs.run(
        look, lambda found: later(lambda: seen(found)), title=tr("Looking at what would go")
    )
