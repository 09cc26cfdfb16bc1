# SPDX-License-Identifier: AGPL-3.0-or-later
"""Commands of the window: introduce, things to try, who could show whom, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.frame import Frame
    from lac_desktop.ui.session import Session


def run(frame: Frame, name: str) -> None:
    """Carry out one of them in the open notebook."""
    session = frame.session
    if session is None:
        return
    if name == "things-to-try":
        from lac_desktop.ui.prescription.page import open_page

        open_page(session, frame.desk, (session.selection,) if session.selection else ())
    elif name == "introduce":
        introduce_to(frame, session)
    elif name == "gift-match":
        from lac_desktop.ui.introductions.gifts_page import GiftsPage

        session.task_asked.emit(GiftsPage(session, frame.desk))
    elif name == "looking-back":
        from lac_desktop.ui.introductions.reflection_page import ReflectionPage

        session.task_asked.emit(ReflectionPage(session, frame.desk))


def introduce_to(frame: Frame, session: Session) -> None:
    """Ask whom to introduce to the selected place, or to anything, and introduce them."""
    from lac_desktop.ui.introductions.dialog import introduce
    from lac_desktop.ui.talk.choose_person import choose_person, person_of

    chosen = choose_person(frame, session, tr("Introduce somebody"), tr("Introduce…"))
    if chosen is not None:
        place = session.selection
        session.act_people(
            lambda _progress: person_of(session, chosen),
            after=lambda person: introduce(frame, session, frame.desk, person, place),
        )
