# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paragraphs as they lie in a text document, so that a key is painted at once in a long text.

A block of the document holds one paragraph. Text that is pasted in bulk lies differently: many
short lines share a block, divided by U+2028, and a line of thousands of letters lies in several
blocks, the later ones marked as going on. :func:`paragraphs` gives what was written either way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lac_desktop.domain.conversation import Paragraph

#: Divides lines that share a block; Qt shows it as a line break.
LINE = "\u2028"
#: From this size a text is packed: Qt takes too long for one key in very many or very long blocks.
BULK = 30_000
_BLOCK = 1_500


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its text, whom it is about ("" for nobody else), and whether it goes on."""

    text: str
    about: str = ""
    goes_on: bool = False


def paragraphs(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """What was written; an empty document has no paragraphs, other empty lines stay."""
    found: list[Paragraph] = []
    for block in blocks:
        lines = block.text.split(LINE)
        if block.goes_on and found:
            last = found.pop()
            found.append(Paragraph(last.text + lines[0], last.about))
            lines = lines[1:]
        found += [Paragraph(line, block.about) for line in lines]
    if len(found) == 1 and not found[0].text:
        return ()
    return tuple(found)


def blocks(written: Sequence[Paragraph]) -> list[Block]:
    """How paragraphs lie in a document; packed only where the whole is long."""
    if sum(len(paragraph.text) + 1 for paragraph in written) < BULK:
        return [Block(paragraph.text, paragraph.about) for paragraph in written]
    made: list[Block] = []
    shared: list[str] = []
    room, about = _BLOCK, ""
    for paragraph in written:
        size = len(paragraph.text) + 1
        if shared and (size > room or paragraph.about != about):
            made.append(Block(LINE.join(shared), about))
            shared, room = [], _BLOCK
        about = paragraph.about
        if size > _BLOCK:
            made += _cut(paragraph)
        else:
            shared.append(paragraph.text)
            room -= size
    if shared:
        made.append(Block(LINE.join(shared), about))
    return made


def _cut(paragraph: Paragraph) -> list[Block]:
    """A long paragraph in several blocks, cut after a space where there is one."""
    text, at, made = paragraph.text, 0, []
    while at < len(text):
        end = min(at + _BLOCK, len(text))
        if end < len(text):
            space = text.rfind(" ", at + _BLOCK // 2, end)
            end = space + 1 if space > 0 else _whole_letter(text, end)
        made.append(Block(text[at:end], paragraph.about, goes_on=at > 0))
        at = end
    return made


def _whole_letter(text: str, end: int) -> int:
    """A place to cut that parts no letter from the marks and joiners that belong to it."""
    import unicodedata

    for back in range(end, max(end - 16, 1), -1):
        if not unicodedata.combining(text[back]) and "\u200d" not in text[back - 1 : back + 1]:
            return back
    return end


def from_text(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of plain text that was pasted, whatever its line ends are."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")
    plain = plain.replace(LINE, "\n").replace("\0", "")
    return tuple(Paragraph(line) for line in plain.split("\n"))
