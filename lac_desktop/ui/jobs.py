# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one way to run anything slow: on a worker thread, with progress and cancel."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from lac_desktop.domain.progress import Progress
from lac_desktop.errors import CancelledError, LacError

#: Work gets a progress function and gives back a result.
Work = Callable[[Progress], Any]
#: How long something may take before it is worth a word on screen.
QUIET_MS = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to do when the work is over."""

    done: Callable[[Any], object]
    failed: Callable[[LacError], object]


class Job(QObject):
    """One piece of work under way."""

    progressed = Signal(int, object, str)  # done, total or None, text
    ended = Signal()
    over = Signal(object, object, object)  # the job, result, error: sent from the worker thread

    def __init__(self, title: str, outcome: Outcome, parent: QObject) -> None:
        super().__init__(parent)
        self.title, self.outcome = title, outcome
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop; it leaves everything as it was."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody chose Cancel."""
        return self._stop.is_set()

    def report(self, done: int, total: int | None, text: str) -> None:
        """The progress function that the work calls, on its own thread."""
        if self._stop.is_set():
            raise CancelledError
        self.progressed.emit(done, total, text)


class _Run(QRunnable):
    """Carries the work to a thread of the pool."""

    def __init__(self, job: Job, work: Work) -> None:
        super().__init__()
        self._job, self._work = job, work

    def run(self) -> None:
        """Do the work; whatever comes of it goes back to the window's thread."""
        try:
            result = self._work(self._job.report)
        except BaseException as error:  # handed over to the window's thread, not swallowed
            self._job.over.emit(self._job, None, error)
        else:
            self._job.over.emit(self._job, result, None)


class Jobs(QObject):
    """Runs work and tells the progress strip about what takes long."""

    slow = Signal(Job)  # a titled job that has run for 300 ms
    problem = Signal(LacError)  # a known problem that nobody else takes
    bug = Signal(Exception)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(3)
        self._under_way: set[Job] = set()

    def run(
        self,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[LacError], object] | None = None,
        *,
        title: str = "",
    ) -> Job:
        """Run ``work(progress)`` on a worker thread.

        ``done(result)`` and ``failed(LacError)`` are called on the window's thread; without
        ``failed`` the problem shows in the message bar. With a ``title`` the job shows in the
        progress strip, with Cancel, once it has taken 300 ms. Any other exception is a bug.
        """
        job = Job(title, Outcome(done, failed or self.problem.emit), self)
        job.over.connect(self._finish)  # a method, so that Qt calls it on the window's thread
        self._under_way.add(job)
        self._pool.start(_Run(job, work))
        if title:
            QTimer.singleShot(QUIET_MS, job, lambda: self._tell(job))
        return job

    @property
    def busy(self) -> bool:
        """Whether any titled work is under way that nobody has asked to stop."""
        return any(job.title and not job.cancelled for job in self._under_way)

    def cancel_all(self) -> None:
        """Ask everything to stop and wait until it has."""
        for job in self._under_way:
            job.cancel()
        self._pool.waitForDone()

    def _tell(self, job: Job) -> None:
        """Show a job that has taken a while."""
        if job in self._under_way:
            self.slow.emit(job)

    def _finish(self, job: Job, result: object, error: BaseException | None) -> None:
        """Hand over what came of the work."""
        self._under_way.discard(job)
        job.ended.emit()
        try:
            self._hand_over(job.outcome, result, error)
        finally:
            job.deleteLater()  # not before: a dialog that is shown now must not outlive its job

    def _hand_over(self, outcome: Outcome, result: object, error: BaseException | None) -> None:
        """Call whoever waits for the result or the problem."""
        if error is None:
            outcome.done(result)
        elif isinstance(error, LacError):
            outcome.failed(error)
        elif isinstance(error, Exception) and not isinstance(error, CancelledError):
            logging.getLogger(__name__).error("A job failed: %s", type(error).__name__)
            self.bug.emit(error)
