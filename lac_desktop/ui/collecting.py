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
#: As in Python's own: all is gone through only once so much more is held than was left last time.
_GROWN = 1.25


class Collecting(QObject):
    """From when it is made until :meth:`stop`, garbage is collected by this thread's timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect what Python would by its own thresholds."""
        due = [
            count > threshold > 0
            for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)
        ]
        if all(due) and self._grown():
            gc.collect()
            self._left = _held()
        elif due[0]:
            gc.collect(1 if due[1] else 0)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _grown(self) -> bool:
        """Whether going through everything (some 50 ms) is worth it."""
        return _held() > _GROWN * self._left


def _held() -> int:
    """How many objects have outlived younger collections."""
    return len(gc.get_objects(generation=2))
