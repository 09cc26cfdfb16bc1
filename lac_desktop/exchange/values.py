# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clean single values from untrusted files: postcodes, phones, emails, addresses on the web, dates.

Each function takes the text of a cell and returns a :class:`Cleaned`: the value to keep, and where
something is wrong a sentence and, if we can think of one, a value that would mend it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

#: Longest text that is kept in one line (a name, an address) and in a description.
LONGEST_LINE = 300
LONGEST_TEXT = 20_000

#: How lists write "nothing here".
_NOTHING = frozenset(
    ("na", "n/a", "n\\a", "#n/a", "null", "none", "nil", "nan", "nul", "\\n", "-", "--", "—", "–",
     ".", "?", "tbc", "tba", "not known", "unknown", "not applicable", "#ref!", "#value!", "#name?")
)  # fmt: skip

_POSTCODE = re.compile(r"^(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2})$")
_POSTCODE_IN_TEXT = re.compile(
    r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s{0,2}([0-9][ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE
)
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_WEB_HOST = re.compile(r"^[^\s/?#@:]+\.[^\s/?#@:.]{2,}(?::\d{1,5})?(?:[/?#]\S*)?$")
_PHONE = re.compile(
    r"^[+(]?[\d\s().+/-]{3,40}(?:\s*(?:ext?n?\.?|extension|x|opt(?:ion)?)\s*\d{1,6})?$", re.I
)
_DATE = re.compile(r"^\s*(\d{1,4})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{1,4})(?:[T ].*)?\s*$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December")  # fmt: skip
_FREE_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|aol|icloud|me|btinternet|sky|talktalk|"
    r"virginmedia|ntlworld|msn|mail|protonmail|proton)\.(?:com|co\.uk|net|me)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value as kept, and what was wrong with it."""

    value: str
    message: str = ""
    suggestion: str = ""


def plain(text: str) -> str:
    """Take out control characters and odd spaces; right-to-left and combining marks stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    kept = (
        letter if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs") else " "
        for letter in composed.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    )
    return "".join(kept).replace("\ufeff", "").strip()


def line(text: str) -> str:
    """One line of clean text: runs of white space become one space."""
    return " ".join(plain(text).split())


def nothing(text: str) -> bool:
    """Say whether a cell means "nothing here": empty, NA, n/a, a dash, #REF!."""
    word = text.strip().lower()
    if not word or word in _NOTHING:
        return True
    return len(word) < 60 and word[0] == "[" and word[-1] == "]" and '"' not in word


def shortened(text: str, what: str, longest: int = LONGEST_LINE) -> Cleaned:
    """Keep at most so many characters; the sentence says how long it was."""
    if len(text) <= longest:
        return Cleaned(text)
    return Cleaned(
        text[: longest - 1].rstrip() + "…",
        f"The {what} has {len(text):,} characters. Only the first {longest} are kept.",
    )


def tidy_postcode(text: str) -> str:
    """Write a well-formed UK postcode in capitals with one space, or give "" for anything else."""
    packed = re.sub(r"[\s.\-_]+", "", text).upper()
    if not 5 <= len(packed) <= 7 or not packed.isascii():
        return ""
    spaced = f"{packed[:-3]} {packed[-3:]}"
    return spaced if _POSTCODE.match(spaced) else ""


def postcode(text: str) -> Cleaned:
    """Clean a UK postcode; suggests a mend for letters and digits that were mixed up."""
    tidy = tidy_postcode(text)
    if tidy:
        return Cleaned(tidy)
    packed = re.sub(r"[^A-Za-z0-9]+", "", text).upper()
    if 5 <= len(packed) <= 7:
        inward = packed[-3].translate(str.maketrans("OISZB", "01528")) + packed[-2:].translate(
            str.maketrans("0158", "OISB")
        )
        outward = packed[:-3]
        letters = outward[:1].translate(str.maketrans("0158", "OISB"))
        for head in (letters + outward[1:], letters + outward[1:].replace("O", "0")):
            mended = tidy_postcode(head + inward)
            if mended:
                return Cleaned("", f"“{text[:40]}” is not a postcode.", mended)
    inside = postcode_in(text)
    if inside:
        return Cleaned(inside)
    short = len(packed) < 5
    return Cleaned("", f"The postcode “{text[:40]}” is {'too short' if short else 'not one'}.")


def postcode_in(text: str) -> str:
    """Find the last UK postcode inside an address, or give ""."""
    found = _POSTCODE_IN_TEXT.findall(text)
    return f"{found[-1][0].upper()} {found[-1][1].upper()}" if found else ""


def email(text: str) -> Cleaned:
    """Clean one email address; of several the first is kept."""
    found = _EMAIL.search(text.removeprefix("mailto:"))
    if found:
        return Cleaned(found.group().rstrip("."))
    return Cleaned("", f"“{text[:60]}” is not an email address.")


def is_email(text: str) -> bool:
    """Say whether the whole cell is an email address."""
    return _EMAIL.fullmatch(text.strip()) is not None


def is_free_mail(text: str) -> bool:
    """Say whether an address is with a provider that people use at home."""
    return _FREE_MAIL.search(text.strip()) is not None


def website(text: str) -> Cleaned:
    """Clean a web address; only http and https ones are kept."""
    first = re.split(r"[\s;,|]+(?=https?:|www\.)|[;|\s]", text.strip())[0].strip("<>\"'")
    lower = first.lower()
    if lower.startswith(("http://", "https://")):
        rest = first.split("://", 1)[1]
        if _WEB_HOST.match(rest):
            return Cleaned(first)
    elif ":" not in lower.split("/")[0] and "@" not in first and _WEB_HOST.match(first):
        return Cleaned(f"https://{first}")
    return Cleaned("", f"“{text[:60]}” is not a web address.")


def is_website(text: str) -> bool:
    """Say whether the cell holds a web address."""
    return text.strip().lower().startswith(("http://", "https://", "www."))


def phone(text: str) -> Cleaned:
    """Clean a phone number: a leading zero that a spreadsheet ate comes back."""
    one = re.split(r"\s*(?:;|/(?=\s*[+0(])|,|\bor\b|\n)\s*", text.strip().strip('"'))[0]
    one = re.sub(r"^(?:tel|phone|t|call)\s*[:.]?\s*", "", one, flags=re.IGNORECASE).strip('" ')
    one = "".join(letter for letter in one if unicodedata.category(letter) != "Cf")
    one = re.sub(r"^(\d{9,12})\.0$", r"\1", one)
    if re.fullmatch(r"\d(?:\.\d+)?\d*e\+?\d{1,2}", one, re.IGNORECASE) and float(one) < 1e13:
        one = str(int(float(one)))  # a spreadsheet wrote 1617959000 as 1617959e3
    digits = re.sub(r"\D", "", one)
    if not _PHONE.match(one) or not 3 <= len(digits) <= 20:
        return Cleaned("", f"“{text[:40]}” is not a phone number.")
    if one == digits and len(digits) in (9, 10) and digits[0] in "12378":
        return Cleaned(f"0{digits}")
    if one == digits and len(digits) == 12 and digits.startswith("44"):
        return Cleaned(f"+{digits}")
    return Cleaned(" ".join(one.split()))


def is_phone(text: str) -> bool:
    """Say whether a cell looks like a phone number of nine digits or more."""
    digits = re.sub(r"\D", "", text.removesuffix(".0"))
    if not 9 <= len(digits) <= 13 or not _PHONE.match(text.strip().removesuffix(".0")):
        return False
    return digits[0] == "0" or digits.startswith("44") or (digits[0] in "127" and len(digits) == 10)


def phone_key(text: str) -> str:
    """The last nine digits: what makes two phone numbers the same."""
    digits = re.sub(r"\D", "", re.split(r"(?i)ext|x", text)[0])
    return digits[-9:] if len(digits) >= 9 else ""


def day(text: str) -> Cleaned:
    """Read a date as people in Britain write it, into ISO form ("2026-02-28").

    Takes 28/2/2026, 28.02.26, 2026-02-28, 28 Feb 2026, 2026-02 as the first of the month and an
    Excel serial number.
    """
    stripped = text.strip()
    if re.fullmatch(r"[34]\d{4}(?:\.0+)?", stripped):
        return Cleaned((date(1899, 12, 30) + timedelta(days=int(float(stripped)))).isoformat())
    if re.fullmatch(r"\d{8}", stripped):
        stripped = f"{stripped[:4]}-{stripped[4:6]}-{stripped[6:]}"
    if re.fullmatch(r"\d{4}-\d{1,2}", stripped):
        stripped += "-1"
    parts = _DATE.match(stripped)
    if not parts:
        return Cleaned("", f"“{text[:40]}” is not a date.")
    first, middle, last = parts.groups()
    year, dom = (int(first), int(last)) if len(first) == 4 else (int(last), int(first))
    year += (2000 if year < 70 else 1900) if year < 100 else 0
    named = middle[:3].lower()
    month = (
        int(middle) if middle.isdigit() else (_MONTHS.index(named) + 1 if named in _MONTHS else 0)
    )
    try:
        return Cleaned(date(year, month, dom).isoformat())
    except ValueError:
        name = _MONTH_NAMES[month - 1] if 1 <= month <= 12 else "that month"
        said = (
            f"{dom} {name} is not a date." if 1 <= month <= 12 else f"“{text[:40]}” is not a date."
        )
        return Cleaned("", said)


_YES = frozenset(
    ("yes", "y", "true", "1", "1.0", "x", "designated", "full", "good", "✓", "available")
)
_NO = frozenset(("no", "n", "false", "0", "0.0", "none"))
_SOME = frozenset(("limited", "partial", "partly", "some", "portable", "on request"))


def yes_no(text: str) -> str:
    """Read a fact as "yes", "limited", "no", or "" where it says something else."""
    word = text.strip().lower()
    if word in _YES or word.startswith("yes"):
        return "yes"
    if word in _SOME or word.startswith(("limited", "partial")):
        return "limited"
    return "no" if word in _NO else ""


def cost(text: str) -> tuple[str, str]:
    """Read what something costs: ("free" | "paid" | "", the words if they say more)."""
    word = text.strip().lower()
    if word in (
        "free",
        "yes",
        "true",
        "1",
        "no charge",
        "free of charge",
        "0",
        "£0",
        "0.00",
        "£0.00",
        "nil",
    ):
        return "free", ""
    if word in ("paid", "no", "false", "charge", "charged"):
        return "paid", ""
    if re.search(r"\bfree\b", word) and "£" not in word:
        return "free", text.strip()
    if re.search(r"£\s*[1-9]|£\s*0\.\d*[1-9]|\b\d+p\b", word):
        return "paid", text.strip()
    return "", text.strip()
