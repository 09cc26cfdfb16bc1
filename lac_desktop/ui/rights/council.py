# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the council sets: legal basis, notices, policy texts, periods; and the data map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSpinBox, QWidget

from lac_desktop.services import council, datamap, retention
from lac_desktop.services.council import Council
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, long_field
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class CouncilDialog(Dialog[Council]):
    """The council's own words and periods; the program holds no law."""

    def __init__(self, parent: QWidget, desk: Desk, told: Council) -> None:
        super().__init__(
            parent, desk.theme, tr("The council’s words and periods"), tr("Save settings")
        )
        form = self.form = Form(desk.theme, above=True)
        form.heading(tr("Words"))
        self.texts: dict[str, QPlainTextEdit] = {}
        for key, (title, hint) in council.TEXTS.items():
            self.texts[key] = long_field(getattr(told, key), desk.theme, 2)
            form.add(key, tr(title), self.texts[key], tr(hint))
        form.heading(tr("Periods"))
        self.months: dict[str, QSpinBox] = {}
        for kind in retention.kinds():
            self.months[kind.id] = self._months(told.months.get(kind.id, 0))
            form.add(f"months-{kind.id}", tr(kind.title), self.months[kind.id], tr(kind.counts))
        self.wait = QSpinBox()
        self.wait.lineEdit().setTextMargins(7, 0, 0, 0)  # as in the fields round it
        self.wait.setRange(0, 365)
        self.wait.setSuffix(tr(" days"))
        self.wait.setValue(told.wait_days)
        form.add("wait", tr("Between choosing and disposing"), self.wait)
        self.body.addWidget(
            label(
                tr("Nothing goes by itself. A record past its period comes up for review."),
                "",
                "muted",
                wrap=True,
            )
        )
        self.body.addWidget(form)
        self.body.addStretch(1)
        self.fit(620, 560)
        self.texts["basis"].setFocus()

    def answer(self) -> Council:
        """Everything as it stands."""
        words = {key: box.toPlainText().strip() for key, box in self.texts.items()}
        months = {key: box.value() for key, box in self.months.items() if box.value()}
        return Council(**words, months=months, wait_days=self.wait.value())

    def _months(self, value: int) -> QSpinBox:
        made = QSpinBox()
        made.lineEdit().setTextMargins(7, 0, 0, 0)  # as in the fields round it
        made.setRange(0, 600)
        made.setSuffix(tr(" months"))
        made.setSpecialValueText(tr("No period is set"))
        made.setValue(value)
        return made


def ask_for_council(parent: QWidget, session: Session, desk: Desk) -> None:
    """Show and keep what the council sets."""
    notebook = session.notebook
    told = ask(parent, CouncilDialog(parent, desk, council.load(notebook)))
    if told is not None:
        session.act_people(
            lambda _progress: council.save(notebook, told),
            tr("The settings are saved."),
            undo=False,
        )


def save_data_map(parent: QWidget, session: Session, desk: Desk) -> None:
    """Write the data map for the DPIA as a page."""
    where, _ = QFileDialog.getSaveFileName(
        parent,
        tr("Save the data map for the DPIA"),
        str(Path.home() / "data-map.html"),
        tr("Pages (*.html)"),
    )
    if not where:
        return

    def work(_progress: Progress) -> None:
        datamap.write(session.notebook, Path(where))

    def done(_result: object) -> None:
        desk.messages.done(tr("Saved. It holds no record of anybody; print it from the browser."))

    desk.jobs.run(work, done, title=tr("Writing the data map"))
