# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions that help a person find their gifts: of head, heart, hands and community."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lac_desktop import paths
from lac_desktop.domain.strengths import GiftOf
from lac_desktop.errors import LacError


@dataclass(frozen=True, slots=True)
class Prompts:
    """One part of the register: its heading, its icon, the words of its button, its questions."""

    of: GiftOf
    title: str
    icon: str
    add: str
    questions: tuple[str, ...]


@cache
def load() -> Mapping[GiftOf, Prompts]:
    """The parts in order. Raises LacError where the file is not as it should be."""
    try:
        data = tomllib.loads((paths.resources() / "gift-prompts.toml").read_text("utf-8"))
        read = [
            Prompts(GiftOf(p["of"]), p["title"], p["icon"], p["add"], tuple(p["questions"]))
            for p in data["part"]
        ]
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise LacError(
            f"The questions about gifts have a mistake: {error}.",
            "Mend it in gift-prompts.toml, or put back the file that came with the program.",
        ) from error
    return {part.of: part for part in read}
