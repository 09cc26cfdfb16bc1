# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking back: earlier, later, and playing through the dates; and saving what changed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from lac_desktop.ui.speech import announce
from lac_desktop.ui.tools.story import SheetStory
from lac_desktop.ui.widgets import button, label, row
from lac_desktop.ui.words import tr

_STEP_MS = 1400


class DateStrip(QWidget):
    """Earlier, the date, Later, Play."""

    def __init__(self, story: SheetStory) -> None:
        super().__init__()
        self._story = story
        self._said = label("", "emphasis")
        self._earlier = button(tr("Earlier"), lambda: self._go(-1), "small")
        self._later = button(tr("Later"), lambda: self._go(1), "small")
        self._play = button(tr("Play from the start"), self._start, "small")
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._next)
        self.setLayout(row(self._earlier, self._said, self._later, self._play, None, gap=6))
        story.shown.connect(self.show_date)
        story.touched.connect(self.show_date)
        self.show_date()

    def show_date(self) -> None:
        """Say which date is looked at, and offer what there is beside it."""
        story = self._story
        self._said.setText(story.words())
        several = story.count > 1
        for made in (self._earlier, self._later):
            made.setVisible(several)
        self._play.setVisible(story.count > 2)
        self._earlier.setEnabled(story.at > 0)
        self._later.setEnabled(story.at < story.count - 1)

    def stop(self) -> None:
        """Stop playing."""
        self._timer.stop()
        self._play.setText(tr("Play from the start"))

    def _go(self, step: int) -> None:
        """One date on or back; says which."""
        had = self._earlier if step < 0 else self._later
        self.stop()
        self._story.look_at(self._story.at + step)
        announce(self, self._story.words())
        if not had.isEnabled():  # the focus stays where something can be done
            (self._later if step < 0 else self._earlier).setFocus()

    def _start(self) -> None:
        """Play from the first date, or stop playing."""
        if self._timer.isActive():
            self.stop()
            return
        self._play.setText(tr("Stop"))
        self._story.look_at(0)
        announce(self, self._story.words())
        self._timer.start()

    def _next(self) -> None:
        """Show the next date, until the last."""
        if self._story.at >= self._story.count - 1:
            self.stop()
            return
        self._story.look_at(self._story.at + 1)
        announce(self, self._story.words())


class SaveBar(QWidget):
    """Shows while something is not saved."""

    def __init__(self, story: SheetStory, parent: QWidget) -> None:
        super().__init__(parent)
        self._story = story
        self.said = label("", "", "muted", wrap=True)
        self.save = button(tr("Save as of today"), story.save, "primary")
        self.drop = button(tr("Drop the changes"), story.drop)
        whole = row(self.said, self.drop, self.save)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        story.touched.connect(self.show_state)
        story.shown.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Say whether something waits to be saved."""
        waits = self._story.changed
        self.said.setText(tr("Kept as you type. Saving makes a new dated sheet.") if waits else "")
        self.setVisible(waits)
