# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hybrid logical clock: an order of edits that survives laptops whose clocks disagree.

After Kulkarni et al., "Logical Physical Clocks" (2014): milliseconds of wall time, a counter that
breaks ties and outruns a clock that was set back, and the name of the copy that wrote.
"""

from datetime import datetime


def tick(last: str, now: datetime, node: str) -> str:
    """The next reading after ``last`` ("" for none): sorts as text in the order of events.

    Laid out as 12 hex digits of milliseconds, 6 of the counter, and the node's name.
    """
    wall = int(now.timestamp() * 1000)
    if last:
        milliseconds, counter = int(last[:12], 16), int(last[13:19], 16)
        if milliseconds >= wall:
            return f"{milliseconds:012x}-{counter + 1:06x}-{node}"
    return f"{wall:012x}-{0:06x}-{node}"
