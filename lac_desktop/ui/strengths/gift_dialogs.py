# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking about a gift or a wish: in the person's words, private unless they say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from lac_desktop.domain.strengths import Gift, GiftOf, Offer, Wish
from lac_desktop.services import gift_prompts
from lac_desktop.ui.dialogs import Dialog, extra_button
from lac_desktop.ui.forms import Form, choice, long_field, text_field
from lac_desktop.ui.strengths.day_field import DayField
from lac_desktop.ui.strengths.interest_field import InterestsField
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

#: How far a gift is offered: value -> words, and the sentence that says what it means.
OFFERS = {
    Offer.PRIVATE: ("Private", "Nobody is ever proposed anything because of it."),
    Offer.SHOW: (
        "Willing to show someone",
        "You may ask them, before you tell anybody, to show one person how it is done.",
    ),
    Offer.TEACH: (
        "Willing to teach",
        "You may ask them, before you tell anybody, to teach a few people or a group.",
    ),
}


class OfferField(QWidget):
    """Three ways in which a gift can be offered, each with its sentence."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[Offer, QRadioButton] = {}
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for value, (words, means) in OFFERS.items():
            made = QRadioButton(tr(words))
            made.setAccessibleDescription(tr(means))
            made.setChecked(value is offer)
            self._group.addButton(made)
            self.buttons[value] = made
            under = label(tr(means), "caption", wrap=True)
            under.setContentsMargins(24, 0, 0, 4)
            inside.addWidget(made)
            inside.addWidget(under)
        self.first = self.buttons[offer]

    def value(self) -> Offer:
        """Which one is chosen."""
        return next(offer for offer, made in self.buttons.items() if made.isChecked())


class GiftDialog(Dialog[Gift]):
    """One gift. ``remove`` takes an old one out; ``asked`` is the question that was asked."""

    def __init__(
        self, parent: QWidget, session: Session, gift: Gift,
        *, asked: str = "", remove: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        theme, new = session.desk.theme, not gift.what
        title = tr("Add a gift") if new else tr("Change a gift")
        super().__init__(parent, theme, title, tr("Keep"))
        self._gift, self._today = gift, session.notebook.clock().date()
        if asked:
            self.body.addWidget(label(tr("“{question}”", question=asked), "lead", wrap=True))
        self.form = Form(theme, above=True)
        self.what = text_field(gift.what)
        parts = [(p.of.value, tr(p.title)) for p in gift_prompts.load().values()]
        self.of = choice(parts, gift.of.value)
        self.offer = OfferField(gift.offer)
        self.interests = InterestsField(session.desk, gift.words)
        self.note = long_field(gift.note, theme, 2)
        self.noticed = DayField(gift.noticed_on or (self._today if new else None), self._today)
        self.form.add("what", tr("The gift, in their words"), self.what)
        self.form.add("offer", tr("How far do they want to offer it?"), self.offer)
        self.form.add(
            "words", tr("Interests it goes with"), self.interests,
            tr("The same words that places and groups are found by."),
        )  # fmt: skip
        self.form.add("of", tr("Where it lives"), self.of)
        self.form.add("note", tr("Note"), self.note)
        self.form.add("noticed_on", tr("Noticed on"), self.noticed)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.what.textChanged.connect(self.interests.suggest)
        self.interests.suggest(gift.what)
        if remove is not None:
            extra_button(self, tr("Take it out"), lambda: (self.reject(), remove()))
        self.fit(560, 620)
        self.what.setFocus()

    def answer(self) -> Gift | None:
        """The gift as it stands in the form."""
        self.interests.commit()
        wrong = {"noticed_on": self.noticed.problem(needed=False)}
        wrong["what"] = "" if self.what.text().strip() else tr("Say what they are good at.")
        if not self.form.show_problems({key: text for key, text in wrong.items() if text}):
            return None
        return replace(
            self._gift,
            what=self.what.text().strip(),
            of=GiftOf(self.of.currentData()),
            offer=self.offer.value(),
            words=tuple(self.interests.values),
            note=self.note.toPlainText().strip(),
            noticed_on=self.noticed.day(),
        )


class WishDialog(Dialog[Wish]):
    """One wish, and whether it came true."""

    def __init__(
        self, parent: QWidget, session: Session, wish: Wish,
        *, remove: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        theme, new = session.desk.theme, not wish.what
        title = tr("Add a wish") if new else tr("Change a wish")
        super().__init__(parent, theme, title, tr("Keep"))
        self._wish, self._today = wish, session.notebook.clock().date()
        self.form = Form(theme, above=True)
        self.what = text_field(wish.what)
        self.interests = InterestsField(session.desk, wish.words)
        self.note = long_field(wish.note, theme, 2)
        self.said = DayField(wish.said_on or (self._today if new else None), self._today)
        self.came_true = DayField(wish.came_true_on, self._today)
        self.form.add("what", tr("What they would love, in their words"), self.what)
        self.form.add(
            "words", tr("Interests it goes with"), self.interests,
            tr("Places and groups that fit are found by these."),
        )  # fmt: skip
        self.form.add("said_on", tr("Said on"), self.said)
        self.form.add("came_true_on", tr("Came true on"), self.came_true, tr("Leave empty for now"))
        self.form.add("note", tr("Note"), self.note)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.what.textChanged.connect(self.interests.suggest)
        self.interests.suggest(wish.what)
        if remove is not None:
            extra_button(self, tr("Take it out"), lambda: (self.reject(), remove()))
        self.fit(560, 520)
        self.what.setFocus()

    def answer(self) -> Wish | None:
        """The wish as it stands in the form."""
        self.interests.commit()
        wrong = {
            "what": "" if self.what.text().strip() else tr("Say what they would love."),
            "said_on": self.said.problem(needed=False),
            "came_true_on": self.came_true.problem(needed=False),
        }
        if not self.form.show_problems({key: text for key, text in wrong.items() if text}):
            return None
        return replace(
            self._wish,
            what=self.what.text().strip(),
            words=tuple(self.interests.values),
            note=self.note.toPlainText().strip(),
            said_on=self.said.day(),
            came_true_on=self.came_true.day(),
        )
