# SPDX-License-Identifier: AGPL-3.0-or-later
"""A conversation with Jean in the real window."""

from collections.abc import Callable

import pytest

from lac_desktop.domain.person import Person
from lac_desktop.services import people
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.session import Session
from lac_desktop.ui.talk.editor import open_editor
from lac_desktop.ui.talk.page import ConversationPage

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def jean(open_notebook: Notebook) -> Person:
    """Jean, with whom one walks alongside."""
    return people.add(open_notebook, "Jean")


@pytest.fixture
def session(frame: Frame, open_notebook: Notebook, jean: Person, wait: Wait) -> Session:
    """The open window."""
    frame.open_notebook(open_notebook)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.session is not None
    return frame.session


@pytest.fixture
def page(frame: Frame, session: Session, jean: Person) -> ConversationPage:
    """A new conversation with Jean, empty."""
    return begin(frame, session, (jean.id,))


def begin(
    frame: Frame, session: Session, who: tuple[str, ...], which: str | None = None
) -> ConversationPage:
    """Open the editor and hand its page over."""
    open_editor(session, frame.desk, who, which)
    assert frame.work is not None
    shown = frame.work.page
    assert isinstance(shown, ConversationPage)
    return shown
