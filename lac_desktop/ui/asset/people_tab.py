# SPDX-License-Identifier: AGPL-3.0-or-later
"""How to reach the place, people in public roles there, and ties to other places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from lac_desktop.domain.asset import LINK_RELATIONS, Asset, Contact, Link
from lac_desktop.services import assets, find
from lac_desktop.ui.asset.facts import contact
from lac_desktop.ui.asset.list_editor import ListEditor
from lac_desktop.ui.asset.tab import Tab
from lac_desktop.ui.asset.tabs import words
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

_RELATIONS = {"runs at": "Runs at", "run by": "Run by", "meets in": "Meets in"}


class PeopleTab(Tab):
    """Telephone, email, website, contacts and links."""

    def __init__(self, session: Session, asset: Asset) -> None:
        super().__init__(session, tr("People and links"))
        add, theme = self.form.add, session.desk.theme
        self.phone = text_field(asset.phone)
        self.email = text_field(asset.email)
        self.website = text_field(asset.website)
        add("phone", tr("Telephone"), self.phone)
        add("email", tr("Email"), self.email)
        add("website", tr("Website"), self.website)
        self.contacts: ListEditor[Contact] = ListEditor(
            theme,
            asset.contacts,
            contact,
            lambda parent, one: ask(parent, ContactDialog(parent, session, one)),
            tr("Add a contact…"),
        )
        add("contacts", tr("People in public roles"), self.contacts,
            tr("Such as a librarian or housing officer. A name leaves the laptop only where it is "
               "marked as agreed."))  # fmt: skip
        ids = [link.other for link in asset.links]
        self._names = {a.id: a.name for a in assets.get_many(session.notebook, ids)}
        self.links: ListEditor[Link] = ListEditor(
            theme, asset.links, self._say, lambda p, one: self._ask_link(p, asset, one),
            tr("Add a link…"),
        )  # fmt: skip
        add("links", tr("Linked with"), self.links)
        self.first = self.phone

    def read(self, asset: Asset) -> Asset:
        """What was typed, put into the asset."""
        return replace(
            asset,
            phone=words(self.phone),
            email=words(self.email),
            website=words(self.website),
            contacts=tuple(self.contacts.values),
            links=tuple(self.links.values),
        )

    def _say(self, link: Link) -> str:
        """A link in words."""
        name = self._names.get(link.other, tr("a place that was removed"))
        return f"{tr(_RELATIONS.get(link.relation, link.relation))} {name}"

    def _ask_link(self, parent: QWidget, asset: Asset, link: Link | None) -> Link | None:
        """Ask for the other place and how they belong together."""
        dialog = LinkDialog(parent, self.session, asset.id, link)
        chosen = ask(parent, dialog)
        if chosen is not None:
            for found in assets.get_many(self.session.notebook, [chosen.other]):
                self._names[found.id] = found.name
        return chosen


class ContactDialog(Dialog[Contact]):
    """A person in a public role."""

    def __init__(self, parent: QWidget, session: Session, one: Contact | None) -> None:
        title = tr("Add a contact") if one is None else tr("Change a contact")
        super().__init__(parent, session.desk.theme, title, tr("Keep contact"))
        now = one or Contact()
        form = self.form = Form(session.desk.theme)
        self.edits = {}
        for key, said, text in (
            ("name", tr("Name"), now.name),
            ("role", tr("Role"), now.role),
            ("organisation", tr("Organisation"), now.organisation),
            ("patch", tr("Patch"), now.patch),
            ("phone", tr("Telephone"), now.phone),
            ("email", tr("Email"), now.email),
        ):
            self.edits[key] = text_field(text)
            form.add(key, said, self.edits[key])
        self.agreed, self.speaks = QCheckBox(), QCheckBox()
        form.add(
            "agreed",
            tr("They agreed that their name may be public"),
            self.agreed,
            tr("Without this, name, telephone and email never leave this laptop."),
        )
        form.add("speaks", tr("May be asked to speak to a group"), self.speaks)
        self.agreed.setChecked(now.agreed_public)
        self.speaks.setChecked(now.can_speak)
        self.body.addWidget(form)
        self.body.addStretch(1)
        self.fit(500)
        self.edits["name"].setFocus()

    def answer(self) -> Contact | None:
        """The contact, or None where nothing says who it is."""
        text = {key: words(edit) for key, edit in self.edits.items()}
        empty = not (text["name"] or text["role"])
        if not self.form.show_problems({"name": tr("Type a name or a role.")} if empty else {}):
            return None
        return Contact(
            **text, agreed_public=self.agreed.isChecked(), can_speak=self.speaks.isChecked()
        )


class LinkDialog(Dialog[Link]):
    """Search for the other place, and say how the two belong together."""

    def __init__(self, parent: QWidget, session: Session, own: str, link: Link | None) -> None:
        title = tr("Add a link") if link is None else tr("Change a link")
        super().__init__(parent, session.desk.theme, title, tr("Keep link"))
        self._session, self._own = session, own
        form = self.form = Form(session.desk.theme)
        relation = link.relation if link else LINK_RELATIONS[0]
        self.relation = choice([(r, tr(_RELATIONS[r])) for r in LINK_RELATIONS], relation)
        self.search = text_field()
        self.list = QListWidget()
        self.list.setProperty("edged", True)
        self.list.setFixedHeight(session.desk.theme.scaled(150))
        form.add("relation", tr("This place"), self.relation)
        form.add("search", tr("Search"), self.search, tr("Type some letters of the other’s name."))
        form.add("other", tr("The other place"), self.list)
        self.search.textEdited.connect(self._look)
        self.body.addWidget(form)
        self.body.addStretch(1)
        if link is not None:
            for found in assets.get_many(session.notebook, [link.other]):
                self._offer(found.id, found.name)
        self.fit(480)
        self.search.setFocus()

    def answer(self) -> Link | None:
        """The link, or None where no place is chosen."""
        item = self.list.currentItem()
        none = {"other": tr("Search, then choose the other place.")}
        if not self.form.show_problems({} if item else none):
            return None
        return Link(str(self.relation.currentData()), str(item.data(Qt.ItemDataRole.UserRole)))

    def _look(self, text: str) -> None:
        """Offer places whose name is like the text."""
        self.list.clear()
        if len(text.strip()) > 1:
            for found in find.complete(self._session.notebook, text, 12):
                if found.asset_id and found.asset_id != self._own:
                    self._offer(found.asset_id, f"{found.text}, {found.detail}")

    def _offer(self, asset_id: str, words_: str) -> None:
        """One line of the list; the first is chosen."""
        item = QListWidgetItem(words_, self.list)
        item.setData(Qt.ItemDataRole.UserRole, asset_id)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
