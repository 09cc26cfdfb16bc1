# SPDX-License-Identifier: AGPL-3.0-or-later
"""My patch: the area a coordinator works in, drawn or taken from a ward of the area pack."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain import shapes
from lac_desktop.domain.geometry import Box
from lac_desktop.services import notebook as notebooks
from lac_desktop.services.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Patch:
    """An area with its name; ``shape`` is GeoJSON (WGS84), "" for none."""

    name: str = ""
    shape: str = ""


def of(notebook: Notebook) -> Patch:
    """The patch that the notebook remembers."""
    return Patch(notebook.settings.patch_name, notebook.settings.patch)


def keep(notebook: Notebook, patch: Patch) -> None:
    """Remember another patch, or none."""
    kept = replace(notebook.settings, patch=patch.shape, patch_name=patch.name.strip())
    notebooks.save_settings(notebook, kept)


def wards(notebook: Notebook) -> list[tuple[str, str]]:
    """Code and name of every ward of the area pack, by name."""
    pack = notebook.pack
    found = pack.boundaries("ward") if pack is not None else []
    return sorted(((ward.code, ward.name) for ward in found), key=lambda ward: ward[1])


def ward(notebook: Notebook, code: str) -> Patch:
    """A ward of the area pack as a patch; an empty one where the pack has no such ward."""
    pack = notebook.pack
    found = pack.boundaries("ward") if pack is not None else []
    chosen = next((one for one in found if one.code == code), None)
    if chosen is None:
        return Patch()
    rings = [tuple((float(x), float(y)) for x, y in ring) for ring in chosen.rings]
    return Patch(chosen.name, shapes.many_of(rings))


def box(notebook: Notebook) -> Box | None:
    """The box around the patch, or None without one."""
    return shapes.box_of(notebook.settings.patch)


def inside(shape: str, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which positions (degrees, NaN for none) lie in an area; holes are outside (even-odd rule).

    The crossing test of W. R. Franklin's PNPOLY, for all positions at once, side by side.
    """
    within = np.zeros(len(lats), np.bool_)
    for ring in shapes.rings_of(shape):
        corners = np.asarray(ring, np.float64)
        for (x0, y0), (x1, y1) in itertools.pairwise(corners):
            if y0 == y1:
                continue
            spans = (y0 > lats) != (y1 > lats)
            within ^= spans & (lons < (x1 - x0) * (lats - y0) / (y1 - y0) + x0)
    return within & np.isfinite(lats) & np.isfinite(lons)


def count_inside(
    shape: str,
    lats: Sequence[float] | NDArray[np.float64],
    lons: Sequence[float] | NDArray[np.float64],
) -> int:
    """How many positions lie in an area."""
    return int(inside(shape, np.asarray(lats, np.float64), np.asarray(lons, np.float64)).sum())
