# SPDX-License-Identifier: AGPL-3.0-or-later
"""Look inside a finished file for what must not be in it, before it is put in its place.

The wall (``domain/privacy.py``) lets nothing through that may not leave; this is the second pair
of eyes, which reads the file as anybody could: every byte of it, and every member of a zip.
"""

import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

#: The most that a member of one of our own files is unpacked to.
_MOST = 256 << 20

_WORD = re.compile(r"\w+")


def found_in(path: Path, secrets: Iterable[str]) -> tuple[str, ...]:
    """The secrets (names, ids) that stand anywhere in the file, whatever their letters' case.

    White space, and the ways in which HTML, XML and JSON write a letter, do not hide them.
    """
    wanted = {
        secret: (_plain(secret), frozenset(_WORD.findall(_plain(secret)))) for secret in secrets
    }
    found: dict[str, None] = {}
    for text in _texts(path) if wanted else ():
        plain = _plain(text)
        words = frozenset(_WORD.findall(plain))
        for secret, (form, parts) in wanted.items():
            if form and parts <= words and form in plain:
                found[secret] = None
    return tuple(found)


def _texts(path: Path) -> Iterator[str]:
    """Everything readable in a file: as it stands, and with its escapes undone."""
    for raw in _members(path):
        for encoding in ("utf-8", "utf-16-le"):
            if encoding == "utf-16-le" and b"\x00" not in raw:
                continue
            text = raw.decode(encoding, "ignore")
            yield text
            if "&" in text:
                text = html.unescape(html.unescape(text))
                yield text
            if "\\u" in text:
                yield re.sub(r"(?:\\u[0-9a-fA-F]{4})+", lambda m: _unescaped(m[0]), text)


def _unescaped(escape: str) -> str:
    """A letter from the way JSON writes it."""
    return str(json.loads(f'"{escape}"'))


def _members(path: Path) -> Iterator[bytes]:
    """The bytes of the file, and of every member where it is a zip."""
    yield path.read_bytes()
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        for member in packed.infolist():
            yield member.filename.encode("utf-8", "replace")
            with packed.open(member) as file:
                yield file.read(_MOST)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
