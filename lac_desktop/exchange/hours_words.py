# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turn opening times as lists write them into OpenStreetMap's opening_hours syntax.

Only text that is understood to the last word becomes hours; anything else is kept verbatim by the
caller, because half-understood opening times send somebody to a closed door. Syntax after
https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
"""

import re
from collections.abc import Mapping

#: Weekdays in order, as the syntax writes them.
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

_DAY = (
    r"(?:mon(?:day)?s?|tue(?:s|sday)?s?|wed(?:s|nesday)?s?|thu(?:r|rs|rsday)?s?|fri(?:day)?s?"
    r"|sat(?:urday)?s?|sun(?:day)?s?|mo|tu|we|th|fr|sa|su)"
)
_CLOCK = (
    r"(?:12\s*noon|noon|midday|midnight"
    r"|\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:am|pm|a\.m\.?|p\.m\.?)?)"
)
_TOKEN = re.compile(
    rf"(?P<day>\b{_DAY}\b\.?)"
    r"|(?P<all>\b(?:daily|every\s?day|7 days(?: a week)?|seven days(?: a week)?)\b)"
    rf"|(?P<week>\bweekdays?\b)|(?P<weekend>\bweekends?\b)"
    rf"|(?P<span>(?:from\s+)?(?P<a>{_CLOCK})\s*(?:-|–|—|to|until|till|til)\s*(?P<b>{_CLOCK}))"
    r"|(?P<closed>\bclosed\b)|(?P<nonstop>\b24\s*(?:hours|hrs|/\s*7)\b)"
    r"|(?P<to>\s*(?:-|–|—|\bto\b|\bthrough\b)\s*)|(?P<and>\s*(?:,|&|\band\b|/|\+)\s*)"
    r"|(?P<end>[;\n|.]+)|(?P<filler>\s+|:|\(|\)|\bopen(?:ing)?\b|\bhours?\b|\btimes?\b|\bevery\b|\beach\b|\bhrs\b)",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    rf"(?:from\s+)?({_CLOCK})\s*(?:-|–|—|to|until|till)\s*({_CLOCK})", re.IGNORECASE
)
_CLOSED = re.compile(
    r"^(?:n/?a\s+)?(?:closed|close|shut|not open|no service|none|0)$", re.IGNORECASE
)


def _minutes(clock: str) -> tuple[int, bool] | None:
    """Read a time of day: minutes since midnight, and whether am or pm was said."""
    text = clock.strip().lower().replace(".m.", "m").replace("a.m", "am").replace("p.m", "pm")
    if text in ("noon", "midday", "12noon", "12 noon"):
        return 720, True
    if text == "midnight":
        return 1440, True
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*(am|pm)?", text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute, bool(half)


def window(opens: str, closes: str) -> str:
    """Write one opening time as "HH:MM-HH:MM", or "" where it makes no sense.

    "1.30" to "3" without am or pm are the afternoon: nothing opens at 01:30 and closes at 03:00.
    """
    first, last = _minutes(opens), _minutes(closes)
    if first is None or last is None:
        return ""
    start, start_said = first
    end, end_said = last
    two_digits = bool(re.match(r"\d{2}[:.]\d{2}", opens.strip()))
    if not start_said and end_said and 720 < end <= 1440 and start < 720:
        if start + 720 < end and start < 420:
            start += 720
    elif not start_said and not end_said and not two_digits:
        if start < 420:
            start += 720
        if end <= start and end <= 720:
            end += 720
    elif start_said and not end_said and end <= start and end < 720:
        end += 720
    if end == 0:
        end = 1440
    if start == end or start > 1440 or end > 1440:
        return ""
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def day_windows(text: str) -> tuple[str, bool]:
    """Read the cell of one weekday: ("09:00-12:30,13:30-17:00" or "", understood).

    "Closed" and an empty cell are understood as no opening.
    """
    stripped = " ".join(text.replace("\u2013", "-").split())
    if not stripped or _CLOSED.match(stripped):
        return "", True
    if re.fullmatch(r"(?i)24\s*(?:hours|hrs|h)|00:00-(?:24:00|23:59|00:00)", stripped):
        return "00:00-24:00", True
    found = [window(*match.groups()) for match in _WINDOW.finditer(stripped)]
    rest = re.sub(r"[\s,;&/+]|\band\b", "", _WINDOW.sub("", stripped), flags=re.IGNORECASE)
    if not found or rest or not all(found):
        return "", False
    return ",".join(sorted(set(found))), True


def from_days(days: Mapping[int, str]) -> tuple[str, str]:
    """Make hours from one cell per weekday (0 is Monday): (opening_hours, text verbatim).

    Where one cell is not understood the hours stay empty and the text keeps every cell.
    """
    windows: dict[int, str] = {}
    understood = True
    for weekday in range(7):
        spans, fine = day_windows(days.get(weekday, ""))
        understood = understood and fine
        windows[weekday] = spans
    if not any(text.strip() for text in days.values()):
        return "", ""
    if not understood:
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        said = (f"{names[n]}: {days[n].strip()}" for n in range(7) if days.get(n, "").strip())
        return "", "; ".join(said)
    return _written(windows), ""


def _written(windows: Mapping[int, str]) -> str:
    """Write windows per weekday, days with the same times together: "Mo-We,Fr 09:00-17:00"."""
    groups: dict[str, list[int]] = {}
    for weekday in range(7):
        if windows.get(weekday):
            groups.setdefault(windows[weekday], []).append(weekday)
    return "; ".join(f"{_days(days)} {spans}" for spans, days in groups.items())


def _days(days: list[int]) -> str:
    """Write weekdays with runs of three or more as ranges."""
    runs: list[list[int]] = []
    for weekday in sorted(days):
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run)
        for run in runs
    )


def _tokens(text: str) -> list[tuple[str, str]] | None:
    """Cut text into what it says, or None where a word is not known."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or match.end() == at:
            return None
        kind = match.lastgroup or ""
        kind = "span" if match["span"] else kind
        if kind == "span":
            spans = window(match["a"], match["b"])
            if not spans:
                return None
            tokens.append(("span", spans))
        elif kind != "filler":
            tokens.append((kind, match.group().strip().lower()))
        at = match.end()
    return tokens


