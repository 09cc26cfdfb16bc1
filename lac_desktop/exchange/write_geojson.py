# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as GeoJSON (RFC 7946): one feature an asset, text properties by name."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.exchange.fields import row_of
from lac_desktop.exchange.shapes import shape_of
from lac_desktop.exchange.writing import Context, about, category_name


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write a FeatureCollection, a feature a line; places without a position have no geometry."""
    head = {
        "type": "FeatureCollection",
        "name": context.title,
        "generated": context.made.isoformat(timespec="seconds"),
        "about": list(about(assets, context)),
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_text(head)[:-1] + ',"features":[')
        for number, asset in enumerate(assets):
            if number % 200 == 0:
                progress(number, len(assets), "Writing")
            file.write((",\n" if number else "\n") + _text(_feature(asset)))
        file.write("\n]}\n")


def _feature(asset: PublicAsset) -> dict[str, Any]:
    """One asset as a feature: properties that say nothing are left out."""
    shape = shape_of(asset)
    drawn = shape is not None and shape["type"] != "Point"
    properties = {key: text for key, text in row_of(asset).items() if text}
    properties["category"] = category_name(asset)
    if drawn:
        del properties["area"]
    return {
        "type": "Feature",
        "id": asset.id,
        "geometry": shape,
        "properties": properties,
    }


def _text(value: Any) -> str:
    """JSON on one line, in UTF-8, with lone halves of surrogate pairs replaced."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8")
