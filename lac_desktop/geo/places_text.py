# SPDX-License-Identifier: AGPL-3.0-or-later
"""The spelling of postcodes and place names: how a typed text and a stored one become alike."""

import re
import unicodedata

_UNIT = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s+(\d)")
_NOT_WORD = re.compile(r"[^\w]+")

#: Shortened last words of street names.
_SHORT = {
    "ave": "avenue",
    "cl": "close",
    "cres": "crescent",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "gr": "grove",
    "ln": "lane",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "st": "street",
    "terr": "terrace",
}

#: Letters and digits that are taken for one another, by what must stand there.
_AS_DIGIT = str.maketrans("OIL", "011")
_AS_LETTER = str.maketrans("01", "OI")


def compact(text: str) -> str:
    """Capitals without white space: "le15 6aa" gives "LE156AA"."""
    return "".join(text.split()).upper()


def postcode(text: str) -> str:
    """The usual spelling of a unit postcode ("LE15 6AA"), or "" when the text is none.

    Any spacing and case will do, as in the seven- and eight-character columns of Code-Point Open
    and ONSPD; a letter O typed for a zero (or the other way round) is put right.
    """
    squeezed = compact(text)
    match = _UNIT.fullmatch(squeezed)
    if not match and 5 <= len(squeezed) <= 7:
        inward = squeezed[-3].translate(_AS_DIGIT) + squeezed[-2:].translate(_AS_LETTER)
        match = _UNIT.fullmatch(squeezed[:-3] + inward)
    return f"{match[1]} {match[2]}" if match else ""


def part_of_postcode(text: str) -> str:
    """The district "LE15" or sector "LE15 6" that a text names, or ""."""
    tidy = " ".join(text.upper().split())
    sector = _SECTOR.fullmatch(tidy)
    if sector:
        return f"{sector[1]} {sector[2]}"
    return tidy if _OUTWARD.fullmatch(tidy) else ""


def key(name: str) -> str:
    """A name as it is compared: lower case, no accents, no punctuation, long street words.

    "St. John's Rd" and "saint johns road" come out alike. Empty when only punctuation was there.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("'", "").replace("’", "").replace("&", " and ")
    words = _NOT_WORD.sub(" ", plain).replace("_", " ").split()
    words = ["st" if word == "saint" else word for word in words]
    if len(words) > 1:
        words[-1] = _SHORT.get(words[-1], words[-1])
    return " ".join(words)
