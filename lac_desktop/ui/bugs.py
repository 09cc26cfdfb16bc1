# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is shown when we made a mistake: one dialog with a report that holds nothing personal."""

import platform
import traceback
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lac_desktop import __version__
from lac_desktop.ui.dialogs import Dialog, ask, extra_button
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr


def report(error: BaseException) -> str:
    """Where it happened, without the error's own words, values or folders.

    An error's message can hold a name or an address, so only its type is told.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    chain = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None:
        chain.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    from PySide6 import __version__ as qt_version

    return "\n".join(
        [
            f"LAC Desktop {__version__}, Python {platform.python_version()}, Qt {qt_version}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            " from ".join(chain),
            *places,
        ]
    )


class BugDialog(Dialog[bool]):
    """Says that it is our mistake, and shows all that a report would hold."""

    def __init__(self, parent: QWidget | None, theme: Theme, error: BaseException) -> None:
        super().__init__(parent, theme, tr("A mistake in LAC Desktop"))
        sentence = tr(
            "Something went wrong that we did not expect. What was saved before is safe. "
            "You can carry on, or lock and open the notebook again."
        )
        self.body.addWidget(label(sentence, wrap=True))
        self.body.addWidget(
            label(
                tr("This report holds no names, places or notes. Send it only if you wish."),
                "caption",
                wrap=True,
            )
        )
        text = QPlainTextEdit(report(error))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(tr("Report"))
        self.body.addWidget(text, 1)
        clipboard = QGuiApplication.clipboard()
        extra_button(self, tr("Copy the report"), lambda: clipboard.setText(text.toPlainText()))
        self.fit(620, 420)


def show(parent: QWidget | None, theme: Theme, error: BaseException) -> None:
    """Show the dialog and wait until it is closed."""
    ask(parent, BugDialog(parent, theme, error))
