# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking back on the work: rungs, what was kept up, principles, paid and unpaid people in circles.

It is about the work, never about a person, and nobody is compared with anybody. On screen the
numbers are the coordinator's own; what is printed says "fewer than 5" for small ones, and leaves
out a total from which one could be worked out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lac_desktop.domain.circle import from_rows
from lac_desktop.domain.conversation import Conversation
from lac_desktop.domain.introduction import FOLLOW_UP_WEEKS, Introduction, StillGoing, Went
from lac_desktop.domain.strengths import ToolSheet
from lac_desktop.services import introductions, ladder, talk_lists
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records as stored

#: Counts below this are not printed.
LEAST = 5
FEWER = "fewer than 5"
NOT_SHOWN = "not shown"
_CIRCLE = "relationship-circle"
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One set of counts: what it counts, each with its words, and the finding as a sentence.

    ``total`` says that the counts add up to something that is shown.
    """

    id: str
    title: str
    finding: str
    rows: tuple[tuple[str, int], ...]
    total: bool = True

    @property
    def sum(self) -> int:
        """All of them together."""
        return sum(number for _words, number in self.rows)


@dataclass(frozen=True, slots=True)
class Reflection:
    """The whole page: from when it looks back, and its parts."""

    since: date | None
    made: date
    parts: tuple[Part, ...]


def reflect(notebook: Notebook, since: date | None = None) -> Reflection:
    """Count the work since a day, or from the start; a worker thread may do it."""
    today = notebook.clock().date()
    made = [
        one
        for one in introductions.everything(notebook)
        if not one.inwards and one.agreed is not False and (since is None or one.on >= since)
    ]
    parts = [
        _by_rung(made),
        _kept_up(made, today),
        _principles(notebook, since),
        *_circles(notebook, today),
    ]
    return Reflection(since, today, tuple(parts))


def _by_rung(made: Sequence[Introduction]) -> Part:
    counts = Counter(one.rung for one in made)
    rows = [(f"{rung.number}  {rung.title}", counts[rung.number]) for rung in ladder.load().rungs]
    if counts[0]:
        rows.append(("No rung said", counts[0]))
    services = counts[introductions.SERVICES]
    finding = "No introductions yet."
    if made:
        finding = f"{len(made) - services} of {len(made)} introductions led into the community."
    return Part("rungs", "Introductions by rung", finding, tuple(rows))


def _kept_up(made: Sequence[Introduction], today: date) -> Part:
    """What became of those whose first visit was 12 weeks ago or more."""
    twelve = timedelta(weeks=FOLLOW_UP_WEEKS[-1])
    due = [
        one for one in made if one.went is Went.WENT and (one.went_on or today) <= today - twelve
    ]
    counts = Counter(_outcome(one) for one in due)
    words = ("Still going", "Stepped away", "Not sure", "Not asked yet")
    rows = tuple((word, counts[word]) for word in words)
    finding = "No first visit is 12 weeks ago yet."
    if due:
        finding = f"{counts['Still going']} of {len(due)} were still going at 12 weeks."
    return Part("kept-up", "Kept up at 12 weeks", finding, rows)


def _outcome(one: Introduction) -> str:
    last = one.at_12_weeks
    if not last and one.at_4_weeks is StillGoing.STEPPED_AWAY:
        last = one.at_4_weeks
    return last.value.capitalize() if last else "Not asked yet"


def _principles(notebook: Notebook, since: date | None) -> Part:
    """How many conversations each principle was seen in; one may show several."""
    with notebook.vault.people_read() as db:
        talks = stored.where(db, Conversation, kept=True)
    counts = Counter(
        principle
        for talk in talks
        if since is None or talk.on >= since
        for principle in set(talk.principles)
    )
    rows = tuple((one.name, counts[one.id]) for one in talk_lists.principles().entries)
    unseen = [name for name, number in rows if not number]
    finding = "Every principle was seen." if not unseen else f"Least seen: {unseen[0]}."
    if len(unseen) == len(rows):
        finding = "No conversation is tagged with a principle yet."
    return Part("principles", "Principles seen in conversations", finding, rows, total=False)


def _circles(notebook: Notebook, today: date) -> list[Part]:
    """People in circles, unpaid and paid, as they stood at the end of the last four quarters."""
    with notebook.vault.people_read() as db:
        sheets = stored.where(db, ToolSheet, tool=_CIRCLE)
    ends = quarter_ends(today)
    unpaid: list[tuple[str, int]] = []
    paid: list[tuple[str, int]] = []
    for end in ends:
        latest = {s.person: s for s in sorted(sheets, key=lambda s: s.on) if s.on <= end}
        ties = [tie for sheet in latest.values() for tie in from_rows(_rows(sheet))]
        words = f"{_MONTHS[end.month - 1]} {end.year}"
        unpaid.append((words, sum(not tie.paid for tie in ties)))
        paid.append((words, sum(tie.paid for tie in ties)))
    finding = "No circle is drawn yet."
    if unpaid[-1][1] or paid[-1][1]:
        finding = f"Now {unpaid[-1][1]} unpaid people in circles, and {paid[-1][1]} paid."
    return [
        Part("unpaid", "Unpaid people in circles", finding, tuple(unpaid), total=False),
        Part("paid", "Paid people in circles", "", tuple(paid), total=False),
    ]


def _rows(sheet: ToolSheet) -> list[dict[str, object]]:
    """The rows of people on a circle's sheet."""
    return [row for row in sheet.values.get("people") or [] if isinstance(row, dict)]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def quarter_ends(today: date) -> list[date]:
    """The last days of the three quarters before this one, and today."""
    ends = [today]
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for _ in range(_QUARTERS - 1):
        end = first - timedelta(days=1)
        ends.append(end)
        first = date(end.year, end.month - 2, 1)
    return ends[::-1]


def printed(part: Part) -> tuple[list[tuple[str, str]], str]:
    """The rows of a part as they may be printed, and its total, or "" where none is shown.

    A count under :data:`LEAST` reads :data:`FEWER`. Where the total would give one away, it is not
    shown either: it is only where two or more are hidden that could be several numbers each and
    are together no small count themselves.
    """
    rows = [(words, f"{n:,}" if n >= LEAST else FEWER) for words, n in part.rows]
    if not part.total:
        return rows, ""
    hidden = [n for _words, n in part.rows if n < LEAST]
    told = sum(hidden)
    safe = not hidden or (len(hidden) > 1 and LEAST <= told < (LEAST - 1) * len(hidden))
    return rows, f"{part.sum:,}" if safe and part.sum >= LEAST else NOT_SHOWN


def printed_finding(part: Part) -> str:
    """The finding, left out where it would print a number that the table hides."""
    _rows, total = printed(part)
    hides = any(n < LEAST for _words, n in part.rows)
    return "" if hides or total == NOT_SHOWN else part.finding
