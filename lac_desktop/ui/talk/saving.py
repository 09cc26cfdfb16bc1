# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving what is typed: within a second of the first key, in order, on a worker thread."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.ui.jobs import Jobs

T = TypeVar("T")
_AGAIN_MS = 5_000


class Saver(QObject, Generic[T]):
    """Saves snapshots of what is typed, the latest one last whatever thread it ran on.

    ``snapshot()`` is called on the window's thread and must be quick; ``write(snapshot)`` runs on
    a worker thread, one at a time. After a failure (full disk) it tries again every five seconds;
    the text is in the field all the while.
    """

    saved = Signal()
    failed = Signal(LacError)

    def __init__(
        self,
        jobs: Jobs,
        snapshot: Callable[[], T],
        write: Callable[[T], object],
        *,
        within_ms: int,
    ) -> None:
        super().__init__()
        self._jobs, self._snapshot, self._write = jobs, snapshot, write
        self._within = within_ms
        self._lock = Lock()
        self._taken = self._written = 0
        self._busy = self._over = False
        self.unsaved = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Something was typed."""
        self.unsaved = True
        if not self._timer.isActive() and not self._over:
            self._timer.start(self._within)

    def save(self) -> None:
        """Save now, on a worker thread, if there is something to save."""
        if not self.unsaved or self._over:
            return
        if self._busy:
            self._timer.start(self._within // 2)
            return
        self._timer.stop()
        self.unsaved, self._busy = False, True
        self._taken += 1
        number, what = self._taken, self._snapshot()
        self._jobs.run(lambda _progress: self._put(number, what), self._done, self._problem)

    def save_here(self) -> None:
        """Save before going on: the window locks or ends. Raises LacError as ``write`` does."""
        self._timer.stop()
        if self.unsaved and not self._over:
            self._taken += 1
            self._put(self._taken, self._snapshot())
            self.unsaved = False

    def last(self, work: Callable[[T], object]) -> Callable[[Progress], object]:
        """Work for a job that ends the typing, such as keeping; nothing older is written after.

        Where it fails, call :meth:`go_on`.
        """
        self._timer.stop()
        self._over, self.unsaved = True, False
        self._taken += 1
        number, what = self._taken, self._snapshot()

        def run(_progress: Progress) -> object:
            with self._lock:
                self._written = number
                return work(what)

        return run

    def go_on(self) -> None:
        """Typing goes on after all."""
        self._over = False
        self.touch()

    def stop(self) -> None:
        """Nothing is written any more."""
        self._over = True
        self._timer.stop()

    def _put(self, number: int, what: T) -> None:
        """Write a snapshot, unless a later one was written already."""
        with self._lock:
            if number > self._written:
                self._write(what)
                self._written = number

    def _done(self, _result: object) -> None:
        self._busy = False
        if not self.unsaved:
            self.saved.emit()

    def _problem(self, error: LacError) -> None:
        self._busy = False
        self.unsaved = True
        if not self._over:
            self._timer.start(_AGAIN_MS)
        self.failed.emit(error)
