# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which parts of a picture are taken, so that names do not overlap."""

import numpy as np

from lac_desktop.ui.map.view import Floats, View


class Room:
    """The boxes that are taken: rows of left, top, right, bottom."""

    def __init__(self, view: View) -> None:
        self._boxes = np.empty((256, 4))
        self._count = 0
        self._view = view

    def free(self, boxes: Floats) -> bool:
        """Whether boxes lie inside the view and touch nothing."""
        if boxes[:, :2].min() < 0:
            return False
        if boxes[:, 2].max() > self._view.width or boxes[:, 3].max() > self._view.height:
            return False
        taken = self._boxes[: self._count]
        apart = (
            (boxes[:, None, 0] >= taken[None, :, 2])
            | (boxes[:, None, 2] <= taken[None, :, 0])
            | (boxes[:, None, 1] >= taken[None, :, 3])
            | (boxes[:, None, 3] <= taken[None, :, 1])
        )
        return bool(apart.all())

    def covered(self, boxes: Floats) -> float:
        """Square pixels of boxes that are taken."""
        taken = self._boxes[: self._count]
        wide = np.minimum(boxes[:, None, 2], taken[:, 2]) - np.maximum(
            boxes[:, None, 0], taken[:, 0]
        )
        high = np.minimum(boxes[:, None, 3], taken[:, 3]) - np.maximum(
            boxes[:, None, 1], taken[:, 1]
        )
        return float((np.clip(wide, 0, None) * np.clip(high, 0, None)).sum())

    def take(self, boxes: Floats) -> None:
        """Mark boxes as taken."""
        need = self._count + len(boxes)
        if need > len(self._boxes):
            grown = np.empty((max(need, 2 * len(self._boxes)), 4))
            grown[: self._count] = self._boxes[: self._count]
            self._boxes = grown
        self._boxes[self._count : need] = boxes
        self._count = need
