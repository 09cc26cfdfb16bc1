# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures that a person may choose: which there are, when to wait, and the lines over time.

They are optional, the person sees and can refuse each, and none is asked at a first meeting: that
is said in a sentence and blocks nothing. Records are kept by ``services/strengths.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from lac_desktop import paths
from lac_desktop.domain import ids
from lac_desktop.domain.measures import (
    Measure,
    Track,
    declined,
    own_words_key,
    parse,
    problems_of,
    tracks,
)
from lac_desktop.domain.strengths import MeasureTaken
from lac_desktop.errors import LacError
from lac_desktop.services import conversations, strengths
from lac_desktop.services.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Story:
    """A measure as a person took it so far: the earliest first, with its lines over time.

    ``declined_on`` is the last day on which it was offered and not wanted, if later than any
    answer.
    """

    measure: Measure
    taken: tuple[MeasureTaken, ...]
    tracks: tuple[Track, ...]
    declined_on: date | None = None


@cache
def all_measures() -> Mapping[str, Measure]:
    """The shipped measures by id, in the order in which they are offered.

    Raises LacError that names the file and the mistake in it.
    """
    folder = paths.resources() / "measures"
    read = [parse(file.read_text("utf-8"), file.name) for file in sorted(folder.glob("*.toml"))]
    return {measure.id: measure for measure in sorted(read, key=lambda m: (m.order, m.id))}


def stories(notebook: Notebook, person: str) -> list[Story]:
    """Every measure with what the person answered so far; those never taken too."""
    taken: dict[str, list[MeasureTaken]] = {}
    for one in strengths.measures(notebook, person):
        taken.setdefault(one.measure, []).append(one)
    return [_story(measure, taken.get(measure.id, ())) for measure in all_measures().values()]


def first_meeting(notebook: Notebook, person: str) -> bool:
    """Whether the person was not spoken with on any day before today, as far as is written."""
    today = notebook.clock().date()
    return not any(c.on < today for c in conversations.of_person(notebook, person))


def blank(notebook: Notebook, person: str, measure: str) -> MeasureTaken:
    """A measure to be taken today, not saved yet.

    The person's own words come from last time, so that a thing that matters keeps its name; the
    numbers do not.
    """
    last = strengths.latest_measure(notebook, person, measure)
    keys = [own_words_key(item.id) for item in all_measures()[measure].items]
    words = {k: v for k, v in (last.answers if last else {}).items() if k in keys}
    return MeasureTaken(ids.new_id(), person, measure, notebook.clock().date(), words)


def keep(notebook: Notebook, taken: MeasureTaken) -> MeasureTaken:
    """Keep answers, new or corrected, and return them tidied.

    Raises LacError for an answer that its question does not allow; nothing is kept then.
    """
    answers = tidy(taken.answers)
    measure = all_measures().get(taken.measure)
    wrong = problems_of(measure, answers) if measure else {}
    if wrong:
        raise LacError(next(iter(wrong.values())), "Nothing was changed.")
    made = MeasureTaken(taken.id, taken.person, taken.measure, taken.on, answers, taken.note)
    strengths.save(notebook, made)
    return made


def decline(notebook: Notebook, person: str, measure: str) -> MeasureTaken:
    """Note that the measure was offered today and the person did not want it."""
    made = MeasureTaken(ids.new_id(), person, measure, notebook.clock().date())
    strengths.save(notebook, made)
    return made


def tidy(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers without what was left empty, and words without spaces around them."""
    plain = {k: v.strip() if isinstance(v, str) else v for k, v in answers.items()}
    return {key: value for key, value in plain.items() if value not in (None, "")}


def _story(measure: Measure, taken: Sequence[MeasureTaken]) -> Story:
    """One measure with its lines."""
    ordered = sorted(taken, key=lambda t: (t.on, t.id))
    refused = declined(ordered[-1]) if ordered else False
    return Story(
        measure,
        tuple(t for t in ordered if not declined(t)),
        tuple(tracks(measure, ordered)),
        ordered[-1].on if refused else None,
    )
