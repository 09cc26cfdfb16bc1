# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the lines of Today say: sentences, days in words, and what a screen reader reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lac_desktop.domain.days import (
    ends_words,
    last_spoken_words,
    promised_words,
    spoken_day,
    spoken_moment,
)
from lac_desktop.domain.wording import checked_words, clock_time
from lac_desktop.ui.people.lines import Line
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.conversation import QuickNote
    from lac_desktop.domain.person import Agreement
    from lac_desktop.services.conversations import Draft, Due
    from lac_desktop.services.people import PersonRow
    from lac_desktop.services.today import OnToday, ToCheck, Today, ToSee

_LONGEST = 300


def promise_line(due: Due, day: date) -> Line:
    """Something that was promised: by me, by the person or by somebody else."""
    what, names = _short(due.promise.what), and_words(due.names)
    if due.promise.who == "me":
        head = what if any(name in what for name in due.names) else f"{names}: {what}"
    else:
        who = names if due.promise.who == "you" else due.promise.who
        head = tr("{name} said they would: {what}", name=who, what=what)
    by = promised_words(due.promise.by, day, tr)
    spoken = tr("{names}, {what}, {when}, not done", names=names, what=what, when=by)
    when = spoken_day(due.on, day, tr)
    second = tr("{by}. Said when you spoke: {day}.", by=by, day=when)
    key = f"{due.conversation} {due.promise.id}"
    return Line(key, head, second, bold=due.names, ticked=False, spoken=spoken)


def see_line(seen: ToSee, day: date) -> Line:
    """Somebody to see."""
    since = spoken_day(seen.since, day, tr) if seen.since else ""
    if seen.back:
        second = tr("Back in touch: {day}. No conversation since.", day=since)
    else:
        second = tr("Here since: {day}. Not spoken yet.", day=since) if since else tr("Not yet.")
    name = seen.person.name
    return Line(seen.person.id, name, second, bold=(name,), glyph="ph.hand-waving",
                press=tr("New conversation"), icon="ph.chat-circle-text")  # fmt: skip


def quiet_line(row: PersonRow, day: date) -> Line:
    """Somebody who was not spoken to for a while."""
    second = last_spoken_words(row.last_contact, day, tr) + "."
    if row.next_promise is not None:
        second = tr("{last} Promised: {what}", last=second, what=_short(row.next_promise.what))
    return Line(row.id, row.name, second, bold=(row.name,), glyph="ph.chat-circle-text",
                press=tr("New conversation"), icon="ph.chat-circle-text")  # fmt: skip


def draft_line(draft: Draft, now: Today) -> Line:
    """A conversation that was begun and not kept."""
    talk = draft.conversation
    names = and_words([now.names[one] for one in talk.people if one in now.names])
    head = tr("Conversation with {names}", names=names) if names else tr("Conversation")
    day = now.at.date()
    second = tr("Kept as you typed: {when}", when=spoken_moment(draft.saved, day, tr))
    bold = tuple(now.names[one] for one in talk.people if one in now.names)
    return Line(talk.id, head, second, bold=bold, glyph="ph.note-pencil",
                press=tr("Carry on"), icon="ph.pencil-simple")  # fmt: skip


def note_line(note: QuickNote, day: date) -> Line:
    """A quick note to sort."""
    return Line(note.id, _short(note.text), lead=spoken_moment(note.made, day, tr),
                press=tr("File under…"), icon="ph.archive")  # fmt: skip


def agreement_line(one: Agreement, now: Today) -> Line:
    """An agreement that runs out."""
    name = now.names.get(one.person, "")
    if one.kind == "share":
        head = tr("{name}: sharing {what} with {whom}", name=name, what=one.what, whom=one.whom)
    else:
        head = tr("{name}: working together", name=name)
    second = ends_words(one.until, now.at.date(), tr) + "." if one.until else ""
    return Line(one.person, head, second, bold=(name,), glyph="ph.handshake",
                press=tr("Look at it"), icon="ph.check-circle")  # fmt: skip


def check_line(one: ToCheck, day: date) -> Line:
    """A place somebody relies on whose check is due."""
    names = and_words(one.relied_on)
    said = checked_words(one.asset.checked_on, day, tr)
    if one.asset.vanished_on is not None:
        said = tr("The newest file of its source no longer has it")
    second = tr("{names} counts on it. {said}.", names=names, said=said)
    if len(one.relied_on) > 1:
        second = tr("{names} count on it. {said}.", names=names, said=said)
    return Line(one.asset.id, one.asset.name, second, bold=(one.asset.name,), glyph="ph.phone",
                press=tr("Details"), icon="ph.storefront")  # fmt: skip


def on_words(one: OnToday, kind: str) -> tuple[str, str]:
    """When something is on, and what to say under its name."""
    parts = [kind]
    if one.asset.cost == "free":
        parts.append(tr("free"))
    if one.asset.access.get("step-free") == "yes":
        parts.append(tr("step-free"))
    if one.asset.greeter:
        parts.append(tr("{name} says hello", name=one.asset.greeter))
    if one.unsure:
        parts.append(tr("hours not certain"))
    said = ", ".join(part for part in parts if part)
    return clock_time(one.start, tr), said[:1].upper() + said[1:]


def greeting(now: Today, who: str) -> str:
    """Good morning, by name."""
    hour = now.at.hour
    words = tr("Good morning") if hour < 12 else tr("Good afternoon")
    words = tr("Good evening") if hour >= 18 else words
    return f"{words}, {who}" if who else words


def and_words(names: list[str] | tuple[str, ...]) -> str:
    """Names as one says them: "Jean, Mo and Winston"."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def _short(text: str) -> str:
    """A long text as one line."""
    line = " ".join(text[: _LONGEST * 2].split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
