# SPDX-License-Identifier: AGPL-3.0-or-later
"""The geometry that looking up areas needs, without any geometry library at run time."""

import struct
from typing import TYPE_CHECKING

from lac_desktop.domain.geometry import METRES_PER_DEGREE, Point

if TYPE_CHECKING:
    import numpy as np

#: Bytes of a GeoPackage header's envelope by its code (OGC 12-128r18, 2.1.3).
_ENVELOPES = (0, 32, 48, 48, 64)


def rings_of(blob: bytes) -> "tuple[np.ndarray, ...]":
    """The rings of a GeoPackage polygon or multipolygon: arrays (n, 2) of lon, lat.

    Raises ValueError for anything else and for a damaged blob.
    """
    if blob[:2] != b"GP" or len(blob) < 8:
        raise ValueError("no GeoPackage geometry")
    envelope = (blob[3] >> 1) & 7
    if envelope >= len(_ENVELOPES):
        raise ValueError("no such envelope")
    rings: list[np.ndarray] = []
    try:
        _read(blob, 8 + _ENVELOPES[envelope], rings)
    except struct.error as error:
        raise ValueError("the geometry is cut off") from error
    return tuple(rings)


def _read(blob: bytes, at: int, rings: "list[np.ndarray]") -> int:
    """Append the rings of the WKB at a place; returns where it ends."""
    import numpy as np

    order = "<" if blob[at : at + 1] == b"\1" else ">"
    kind, count = struct.unpack_from(f"{order}II", blob, at + 1)
    at += 9
    if kind == 6:
        for _ in range(count):
            at = _read(blob, at, rings)
        return at
    if kind != 3:
        raise ValueError("no polygon")
    for _ in range(count):
        (points,) = struct.unpack_from(f"{order}I", blob, at)
        ring = np.frombuffer(blob, f"{order}f8", points * 2, at + 4).reshape(-1, 2)
        rings.append(ring.astype(np.float64))
        at += 4 + points * 16
    return at


def inside(rings: "tuple[np.ndarray, ...]", point: Point) -> bool:
    """Whether a point lies in an area by the even-odd rule over all its rings."""
    import numpy as np

    crossings = 0
    for ring in rings:
        y = ring[:, 1] > point.lat
        change = np.flatnonzero(y[1:] != y[:-1])
        if not len(change):
            continue
        a, b = ring[change], ring[change + 1]
        x = a[:, 0] + (point.lat - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        crossings += int((x > point.lon).sum())
    return crossings % 2 == 1


def metres_to_edge(rings: "tuple[np.ndarray, ...]", point: Point) -> float:
    """Metres from a point to the nearest edge of an area (local equirectangular plane)."""
    import numpy as np

    scale = np.array([np.cos(np.radians(point.lat)), 1.0]) * METRES_PER_DEGREE
    best = float("inf")
    for ring in rings:
        flat = (ring - np.array([point.lon, point.lat])) * scale
        a, step = flat[:-1], flat[1:] - flat[:-1]
        length = np.maximum((step**2).sum(axis=1), 1e-12)
        along = np.clip(-(a * step).sum(axis=1) / length, 0, 1)
        nearest = a + along[:, None] * step
        if len(nearest):
            best = min(best, float(np.sqrt((nearest**2).sum(axis=1).min())))
    return best
