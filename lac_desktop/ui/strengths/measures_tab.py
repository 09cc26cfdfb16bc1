# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab "Measures": what a person chose to answer, each on its own line over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lac_desktop.domain.measures import Measure
from lac_desktop.domain.strengths import MeasureTaken
from lac_desktop.services import access, measures, people, strengths
from lac_desktop.services.measures import Story
from lac_desktop.ui.dialogs import ask
from lac_desktop.ui.strengths.story_view import StoryView
from lac_desktop.ui.strengths.take_dialog import TakeDialog
from lac_desktop.ui.widgets import clear, label, panel, scrolling
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class MeasuresTab(QWidget):
    """All of them are optional; those with answers come first. There is no total over them."""

    def __init__(self, session: Session, desk: Desk, person: str) -> None:
        super().__init__()
        self._session, self._desk, self._person = session, desk, person
        self._stale = True
        self._taken: dict[str, MeasureTaken] = {}
        self.intro = label("", wrap=True)
        self.wait = label("", "", "note", wrap=True)
        self.views: dict[str, StoryView] = {}
        self._stories = QVBoxLayout()
        self._stories.setSpacing(26)
        inside = QVBoxLayout()
        inside.setSpacing(12)
        inside.addWidget(self.intro)
        inside.addWidget(self.wait)
        inside.addLayout(self._stories)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.page = scrolling(panel(inside, "measures", (20, 14, 20, 20)), tr("Measures"))
        outer.addWidget(self.page)
        session.people_changed.connect(self._changed)

    def arrived(self) -> None:
        """Look again, if something changed since."""
        if self._stale:
            self.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight, show what is there now."""
        super().showEvent(event)
        self.arrived()

    def look(self) -> None:
        """Read everything and show it."""
        notebook = self._session.notebook
        person = people.get(notebook, self._person)
        if person is None:
            return
        self._stale = False
        self.intro.setText(tr(
            "Only if {name} would like to. They can see every answer, leave out any question and "
            "say no to all of it; nothing else depends on it.", name=person.name,
        ))  # fmt: skip
        self.wait.setText(self._wait_words())
        self.wait.setVisible(bool(self.wait.text()))
        found = measures.stories(notebook, self._person)
        self._taken = {t.id: t for story in found for t in story.taken}
        kept_focus = self._focused()
        clear(self._stories)
        self.views = {}
        for story in sorted(found, key=lambda s: not s.taken):
            view = self._view(story)
            self.views[story.measure.id] = view
            self._stories.addWidget(view)
        if kept_focus in self.views:
            self.views[kept_focus].take.setFocus()

    def take(self, measure: Measure) -> None:
        """Take a measure together, now."""
        blank = measures.blank(self._session.notebook, self._person, measure.id)
        dialog = TakeDialog(self, self._session, measure, blank, wait=self._wait_words())
        self._keep(ask(self, dialog))

    def change(self, key: str) -> None:
        """Correct answers of an earlier day."""
        taken = self._taken[key]
        measure = measures.all_measures()[taken.measure]
        dialog = TakeDialog(self, self._session, measure, taken, remove=lambda: self.remove(key))
        self._keep(ask(self, dialog))

    def remove(self, key: str) -> None:
        """Take answers out; Undo brings them back."""
        taken, notebook = self._taken[key], self._session.notebook
        self._session.act_people(
            lambda _progress: strengths.remove(notebook, taken), tr("Taken out.")
        )

    def _keep(self, taken: MeasureTaken | None) -> None:
        """Keep answers, or that it was not wanted."""
        if taken is None:
            return
        notebook = self._session.notebook
        said = tr("Answers kept.") if taken.answers else tr("Noted: not wanted this time.")
        self._session.act_people(lambda _progress: measures.keep(notebook, taken), said)

    def _view(self, story: Story) -> StoryView:
        """One measure."""
        notebook, person = self._session.notebook, self._person
        return StoryView(
            self._desk, story, take=lambda: self.take(story.measure),
            change=self.change, remove=self.remove,
            copied=lambda: access.note(notebook, "copied", person, story.measure.id),
        )  # fmt: skip

    def _wait_words(self) -> str:
        """Why to wait, at a first meeting; it blocks nothing."""
        if not measures.first_meeting(self._session.notebook, self._person):
            return ""
        return tr(
            "You have not written down a conversation before today. A first meeting is about the "
            "person, not about numbers: these are better kept for later."
        )

    def _focused(self) -> str:
        """Which measure's button has the focus."""
        return next((key for key, view in self.views.items() if view.take.hasFocus()), "")

    def _changed(self) -> None:
        """Something about people was changed, here or elsewhere."""
        self._stale = True
        if self.isVisible():
            self.look()
