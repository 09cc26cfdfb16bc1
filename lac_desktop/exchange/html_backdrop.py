# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pack the light map under the pins into few bytes of JSON.

Positions are whole hundred-thousandths of a degree (about a metre), each as the step from the one
before; ``resources/html/backdrop.js`` unpacks them. What matters least is left out first when the
room is short: buildings, then paths, then the names of streets.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lac_desktop.exchange.backdrop import (
    AREA_KINDS,
    LABEL_KINDS,
    LINE_KINDS,
    Backdrop,
    BackLabel,
    LonLat,
)

#: The most that the map under the pins may add to a page, in bytes.
ROOM = 500_000

_SCALE = 100_000


def packed(backdrop: Backdrop | None, room: int = ROOM) -> str:
    """The backdrop as JSON of at most ``room`` bytes, or ``null`` where there is none."""
    if backdrop is None:
        return "null"
    origin = _origin(backdrop)
    if origin is None:
        return "null"
    kept: dict[str, list[str]] = {"a": [], "l": [], "t": []}
    left = room - 100
    for place, text in _by_importance(backdrop, origin):
        size = len(text.encode()) + 1
        if size <= left:
            kept[place].append(text)
            left -= size
    parts = ",".join(f'"{place}":[{",".join(texts)}]' for place, texts in kept.items())
    return f'{{"o":[{origin[0]},{origin[1]}],{parts}}}'


def _origin(backdrop: Backdrop) -> tuple[int, int] | None:
    """The first position there is: what all others are counted from."""
    for shape in backdrop.areas:
        return _whole(shape.rings[0][0])
    for line in backdrop.lines:
        return _whole(line.points[0])
    for label in backdrop.labels:
        return _whole(label.at)
    return None


def _whole(at: LonLat) -> tuple[int, int]:
    return round(at[0] * _SCALE), round(at[1] * _SCALE)


def _by_importance(backdrop: Backdrop, origin: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Every part as (list it belongs to, JSON), what matters most first."""
    lines = {kind: [one for one in backdrop.lines if one.kind == kind] for kind in LINE_KINDS}
    areas = {kind: [one for one in backdrop.areas if one.kind == kind] for kind in AREA_KINDS}
    order: list[tuple[str, str]] = [
        ("t", "place"),
        ("a", "water"),
        ("l", "main"),
        ("l", "rail"),
        ("l", "street"),
        ("a", "green"),
        ("a", "wood"),
        ("l", "stream"),
        ("t", "water"),
        ("t", "park"),
        ("t", "street"),
        ("l", "path"),
        ("a", "building"),
    ]
    for place, kind in order:
        if place == "t":
            for label in backdrop.labels:
                if label.kind == kind:
                    yield place, _json(_label(label, origin))
        elif place == "l":
            for line in lines[kind]:
                if (steps := _steps(line.points, origin, 2)) is not None:
                    yield place, _json([LINE_KINDS.index(kind), steps])
        else:
            for area in areas[kind]:
                rings = [_steps(ring, origin, 4) for ring in area.rings]
                whole = [ring for ring in rings if ring is not None]
                if whole and rings[0] is not None:
                    yield place, _json([AREA_KINDS.index(kind), *whole])


def _label(label: BackLabel, origin: tuple[int, int]) -> list[Any]:
    """A name with its place, lean, straight length and rank."""
    x, y = _whole(label.at)
    where = [x - origin[0], y - origin[1], round(label.angle), round(label.metres)]
    return [LABEL_KINDS.index(label.kind), label.text, *where, label.rank]


def _steps(points: Sequence[LonLat], origin: tuple[int, int], fewest: int) -> list[int] | None:
    """Positions as steps, without those that stand still; None where too few are left."""
    x, y = origin
    steps: list[int] = []
    for at in points:
        across, up = _whole(at)
        if steps and (across, up) == (x, y):
            continue
        steps += [across - x, up - y]
        x, y = across, up
    return steps if len(steps) >= 2 * fewest else None


def _json(value: Any) -> str:
    """JSON that can stand inside a script element whatever the names hold."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return safe_in_script(text)


def safe_in_script(text: str) -> str:
    """JSON text in which nothing can end the script element or start a comment there."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
