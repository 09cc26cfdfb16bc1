# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rules look at: one thing that could be suggested, and the one who asks."""

from dataclasses import dataclass, field

from lac_desktop.domain.asset import Known


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing with the facts that the rules need; made by the services.

    ``words`` is its folded text (name, kind, what it gives, sessions), ``name_words`` the name
    alone. ``minutes`` on foot, None where it has no place or nobody asked from where; ``far`` that
    streets do not reach it within the limit. ``open_then`` is a phrase such as "Tuesday 2pm to
    4pm" when it is open while the person is free; None where hours are not known, "" where it is
    closed then.
    """

    key: str
    title: str
    kind: str
    kind_name: str
    category: str
    rung: int
    words: str
    name_words: str = ""
    asset_id: str = ""
    minutes: float | None = None
    crow: bool = False
    far: bool = False
    open_then: str | None = None
    hours_known: bool = False
    access: dict[str, str] = field(default_factory=dict)
    greeter: str = ""
    cost: str = ""
    languages: tuple[str, ...] = ()
    known: Known = Known.UNKNOWN
    fresh: bool = False
    never_checked: bool = False
    vanished: bool = False
    could_give: str = ""
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The one who asks, as the rules see them.

    ``loves`` maps a word for something loved ("knitting") to the folded phrases that speak of it
    and the kinds where it can be followed, the closest first. ``situations`` maps a kind to the
    title of the situation that looks there and how near the front. ``speaks`` holds the title of a
    situation, the phrases of it that were heard, and those by which a group says that it is for
    people in it, and whether it is a wide one. ``gifts`` are
    like ``loves``.
    ``subjects`` maps a kind to the stems of everything that is done at places of it.
    ``been`` are asset ids they went to; ``unwanted`` folded phrases, ``unwanted_kinds`` kinds.
    """

    loves: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    situations: dict[str, tuple[str, int]] = field(default_factory=dict)
    speaks: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...] = ()
    said: tuple[str, ...] = ()  # folded words of the wishes that are worth finding again
    gifts: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    been: frozenset[str] = frozenset()
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free_times: bool = False
    money_tight: bool = False
    near_text: str = ""
    unwanted: tuple[str, ...] = ()
    unwanted_kinds: frozenset[str] = frozenset()
    avoided: dict[str, str] = field(default_factory=dict)  # kind -> the situation it does not suit
    avoided_words: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the same by what it says
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()  # situations of others, by what groups say
    subjects: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    closed: tuple[str, ...] = ()  # phrases by which a place says that it is no more
    put_aside: dict[str, str] = field(default_factory=dict)  # key -> why not, from the memory
    remembered: dict[str, str] = field(default_factory=dict)  # key -> what is remembered of it

    @property
    def search_words(self) -> tuple[str, ...]:
        """Single words by which the assets that these rules may speak for are found."""
        phrases = [phrase for _name, of, _kinds in (*self.loves, *self.gifts) for phrase in of]
        phrases += [phrase for _title, used, of, _wide in self.speaks for phrase in (*used, *of)]
        return tuple(dict.fromkeys((*self.said, *phrases)))


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says: a sentence, how much it weighs inside (never shown), and of what sort.

    ``fits`` says that this is why it is suggested at all; ``doubt`` that it speaks against.
    """

    sentence: str
    weight: float
    fits: bool = False
    doubt: bool = False
