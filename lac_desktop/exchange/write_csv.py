# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as CSV (RFC 4180) that Excel opens right: UTF-8 with BOM, no live formulas.

What a file must say about its sources stands in the last column of the first row, so that every
line stays a place.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.exchange.fields import COLUMNS, row_of
from lac_desktop.exchange.formula import guarded
from lac_desktop.exchange.writing import Context, about, category_name

#: Columns that hold plain numbers, which a spreadsheet may read as such.
_NUMBERS = frozenset(("lat", "lon"))


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write one line of headings and one line an asset, in the order of the shared columns."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in COLUMNS])
        for number, asset in enumerate(assets):
            if number % 200 == 0:
                progress(number, len(assets), "Writing")
            row = row_of(asset)
            row["category"] = category_name(asset)
            if number == 0:
                row["about_file"] = " ".join(about(assets, context))
            writer.writerow(
                [text if key in _NUMBERS else guarded(text) for key, text in row.items()]
            )
