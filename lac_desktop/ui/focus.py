# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ring round whatever has the keyboard: two pixels, two pixels clear of the control."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QProxyStyle,
    QScrollArea,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from lac_desktop.ui.theme import Theme


class FocusStyle(QProxyStyle):
    """Fusion without its own focus rectangle and without anything that moves."""

    def __init__(self, theme: "Theme") -> None:
        super().__init__("Fusion")
        self._theme = theme

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Leave the focus rectangle to :class:`FocusRing`; it would sit inside the control."""
        if element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Icons inside a field grow with the text."""
        if metric == QStyle.PixelMetric.PM_LineEditIconSize:
            return self._theme.scaled(16)
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's own name
    ) -> int:
        """No animation anywhere; a click on a list opens only when asked."""
        if hint in (
            QStyle.StyleHint.SH_Widget_Animation_Duration,
            QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick,
        ):
            return 0
        return super().styleHint(hint, option, widget, returnData)


class FocusRing(QWidget):
    """One transparent overlay that follows the focus inside a window."""

    def __init__(self, window: QWidget, theme: "Theme") -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._watched: QWidget | None = None
        self._chain: list[QWidget] = []
        self._settled = QTimer(self)  # runs out after the layout has settled
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._place)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the ring round a control that moves, grows, hides or goes."""
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._settled.start()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Follow the focus to another control, and watch all that it stands in for moves."""
        if not isValid(self._window):
            return
        for widget in filter(isValid, self._chain):
            widget.removeEventFilter(self)
        if self._watched is not None and isValid(self._watched):
            self._watched.destroyed.disconnect(self._gone)
        inside = new is not None and self._window.isAncestorOf(new)
        self._watched = new if inside else None
        self._chain = []
        if self._watched is not None:
            self._watched.destroyed.connect(self._gone)
            widget: QWidget | None = self._watched
            while widget is not None:
                widget.installEventFilter(self)
                self._chain.append(widget)
                if isinstance(widget, QScrollArea) and widget is not self._watched:
                    widget.ensureWidgetVisible(self._watched, 8, 8)
                widget = None if widget is self._window else widget.parentWidget()
        self._place()

    def _gone(self) -> None:
        """Forget a control that was deleted."""
        self._watched, self._chain = None, []
        self.hide()

    def _place(self) -> None:
        """Put the ring two pixels outside the control, never over the window's edge."""
        widget = self._watched
        if widget is None or not isValid(widget) or not widget.isVisible() or _draws_own(widget):
            self.hide()
            return
        window = self._window
        gap = 0 if isinstance(widget, QAbstractScrollArea) else 4
        corner = widget.mapTo(window, QPoint(0, 0))
        seen = widget.visibleRegion().boundingRect()  # less than all of it in a scrolled page
        if seen.isEmpty():
            self.hide()
            return
        ring = QRect(corner + seen.topLeft(), seen.size()).adjusted(-gap, -gap, gap, gap)
        self.setGeometry(ring.intersected(window.rect()))
        self.raise_()
        self.show()


def _draws_own(widget: QWidget) -> bool:
    """Lists and tables ring the row that has the focus; so do painted widgets that say so."""
    if widget.property("ownFocus"):
        return True
    return isinstance(widget, QAbstractItemView) and not isinstance(widget, QTextEdit)
