# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is open now: the notebook, the filter, what it found and what is selected.

Map and Community share one session, so that they always show the same set.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.progress import Progress
from lac_desktop.domain.query import Order, Query
from lac_desktop.domain.wording import clock_time
from lac_desktop.services import about, assets, find, people
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.find import FoundSet
    from lac_desktop.services.notebook import Notebook


class Session(QObject):
    """One open notebook. All signals come on the window's thread."""

    query_changed = Signal()
    found_changed = Signal()
    selected = Signal(str)  # id of an asset, or "" for none
    data_changed = Signal()  # assets were changed
    opened = Signal(str)  # show the details of this asset
    asked = Signal(str)  # a page asks for a command of the window, by its id
    people_changed = Signal()  # something about people was changed
    person_wanted = Signal(str, str)  # show this person's page, at this tab ("" for the first)
    helper_wanted = Signal(str)  # look from this person's strengths outwards, in the helper
    task_asked = Signal(object)  # a Page to lie over the section, such as a conversation
    task_over = Signal()  # the page over the section is finished
    saved = Signal()  # something typed was saved; it changes nothing that others show
    privacy = Signal(str)  # another sentence about who can see this; "" for the usual one

    def __init__(self, notebook: "Notebook", desk: Desk) -> None:
        super().__init__()
        self.notebook, self.desk = notebook, desk
        self.query = Query()
        self.found: FoundSet | None = None
        self.total = 0
        self.selection = ""
        self.saved_at = ""
        self.closed = False  # the notebook is locked; a dialog that was open may still return
        self.home_of = ""  # whose home is looked near, for as long as that is asked for
        self._turn = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)

    def set_query(self, query: Query, *, after_ms: int = 0) -> None:
        """Filter by this from now on; ``after_ms`` waits for more typing."""
        if query.near_home and (query.near != self.query.near or not self.home_of):
            query = replace(query, near_home=False)  # somewhere else was chosen
        if query == self.query:
            return
        self.query = query
        if not query.near_home and self.home_of:
            self.home_of = ""
            self.privacy.emit("")
        self.query_changed.emit()
        self._soon.start(after_ms)

    def look_near_home(self, name: str, home: Point) -> None:
        """Look near somebody's home: shown in this window alone, and the privacy light says so."""
        self.home_of = name
        self.query = replace(self.query, near=home, near_text="", near_home=True)
        self.privacy.emit(tr("Private: {name}’s home shows on this screen", name=name))
        self.query_changed.emit()
        self._soon.start(0)

    @property
    def near_words(self) -> str:
        """What "near" is called on screen; a person's name is never part of the query."""
        return self.home_of if self.query.near_home else self.query.near_text

    def change(self, **values: Any) -> None:
        """Change parts of the filter."""
        self.set_query(replace(self.query, **values))

    def refresh(self) -> None:
        """Find again, on a worker thread; only the answer to the last question counts."""
        self._turn += 1
        turn, query, notebook = self._turn, self.query, self.notebook
        if query.order is Order.BEST and not query.text and query.near is None:
            query = replace(query, order=Order.NAME)  # nothing to be best at

        def work(_progress: Progress) -> tuple[int, "FoundSet"]:
            return turn, find.find(notebook, query)

        self.desk.jobs.run(work, self._found, title=tr("Looking through the places"))

    def _found(self, answer: tuple[int, "FoundSet"]) -> None:
        """Take an answer, unless a later question was asked."""
        turn, found = answer
        if turn == self._turn:
            self.found, self.total = found, found.total
            self.found_changed.emit()

    def select(self, asset_id: str) -> None:
        """Select a place everywhere."""
        if asset_id != self.selection:
            self.selection = asset_id
            self.selected.emit(asset_id)

    def open(self, asset_id: str) -> None:
        """Select a place and show its details."""
        self.select(asset_id)
        self.opened.emit(asset_id)

    def asset(self, asset_id: str) -> Asset | None:
        """The place as it is now."""
        return assets.get(self.notebook, asset_id) if asset_id else None

    def walk_to(self, asset_id: str) -> tuple[float, bool] | None:
        """Minutes on foot from where is looked near, and whether they are as the crow flies."""
        found = self.found
        rid = about.rid_of(self.notebook, asset_id)
        if found is None or found.query.near is None or rid is None:
            return None
        at = (found.rids == rid).nonzero()[0]
        if not len(at):
            return None
        return float(found.minutes[at[0]]), bool(found.crow[at[0]])

    def act(
        self,
        work: Callable[[Progress], Any],
        done: str | Callable[[Any], str] = "",
        *,
        undo: bool = True,
        after: Callable[[Any], object] | None = None,
    ) -> None:
        """Change something on a worker thread, say so with Undo, and show everything anew."""

        def over(result: Any) -> None:
            sentence = done(result) if callable(done) else done
            self.changed()
            if sentence and undo:
                self.desk.messages.done(sentence, tr("Undo"), self.undo)
            elif sentence:
                self.desk.messages.done(sentence)
            if after is not None:
                after(result)

        self.desk.jobs.run(work, over, title=tr("Saving"))

    def changed(self) -> None:
        """Assets were changed: look again."""
        self.saved_at = clock_time(self.notebook.clock(), tr)
        self.data_changed.emit()
        self.refresh()

    def act_people(
        self,
        work: Callable[[Progress], Any],
        done: str = "",
        *,
        undo: bool = True,
        after: Callable[[Any], object] | None = None,
    ) -> None:
        """Change something about people on a worker thread; ``done`` names nobody.

        Sends ``people_changed`` on the window's thread, then calls ``after(result)``.
        """

        def over(result: Any) -> None:
            self.told_of_people()
            if done and undo:
                self.desk.messages.done(done, tr("Undo"), self.undo_people)
            elif done:
                self.desk.messages.done(done)
            if after is not None:
                after(result)

        self.desk.jobs.run(work, over, title=tr("Saving"))

    def told_of_people(self) -> None:
        """Something about people was saved: everything that shows it looks again."""
        self.saved_at = clock_time(self.notebook.clock(), tr)
        self.people_changed.emit()

    def told_of_typing(self) -> None:
        """What is being typed was saved: the status bar says when."""
        self.saved_at = clock_time(self.notebook.clock(), tr)
        self.saved.emit()

    def open_person(self, person_id: str, tab: str = "") -> None:
        """Show a person's page in the section People."""
        self.person_wanted.emit(person_id, tab)

    def open_helper(self, person_id: str) -> None:
        """Show the helper, asked for this person."""
        self.helper_wanted.emit(person_id)

    def undo(self) -> None:
        """Take back the last act and say what it was."""
        self._step(assets.undo, tr("Undone: {what}"), tr("There is nothing to undo."))

    def undo_people(self) -> None:
        """Take back the latest step about people; the sentence names nobody."""
        done = tr("Undone: the last change about people is taken back.")
        self._people_step(people.undo, done, tr("There is nothing to undo."))

    def redo_people(self) -> None:
        """Do again the step about people that was taken back."""
        done = tr("Done again: the change about people is back.")
        self._people_step(people.redo, done, tr("There is nothing to do again."))

    def _people_step(self, move: Callable[["Notebook"], str], worked: str, nothing: str) -> None:
        """Undo or redo something about people, then say that it was."""

        def over(what: str) -> None:
            if not what:
                self.desk.messages.warn(nothing)
                return
            self.told_of_people()
            self.desk.messages.done(worked)

        self.desk.jobs.run(lambda _progress: move(self.notebook), over, title=tr("Saving"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(assets.redo, tr("Done again: {what}"), tr("There is nothing to do again."))

    def _step(self, move: Callable[["Notebook"], Any], worked: str, nothing: str) -> None:
        """Undo or redo, then say which act it was."""

        def over(what: str) -> None:
            if not what:
                self.desk.messages.warn(nothing)
                return
            self.changed()
            self.desk.messages.done(worked.format(what=what))

        self.desk.jobs.run(lambda _progress: move(self.notebook), over, title=tr("Saving"))

    def close(self) -> None:
        """Forget everything that was read; called before the notebook is locked."""
        self.closed = True
        self._soon.stop()
        self._turn += 1
        self.found = None
