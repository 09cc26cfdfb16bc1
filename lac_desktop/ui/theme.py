# SPDX-License-Identifier: AGPL-3.0-or-later
"""Colours, type and sizes by role: one style sheet and one palette made from tokens.toml."""

import tomllib
from collections.abc import Mapping
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from lac_desktop import paths
from lac_desktop.ui.focus import FocusStyle

_PALETTE = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "alt",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "urgent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Mid: "control-edge",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Dark: "control-edge",
    QPalette.ColorRole.Light: "surface",
}
_FONTS = ("Segoe UI", "Open Sans", "Noto Sans", "DejaVu Sans")


class Theme(QObject):
    """The look that is on now. ``changed`` tells painted widgets to paint again."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "system", text_size: int = 100) -> None:
        super().__init__(app)
        text = (paths.resources() / "theme" / "tokens.toml").read_text("utf-8")
        self._tokens: dict[str, Any] = tomllib.loads(text)
        self._sheet = (paths.resources() / "theme" / "style.qss").read_text("utf-8")
        self._app = app
        families = [f for f in _FONTS if QFontDatabase.hasFamily(f)]
        self._families = families[:1] or [app.font().family()]
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self.mode, self.text_size, self.name = mode, text_size, "light"
        self._style = FocusStyle(self)
        app.setStyle(self._style)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply(mode, text_size)

    def apply(self, mode: str, text_size: int) -> None:
        """Show this theme ("system", "light", "dark" or "contrast") at this text size in %."""
        self.mode, self.text_size = mode, text_size
        self._fonts.clear()
        self._colours.clear()
        self.name = _system_name() if mode == "system" else mode
        self._app.setFont(self.font("body"))
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(Template(self._sheet).substitute(self._values()))
        self.changed.emit()

    def colour(self, role: str) -> QColor:
        """The colour of a role in the theme that is on."""
        kept = self._colours.get(role)
        if kept is None:
            kept = self._colours[role] = QColor(self._tokens["colour"][self.name][role])
        return QColor(kept)

    def category(self, letter: str) -> Mapping[str, Any]:
        """Shape, fill and letter colour of a category."""
        table = self._tokens["category"]
        return table.get(letter, table["S"])

    def outline(self) -> QColor:
        """The line round a category's shape."""
        return QColor(self._tokens["marker-outline"][self.name])

    def size(self, name: str) -> int:
        """A size in logical pixels at 100 %."""
        return int(self._tokens["size"][name])

    def scaled(self, pixels: float) -> int:
        """So many logical pixels at 100 %, grown with the text size."""
        return round(pixels * self.text_size / 100)

    def points(self, step: str) -> float:
        """Points of a step of type, never under 9."""
        return round(max(9.0, self._tokens["type-pt"][step] * self.text_size / 100), 1)

    def font(self, step: str = "body", *, bold: bool = False) -> QFont:
        """The font of a step of type."""
        kept = self._fonts.get((step, bold))
        if kept is not None:
            return QFont(kept)
        font = QFont(self._families)
        font.setPointSizeF(self.points(step))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self._fonts[step, bold] = font
        return QFont(font)

    def _values(self) -> dict[str, str]:
        """What the template of the style sheet names."""
        values = dict(self._tokens["colour"][self.name])
        values |= {step: f"{self.points(step):g}" for step in self._tokens["type-pt"]}
        contrast = self.name == "contrast"
        tick = paths.resources() / "theme" / f"tick-{self.name}.svg"
        values["tick"] = tick.as_posix()
        for way in ("up", "down", "left", "right"):
            picture = paths.resources() / "theme" / f"caret-{way}-{self.name}.svg"
            values[f"caret-{way}"] = picture.as_posix()
        values |= {
            "number": f"{max(9.0, 13.5 * self.text_size / 100):g}",
            "edge": "2" if contrast else "1",
            "tint-edge": "1" if contrast else "0",
            "control": str(self.scaled(21)),
            "small": str(self.scaled(24)),
            "field-h": str(self.scaled(22)),
            "icon": str(self.scaled(17)),
            "icon-beside": str(self.scaled(21)),
            "chip": str(self.scaled(26) // 2),
            "arrow": str(self.scaled(12)),
            "drop": str(self.scaled(26)),
            "box": str(self.scaled(16)),
            "round": str(self.scaled(16) // 2 + 1),
            "ring": str(self.scaled(5)),
            "dot": str(self.scaled(16) + 2 - 2 * self.scaled(5)),
        }
        return {name.replace("-", "_"): value for name, value in values.items()}

    def _palette(self) -> QPalette:
        """A palette of the same colours, so that native dialogs match."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.WindowText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette

    def _system_changed(self) -> None:
        """Follow the system when it turns dark or light."""
        if self.mode == "system":
            self.apply(self.mode, self.text_size)


def _system_name() -> str:
    """The theme that the system asks for."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
