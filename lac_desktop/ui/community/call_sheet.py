# SPDX-License-Identifier: AGPL-3.0-or-later
"""What needs a check, as a sheet to read, print or save; and what to say on the phone."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QTextBrowser, QWidget

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError
from lac_desktop.services import upkeep
from lac_desktop.ui.asset import facts
from lac_desktop.ui.dialogs import Dialog, ask, extra_button
from lac_desktop.ui.printing import print_document, save_pdf
from lac_desktop.ui.widgets import button, label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.community.deeds import Deeds
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: More than so many calls are no sheet but a burden; the rest stays for next time.
_MOST = 60


def show_call_sheet(parent: QWidget, session: Session, desk: Desk) -> None:
    """Read what is due, on a worker thread, and show it."""
    notebook, query = session.notebook, session.query

    def work(_progress: Progress) -> list[Asset]:
        return upkeep.call_sheet(notebook, query)

    def done(due: list[Asset]) -> None:
        if due:
            ask(parent, CallSheet(parent, session, desk, due))
        else:
            desk.messages.done(tr("Nothing needs a check under these filters."))

    desk.jobs.run(work, done, title=tr("Looking for what needs a check"))


class CallSheet(Dialog[bool]):
    """The sheet on screen, with Print and Save."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk, due: list[Asset]) -> None:
        super().__init__(parent, desk.theme, tr("Call sheet"))
        self._desk = desk
        words = count("{n} place needs a check", "{n} places need a check", len(due))
        if len(due) > _MOST:
            words = tr("{words}; the sheet holds the first {n}", words=words, n=_MOST)
        self.body.addWidget(label(words, "heading2"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(tr("Call sheet"))
        self.page.setTabChangesFocus(True)
        self.page.setOpenLinks(False)
        self._html = sheet(session.notebook, due[:_MOST])
        self.page.setHtml(self._html)
        self.body.addWidget(self.page, 1)
        extra_button(self, tr("Print…"), self._print)
        extra_button(self, tr("Save as PDF…"), self._save)
        self.fit(760, 560)
        self.page.setFocus()

    def _document(self) -> QTextDocument:
        """The sheet on white paper, whatever the theme."""
        document = QTextDocument()
        document.setHtml(self._html)  # not what the window made of it in its own colours
        return document

    def _print(self) -> None:
        """Print it."""
        print_document(self, self._document())

    def _save(self) -> None:
        """Save it as a PDF."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF"), str(Path.home() / "call-sheet.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            try:
                save_pdf(self._document(), Path(chosen))
            except OSError as error:
                self._desk.messages.problem(
                    LacError(
                        tr("The sheet could not be saved: {why}.", why=error.strerror or ""),
                        tr("Choose another folder."),
                    )
                )


def sheet(notebook: Notebook, due: list[Asset]) -> str:
    """The sheet as HTML: who to ring, what we believe, and room to write."""
    today = long_date(notebook.clock().date(), tr)
    rows = [f"<h2>{escape(tr('Places to ring, {day}', day=today))}</h2>"]
    for asset in due:
        ring = ", ".join(
            [p for p in (asset.phone, asset.email) if p]
            + [facts.contact(c).replace(tr("; agreed to be public"), "") for c in asset.contacts]
        )
        lines = [
            (tr("Ring"), ring or tr("No number is known: call in.")),
            (tr("We believe"), believed(asset)),
            (tr("Where"), ", ".join(p for p in (asset.address, asset.postcode) if p)),
            (tr("Last check"), facts.checked(notebook, asset)),
            (tr("Now"), tr("☐ Still right   ☐ Changed   ☐ Closed   ______________________")),
        ]
        told = "".join(f"<br/><b>{escape(a)}:</b> {escape(b)}" for a, b in lines if b)
        rows.append(f"<p><big><b>{escape(asset.name)}</b></big>{told}</p><hr/>")
    return "".join(rows)


def believed(asset: Asset) -> str:
    """Hours and sessions as we have them."""
    from lac_desktop.domain.hours_words import describe as hours_in_words
    from lac_desktop.domain.sessions import describe

    parts = [asset.hours_text or (hours_in_words(asset.hours) if asset.hours else "")]
    parts += [f"{one.title}: {describe(one, tr)}" for one in asset.sessions]
    return "; ".join(p for p in parts if p)


def script(notebook: Notebook, asset: Asset) -> str:
    """What to say: who I am, what we believe, and who would greet a newcomer."""
    who = notebook.settings.who or tr("the local coordinator")
    patch = notebook.settings.patch_name
    hello = (
        tr("“Hello, it’s {who} from {patch}.", who=who, patch=patch)
        if patch
        else tr("“Hello, it’s {who}, the local area coordinator.", who=who)
    )
    known = believed(asset)
    ask_hours = (
        tr("We have: {hours}. Is that still right?", hours=known)
        if known
        else tr("When are you open, or when do you meet?")
    )
    greet = (
        tr("Would {who} still say hello to a newcomer?”", who=asset.greeter)
        if asset.greeter
        else tr("Who would say hello to a newcomer?”")
    )
    return " ".join((hello, ask_hours, greet))


def show_call_script(
    parent: QWidget, session: Session, desk: Desk, asset: Asset, deeds: Deeds
) -> None:
    """The script with its three answers."""
    dialog: Dialog[bool] = Dialog(parent, desk.theme, tr("Call script"))
    words = script(session.notebook, asset)
    dialog.body.addWidget(label(asset.name, "heading2", wrap=True))
    ring = ", ".join(p for p in (asset.phone, *map(facts.contact, asset.contacts)) if p)
    dialog.body.addWidget(label(ring or tr("No number is known."), "emphasis", wrap=True))
    dialog.body.addWidget(label(words, "", "quote", wrap=True))
    dialog.body.addStretch(1)
    dialog.setAccessibleDescription(f"{asset.name}. {ring}. {words}")

    def then(act: object) -> None:
        dialog.accept()
        if callable(act):
            act()

    still = button(tr("Still right"), lambda: then(deeds.still_right), "primary")
    dialog.foot.insertWidget(0, still)
    dialog.foot.insertWidget(1, button(tr("Changed…"), lambda: then(deeds.edit)))
    dialog.foot.insertWidget(2, button(tr("Closed"), lambda: then(deeds.remove)))
    dialog.fit(520)
    still.setFocus()
    ask(parent, dialog)
