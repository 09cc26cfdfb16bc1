# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read the pages and the text back out of a PDF that Qt wrote (ISO 32000-1, 9.10)."""

import re
import zlib


def page_count(pdf: bytes) -> int:
    """How many pages there are."""
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def text_of(pdf: bytes) -> str:
    """All words in the order they are drawn, one line a run; blanks stand where Qt drew them."""
    objects = _objects(pdf)
    codes = {
        number: _codes(objects, body) for number, body in objects.items() if b"/ToUnicode" in body
    }
    drawn = [_stream(body) for body in objects.values() if b" Tj" in _stream(body)]
    return "\n".join(_drawn(page.decode("latin-1"), codes) for page in drawn)


def drawn(pdf: bytes) -> str:
    """The drawing commands of all pages."""
    streams = [_stream(body) for body in _objects(pdf).values()]
    return "\n".join(one.decode("latin-1") for one in streams if b" Tj" in one)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Object number to what stands in it."""
    found = re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)endobj", pdf, re.DOTALL)
    return {int(one[1]): one[2] for one in found}


def _stream(body: bytes) -> bytes:
    """The stream of an object, unpacked where it was packed."""
    found = re.search(rb"stream\n(.*?)endstream", body, re.DOTALL)
    if found is None:
        return b""
    try:
        return zlib.decompress(found[1])
    except zlib.error:
        return found[1]


def _codes(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Glyph number to text, from the ToUnicode table of a font."""
    table = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert table is not None
    text = _stream(objects[int(table[1])]).decode("latin-1")
    found: dict[int, str] = {}
    for first, last, start in re.findall(r"<(\w{4})> <(\w{4})> (\[.*?\]|<\w+>)", text, re.DOTALL):
        many = re.findall(r"<(\w+)>", start)
        for at in range(int(last, 16) - int(first, 16) + 1):
            one = many[at] if start.startswith("[") else f"{int(many[0], 16) + at:04x}"
            found[int(first, 16) + at] = bytes.fromhex(one).decode("utf-16-be")
    return found


def _drawn(page: str, codes: dict[int, dict[int, str]]) -> str:
    """The text of one page."""
    out: list[str] = []
    font: dict[int, str] = {}
    for name, glyph, end in re.findall(r"/F(\d+) [\d.]+ Tf|<(\w{4})> Tj|(\bET\b)", page):
        if name:
            font = codes.get(int(name), {})
        elif glyph:
            out.append(font.get(int(glyph, 16), "?"))
        elif end:
            out.append("\n")
    return "".join(out).replace("\t", " ").replace("\xa0", " ")
