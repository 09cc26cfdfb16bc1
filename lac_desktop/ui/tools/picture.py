# SPDX-License-Identifier: AGPL-3.0-or-later
"""A picture in a tool: chosen from a file, shrunk, and kept with the sheet in the locked file.

It is encoded anew, so that nothing of the camera (place, time, device) comes along.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from lac_desktop.domain.tool_values import PICTURE
from lac_desktop.errors import LacError
from lac_desktop.ui.widgets import button, column, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

#: Longest side in pixels: 32 mm on paper at 290 dots an inch.
_SIDE = 360
_QUALITY = 82
_SHOWN = 96


def shrunk(file: str) -> str:
    """The picture of a file as the text that a sheet keeps.

    Raises LacError for what is no picture, or none that can be read here.
    """
    reader = QImageReader(file)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _SIDE:
        reader.setScaledSize(size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise LacError(
            "This file is not a picture that can be read here.",
            "Choose a JPEG or PNG file, or take a photo of the drawing.",
        )
    if max(image.width(), image.height()) > _SIDE:
        image = image.scaled(
            _SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(0xFFFFFFFF)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(_QUALITY)
    writer.write(plain)
    return PICTURE + base64.b64encode(buffer.data().data()).decode("ascii")


def image_of(value: object) -> QImage:
    """The picture that a sheet keeps; a null one where there is none."""
    text = value if isinstance(value, str) else ""
    if not text.startswith(PICTURE):
        return QImage()
    return QImage.fromData(base64.b64decode(text.removeprefix(PICTURE)))


class PictureField(QWidget):
    """The picture with two buttons. ``value`` is what the sheet keeps, "" for none."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.value = ""
        self._shown = QLabel()
        self._shown.setAccessibleName(tr("The picture"))
        self.first = self.choose = button(tr("Choose a picture…"), self.ask, "small")
        self.take_out = button(tr("Take it out"), lambda: self.take(""), "small")
        self.setLayout(column(self._shown, row(self.choose, self.take_out, None), gap=6))
        self.put("")

    def ask(self) -> None:
        """Choose a file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a picture"), "", tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp)")
        )
        if chosen:
            self.take_file(chosen)

    def take_file(self, file: str) -> None:
        """Take the picture of a file; a sentence where it is none."""
        try:
            self.take(shrunk(file))
        except LacError as error:
            self._desk.messages.problem(error)

    def take(self, value: str) -> None:
        """Take another picture by hand, or none."""
        self.put(value)
        self.changed.emit()
        (self.take_out if value else self.choose).setFocus()

    def put(self, value: object) -> None:
        """Show a picture."""
        self.value = value if isinstance(value, str) else ""
        image = image_of(self.value)
        has = not image.isNull()
        side = self._desk.theme.scaled(_SHOWN)
        if has:
            self._shown.setPixmap(
                QPixmap.fromImage(image).scaled(
                    side, side, Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )  # fmt: skip
        self._shown.setVisible(has)
        self.take_out.setVisible(has)
        self.choose.setText(tr("Another picture…") if has else tr("Choose a picture…"))
