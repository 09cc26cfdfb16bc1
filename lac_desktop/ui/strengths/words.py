# SPDX-License-Identifier: AGPL-3.0-or-later
"""How strengths read on screen: rows of the registers, nudges, and what a line over time shows."""

from __future__ import annotations

from collections.abc import Callable

from lac_desktop.domain.measures import Reading, Track
from lac_desktop.domain.reciprocity import ONE_WAY_DAYS, Nudge, Period, Side, Word
from lac_desktop.domain.strengths import Gift, Offer, Wish
from lac_desktop.domain.wording import MONTH_NAMES, long_date
from lac_desktop.services.reciprocity import GivingAndReceiving
from lac_desktop.services.tried import Tried
from lac_desktop.ui.strengths.charts import reading_words
from lac_desktop.ui.strengths.rows import WordLine
from lac_desktop.ui.words import tr

#: Words of an interest's id.
Named = Callable[[str], str]

_OFFERED = {
    Offer.PRIVATE: "Private",
    Offer.SHOW: "Willing to show someone",
    Offer.TEACH: "Willing to teach",
}


def gift_line(gift: Gift, named: Named) -> WordLine:
    """A gift, how far it is offered, and what it goes with."""
    parts = [tr(_OFFERED[gift.offer]), ", ".join(map(named, gift.words)), gift.note]
    if gift.noticed_on:
        parts.append(tr("noticed {date}", date=long_date(gift.noticed_on, tr)))
    return WordLine(gift.id, gift.what, _joined(parts))


def wish_line(wish: Wish, named: Named) -> WordLine:
    """A wish in the person's words, and whether it came true."""
    parts = [", ".join(map(named, wish.words)), wish.note]
    if wish.said_on:
        parts.append(tr("said {date}", date=long_date(wish.said_on, tr)))
    if wish.came_true_on:
        parts.insert(0, tr("Came true {date}", date=long_date(wish.came_true_on, tr)))
    return WordLine(wish.id, f"“{wish.what}”", _joined(parts), own_head=True)


def side_line(side: Side, name: str, other: str) -> WordLine:
    """Something given or received, from the person's side."""
    what = side.exchange.what
    head = (
        tr("{name} gave {other}: {what}", name=name, other=other, what=what)
        if side.gave
        else tr("{other} gave {name}: {what}", name=name, other=other, what=what)
    )
    felt = tr("felt: {felt}", felt=side.exchange.felt) if side.exchange.felt else ""
    return WordLine(side.exchange.id, head, _joined([long_date(side.exchange.on, tr), felt]))


def tried_line(tried: Tried) -> WordLine:
    """Something that was tried, what happened and what comes next."""
    parts = [long_date(tried.on, tr)]
    if tried.happened:
        parts.append(tr("What happened: {words}", words=tried.happened))
    if tried.next:
        parts.append(tr("Next: {words}", words=tried.next))
    return WordLine(tried.id, tried.what, _joined(parts))


def giving_title(giving: GivingAndReceiving, name: str) -> str:
    """The finding over the bars: what went which way in the last four quarters."""
    gave = sum(p.gave for p in giving.periods)
    received = sum(p.received for p in giving.periods)
    if not giving.sides:
        return tr("Nothing is written down yet of what {name} gave or received.", name=name)
    return tr(
        "Over the last year {name} gave {gave} and received {received}.",
        name=name, gave=times(gave), received=times(received),
    )  # fmt: skip


def times(n: int) -> str:
    """How often: "once", "twice", "5 times"."""
    if n == 0:
        return tr("nothing")
    return {1: tr("once"), 2: tr("twice")}.get(n) or tr("{n} times", n=n)


def partners_sentence(giving: GivingAndReceiving, limit: int = 4) -> str:
    """With whom, the most often first: "With Nadia 6 times, the Spoke Shed twice"."""
    if not giving.partners:
        return ""
    said = [f"{giving.name(p.other)} {times(p.times)}" for p in giving.partners[:limit]]
    rest = len(giving.partners) - limit
    more = tr(" and {n} more", n=rest) if rest > 0 else ""
    return tr("With {list}{more}.", list=", ".join(said), more=more)


def period_words(period: Period) -> str:
    """Three months: "January to March 2026"."""
    first, last = tr(MONTH_NAMES[period.start.month - 1]), tr(MONTH_NAMES[period.end.month - 1])
    return tr("{first} to {last} {year}", first=first, last=last, year=period.end.year)


def nudge_sentence(nudge: Nudge, name: str, other: str) -> str:
    """What is worth a word, as a question that leaves the answer open."""
    if nudge.about is Word.ONLY_RECEIVES:
        return tr(
            "In the last {days} days things came to {name}, and nothing is written down the other "
            "way. What would {name} love to give, or show somebody?",
            name=name, days=ONE_WAY_DAYS,
        )  # fmt: skip
    if nudge.about is Word.ONLY_GIVES:
        return tr(
            "In the last {days} days {name} gave, and nothing is written down as coming back. "
            "What would {name} enjoy having done for them?",
            name=name, days=ONE_WAY_DAYS,
        )  # fmt: skip
    return tr(
        "Of the last year’s {among} exchanges, {times} were with {other}. Who else might enjoy "
        "this with {name}?",
        name=name, other=other, times=nudge.times, among=nudge.among,
    )  # fmt: skip


def track_title(track: Track) -> str:
    """The finding over a line: what it was first and what it is now, nothing more."""
    first, last = track.points[0], track.points[-1]
    now, then = reading_words(last.reading), reading_words(first.reading)
    day, before = long_date(last.on, tr), long_date(first.on, tr)
    if len(track.points) == 1:
        return tr("{what}: {now} on {day}", what=track.name, now=now, day=day)
    if first.reading == last.reading:
        return tr(
            "{what}: {now} on {day}, as on {before}",
            what=track.name, now=now, day=day, before=before,
        )  # fmt: skip
    return tr(
        "{what}: {then} on {before}, {now} on {day}",
        what=track.name, now=now, day=day, then=then, before=before,
    )  # fmt: skip


def scale_words(track: Track) -> str:
    """What the ends of a scale mean: "0 is not at all, 10 is completely"; "" beside answers."""
    if track.answers:
        return ""
    if not track.low_words:
        return tr("{low} is the least, {high} the most", low=track.low, high=track.high)
    return tr(
        "{low} is {least}, {high} is {most}",
        low=track.low, high=track.high, least=_quoted(track.low_words),
        most=_quoted(track.high_words),
    )  # fmt: skip


def cell_words(reading: Reading | None) -> str:
    """A reading for a table; "" for no answer."""
    return reading_words(reading) if reading is not None else ""


def _quoted(words: str) -> str:
    return tr("“{words}”", words=tr(words))


def _joined(parts: list[str]) -> str:
    """Parts of a quiet line, without the empty ones."""
    return " · ".join(part for part in parts if part)
