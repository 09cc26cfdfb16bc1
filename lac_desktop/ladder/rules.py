# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules: each looks at one candidate and says a reason, a doubt, or nothing.

A new rule is a function here and its name in RULES or STOPS. Weights order what is shown; they
are never shown themselves, and a reason never weighs less than nothing.
"""

from collections.abc import Callable

from lac_desktop.domain.asset import Known
from lac_desktop.domain.interests import fold
from lac_desktop.domain.wording import minutes_walk
from lac_desktop.ladder.candidate import Candidate, Said, Wanted
from lac_desktop.ladder.phrases import holds, runs, speaks, speaks_of, stems

Rule = Callable[[Candidate, Wanted], Said | None]
Stop = Callable[[Candidate, Wanted], str]

_ACCESS_WORDS = {
    "step-free": "Step-free",
    "toilets": "Accessible toilets",
    "hearing-loop": "Hearing loop",
    "quiet": "Quiet",
    "parking": "Parking",
    "bus": "Bus stop near",
}


def _spoken_weight(one: Candidate, phrases: tuple[str, ...], kinds: tuple[str, ...]) -> float:
    """How much it weighs that its words speak of something; a shop's name alone says nothing."""
    if not speaks_of(one.words, phrases):
        return 0.0
    if one.kind in kinds:
        return 44.0
    by_name_alone = speaks_of(one.name_words, phrases) and not speaks_of(
        one.words.replace(one.name_words, " ", 1), phrases
    )
    if by_name_alone and one.category in ("E", "I", "S"):
        return 0.0
    return 36.0


def matches_what_you_love(one: Candidate, wanted: Wanted) -> Said | None:
    """It speaks of something they love, or is a kind of place where that is done."""
    best: Said | None = None
    for name, phrases, kinds in wanted.loves:
        spoken = _spoken_weight(one, phrases, kinds)
        if spoken:
            said = Said(f"You love {name}: it is what they do", spoken, fits=True)
        elif one.kind in kinds[:3] and not _is_for_others(one, wanted):
            if _does_something_else(one, phrases, wanted):
                continue
            said = Said(
                f"A place for {name}: {one.kind_name.lower()}",
                30 - 5 * kinds.index(one.kind),
                fits=True,
            )
        else:
            continue
        if best is None or said.weight > best.weight:
            best = said
    return best


#: Kinds in which each place does one thing of many: a bowls club is no place for judo.
_ONE_OF_MANY = frozenset(
    ("sports-club", "social-club", "craft-group", "learning-group", "music-drama", "shop")
)


def _does_something_else(one: Candidate, phrases: tuple[str, ...], wanted: Wanted) -> bool:
    """Whether it says what it does, and that is not this."""
    if one.kind not in _ONE_OF_MANY:
        return False
    subjects = wanted.subjects.get(one.kind, frozenset())
    does = subjects.intersection(runs(stems(_own_words(one))))
    return bool(does) and not does & {stems(phrase) for phrase in phrases}


def _is_for_others(one: Candidate, wanted: Wanted) -> str:
    """The situation of others that a group is for, where it is for none of theirs; else ""."""
    if one.category != "A" or not wanted.others:
        return ""
    words = _own_words(one)
    narrow = ((used, of) for _title, used, of, wide in wanted.speaks if not wide)
    if any(speaks(words, used) or speaks(words, of) for used, of in narrow):
        return ""
    return next((title for title, of in wanted.others if speaks(words, of)), "")


def is_for_others(one: Candidate, wanted: Wanted) -> Said | None:
    """It says that it is for people in another situation."""
    title = _is_for_others(one, wanted)
    if not title:
        return None
    return Said(f"It is for people in another situation ({title.lower()})", -22, doubt=True)


def matches_your_words(one: Candidate, wanted: Wanted) -> Said | None:
    """It uses the very words of the wish, whatever their endings; each more weighs a little."""
    if not wanted.said:
        return None
    text = stems(_own_words(one))
    found = [word for word in wanted.said if holds(text, stems(word))]
    if not found:
        return None
    named = " and ".join(f"“{word}”" for word in found[:2])
    return Said(f"You said {named}", 16 + 5 * min(len(found) - 1, 3), fits=True)


