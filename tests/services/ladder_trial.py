# SPDX-License-Identifier: AGPL-3.0-or-later
"""Trying the scenario cases on the helper and on two plain alternatives."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lac_desktop.domain.ladder import Asked
from lac_desktop.domain.query import Order, Query
from lac_desktop.services import find, ladder, places
from lac_desktop.services.notebook import Notebook

_CASES = Path(__file__).parent / "ladder_cases.toml"


@dataclass(frozen=True)
class Case:
    """One case: what was asked where, and what should come among the first three."""

    where: str
    near: str
    wish: str
    rung: int
    expect: tuple[str, ...]
    never: tuple[str, ...] = ()
    free: str = ""
    access: tuple[str, ...] = ()


def cases() -> list[Case]:
    """All cases of the file."""
    read = tomllib.loads(_CASES.read_text(encoding="utf-8"))["case"]
    return [_case(raw) for raw in read]


def _case(raw: dict[str, Any]) -> Case:
    return Case(
        raw["in"],
        raw["near"],
        raw["wish"],
        raw["rung"],
        tuple(raw["expect"]),
        tuple(raw.get("never", ())),
        raw.get("free", ""),
        tuple(raw.get("access", ())),
    )


def asked(book: Notebook, case: Case) -> Asked:
    """The case as a question."""
    near = places.place(book, case.near)
    assert near is not None, case.near
    return Asked(
        wishes=(case.wish,),
        near=near.point,
        near_text=case.near,
        free_times=case.free,
        access=case.access,
    )


def of_helper(book: Notebook, case: Case) -> list[str]:
    """Titles among the first three of the rung."""
    answer = ladder.answer(book, asked(book, case))
    return [one.title for one in answer.rungs[case.rung - 1].suggestions]


def nearest_first(book: Notebook, case: Case) -> list[str]:
    """The plain alternative: the three nearest places."""
    return _names(book, Query(near=asked(book, case).near, order=Order.NEAREST, limit=3))


def full_text_first(book: Notebook, case: Case) -> list[str]:
    """The other plain alternative: the best three by full text of any word of the wish."""
    found: list[str] = []
    near = asked(book, case).near
    words = sorted((w.strip(",.;'") for w in case.wish.split()), key=len, reverse=True)
    for word in words:
        if len(word) > 3 and len(found) < 3:
            query = Query(text=word, near=near, within_minutes=30, order=Order.BEST, limit=3)
            found += [name for name in _names(book, query) if name not in found]
    return found[:3]


def _names(book: Notebook, query: Query) -> list[str]:
    return [row.name for row in find.rows(book, find.find(book, query))]


def hits(
    books: dict[str, Notebook],
    tried: Sequence[Case],
    way: Callable[[Notebook, Case], list[str]],
) -> list[Case]:
    """The cases in which a way gives one of what is expected."""
    return [case for case in tried if set(way(books[case.where], case)) & set(case.expect)]
