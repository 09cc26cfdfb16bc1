# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run Python's collection of cyclic garbage on the window's thread, and there alone.

Python collects in whichever thread happens to allocate. Where that is a worker, and the garbage
holds widgets (a dialog that was closed and the functions that point back to it), Shiboken puts
off deleting them until the window's thread comes round; by then Qt may have deleted them itself,
and the program ends with a segmentation fault.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 300


def due() -> int | None:
    """The oldest generation that Python would collect now by its own thresholds, or None."""
    full = [
        generation
        for generation, (count, threshold) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if threshold and count > threshold
    ]
    return max(full, default=None)


class Collecting(QObject):
    """From when it is made until :meth:`stop`, garbage is collected by this thread's timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect what is due."""
        generation = due()
        if generation is not None:
            gc.collect(generation)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
