# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rich content for every tool: more than most people would write."""

from typing import Any

from lac_desktop.domain.tool_values import PICTURE
from lac_desktop.domain.tools import Field, Tool

#: One grey pixel as a JPEG (ISO/IEC 10918-1).
_JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJ"
    "DRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
)
SENTENCES = (
    "Ring first, not before nine, and let it ring because the stairs are slow",
    "The shed on a Tuesday, when Mo keeps the good chair",
    "Somebody who says what they mean and comes when they said they would",
    "Figures: I kept the books of the mill for twenty-two years",
    "Bread on Fridays, and the smell of it",
)


def _simple(asked: Field, number: int) -> Any:
    """A value of a simple kind."""
    if asked.kind == "choice":
        return asked.options[number % len(asked.options)][0]
    return {
        "scale": 7,
        "date": f"2026-03-{number % 28 + 1:02}",
        "time": f"{9 + number % 9:02}:30",
        "place": {"asset": "", "name": ("Spoke Shed", "Library", "The weir")[number % 3]},
        "long": SENTENCES[number % 5],
        "picture": PICTURE + _JPEG,
    }.get(asked.kind, SENTENCES[number % 5][:38].strip())


def rich(tool: Tool, size: int = 5) -> dict[str, Any]:
    """A sheet with so many items in every list."""
    values: dict[str, Any] = {}
    for asked in tool.fields:
        if asked.kind in ("list", "people"):
            values[asked.id] = [SENTENCES[n % 5] for n in range(size)]
        elif asked.columns:
            values[asked.id] = [
                {c.id: _simple(c, n + place) for place, c in enumerate(asked.columns)}
                for n in range(size)
            ]
            for n, row in enumerate(values[asked.id]):
                if "name" in row:
                    row["name"] = ("Mo", "Gail", "Winston", "Comfort", "Bronwen")[n % 5] + f" {n}"
        else:
            values[asked.id] = _simple(asked, 1)
    return values
