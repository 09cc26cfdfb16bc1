# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens on one day, from the opening times that are stored for the weeks ahead."""

from datetime import date, datetime, time

from lac_desktop.storage import binding
from lac_desktop.storage.horizon import DAY, minutes, moment


def on_day(
    db: binding.Connection, day: date, limit: int
) -> list[tuple[str, datetime, datetime, bool]]:
    """Sessions of a day within the stored weeks, the earliest first.

    Each is the asset's id, its local start and end on that day, and whether it is unsure.
    """
    rows = db.execute(
        "SELECT asset.id, i.start, i.until, i.unknown FROM session_interval i "
        "CROSS JOIN asset ON asset.rid = i.asset "
        "WHERE i.day = ? AND asset.removed = '' ORDER BY i.start, asset.name LIMIT ?",
        (minutes(datetime.combine(day, time())) // DAY, limit),
    )
    return [(row[0], moment(row[1]), moment(row[2]), bool(row[3])) for row in rows]
