# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lines about introductions say, in the list of a person and in Today."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from lac_desktop.domain.days import spoken_day
from lac_desktop.domain.introduction import Introduction, StillGoing, Went
from lac_desktop.domain.wording import clock_time, day_date
from lac_desktop.services import introductions
from lac_desktop.services.introductions import Due, Question
from lac_desktop.ui.people.lines import Line
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_GOING: tuple[tuple[Went | StillGoing, str], ...] = (
    (StillGoing.STILL_GOING, "Still going"),
    (StillGoing.STEPPED_AWAY, "Stepped away"),
    (StillGoing.NOT_SURE, "Not sure"),
)
#: The answers in the order of the keys 1, 2 and 3.
ANSWERS: Mapping[Question, tuple[tuple[Went | StillGoing, str], ...]] = {
    Question.WENT: (
        (Went.WENT, "Went"),
        (Went.NOT_YET, "Not yet"),
        (Went.NOT_FOR_ME, "Not for me"),
    ),
    Question.AT_4: _GOING,
    Question.AT_12: _GOING,
}


def due_line(due: Due, names: Mapping[str, str], today: date) -> Line:
    """One question of Today, with the three answers and their keys in words."""
    one = due.introduction
    name = names.get(one.person, "")
    head = tr("{name} and {to}", name=name, to=one.to)
    if due.question is Question.WENT:
        asked = tr("How did it go? First visit: {when}.", when=_when(one, today))
        if one.first_visit is None:
            asked = tr("How did it go? Introduced: {day}.", day=spoken_day(one.on, today, tr))
    else:
        weeks = "4" if due.question is Question.AT_4 else "12"
        asked = tr("{weeks} weeks on: still going?", weeks=weeks)
    if one.agreed is None:
        asked = f"{asked} {tr('Not asked yet whether they agree.')}"
    choices = ", ".join(f"{n} {tr(w)}" for n, (_a, w) in enumerate(ANSWERS[due.question], 1))
    return Line(one.id, head, asked, bold=(name,), glyph="ph.handshake", press=tr("Answer…"),
                icon="ph.chat-circle-text", spoken=f"{head}. {asked} {choices}")  # fmt: skip


def _when(one: Introduction, today: date) -> str:
    """The day and time of the first visit."""
    if one.first_visit is None:
        return ""
    day = spoken_day(one.first_visit, today, tr)
    if not one.first_time:
        return day
    at = clock_time(datetime.strptime(one.first_time, "%H:%M").time(), tr)
    return tr("{day}, {time}", day=day, time=at)


def list_line(one: Introduction, person: str, names: Mapping[str, str], today: date) -> Line:
    """One introduction in the list of a person."""
    if one.inwards:
        head = tr("Introduced to us by {who}", who=one.introduced_by or tr("somebody"))
    elif one.person != person:
        head = tr("{name} was introduced to them", name=names.get(one.person, tr("Somebody")))
    else:
        head = one.to
    lead = spoken_day(one.on, today, tr)
    second = tr("{day}. {state}", day=lead, state=state_words(one, today)).strip()
    return Line(one.id, head, second, spoken=f"{head}. {second}")


def state_words(one: Introduction, today: date) -> str:
    """How far it has come, in a few sentences."""
    if one.inwards:
        hope = tr("Hopes for: “{words}”.", words=one.felt) if one.felt else ""
        return f"{hope} {tr(introductions.agreed_words(one.agreed))}".strip()
    said = [_going(one, today)]
    if one.who_meets and one.went is Went.NOT_YET:
        said.append(tr("{name} meets them.", name=one.who_meets))
    if one.going_along and one.went is Went.NOT_YET:
        said.append(tr("You go along."))
    if one.second_visit:
        said.append(tr("Second visit: {day}.", day=spoken_day(one.second_visit, today, tr)))
    if one.contributor_since:
        said.append(tr("Gives there too."))
    if one.felt:
        said.append(f"“{one.felt}”")
    if one.learned:
        said.append(tr("Learned: {words}", words=one.learned))
    if not one.agreed:
        said.append(tr("Not asked yet.") if one.agreed is None else tr("Said no."))
    return " ".join(part for part in said if part)


def _going(one: Introduction, today: date) -> str:
    """Where it stands in one sentence."""
    if one.went is Went.NOT_FOR_ME:
        return tr("Not for them.")
    if one.went is Went.NOT_YET:
        if one.ended_on:
            return tr("Came to an end.")
        if one.first_visit is None:
            return tr("No day yet.")
        word = tr("First visit: {when}.") if one.first_visit >= today else tr("Was to be: {when}.")
        return word.format(when=_when(one, today))
    last = one.at_12_weeks or one.at_4_weeks
    weeks = "12" if one.at_12_weeks else "4"
    if last is StillGoing.STILL_GOING:
        return tr("Still going at {weeks} weeks.", weeks=weeks)
    if last is StillGoing.STEPPED_AWAY:
        return tr("Went, then stepped away.")
    if last is StillGoing.NOT_SURE:
        return tr("Not sure at {weeks} weeks.", weeks=weeks)
    if one.ended_on:
        return tr("Went. It came to an end.")
    return tr("Went on {day}.", day=day_date(one.went_on, tr)) if one.went_on else tr("Went.")
