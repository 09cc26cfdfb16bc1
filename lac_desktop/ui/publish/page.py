# SPDX-License-Identifier: AGPL-3.0-or-later
"""Publish: what leaves on the left, exactly what people will see on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QLineEdit, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.domain.wording import day_and_time
from lac_desktop.errors import LacError
from lac_desktop.services import exporting
from lac_desktop.services.exporting import FORMATS, Leaving, Options, Written
from lac_desktop.ui.forms import Form, choice
from lac_desktop.ui.page import Page
from lac_desktop.ui.publish.groups import WhatLeaves
from lac_desktop.ui.publish.preview import Preview
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class PublishPage(Page):
    """One screen: ticks, what stays, what to decide, the preview, where it goes."""

    title = "Publish"

    def __init__(self, session: Session, desk: Desk, leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Publish what is shown"))
        self._session, self._desk, self._leave = session, desk, leave
        self._query = session.query
        self._leaving: Leaving | None = None
        self._turn = 0
        self.what = WhatLeaves(desk, self.look)
        self.preview = Preview(session, desk)
        self._heading = label(tr("Publish what is shown"), "heading1")
        self._count = label("", "", "muted", wrap=True)
        header = panel(row(self._heading, self._count, None, gap=12), "header", (20, 12, 20, 12))
        self._left = self._padded(column(self.what), tr("What leaves this laptop"))
        self._right = self._padded(self._goes_to(), tr("What people will see"))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(0)
        self._across.addWidget(self._left, 5)
        self._across.addWidget(self._right, 4)
        scroll = scrolling(panel(self._across), tr("Publish what is shown"))
        outer = column(header, gap=0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._foot())
        self.setLayout(outer)
        desk.theme.changed.connect(self._look_changed)
        self.look()

    def regions(self) -> list[QWidget]:
        """What leaves, what people will see, and the buttons."""
        return [self._left, self._right, self.save]

    def fit(self, width: int) -> None:
        """Stack both sides where there is little room."""
        narrow = width < 1024
        self._across.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._count.setVisible(width >= 800)

    def look(self) -> None:
        """Work out anew what leaves, on a worker thread; the latest question counts."""
        self._turn += 1
        turn, notebook, query, options = (
            self._turn, self._session.notebook, self._query, self.options(),
        )  # fmt: skip

        def work(_progress: Progress) -> tuple[int, Leaving]:
            return turn, exporting.plan(notebook, query, options)

        self.run(self._desk.jobs, work, self._planned, title=tr("Working out what leaves"))

    def _look_changed(self) -> None:
        """Another text size or other colours: pictures and margins are made anew."""
        if self._leaving is not None:
            self.what.show_leaving(self._leaving)
        self.preview.fit()

    def options(self) -> Options:
        """What was ticked and typed."""
        return Options(
            strict=False,
            title=self.name.text().strip(),
            recipient=self.recipient.text().strip(),
            reason=self.reason.text().strip(),
            leave_out=frozenset(self.what.left_out),
            without=frozenset(self.what.without),
        )

    def try_to_save(self) -> None:
        """Ask where to; with something to decide, go there and say so instead."""
        if self.what.to_first_decision():
            announce(self, tr("Decide this first, then save."))
            self._desk.messages.warn(tr("Decide about the marked place first, then save."))
            return
        chosen = FORMATS[self.format.currentData()]
        suggested = Path.home() / f"{_file_name(self.name.text())}{chosen.suffix}"
        file, _ = QFileDialog.getSaveFileName(
            self, tr("Save"), str(suggested), f"{tr(chosen.title)} (*{chosen.suffix})"
        )
        if file:
            path = Path(file)
            self._save(path if path.suffix else path.with_suffix(chosen.suffix), chosen.id)

    def _save(self, path: Path, format_id: str) -> None:
        notebook, query, options = self._session.notebook, self._query, self.options()

        def work(progress: Progress) -> Written:
            return exporting.export(notebook, format_id, path, query, options, progress)

        def failed(error: LacError) -> None:
            self._desk.messages.problem(error)

        self.run(self._desk.jobs, work, self._saved, failed, title=tr("Writing the file"))

    def _saved(self, written: Written) -> None:
        self._desk.messages.done(
            count("{n} place is in {file}.", "{n} places are in {file}.", written.count,
                  file=written.path.name)
        )  # fmt: skip
        self._leave()

    def _planned(self, answer: tuple[int, Leaving]) -> None:
        turn, leaving = answer
        if turn != self._turn:
            return
        self._leaving = leaving
        self.what.show_leaving(leaving)
        self.preview.show_public(leaving)
        n = len(leaving.public)
        words = count("{n} place leaves", "{n} places leave", n)
        if leaving.held_back:
            words += ", " + count("{n} stays", "{n} stay", len(leaving.held_back))
        self._count.setText(words)
        announce(self, words)
        last = leaving.last
        self.last.setText(
            tr(
                "{when}, {n} places, {format}",
                when=_when(last.when),
                n=last.count,
                format=last.format,
            )
            if last
            else tr("Nothing has been handed out yet")
        )

    def _goes_to(self) -> QBoxLayout:
        self.form = Form(self._desk.theme)
        self.format = choice([(one.id, tr(one.title)) for one in FORMATS.values()], "html")
        self.form.add("format", tr("As"), self.format)
        self.name = QLineEdit(self._session.notebook.settings.patch_name)
        self.name.setPlaceholderText(tr("Such as Oakham, spring 2026"))
        self.form.add("title", tr("Title"), self.name)
        self.recipient = QLineEdit()
        self.form.add("recipient", tr("Who it is for"), self.recipient)
        self.reason = QLineEdit()
        self.form.add(
            "reason", tr("Why"), self.reason,
            tr("Who and why stay in your export record; they are not in the file."),
        )  # fmt: skip
        self.last = label("", "caption", wrap=True)
        return column(
            label(tr("Exactly what people will see"), "heading2"),
            self.preview,
            self.form,
            row(label(tr("Last time"), "caption", "muted"), self.last, None, gap=12),
            None,
            gap=10,
        )

    def _foot(self) -> QWidget:
        self.save = button(tr("Save to a file…"), self.try_to_save, "primary")
        note = label(tr("Nothing is sent anywhere."), "caption")
        return panel(
            row(note, None, button(tr("Cancel"), self._leave), self.save), "foot", (20, 10, 20, 10)
        )

    @staticmethod
    def _padded(inside: QBoxLayout, says: str) -> QWidget:
        box = QWidget()
        box.setAccessibleName(says)
        inside.setContentsMargins(20, 16, 20, 16)
        box.setLayout(inside)
        return box


def _when(iso: str) -> str:
    """A moment of the export record in words."""
    return day_and_time(datetime.fromisoformat(iso), tr)


def _file_name(title: str) -> str:
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in title)
    return "-".join(kept.lower().split()) or "neighbourhood"
