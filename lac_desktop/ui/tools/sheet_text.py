# SPDX-License-Identifier: AGPL-3.0-or-later
"""A filled-in sheet as headed parts, and as the small HTML that screen and paper share.

Everything typed is escaped: a name with ``<b>`` shows as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from lac_desktop.domain.tool_values import items, words
from lac_desktop.domain.tools import Field, Tool
from lac_desktop.ui.tools.inputs import label_of
from lac_desktop.ui.words import tr

#: One thing on a page that can be left off: the id of its part and its number there.
Item = tuple[str, int]
#: Kinds of field that hold words as somebody said them.
_SPOKEN = ("text", "long", "list")
NOTHING: frozenset[Item] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One field on paper: ``lines`` where it is a list, ``rows`` under ``heads`` a table."""

    id: str
    heading: str
    voice: str = "own"
    half: bool = False
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bullets: bool = True
    spoken: tuple[bool, ...] = ()  # which columns hold words that somebody said

    @property
    def said(self) -> tuple[str, ...]:
        """Each item as one line."""
        return self.lines or tuple(", ".join(c for c in row if c) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours (as CSS), and sizes: ``unit`` is "px" on paper and "pt" on screen."""

    text: str
    muted: str
    own: str
    line: str
    size: float
    unit: str = "px"
    quotes: bool = True


def parts_of(
    tool: Tool, values: Mapping[str, Any], language: str = "", without: frozenset[str] = frozenset()
) -> tuple[Part, ...]:
    """The parts of a sheet that say something; ``without`` names fields that are drawn."""
    found = []
    for asked in tool.fields:
        lines = items(asked, values.get(asked.id), tr)
        if lines and asked.id not in without:
            found.append(_part(asked, values[asked.id], lines, language))
    return tuple(found)


def _part(asked: Field, value: Any, lines: list[str], language: str) -> Part:
    """One field that holds something."""
    heading, half = label_of(asked, language), asked.width == "half"
    voice = asked.voice if asked.kind in _SPOKEN or asked.columns else "plain"
    if not asked.columns:
        several = asked.kind in ("list", "people")
        return Part(asked.id, heading, voice, half, tuple(lines), bullets=several)
    used = [c for c in asked.columns if any(words(c, row.get(c.id), tr) for row in value)]
    rows = tuple(tuple(words(c, row.get(c.id), tr) for c in used) for row in value)
    if len(used) == 1:
        return Part(asked.id, heading, voice, half, tuple(row[0] for row in rows))
    heads = tuple(tr(c.label) for c in used)
    spoken = tuple(c.kind in _SPOKEN for c in used)
    return Part(asked.id, heading, voice, half, heads=heads, rows=rows, spoken=spoken)


def picture_in(tool: Tool, values: Mapping[str, Any]) -> str:
    """The picture of a sheet as it is kept; "" where there is none."""
    return next((str(values.get(f.id) or "") for f in tool.fields if f.kind == "picture"), "")


def heading_html(title: str, under: str, look: Look) -> str:
    """What stands at the top of the page."""
    big, small = look.size * 1.7, look.size
    below = (
        f'<p style="margin:0 0 {look.size * 0.5:.1f}px 0; font-size:{small:.1f}{look.unit}; '
        f'color:{look.muted}">{escape(under)}</p>'
        if under
        else ""
    )
    return (
        f'<p style="margin:0; font-size:{big:.1f}{look.unit}; font-weight:600; '
        f'color:{look.text}">{escape(title)}</p>{below}'
    )


def body_html(parts: tuple[Part, ...], look: Look, out: frozenset[Item] = NOTHING) -> str:
    """All parts without the items left off; two halves stand side by side."""
    told: list[str] = []
    waiting = ""
    for part in parts:
        text = _part_html(part, look, out)
        if not text:
            continue
        if part.half and waiting:
            told += [_gap(look), _side_by_side(waiting, text)]
            waiting = ""
        elif part.half:
            waiting = text
        else:
            told += [_gap(look), waiting, _gap(look) if waiting else "", text]
            waiting = ""
    whole = [piece for piece in (*told, _gap(look) if waiting else "", waiting) if piece]
    return "".join(whole[1:])  # nothing stands before the first part, so no gap


def _gap(look: Look) -> str:
    """Space before a part; margins beside tables are not kept by the text engine."""
    return f'<p style="margin:0; font-size:{look.size * 0.55:.1f}{look.unit}">&nbsp;</p>'


def _side_by_side(left: str, right: str) -> str:
    """Two parts beside each other."""
    cell = '<td width="50%" style="vertical-align:top; padding-right:14px">'
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{cell}{left}</td>'
        f"{cell}{right}</td></tr></table>"
    )


def _part_html(part: Part, look: Look, out: frozenset[Item]) -> str:
    """One part with its heading, or "" where all of it is left off."""
    kept = [n for n in range(len(part.said)) if (part.id, n) not in out]
    if not kept:
        return ""
    head = (
        f'<p style="margin:0 0 2px 0; font-size:{look.size * 1.12:.1f}{look.unit}; '
        f'font-weight:600; color:{look.text}">{escape(part.heading)}</p>'
    )
    colour = {"own": look.own, "reflection": look.muted}.get(part.voice, look.text)
    style = f"font-size:{look.size:.1f}{look.unit}; color:{colour}"
    if part.rows:
        return head + _table(part, kept, look, style)
    texts = [_quoted(part, part.lines[n], look) for n in kept]
    if not part.bullets:
        paragraphs = "".join(f'<p style="margin:0; {style}">{text}</p>' for text in texts)
        return head + paragraphs
    lines = "".join(f'<li style="{style}">{text}</li>' for text in texts)
    return f'{head}<ul style="margin:0; -qt-list-indent:1">{lines}</ul>'


def _quoted(part: Part, text: str, look: Look) -> str:
    """A text escaped; own words in quotation marks, so that they survive a black printer."""
    told = escape(text).replace("\n", "<br/>")
    marked = part.voice == "own" and look.quotes and not text.startswith(("“", '"', "‘"))
    return f"“{told}”" if marked else told


def _table(part: Part, kept: list[int], look: Look, style: str) -> str:
    """Rows under their heads, with hairlines."""
    small = f"font-size:{look.size * 0.88:.1f}{look.unit}; color:{look.muted}; font-weight:600"
    border = f"border-bottom:1px solid {look.line}; padding:3px 8px 3px 0; vertical-align:top"
    heads = "".join(
        f'<td style="{border}"><span style="{small}">{escape(h)}</span></td>' for h in part.heads
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td style="{border}"><span style="{style}">'
            f"{_quoted(part, cell, look) if cell and spoken else escape(cell)}</span></td>"
            for cell, spoken in zip(part.rows[n], part.spoken, strict=True)
        )
        + "</tr>"
        for n in kept
    )
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0" '
        f'style="border-collapse:collapse"><tr>{heads}</tr>{rows}</table>'
    )
