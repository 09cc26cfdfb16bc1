# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening times of lists: what is understood to the last word becomes hours, the rest stays text.

Half-understood opening times send somebody to a closed door. The reading itself is
:mod:`lac_desktop.domain.hours_words`.
"""

import re
from collections.abc import Mapping

from lac_desktop.domain.hours import WEEKDAYS, rules_of, tidy
from lac_desktop.domain.hours_words import from_columns, from_words
from lac_desktop.domain.wording import DAYS

_LONGEST = 1_000


def window(opens: str, closes: str) -> str:
    """Write one opening time as "HH:MM-HH:MM", or "" where it makes no sense."""
    rules = rules_of(from_words(f"Mo {opens}-{closes}") or "")
    return ",".join(rules[0].spans) if rules else ""


def from_days(days: Mapping[int, str]) -> tuple[str, str]:
    """Make hours from one cell per weekday (0 is Monday): (opening_hours, text verbatim).

    Where one cell is not understood the hours stay empty and the text keeps every cell.
    """
    hours = from_columns({WEEKDAYS[weekday]: days[weekday] for weekday in sorted(days)})
    if hours is not None:
        return hours, ""
    said = (f"{DAYS[n]}: {days[n].strip()}" for n in sorted(days) if days[n].strip())
    return "", "; ".join(said)


def is_opening_hours(text: str) -> bool:
    """Say whether text is already opening_hours syntax, common slips forgiven."""
    if len(text) > _LONGEST or not re.search(r"\d|off|closed|sunrise", text):
        return False
    import opening_hours

    return bool(opening_hours.validate(tidy(text)))


def read(text: str) -> tuple[str, str]:
    """Read any text about opening times: (opening_hours or "", text verbatim or "")."""
    stripped = " ".join(text.split())
    if not stripped:
        return "", ""
    if re.search(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|24/7)\b", stripped) and is_opening_hours(stripped):
        return stripped, ""
    # The words are kept beside the hours: they may say more to a reader than the times do.
    return from_words(stripped) or "", stripped
