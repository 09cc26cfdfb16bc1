# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bar for sentences that wait for nobody, and the strip that shows slow work."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.jobs import Job
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, icon_tool, label
from lac_desktop.ui.words import tr

#: How long good news stays; problems stay until they are closed.
_GOOD_NEWS_MS = 9000


class MessageBar(QFrame):
    """One sentence with one way on; it takes no focus and blocks nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._words = label("", wrap=True)
        self._act: Callable[[], object] | None = None
        self._button = button("", self._do, "small")
        close = icon_tool(desk.icons, "ph.x", tr("Close the message"), self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 6, 12, 6)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        layout.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        desk.messages.shown.connect(self.say)
        self.hide()

    def say(self, kind: str, sentence: str, word: str, act: Callable[[], object] | None) -> None:
        """Show a sentence ("done", "warning" or "problem") and have it read out."""
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self._act = act
        self._button.setText(word)
        self._button.setVisible(bool(word))
        self.show()
        announce(self, sentence, now=kind == "problem")
        self._timer.stop()
        if kind == "done":
            self._timer.start(_GOOD_NEWS_MS)

    @property
    def sentence(self) -> str:
        """What is shown, or nothing."""
        return "" if self.isHidden() else self._words.text()

    def _do(self) -> None:
        """Do what the button offers, once."""
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()


class ProgressStrip(QFrame):
    """A line with a real count and Cancel for work that takes longer than a moment."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._words = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("How far it is"))
        self._cancel = button(tr("Cancel"), self._stop, "small")
        self._job: Job | None = None
        self._told = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 4, 12, 4)
        layout.addWidget(self._words)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._cancel)
        desk.jobs.slow.connect(self.follow)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this job until it ends."""
        self._job, self._told = job, 0
        self._words.setText(job.title)
        self._bar.setRange(0, 0)
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)
        self.show()
        announce(self, job.title)

    def _progressed(self, done: int, total: object, text: str) -> None:
        """Say how far it is; every tenth is read out."""
        text = tr(text) if text else ""
        if isinstance(total, int) and total > 0:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(1000, done * 1000 // total))
            words = tr("{text}: {done} of {total}", text=text, done=f"{done:,}", total=f"{total:,}")
            if done * 10 // total > self._told:
                self._told = done * 10 // total
                announce(self, words)
        else:
            words = f"{text}: {done:,}" if done else text
        self._words.setText(words)

    def _ended(self) -> None:
        """The job is over."""
        if self.sender() is self._job or self._job is None:
            self._job = None
            self.hide()

    def _stop(self) -> None:
        """Ask the work to stop."""
        if self._job is not None:
            self._job.cancel()
            self._words.setText(tr("Stopping. Everything stays as it was."))
