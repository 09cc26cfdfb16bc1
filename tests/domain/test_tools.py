# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tools as data: mistakes are told by file, line and reason; values come through as they were."""

import base64
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.tool_values import PICTURE, items, problems, row_words, tidy
from lac_desktop.domain.tools import KINDS, Field, Tool, parse
from lac_desktop.errors import LacError

GOOD = """\
id = "tea"
title = "Tea"
title_cy = "Te"
purpose = "Says how you like it."
when = "Before the kettle boils."

[[field]]
id = "how"
kind = "choice"
label = "How"
options = { milk = "With milk", black = "Black" }

[[field]]
id = "rounds"
kind = "rows"
label = "Rounds"
columns = [
    { id = "at", kind = "time", label = "When" },
    { id = "who", kind = "text", label = "Who" },
]
"""


def test_a_tool_is_read_from_its_file() -> None:
    tool = parse(GOOD, "tea.toml")
    assert (tool.id, tool.title_cy, [f.kind for f in tool.fields]) == (
        "tea",
        "Te",
        ["choice", "rows"],
    )
    assert tool.field("how").words_of("milk") == "With milk"
    assert [c.id for c in tool.field("rounds").columns] == ["at", "who"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('kind = "choice"', 'kind = "chioce"', 9, "“chioce” is not one of"),
        ('title_cy = "Te"', "", 1, "its title_cy is missing"),
        ('id = "rounds"', 'id = "how"', 14, "two fields are called “how”"),
        ('id = "rounds"', 'id = "My rounds"', 14, "must be small letters"),
        ('label = "Rounds"', 'label = "Rounds"\ncolour = "red"', 17, "“colour” is not a key"),
        ('kind = "time"', 'kind = "rows"', 15, "“rows” is not one of"),
        ('options = { milk = "With milk", black = "Black" }', "", 7, "has options"),
        ("[[field]]", "[field]", 7, "each field begins with [[field]]"),
        ('when = "Before', 'landscape = "no"\nwhen = "Before', 5, "landscape is true or false"),
        ('when = "Before', 'drawing = "star"\nwhen = "Before', 5, "there is no drawing “star”"),
        ('id = "tea"', 'id = "tea', 0, "not valid TOML"),
    ],
)
def test_a_mistake_is_told_by_file_line_and_reason(
    old: str, new: str, line: int, reason: str
) -> None:
    text = GOOD.replace(old, new, 1)
    if new == "[field]":
        text = GOOD.replace("[[field]]", "[field]", 1).split("\n\n[[field]]")[0]
    with pytest.raises(LacError) as told:
        parse(text, "tea.toml")
    assert "tea.toml" in told.value.message
    assert reason in told.value.message
    assert f"line {line} " in told.value.message if line else "line 1" in told.value.message
    assert told.value.hint


@given(st.text(max_size=300))
def test_any_text_that_is_no_tool_gets_its_sentence(text: str) -> None:
    with pytest.raises(LacError, match=r"x\.toml"):
        parse(text, "x.toml")


def all_kinds() -> Tool:
    """A tool with a field of every kind."""
    columns = (Field("left", "text", "L"), Field("right", "long", "R"))
    made = [
        Field(
            kind,
            kind,
            kind.title(),
            options=(("a", "A"), ("b", "B")) if kind == "choice" else (),
            columns=columns if kind == "pairs" else _simple() if kind == "rows" else (),
        )
        for kind in KINDS
    ]
    return Tool("all", "All", "Pob un", "For tests.", "Now.", tuple(made))


def _simple() -> tuple[Field, ...]:
    return tuple(
        Field(kind, kind, kind, options=(("a", "A"),) if kind == "choice" else ())
        for kind in ("text", "long", "scale", "date", "choice", "time", "place")
    )


WORDS = st.text(max_size=40)
#: What each kind may hold.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "long": WORDS,
    "scale": st.none() | st.integers(0, 10),
    "date": st.just("") | st.dates(date(1900, 1, 1)).map(date.isoformat),
    "choice": st.sampled_from(["", "a"]),
    "time": st.just("") | st.times().map(lambda t: t.strftime("%H:%M")),
    "place": st.none() | st.fixed_dictionaries({"asset": st.just("x"), "name": WORDS}),
    "list": st.lists(WORDS, max_size=4),
    "people": st.lists(WORDS, max_size=4),
    "picture": st.just("")
    | st.binary(max_size=60).map(lambda data: PICTURE + base64.b64encode(data).decode()),
}
VALUES["rows"] = st.lists(
    st.fixed_dictionaries({f.id: VALUES[f.kind] for f in _simple()}), max_size=4
)
VALUES["pairs"] = st.lists(st.fixed_dictionaries({"left": WORDS, "right": WORDS}), max_size=4)


@given(st.fixed_dictionaries({kind: VALUES[kind] for kind in KINDS}))
def test_values_come_through_json_as_they_were(values: dict[str, Any]) -> None:
    tool = all_kinds()
    assert problems(tool, values) == {}
    clean = tidy(tool, values)
    text = json.dumps(clean, ensure_ascii=False)
    text.encode("utf-8")  # what is kept can be written
    assert json.loads(text) == clean
    assert tidy(tool, clean) == clean
    for asked in tool.fields:
        assert all(isinstance(line, str) for line in items(asked, clean.get(asked.id)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(KINDS)), ANYTHING))
def test_whatever_a_sheet_holds_is_right_or_complained_of(values: dict[str, Any]) -> None:
    tool = all_kinds()
    wrong = problems(tool, tidy(tool, values))
    assert all(said.endswith(".") for said in wrong.values())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("scale", 11, "from 0 to 10"),
        ("scale", True, "from 0 to 10"),
        ("date", "2026-02-30", "not in the calendar"),
        ("time", "25:00", "not a time of day"),
        ("choice", "c", "one of the answers"),
        ("list", "just text", "a list of texts"),
        ("rows", [{"date": "soon"}], "Row 1, date: This date"),
    ],
)
def test_what_is_wrong_is_said(field: str, value: Any, sentence: str) -> None:
    assert sentence in problems(all_kinds(), {field: value})[field]


def test_a_row_is_said_as_one_line() -> None:
    asked = Field(
        "week",
        "rows",
        "Week",
        columns=(
            Field("day", "choice", "Day", options=(("tue", "Tuesday"),)),
            Field("start", "time", "From"),
            Field("end", "time", "To"),
            Field("place", "place", "Where"),
        ),
    )
    row = {"day": "tue", "start": "14:00", "end": "16:30", "place": {"asset": "", "name": "Shed"}}
    assert row_words(asked, row) == "Tuesday, 2pm to 4:30pm, Shed"
    assert row_words(asked, {"start": "09:00"}) == "9am"


def test_half_of_a_surrogate_pair_can_be_kept() -> None:
    clean = tidy(all_kinds(), {"text": "a\ud83d b", "list": ["\udc00", " "]})
    assert clean == {"text": "a\ufffd b", "list": ["\ufffd"]}