def _weekday(word: str) -> int:
    """Number of a weekday from its first two letters."""
    return [day.lower() for day in DAYS].index(word[:2])


def from_words(text: str) -> str:
    """Read "Mon-Fri 9am-5pm, Sat 10-12" as opening_hours, or give "" if any of it is unclear."""
    if len(text) > 400:
        return ""
    tokens = _tokens(" ".join(text.replace("\n", "; ").split()))
    if not tokens:
        return ""
    reader = _Reader()
    for kind, value in tokens:
        if not reader.take(kind, value):
            return ""
    return reader.finish()


class _Reader:
    """Collects days, then the times that hold for them."""

    def __init__(self) -> None:
        self.windows: dict[int, set[str]] = {}
        self.days: list[int] = []
        self.range_open = False
        self.timed = False

    def take(self, kind: str, value: str) -> bool:
        """Take the next token; False where it makes no sense here."""
        if kind in ("day", "all", "week", "weekend"):
            return self._take_days(kind, value)
        if kind == "to":
            # A dash between "Mon" and "Fri" is a range; one before a time ("Mon - 9am-5pm") is not.
            self.range_open = bool(self.days) and not self.timed
            return True
        if kind in ("span", "nonstop", "closed"):
            self.range_open = False
            if not self.days:
                return False
            self.timed = True
            for weekday in self.days:
                known = self.windows.setdefault(weekday, set())
                if kind != "closed":
                    known.add("00:00-24:00" if kind == "nonstop" else value)
            return True
        return True

    def _take_days(self, kind: str, value: str) -> bool:
        """Add days to the group that the next times hold for."""
        if self.timed:
            self.days, self.timed = [], False
        if kind == "day":
            weekday = _weekday(value)
            if self.range_open and self.days:
                first = self.days[-1]
                length = (weekday - first) % 7
                self.days += [(first + step) % 7 for step in range(1, length + 1)]
            else:
                self.days.append(weekday)
        else:
            spans = {"all": range(7), "week": range(5), "weekend": range(5, 7)}
            self.days += list(spans[kind])
        self.range_open = False
        return True

    def finish(self) -> str:
        """Write what was read; "" where days were left without times."""
        if not self.timed or not any(self.windows.values()):
            return ""
        return _written({day: ",".join(sorted(spans)) for day, spans in self.windows.items()})


def is_opening_hours(text: str) -> bool:
    """Say whether text is already valid opening_hours syntax."""
    if len(text) > 1000 or not re.search(r"\d|off|closed|sunrise", text):
        return False
    import opening_hours

    return bool(opening_hours.validate(text))


def read(text: str) -> tuple[str, str]:
    """Read any text about opening times: (opening_hours or "", text verbatim or "")."""
    stripped = " ".join(text.split())
    if not stripped:
        return "", ""
    if re.search(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|24/7)\b", stripped) and is_opening_hours(stripped):
        return stripped, ""
    hours = from_words(stripped)
    # The words are kept beside the hours: they may say more to a reader than the times do.
    return hours, stripped
