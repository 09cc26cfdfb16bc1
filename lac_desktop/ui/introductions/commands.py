# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands of the window that are about introductions: things to try, gifts, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lac_desktop.ui.frame import Frame


def run(frame: Frame, name: str) -> None:
    """Carry out one of them in the open notebook."""
    session = frame.session
    if session is None:
        return
    if name == "things-to-try":
        from lac_desktop.ui.prescription.page import open_page

        open_page(session, frame.desk, (session.selection,) if session.selection else ())
    elif name == "gift-match":
        from lac_desktop.ui.introductions.gifts_page import GiftsPage

        session.task_asked.emit(GiftsPage(session, frame.desk))
    elif name == "looking-back":
        from lac_desktop.ui.introductions.reflection_page import ReflectionPage

        session.task_asked.emit(ReflectionPage(session, frame.desk))