def _own_words(one: Candidate) -> str:
    """What it says of itself, without its kind; of a shop, café or office without the name too,
    which says little there."""
    words = one.words.replace(fold(one.kind_name), " ", 1)
    if one.category in ("E", "I", "S"):
        return words.replace(one.name_words, " ", 1)
    return words


def speaks_of_the_situation(one: Candidate, wanted: Wanted) -> Said | None:
    """It says of itself that it is for people in this situation, best in the words they used."""
    best: Said | None = None
    words = _own_words(one) if one.asset_id else ""  # a gift is there for nobody's trouble
    for number, (title, used, phrases, wide) in enumerate(wanted.speaks):
        if wide and _is_for_others(one, wanted):
            continue
        weight = 34.0 - 4 * number if speaks(words, phrases) else 0.0
        if used and speaks(words, used):
            weight = 42.0 - 4 * number
        if weight and not wide:
            weight += 12.0
        if weight and (best is None or weight > best.weight):
            best = Said(f"{title}: that is what it is there for", weight, fits=True)
    return best


def fits_the_situation(one: Candidate, wanted: Wanted) -> Said | None:
    """It is where people in this situation look first."""
    known = wanted.situations.get(one.kind)
    if known is None or _is_for_others(one, wanted):
        return None
    title, place = known
    return Said(f"{title}: people look to a {one.kind_name.lower()}", 24 - 2 * place, fits=True)


def went_there_before(one: Candidate, wanted: Wanted) -> Said | None:
    """They go there, or used to."""
    if one.asset_id and one.asset_id in wanted.been:
        return Said("You went there before", 26, fits=True)
    return None


def would_welcome_your_gift(one: Candidate, wanted: Wanted) -> Said | None:
    """It is looking for what they are good at."""
    asks_for = one.could_give
    for name, phrases, kinds in wanted.gifts:
        if asks_for and speaks_of(asks_for, phrases):
            return Said(f"They would welcome {name}", 20, fits=True)
        if one.kind in kinds[:1]:
            return Said(f"You could bring {name}", 10, fits=True)
    return None


def near_on_foot(one: Candidate, wanted: Wanted) -> Said | None:
    """How far it is on foot; far is said as a doubt."""
    if one.minutes is None:
        return None
    about = "about " if one.crow else ""
    words = f"{about}{minutes_walk(one.minutes)} on foot"
    if one.minutes > 20:
        return Said(f"{words}: a lift or a bus may help", -8, doubt=True)
    return Said(words[:1].upper() + words[1:], max(0.0, 20 - one.minutes))


def open_when_you_are_free(one: Candidate, wanted: Wanted) -> Said | None:
    """It is open at a time that suits; a person's gift has no opening hours."""
    if not wanted.free_times or not one.asset_id:
        return None
    if one.open_then:
        return Said(f"Open {one.open_then}, when you are free", 16)
    if one.open_then == "":
        return Said("Not open when you are free", -18, doubt=True)
    return Said("Opening times are not known: ring first", -3, doubt=True)


def has_the_access_you_need(one: Candidate, wanted: Wanted) -> Said | None:
    """Access that matters to them is there, or nobody knows yet; a person's gift has no door."""
    if not wanted.access or not one.asset_id:
        return None
    met = [fact for fact in wanted.access if one.access.get(fact) in ("yes", "limited")]
    unknown = [fact for fact in wanted.access if not one.access.get(fact)]
    if unknown:
        names = ", ".join(_ACCESS_WORDS.get(fact, fact).lower() for fact in unknown)
        return Said(f"Not known whether it has: {names}. Ask first", -6, doubt=True)
    if not met:
        return None
    return Said(", ".join(_ACCESS_WORDS.get(fact, fact) for fact in met), 12)


def someone_greets_you(one: Candidate, _wanted: Wanted) -> Said | None:
    """Somebody will say hello on a first visit."""
    return Said(f"{one.greeter} will say hello", 9) if one.greeter else None


def association_first(one: Candidate, _wanted: Wanted) -> Said | None:
    """What people run themselves comes before an institution at the same distance."""
    return Said("Run by the people who come", 6) if one.category == "A" else None


