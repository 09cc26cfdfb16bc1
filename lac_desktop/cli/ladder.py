# SPDX-License-Identifier: AGPL-3.0-or-later
"""``lac-desktop ladder``: the helper's answer, community first, the urgent route always there."""

from pathlib import Path
from typing import Any

import click

from lac_desktop.cli.assets import notebook_options, opened
from lac_desktop.cli.output import say, say_json, told
from lac_desktop.domain.asset import ACCESS_FACTS
from lac_desktop.domain.ladder import Asked, LadderAnswer, Suggestion
from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.errors import LacError


@click.command()
@notebook_options
@click.option("--person", help="Id of a person, as “people list” shows it.")
@click.option("--near", help="Postcode, place, grid reference or LAT,LON.")
@click.option("--wish", "wishes", multiple=True, help="What they said, in their words.")
@click.option("--free", "free_times", default="", help="When they are free: “Tu 14:00-16:00”.")
@click.option("--access", multiple=True, help="An access fact that they need.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def ladder(
    vault: Path,
    pack: Path | None,
    passphrase_file: Path | None,
    person: str | None,
    near: str | None,
    wishes: tuple[str, ...],
    free_times: str,
    access: tuple[str, ...],
    as_json: bool,
) -> None:
    """Look from what is strong outwards, services last; nothing is stored."""
    from lac_desktop.services import ladder as helper
    from lac_desktop.services import opening

    if not person and not near:
        raise click.UsageError("Say for whom or where: --person ID or --near PLACE.")
    for fact in access:
        if fact not in ACCESS_FACTS:
            raise click.UsageError(f"“{fact}” is no access fact: use {', '.join(ACCESS_FACTS)}.")
    if free_times and (wrong := opening.problem_of(free_times)):
        raise click.UsageError(f"--free: {wrong}")
    with opened(vault, pack, passphrase_file) as book:
        asked = _asked(book, person, near, wishes, free_times, access)
        answer = helper.answer(book, asked)
        numbers = helper.contacts(book)
    if as_json:
        say_json(_as_json(answer, numbers))
    else:
        _tell(answer, numbers)


def _asked(
    book: Any,
    person: str | None,
    near: str | None,
    wishes: tuple[str, ...],
    free_times: str,
    access: tuple[str, ...],
) -> Asked:
    """The question: what the record knows, with what the command line says on top."""
    from dataclasses import replace

    from lac_desktop.services import ladder as helper
    from lac_desktop.services import people
    from lac_desktop.services.places import place

    asked = Asked(wishes=wishes)
    if person:
        if people.get(book, person) is None:
            raise LacError("There is no person of this id.", "“people list” shows the ids.")
        asked = helper.asked_of(book, person, wishes)
    if near:
        where = place(book, near)
        if where is None:
            raise LacError(f"“{near}” was not found.", "Check the spelling, or give LAT,LON.")
        asked = replace(asked, near=where.point, near_text=where.words)
    return replace(
        asked,
        free_times=free_times or asked.free_times,
        access=tuple(dict.fromkeys((*access, *asked.access))),
    )


def _as_json(answer: LadderAnswer, numbers: UrgentNumbers) -> dict[str, Any]:
    return {
        "urgent": {
            "first": answer.urgent_first,
            "why": answer.urgent_why or None,
            "contacts": [
                {"role": one.role, "label": one.words, "number": one.number, "note": one.note}
                for one in numbers.numbers
            ],
        },
        "scenarios": [scenario.id for scenario in answer.scenarios],
        "rungs": [
            {
                "rung": one.rung.number,
                "title": one.rung.title,
                "questions": list(one.questions),
                "suggestions": [_suggestion(s) for s in one.suggestions],
                "others": [_suggestion(s) | {"why_not": why} for s, why in one.others],
                "nothing": one.nothing or None,
            }
            for one in answer.rungs
        ],
    }


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "title": one.title,
        "kind": one.kind,
        "asset_id": one.asset_id or None,
        "minutes": one.minutes,
        "reasons": list(one.reasons),
        "doubts": list(one.doubts),
    }


def _tell(answer: LadderAnswer, numbers: UrgentNumbers) -> None:
    if answer.urgent_first:
        say(f"First: {answer.urgent_why}")
    for number in numbers.numbers:
        say(f"  {number.words}: {number.number}")
    for one in answer.rungs:
        say(f"{one.rung.number}. {one.rung.title}")
        for suggestion in one.suggestions:
            say(f"   {suggestion.title}: {'. '.join(suggestion.reasons)}")
            for doubt in suggestion.doubts:
                say(f"      But: {doubt}")
        if one.nothing:
            say(f"   {one.nothing}")
