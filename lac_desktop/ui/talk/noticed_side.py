# SPDX-License-Identifier: AGPL-3.0-or-later
"""The right side of a conversation: what the coordinator noticed, and tags nobody has to use."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QWidget

from lac_desktop.domain.conversation import GOOD_LIFE
from lac_desktop.services import talk_lists
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.talk.chips import TagChips, WordChips
from lac_desktop.ui.talk.coach_note import CoachNote
from lac_desktop.ui.talk.words_edit import WordsEdit
from lac_desktop.ui.widgets import button, column, label, panel, row
from lac_desktop.ui.words import tr


def noticed_title(me: str) -> str:
    """What the field of the reflection is called by a screen reader."""
    if not me:
        return tr("What I noticed, my reflection")
    return tr("What I noticed, {name}’s reflection", name=me)


class NoticedSide(QFrame):
    """Reflection with the coach, what is strong, what matters, tags, read back."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, names: Sequence[str], me: str) -> None:
        super().__init__()
        self.setObjectName("noticed-side")
        self._desk = desk
        self._mark = QLabel()
        self.words = WordsEdit(desk, own=False)
        self.words.setAccessibleName(noticed_title(me))
        self.words.setMinimumHeight(desk.theme.scaled(110))
        signed = (
            tr("{name}’s reflection. Marked as yours on every print and copy", name=me)
            if me
            else tr("Your reflection. Marked as yours on every print and copy")
        )
        self.words.setAccessibleDescription(signed)
        heading = label(tr("What I noticed"), "heading2")
        heading.setBuddy(self.words)
        self.flag = button(tr("About someone else…"), look="small")
        self.flag.setCheckable(True)
        self.flag.setToolTip(tr("Mark the paragraph with the caret (Alt+O)"))
        self.coach = CoachNote(desk, self.words, names[0] if len(names) == 1 else tr("them"))
        self._make_fields(names)
        layout = column(
            column(
                row(self._mark, heading, None, gap=6), label(signed, "caption", wrap=True), gap=1
            ),
            self.words,
            row(self.flag, None),
            self.coach,
            *self._fields(),
            None,
            gap=6,
        )
        layout.setStretchFactor(self.words, 1)
        layout.setContentsMargins(20, 14, 20, 10)
        self.setLayout(layout)
        foot = column(self.read_back, row(self.nobody, self.share, None), gap=2)
        self.foot = panel(foot, "foot", (20, 6, 20, 6))
        self.paint_icons()

    def paint_icons(self) -> None:
        """Paint the icon in the theme that is on."""
        self._mark.setPixmap(self._desk.icons.pixmap("ph.note", 18))

    def show_principles(self, on: bool) -> None:
        """Show or hide the principles; they are out of sight until wanted."""
        self.principles.setVisible(on)
        self.more.setChecked(on)

    def _make_fields(self, names: Sequence[str]) -> None:
        """The short fields and the tags."""
        desk = self._desk
        self.strong = WordChips(desk, tr("What’s strong"), tr("Gifts, people, places"))
        self.matters = text_field()
        self.matters.setAccessibleName(tr("What matters now"))
        self.who_else = text_field()
        self.who_else.setAccessibleName(tr("Who else was there, or should be asked"))
        tags = [(value, tr(words), "") for value, words in GOOD_LIFE.items()]
        self.good_life = TagChips(desk, tr("A good life: which parts came up?"), tags)
        listed = talk_lists.principles()
        self.problems = (*listed.problems, *self.coach.problems)
        known = [(one.id, one.name, one.says) for one in listed.entries]
        self.principles = TagChips(desk, tr("Which principle did this show?"), known)
        self.more = button(tr("Which principle did this show?"), look="link")
        self.more.setCheckable(True)
        self.more.toggled.connect(self.show_principles)
        self.principles.hide()
        name = names[0] if len(names) == 1 else tr("them")
        self.read_back = QCheckBox(tr("Read back to {name}, and agreed", name=name))
        self.nobody = label(tr("Nobody else can see it now"), "", "muted")
        self.share = button(tr("Share…"), look="link")
        self.share.setAccessibleDescription(tr("Agreements to share are made on the person’s page"))
        for chips in (self.strong, self.good_life, self.principles):
            chips.changed.connect(self.changed)
        for field in (self.matters, self.who_else, self.strong.entry):
            field.textEdited.connect(lambda _text: self.changed.emit())
            field.editingFinished.connect(self.left)
        self.read_back.toggled.connect(lambda _on: self.changed.emit())

    def _fields(self) -> list[QWidget]:
        """The short fields and tags under their labels, in order."""
        return [
            _labelled(tr("What’s strong"), self.strong),
            panel(
                row(
                    _labelled(tr("What matters now"), self.matters),
                    _labelled(tr("Who else"), self.who_else),
                    gap=12,
                )
            ),
            _labelled(tr("A good life: which parts came up?"), self.good_life),
            self.more,
            self.principles,
        ]


def _labelled(words: str, field: QWidget) -> QWidget:
    """A field under its label."""
    above = label(words, "heading3")
    above.setBuddy(getattr(field, "first", field))
    return panel(column(above, field, gap=3))