def free_of_charge(one: Candidate, wanted: Wanted) -> Said | None:
    """It costs nothing; where money is tight, paying is a doubt."""
    if one.cost == "free":
        return Said("Free", 12 if wanted.money_tight else 5)
    if one.cost == "paid" and wanted.money_tight:
        return Said("Costs something: ask what", -6, doubt=True)
    return None


def speaks_your_language(one: Candidate, wanted: Wanted) -> Said | None:
    """Their language is spoken there."""
    theirs = {language.casefold() for language in one.languages}
    for language in wanted.languages:
        if language.casefold() in theirs:
            return Said(f"{language} is spoken there", 12)
    return None


def we_know_someone_there(one: Candidate, _wanted: Wanted) -> Said | None:
    """The coordinator knows it."""
    words = {
        Known.KNOW_WELL: ("Your coordinator knows it well", 8.0),
        Known.KNOW_SOMEONE: ("Your coordinator knows someone there", 6.0),
        Known.VISITED: ("Your coordinator has been there", 3.0),
    }.get(one.known)
    return Said(*words) if words else None


def checked_lately(one: Candidate, _wanted: Wanted) -> Said | None:
    """It was checked, or wants a call before anybody goes."""
    if one.fresh:
        return Said("Checked lately", 3)
    if one.asset_id:
        words = "Never checked" if one.never_checked else "Not checked for a while"
        return Said(f"{words}: ring before you go", -2, doubt=True)
    return None


def remembered(one: Candidate, wanted: Wanted) -> Said | None:
    """What is remembered of it from before."""
    words = wanted.remembered.get(one.key)
    return Said(words, 4) if words else None


RULES: tuple[Rule, ...] = (
    went_there_before,
    matches_what_you_love,
    would_welcome_your_gift,
    speaks_of_the_situation,
    fits_the_situation,
    matches_your_words,
    near_on_foot,
    open_when_you_are_free,
    has_the_access_you_need,
    someone_greets_you,
    speaks_your_language,
    association_first,
    free_of_charge,
    we_know_someone_there,
    remembered,
    checked_lately,
    is_for_others,
)


def not_wanted(one: Candidate, wanted: Wanted) -> str:
    """They said that they do not want it."""
    if one.kind in wanted.unwanted_kinds:
        return "You said that is not for you"
    text = stems(one.words) if wanted.unwanted else ()
    for phrase in wanted.unwanted:
        if holds(text, stems(phrase)):
            return f"You said no to {phrase}"
    return ""


def does_not_suit_the_situation(one: Candidate, wanted: Wanted) -> str:
    """It is of a kind that does harm in this situation, such as a pub to who gave up drink."""
    words = _own_words(one)
    by_words = (title for title, of in wanted.avoided_words if speaks(words, of))
    title = wanted.avoided.get(one.kind) or next(by_words, "")
    return f"Not the place for it: {title[:1].lower()}{title[1:]}" if title else ""


def says_it_is_no_more(one: Candidate, wanted: Wanted) -> str:
    """Its name or description says that it has closed."""
    return "It says of itself that it has closed" if speaks(one.words, wanted.closed) else ""


def put_aside(one: Candidate, wanted: Wanted) -> str:
    """It was tried or thought about and put aside."""
    return wanted.put_aside.get(one.key, "")


def out_of_reach(one: Candidate, _wanted: Wanted) -> str:
    """The streets do not lead there within the limit."""
    return "Too far on foot" if one.far else ""


def may_be_closed(one: Candidate, _wanted: Wanted) -> str:
    """The newest list no longer has it."""
    return "It may have closed: the newest list no longer has it" if one.vanished else ""


def lacks_access(one: Candidate, wanted: Wanted) -> str:
    """It lacks access that they need."""
    for fact in wanted.access:
        if one.access.get(fact) == "no":
            return f"It is not {_ACCESS_WORDS.get(fact, fact).lower()}"
    return ""


STOPS: tuple[Stop, ...] = (
    not_wanted,
    put_aside,
    may_be_closed,
    says_it_is_no_more,
    does_not_suit_the_situation,
    lacks_access,
    out_of_reach,
)
