# SPDX-License-Identifier: AGPL-3.0-or-later
"""The street map of the open area pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lac_desktop.services.maps import MapTiles, open_map

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook


def tiles_of(notebook: Notebook) -> MapTiles | None:
    """Open the basemap, or None where the notebook has no pack or the pack has no streets.

    Raises UnreadableFileError where the file is damaged.
    """
    pack = notebook.pack
    if pack is None or pack.basemap is None:
        return None
    return open_map(pack.basemap, pack.info.attribution)
