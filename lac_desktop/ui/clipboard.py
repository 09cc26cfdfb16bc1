# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this program puts on the clipboard, so that locking takes away that and nothing else."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
#: By this format we know again what came from here; password keepers use it in the same sense.
_OURS = "x-kde-passwordManagerHint"
#: What systems understand as "do not keep this": format -> value.
_NOT_KEPT = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    _OURS: b"secret",
    "org.nspasteboard.ConcealedType": b"",
}


def put(text: str) -> None:
    """Put a text on the clipboard, out of the histories that systems keep, until it is locked."""
    data = QMimeData()
    data.setText(text)
    for name, value in _NOT_KEPT.items():
        data.setData(name, value)
    QGuiApplication.clipboard().setMimeData(data)


def forget() -> None:
    """Empty the clipboard if it still holds what came from here; what came since stays.

    That is what :func:`put` was given, and what somebody copied from a field of the window.
    """
    clipboard = QGuiApplication.clipboard()
    held = clipboard.mimeData()
    if clipboard.ownsClipboard() or (held is not None and held.hasFormat(_OURS)):
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
