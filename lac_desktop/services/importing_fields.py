# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a column of a table can be matched to, and which of them can be typed in the preview."""

from collections.abc import Iterator

from lac_desktop.exchange.fields import COLUMNS

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: Meanings of a column that no field of an asset has by itself.
_MORE = (
    ("easting", "Easting"),
    ("northing", "Northing"),
    ("position", "Latitude and longitude in one"),
    ("contact", "Contact: name, phone or email"),
    ("contact.role", "Role of the contact"),
    ("status", "Whether it is open or closed for good"),
    ("closed_on", "Date it closed for good"),
    ("row_id", "Number or code of the row"),
)

#: Fields of a row that can be typed where something is wrong, with their words.
TYPED = {column.field: column.heading for column in COLUMNS} | {
    "point": "Latitude, longitude",
    "hours": "Opening hours",
}


def meanings() -> Iterator[tuple[str, str]]:
    """Every meaning a column can have: (field, words); "" leaves the column out."""
    yield "", "Leave this column out"
    for column in COLUMNS:
        if column.field and column.field != "id":
            yield column.field, column.heading
    for number, day in enumerate(_DAYS):
        yield f"hours.{number}", f"Opening hours on {day}"
        yield f"hours.{number}.opens", f"Opening time on {day}"
        yield f"hours.{number}.closes", f"Closing time on {day}"
    yield from _MORE
