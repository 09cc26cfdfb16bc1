# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing over everything about a person: first each passage about somebody else is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from lac_desktop.domain.rights import Redaction
from lac_desktop.services import rights_collect, rights_redact, rights_report
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.rights.lists import Lines
from lac_desktop.ui.widgets import column, label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.services.rights_redact import Passage
    from lac_desktop.services.rights_report import Given
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

CHOICES = {
    Redaction.SHOW: "Leave it in",
    Redaction.NAMES: "Take the names out",
    Redaction.PASSAGE: "Take the whole passage out",
}
_SHORT = {
    Redaction.SHOW: "Stays",
    Redaction.NAMES: "Names out",
    Redaction.PASSAGE: "Out",
}


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was decided: by text, and who receives it and why."""

    decided: dict[str, Redaction]
    recipient: str
    reason: str


class HandOverDialog(Dialog[HandOver]):
    """The passages at the top, the one in focus in full below, with three ways for each."""

    def __init__(self, parent: QWidget, desk: Desk, passages: Sequence[Passage]) -> None:
        super().__init__(parent, desk.theme, tr("Hand over everything"), tr("Choose where to"))
        self._passages = list(passages)
        self.decided = {one.text: one.usual for one in passages}
        told = count(
            "{n} passage may be about somebody else. Look at it before it is handed over.",
            "{n} passages may be about somebody else. Look at each before it is handed over.",
            len(self._passages),
        )
        nothing = tr("No passage seems to be about somebody else.")
        self.body.addWidget(label(told if passages else nothing, wrap=True))
        columns = (tr("What happens"), tr("Where"), tr("Why"), tr("Text"))
        self.list = Lines(desk.theme, tr("Passages about others"), columns, lines=5)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("The passage"))
        self.text.setFixedHeight(desk.theme.scaled(90))
        self.way = choice([(way.value, tr(words)) for way, words in CHOICES.items()])
        self.way.activated.connect(lambda _at: self._decide(Redaction(self.way.currentData())))
        ways = Form(desk.theme)
        ways.add("way", tr("What happens with it"), self.way)
        self._choosing = QWidget()
        self._choosing.setLayout(column(self.list, self.text, ways, gap=8))
        self.body.addWidget(self._choosing, 1)
        self._choosing.setVisible(bool(passages))
        self.form = Form(desk.theme)
        self.recipient, self.reason = text_field(tr("The person")), text_field("")
        self.form.add("recipient", tr("Who receives it"), self.recipient)
        self.form.add("reason", tr("Why"), self.reason, tr("Both go into the record of what left."))
        self.body.addWidget(self.form)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self._fill()
        self.fit(760, 560)
        (self.list if passages else self.recipient).setFocus()

    def answer(self) -> HandOver | None:
        """The decisions, once it says who receives it."""
        to = self.recipient.text().strip()
        missing = {} if to else {"recipient": tr("Say who receives it.")}
        if not self.form.show_problems(missing):
            return None
        return HandOver(self.decided, to, self.reason.text().strip())

    def _fill(self) -> None:
        """Show every passage with what happens to it."""
        self.list.show_rows(
            [
                (
                    str(at),
                    (tr(_SHORT[self.decided[one.text]]), one.where, one.why, one.text[:200]),
                )
                for at, one in enumerate(self._passages)
            ]
        )
        self._show()

    def _at(self) -> Passage | None:
        return self._passages[int(self.list.chosen)] if self.list.chosen else None

    def _show(self) -> None:
        """The passage in focus, in full."""
        one = self._at()
        if one is not None:
            self.text.setPlainText(one.text)
            self.way.setCurrentIndex(self.way.findData(self.decided[one.text].value))

    def _decide(self, way: Redaction) -> None:
        """Note what happens to the passage in focus."""
        one = self._at()
        if one is not None:
            self.decided[one.text] = way
            item = self.list.currentItem()
            if item is not None:
                item.setText(0, tr(_SHORT[way]))


def ask_to_hand_over(parent: QWidget, session: Session, desk: Desk, person: str) -> None:
    """Collect, decide, choose where to, write both files, and say what happened."""

    def collected(found: list[Passage]) -> None:
        chosen = ask(parent, HandOverDialog(parent, desk, found))
        if chosen is None:
            return
        where, _ = QFileDialog.getSaveFileName(
            parent,
            tr("Where to: one page to read, and the same as data beside it"),
            str(Path.home() / "everything-kept-about-you.html"),
            tr("Page and data (*.html);;One file with both (*.zip)"),
        )
        if where:
            write(Path(where), chosen)

    def write(where: Path, chosen: HandOver) -> None:
        def work(_progress: Progress) -> Given:
            return rights_report.write(
                session.notebook,
                person,
                where,
                decided=chosen.decided,
                recipient=chosen.recipient,
                reason=chosen.reason,
            )

        session.act_people(
            work, tr("Written and recorded. It is not encrypted: hand it over, then delete it."),
            undo=False,
        )  # fmt: skip

    def look(_progress: Progress) -> list[Passage]:
        return rights_redact.passages(rights_collect.collect(session.notebook, person))

    # A dialog that is shown from inside the end of a job would keep that job from ending.
    later = partial(QTimer.singleShot, 0, parent)
    desk.jobs.run(
        look, lambda found: later(lambda: collected(found)), title=tr("Collecting everything")
    )
