# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom a paragraph is about, if it is about somebody who is not in the conversation."""

from PySide6.QtWidgets import QWidget

from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.words import tr


class AboutWhom(Dialog[str]):
    """One field; nothing typed means somebody without a name."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme, tr("About someone else"), tr("Mark the paragraph"))
        form = Form(theme, above=True)
        self.whom = text_field("", tr("a neighbour"))
        form.add(
            "whom",
            tr("Whom is it about?"),
            self.whom,
            tr("A first name or a word will do. It is looked at before anybody gets a copy."),
        )
        self.body.addWidget(form)
        self.fit(440)
        self.whom.setFocus()

    def answer(self) -> str:
        """The name, or words for nobody in particular."""
        return self.whom.text().strip() or tr("somebody else")


def ask_about_whom(parent: QWidget, theme: Theme) -> str | None:
    """Ask for the name; None where it was cancelled."""
    return ask(parent, AboutWhom(parent, theme))
