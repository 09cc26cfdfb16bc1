# SPDX-License-Identifier: AGPL-3.0-or-later
"""Icons from the Phosphor and Material fonts, in the colour of a role, whatever the theme.

The fonts are loaded when :func:`Icons.load` is called, after the window was painted; until then
an icon paints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QIconEngine, QPainter, QPixmap

if TYPE_CHECKING:
    from lac_desktop.ui.theme import Theme

_FONTS = (
    ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"),
    (
        "mdi6",
        "materialdesignicons6-webfont-6.9.96.ttf",
        "materialdesignicons6-webfont-charmap-6.9.96.json",
    ),
)


class Icons:
    """Makes icons by the names of ``UX.md``, such as ``ph.storefront``."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._fonts: Any = None

    def load(self) -> None:
        """Load the two fonts (about 40 ms); call it once the window shows."""
        if self._fonts is None:
            from qtawesome.iconic_font import IconicFont

            self._fonts = IconicFont(*_FONTS)

    def icon(self, name: str, role: str = "text", *, beside: bool = False) -> QIcon:
        """An icon that takes the colour of the role each time it is painted.

        ``beside`` words it keeps a little air on its right, for Qt puts only 4 px between them.
        """
        return QIcon(_Glyph(self, name, role, beside))

    def pixmap(self, name: str, size: int, role: str = "text") -> QPixmap:
        """The icon as a picture, for a label; load the fonts first."""
        self.load()
        return self.icon(name, role).pixmap(size, size)

    def draw(self, painter: QPainter, rect: QRect, name: str, role: str) -> None:
        """Paint the glyph in the middle of a rectangle; nothing while the fonts are not loaded."""
        if self._fonts is None:
            return
        prefix, glyph = name.split(".", 1)
        font: QFont = self._fonts.font(prefix, min(rect.width(), rect.height()))
        painter.save()
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        text = self._fonts.charmap[prefix][glyph]
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class _Glyph(QIconEngine):
    """Paints one glyph."""

    def __init__(self, icons: Icons, name: str, role: str, beside: bool = False) -> None:
        super().__init__()
        self._icons, self._name, self._role, self._beside = icons, name, role, beside

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint in the colour of the role, or muted where the control is disabled."""
        role = "muted" if mode == QIcon.Mode.Disabled else self._role
        if self._beside:
            rect = rect.adjusted(0, 0, -rect.width() * 4 // 21, 0)
        self._icons.draw(painter, rect, self._name, role)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The same as a picture."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Qt copies icons."""
        return _Glyph(self._icons, self._name, self._role, self._beside)
