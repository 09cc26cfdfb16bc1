# SPDX-License-Identifier: AGPL-3.0-or-later
"""OpenStreetMap's opening_hours syntax as a list of rules, and its common slips put right.

Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. A rule is a selector of
days, spans of time, a state and a comment; ``;`` replaces what earlier rules say of the same days,
``,`` adds to it, ``||`` speaks where they say nothing. What this module does not understand stays
as it is, for the evaluator to accept or refuse.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_SUN = r"(?:sunrise|sunset|dawn|dusk)"
_TIME = rf"(?:\d{{1,2}}:\d{{2}}|{_SUN}|\({_SUN}\s*[+-]\s*\d{{1,2}}:\d{{2}}\))"
_TOKEN = re.compile(
    rf"(?P<comment>\"[^\"]*\")"
    rf"|(?P<span>{_TIME}(?:\s*-\s*{_TIME})?\+?(?:/\d+(?::\d\d)?)?)"
    rf"|(?P<hours>(?<=[A-Za-z])\s+\d{{1,2}}-\d{{1,2}}(?=\s*(?:[,;]|$)))"
    rf"|(?P<state>(?i:open|closed|off|unknown)\b)"
    rf"|(?P<joint>;|,|\|\|)"
    rf"|(?P<space>\s+)"
    rf"|(?P<text>[A-Za-z]+|\d+|.)"
)
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_WEEKLY = re.compile(rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*")
_OPEN_END = re.compile(rf"({_TIME})(?:-({_TIME}))?\+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``joint`` ties it to the one before; ``state`` is open, off, unknown or ""."""

    joint: str = ";"
    days: str = ""
    spans: tuple[str, ...] = ()
    state: str = ""
    comment: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the rule says that something is open, with or without a comment."""
        return self.state in ("", "open")

    @property
    def weekdays(self) -> frozenset[int] | None:
        """The weekdays from 0 (Monday), or None where the rule picks its days otherwise."""
        return weekdays_of(self.days)


def rules_of(spec: str) -> list[Rule]:
    """Split a value into its rules; spaces, dashes and missing separators are put right."""
    rules: list[Rule] = []
    current, pending = Rule(), ""
    for token in _TOKEN.finditer(_plain(spec)):
        kind, text = str(token.lastgroup), token.group()
        full = bool(current.spans or current.state or current.comment)
        if kind == "joint" and (text != "," or full):
            if text == ",":
                pending = ","
                continue
            rules.append(current)
            current, pending = Rule(text), ""
            continue
        if _starts_rule(kind, current, pending):
            rules.append(current)
            current = Rule(",")
        if kind != "space":
            pending = ""
        current = _with(current, kind, text)
    rules.append(current)
    filled = [replace(rule, days=_tidy_days(rule.days)) for rule in rules]
    return [rule for rule in filled if rule != Rule(rule.joint)]


def text_of(rules: Iterable[Rule]) -> str:
    """Write rules as one value; the inverse of :func:`rules_of`."""
    parts: list[str] = []
    for rule in rules:
        days = rule.days
        if parts:
            parts.append(" || " if rule.joint == "||" else f"{rule.joint} ")
            if rule.joint == "," and not days:
                days = "Mo-Su"  # otherwise its times would join the list before the comma
        comment = f'"{rule.comment}"' if rule.comment else ""
        parts.append(" ".join(filter(None, (days, ",".join(rule.spans), rule.state, comment))))
    return "".join(parts)


def tidy(spec: str) -> str:
    """The same hours with their common slips put right and made plain for the evaluator.

    A rule that is only a comment means "maybe"; an open end means "maybe" from then on; a later
    rule without days adds to the others; a night ends at midnight where a later rule speaks of the
    next day. All four follow the reference implementation (npm opening_hours).
    """
    return text_of(plain_rules(spec))


def plain_rules(spec: str) -> list[Rule]:
    """The rules of :func:`tidy`."""
    rules: list[Rule] = []
    for number, rule in enumerate(rules_of(spec)):
        if rule.comment and not (rule.days or rule.spans or rule.state):
            rule = replace(rule, state="unknown")
        if number and rule.spans and not rule.days and rule.joint == ";" and rule.is_open:
            rule = replace(rule, joint=",", days="Mo-Su")
        rules.extend(_without_open_end(rule))
    return _split_nights(rules)


def weekdays_of(days: str) -> frozenset[int] | None:
    """The weekdays that a plain selector such as "Mo-We,Su" means; None for any other text."""
    if not _WEEKLY.fullmatch(days):
        return None
    found: set[int] = set()
    for part in days.split(","):
        first, _, last = part.partition("-")
        start = WEEKDAYS.index(first)
        length = (WEEKDAYS.index(last or first) - start) % 7
        found.update((start + step) % 7 for step in range(length + 1))
    return frozenset(found)


def weekday_list(days: Iterable[int]) -> str:
    """Weekdays from 0 (Monday) as a selector: {0, 1, 2, 6} is "Mo-We,Su"."""
    chosen, parts, start = sorted(set(days)), [], 0
    for at, day in enumerate(chosen):
        if at + 1 < len(chosen) and chosen[at + 1] == day + 1:
            continue
        first = WEEKDAYS[chosen[start]]
        gap = at - start
        parts.append(first if not gap else f"{first}{'-' if gap > 1 else ','}{WEEKDAYS[day]}")
        start = at + 1
    return ",".join(parts)


def minutes_of(clock: str) -> int | None:
    """Minutes from midnight of "HH:MM" (up to 48:00), or None for sunrise and its like."""
    hour, _, minute = clock.partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return None
    return int(hour) * 60 + int(minute)


def _plain(spec: str) -> str:
    """Typographic dashes and spaces as the syntax wants them."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", spec.replace("\u00a0", " ")).strip().rstrip(";,")


