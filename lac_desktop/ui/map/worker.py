# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paint the ground of the map in one thread, so that the window only copies it.

Qt's drawing calls hold Python's interpreter lock, so the thread gives answers, not speed; it
steps aside while the window paints, and drops a picture that nobody waits for any more.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from lac_desktop.ui.map.canvas import blank
from lac_desktop.ui.map.lettering import Lettering
from lac_desktop.ui.map.places import Marks, gather
from lac_desktop.ui.map.rehearse import rehearse
from lac_desktop.ui.map.scene import Scene, draw_names, draw_streets
from lac_desktop.ui.map.view import View

#: How much larger the painted ground is than the window.
GROWN = 1.7

_ASIDE_S = 0.012  # the longest that a painting window is waited for, each time


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A picture asked for: what is looked at, what is drawn, dots a pixel, and its number."""

    view: View
    scene: Scene
    dots: float
    number: int
    ground_first: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A painted ground: what it shows, the view that it covers, its picture and marks.

    ``whole`` says that names are on it; ``seconds`` is how long it took.
    """

    scene: Scene
    view: View
    image: QImage
    marks: Marks
    number: int
    whole: bool
    seconds: float


class _SupersededError(Exception):
    """A newer picture is wanted."""


class GroundPainter(QObject):
    """The painting thread. ``painted`` comes once or twice a picture: streets, then names."""

    painted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._change = threading.Condition()
        self._wanted: Wanted | None = None
        self._running: Wanted | None = None
        self._stopped = False
        self._window_paints = threading.Event()
        self._lettering = Lettering()
        rehearse()
        # Python hands the interpreter over every 5 ms; a frame has 16. Halves the worst frames.
        sys.setswitchinterval(min(sys.getswitchinterval(), 0.001))
        self._thread = threading.Thread(target=self._work, name="map", daemon=True)
        self._thread.start()

    def ask(self, wanted: Wanted) -> None:
        """Ask for a picture; one that is under way and not shown yet is dropped."""
        with self._change:
            self._wanted = wanted
            self._change.notify()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While the window works on a frame, the thread waits a moment."""
        before = self._window_paints.is_set()
        self._window_paints.set()
        try:
            yield
        finally:
            if not before:
                self._window_paints.clear()

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._change:
            self._stopped = True
            self._change.notify()
        if self._thread is not threading.current_thread():
            self._thread.join(5)

    def _work(self) -> None:
        """Paint what is wanted, newest first, until stopped."""
        while True:
            with self._change:
                while self._wanted is None and not self._stopped:
                    self._change.wait()
                if self._stopped:
                    return
                wanted, self._wanted = self._wanted, None
            assert wanted is not None
            try:
                self._paint(wanted)
            except _SupersededError:
                continue

    def _paint(self, wanted: Wanted) -> None:
        """Paint one picture: the ground, then names over it."""
        start = time.perf_counter()
        around = wanted.view.grown(GROWN)
        marks = gather(wanted.scene.places, wanted.view, around, wanted.scene.text_scale)
        image = blank(around, wanted.dots)
        painter = QPainter(image)
        try:
            draw_streets(painter, around, wanted.scene, self._aside)
            if wanted.ground_first:
                self._tell(wanted, around, image.copy(), marks, False, start)
            draw_names(
                painter, around, wanted.scene, marks, self._lettering, self._aside_or_stop,
                seen=wanted.view,
            )  # fmt: skip
        finally:
            painter.end()
        self._tell(wanted, around, image, marks, True, start)

    def _tell(
        self, wanted: Wanted, around: View, image: QImage, marks: Marks, whole: bool, start: float
    ) -> None:
        """Hand a picture to the window's thread."""
        if self._stopped:
            raise _SupersededError
        seconds = time.perf_counter() - start
        self.painted.emit(Ground(wanted.scene, around, image, marks, wanted.number, whole, seconds))

    def _aside(self) -> None:
        """Let the window paint first; give up when stopped."""
        if self._stopped:
            raise _SupersededError
        if self._window_paints.is_set():
            until = time.perf_counter() + _ASIDE_S
            while self._window_paints.is_set() and time.perf_counter() < until:
                time.sleep(0.0005)

    def _aside_or_stop(self) -> None:
        """As above, and give up when a newer picture is wanted (names are not worth it then)."""
        if self._wanted is not None:
            raise _SupersededError
        self._aside()
