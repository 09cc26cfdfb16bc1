# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map as a picture file. Only what may leave the laptop is on it, and it says what is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.services.maps import write_whole
from lac_desktop.ui.map import furniture
from lac_desktop.ui.map.canvas import blank
from lac_desktop.ui.map.ground import Outline, WalkingArea
from lac_desktop.ui.map.lettering import Lettering
from lac_desktop.ui.map.places import Marks, Places, gather, places_at
from lac_desktop.ui.map.scene import Scene, draw_marks, draw_names, draw_streets
from lac_desktop.ui.map.style import load_style
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import View
from lac_desktop.ui.words import count


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What a picture or print shows.

    ``assets`` are published ones; ``held_back`` is how many of those in view are not among them.
    There is no origin here: where a person lives is on no paper, and a walking area may be given
    only where it starts at a place.
    """

    view: View
    assets: Sequence[PublicAsset]
    tiles: TileCache | None = None
    held_back: int = 0
    walk: tuple[WalkingArea, ...] = ()
    outlines: tuple[Outline, ...] = ()
    style: str = "light"
    text_scale: float = 1.0

    @property
    def credit(self) -> str:
        """Who made the street map, and who gave the places that must be credited."""
        street_map = self.tiles.tiles.attribution if self.tiles is not None else ""
        named = dict.fromkeys(
            words for words in (street_map, *(asset.attribution for asset in self.assets)) if words
        )
        # Many places carry the credit that the street map has in longer words.
        return " · ".join(
            words
            for words in named
            if not any(words in other and words != other for other in named)
        )


def points_of(assets: Sequence[PublicAsset]) -> Places:
    """Columns of published assets with a position; the row number is the place in the list."""
    with_point = [(at, one) for at, one in enumerate(assets) if one.point is not None]
    return places_at(
        [at for at, _one in with_point],
        [one.point.lat for _at, one in with_point if one.point],
        [one.point.lon for _at, one in with_point if one.point],
        [one.category for _at, one in with_point],
    )


def held_back_words(n: int) -> str:
    """ "3 places are not shown" or nothing."""
    return count("{n} place is not shown", "{n} places are not shown", n) if n else ""


def scene_of(sheet: Sheet, view: View) -> tuple[Scene, Marks]:
    """The scene and marks of a picture."""
    places = points_of(sheet.assets)
    scene = Scene(
        style=load_style(sheet.style),
        tiles=sheet.tiles,
        places=places,
        walk=sheet.walk,
        outlines=sheet.outlines,
        text_scale=sheet.text_scale,
    )
    return scene, gather(places, view, view, sheet.text_scale)


def draw_map(
    painter: QPainter, view: View, scene: Scene, marks: Marks, taken: Sequence[list[float]] = ()
) -> None:
    """Draw a whole map without its edge; names keep off boxes that are ``taken`` as well."""
    lettering = Lettering()
    draw_streets(painter, view, scene)
    corner = [[view.width - 270, view.height - 36, view.width, view.height], *taken]
    draw_names(painter, view, scene, marks, lettering, reserved=np.array(corner))


def render_picture(sheet: Sheet, *, dots: float = 2.0, on_screen: bool = False) -> QImage:
    """Draw the view as a picture with so many dots a logical pixel.

    ``on_screen`` names the first of those to credit, as the map of the window does: the others
    would cover a small picture.
    """
    view = sheet.view
    image = blank(view, dots)
    painter = QPainter(image)
    try:
        scene, marks = scene_of(sheet, view)
        draw_map(painter, view, scene, marks)
        draw_marks(painter, view, scene, marks)
        beside = furniture.draw_scale(painter, view, scene.style, sheet.text_scale)
        credit = furniture.short_credit(sheet.credit) if on_screen else sheet.credit
        furniture.draw_credit(painter, view, credit, scene.style, sheet.text_scale, beside)
        words = held_back_words(sheet.held_back)
        if words:
            furniture.draw_sentence(painter, view, words, scene.style, sheet.text_scale)
    finally:
        painter.end()
    return image


def save_picture(sheet: Sheet, path: Path, *, dots: float = 2.0) -> None:
    """Write the view as a PNG file, whole or not at all.

    Raises LacError where the file cannot be written.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    render_picture(sheet, dots=dots).save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    buffer.close()
    write_whole(path, bytes(data.data()))


def fitted(sheet: Sheet, width: float, height: float) -> View:
    """The view's ground on another size of paper."""
    from math import log2

    view = sheet.view
    grow = min(width / view.width, height / view.height)
    return replace(view, zoom=view.zoom + log2(grow), width=width, height=height)
