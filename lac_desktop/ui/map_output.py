# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printing the map that is shown, or saving it as a picture or PDF: only what may leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from lac_desktop.domain.geometry import Box
from lac_desktop.errors import LacError
from lac_desktop.services import exporting
from lac_desktop.services.exporting import Leaving
from lac_desktop.ui.map.paper import Words, print_pdf
from lac_desktop.ui.map.picture import Sheet, points_of, save_picture
from lac_desktop.ui.map.places import in_view
from lac_desktop.ui.map.print import print_on_paper, sheet_of
from lac_desktop.ui.map.view import box_of, unproject, view_of
from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: From so many places on, the middle of a map round them says nothing about a home.
_ENOUGH_TO_HIDE = 4


def save_map(parent: QWidget, desk: Desk, session: Session, view: MapView) -> None:
    """Ask for a file and write what the map shows, of what may leave; says what is held back."""
    chosen, kind = QFileDialog.getSaveFileName(
        parent, tr("Save the map as a picture or PDF"), str(Path.home() / "map.png"),
        tr("Picture (*.png);;PDF (*.pdf)"),
    )  # fmt: skip
    if not chosen:
        return
    file = Path(chosen)
    if file.suffix.lower() not in (".png", ".pdf"):
        file = file.with_name(file.name + (".pdf" if "pdf" in kind else ".png"))

    def ready(leaving: Leaving) -> None:
        sheet = _sheet(session, view, leaving)
        try:
            if file.suffix.lower() == ".pdf":
                print_pdf(sheet, file, _words(session))
            else:
                save_picture(sheet, file)
        except LacError as error:
            desk.messages.problem(error)
        else:
            desk.messages.done(_said(session, tr("The map is saved."), sheet.held_back))

    _plan(desk, session, ready)


def print_map(parent: QWidget, desk: Desk, session: Session, view: MapView) -> None:
    """Print what the map shows, of what may leave."""

    def ready(leaving: Leaving) -> None:
        sheet = _sheet(session, view, leaving)
        if print_on_paper(parent, sheet, _words(session)):
            desk.messages.done(_said(session, tr("The map is printed."), sheet.held_back))

    _plan(desk, session, ready)


def _plan(desk: Desk, session: Session, ready: Callable[[Leaving], object]) -> None:
    """Find what may leave, on a worker thread."""
    notebook, query = session.notebook, session.query
    desk.jobs.run(
        lambda _progress: exporting.plan(notebook, query), ready, title=tr("Drawing the map")
    )


def _sheet(session: Session, view: MapView, leaving: Leaving) -> Sheet:
    """What goes on paper; near a home it is drawn round the places, so that no middle tells."""
    sheet = sheet_of(view, leaving, walk=_from_a_place(session, leaving))
    return away_from_home(sheet) if session.query.near_home else sheet


def away_from_home(sheet: Sheet) -> Sheet:
    """The sheet drawn round what is on it, or round the nearest round position without any."""
    shown = points_of(sheet.assets)
    seen = in_view(shown, sheet.view)
    points = [unproject(x, y) for x, y in zip(shown.x[seen], shown.y[seen], strict=True)]
    box = box_of([one.lat for one in points], [one.lon for one in points])
    middle = sheet.view.centre
    if box is None or len(points) < _ENOUGH_TO_HIDE:
        far = 0.05
        lat, lon = round(middle.lat / far) * far, round(middle.lon / far) * far
        box = Box(lon - far, lat - far, lon + far, lat + far)
    return replace(sheet, view=view_of(box, sheet.view.width, sheet.view.height))


def _said(session: Session, sentence: str, held_back: int) -> str:
    """What was done, and what is not on it."""
    if session.query.near_home:
        home = tr("Home is not on it, and it holds every place that fits the other filters.")
        sentence = f"{sentence} {home}"
    if not held_back:
        return sentence
    left = count(
        "{n} place is left out because it is not public.",
        "{n} places are left out because they are not public.",
        held_back,
    )
    return f"{sentence} {left}"


def _from_a_place(session: Session, leaving: Leaving) -> bool:
    """Whether the walking area starts at a public place: one around a home is on no paper."""
    near = None if session.query.near_home else session.query.near
    return near is not None and any(asset.point == near for asset in leaving.public)


def _words(session: Session) -> Words:
    """What stands on the sheet: nothing personal."""
    name = session.notebook.settings.patch_name
    title = tr("Places in {name}", name=name) if name else tr("Places in our neighbourhood")
    return Words(title)
