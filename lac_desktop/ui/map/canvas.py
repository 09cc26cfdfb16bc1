# SPDX-License-Identifier: AGPL-3.0-or-later
"""Empty pictures to paint a view on."""

import math

from PySide6.QtGui import QImage

from lac_desktop.ui.map.view import View


def blank(view: View, dots: float) -> QImage:
    """An empty opaque picture for a view, with so many dots a logical pixel."""
    image = QImage(
        max(1, math.ceil(view.width * dots)),
        max(1, math.ceil(view.height * dots)),
        QImage.Format.Format_RGB32,
    )
    image.setDevicePixelRatio(dots)
    return image