def _starts_rule(kind: str, current: Rule, pending: str) -> bool:
    """Say whether a token starts a new rule though no ";" stood before it."""
    ended = bool(current.state or current.comment)
    if kind == "text":
        return ended or bool(current.spans)
    if kind in ("span", "hours"):
        return ended
    return kind in ("state", "comment") and bool(pending)


def _with(rule: Rule, kind: str, text: str) -> Rule:
    """The rule with one more token."""
    if kind == "span":
        return replace(rule, spans=(*rule.spans, re.sub(r"\s+", "", text)))
    if kind == "hours":
        start, end = text.strip().split("-")
        return replace(rule, spans=(*rule.spans, f"{int(start):02}:00-{int(end):02}:00"))
    if kind == "state":
        state = text.lower()
        return replace(rule, state="off" if state == "closed" else state)
    if kind == "comment":
        return replace(rule, comment=text.strip('"').strip())
    if kind == "space" and (rule.spans or rule.state or rule.comment):
        return rule
    return replace(rule, days=rule.days + text)


def _tidy_days(days: str) -> str:
    """A selector with the spaces and capitals that the evaluator wants."""
    tidied = re.sub(r"\s*([,-])\s*", r"\1", " ".join(days.split()))
    tidied = re.sub(r"(?i)(?<=\w)([+-])(\d+) ?(days?)\b", r" \1\2 \3", tidied)
    tidied = re.sub(r"(?i)\beaster\b", "easter", tidied)
    words = "|".join((*WEEKDAYS, *MONTHS))
    return re.sub(rf"\b(?i:{words}|ph|sh)\b", _capital, tidied)


def _capital(word: re.Match[str]) -> str:
    text = word.group()
    return text.upper() if text.lower() in ("ph", "sh") else text.capitalize()


def _without_open_end(rule: Rule) -> list[Rule]:
    """Turn "10:00+" into a "maybe" until midnight, or well into the night when it starts late."""
    ends = [(span, _OPEN_END.fullmatch(span)) for span in rule.spans]
    if not any(match for _, match in ends) or not rule.is_open:
        return [rule]
    known = tuple(span if not m else f"{m[1]}-{m[2]}" for span, m in ends if not m or m[2])
    later = [_maybe_from(m[2] or m[1]) for _, m in ends if m]
    days = rule.days or "Mo-Su"
    maybe = Rule(rule.joint, days, tuple(later), "unknown", rule.comment)
    if not known:
        return [maybe]
    return [replace(rule, days=days, spans=known), replace(maybe, joint=",")]


def _maybe_from(clock: str) -> str:
    """How long an open end may last: 8 hours from 22:00 on, 10 from 17:00 on, else to midnight."""
    start = minutes_of(clock)
    if start is None or start < 17 * 60:
        return f"{clock}-24:00"
    end = start + (8 if start >= 22 * 60 else 10) * 60
    return f"{clock}-{end // 60:02}:{end % 60:02}"


def _split_nights(rules: Sequence[Rule]) -> list[Rule]:
    """Write the small hours of a night as a rule of their own for the next weekday.

    A later rule for the next day then replaces them, and an earlier one does not, which is how the
    reference implementation reads "Fr 18:00-03:00; Sa 12:00-20:00".
    """
    if len(rules) == 1:
        return list(rules)
    split: list[Rule] = []
    for rule in rules:
        cuts = [_cut_at_midnight(span) for span in rule.spans]
        days = rule.weekdays
        if days is None or rule.state == "off" or not any(late for _, late in cuts):
            split.append(rule)
            continue
        split.append(replace(rule, spans=tuple(early for early, _ in cuts)))
        late = tuple(late for _, late in cuts if late)
        next_days = weekday_list((day + 1) % 7 for day in days)
        split.append(replace(rule, joint=",", days=next_days, spans=late))
    return split


def _cut_at_midnight(span: str) -> tuple[str, str]:
    """A span's part before midnight and its part after, "" where there is none."""
    first, _, last = span.partition("-")
    start, end = minutes_of(first), minutes_of(last)
    if start is None or end is None or start >= 24 * 60 or start < end <= 24 * 60:
        return span, ""
    end = end - 24 * 60 if end > 24 * 60 else end
    late = f"00:00-{end // 60:02}:{end % 60:02}" if end else ""
    return f"{first}-24:00", late
