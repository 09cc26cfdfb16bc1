# SPDX-License-Identifier: AGPL-3.0-or-later
"""Person-centred tools: which there are, what somebody filled in when, and what is being typed.

Tools are TOML files (``domain/tools.py``): those that come with the program, those that council
IT places in the folder ``tools`` of the machine's policy, and those in ``tools`` beside the
account's notebooks. A file of the same id replaces an earlier one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lac_desktop import paths
from lac_desktop.domain import ids
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.strengths import Offer, ToolSheet
from lac_desktop.domain.tool_values import problems, tidy
from lac_desktop.domain.tools import Field, Tool, parse
from lac_desktop.errors import LacError
from lac_desktop.exchange.whole import write_whole
from lac_desktop.services import access, assets, people, strengths
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_access as stored

_DRAFT = "tool:{person}:{tool}"


@dataclass(frozen=True, slots=True)
class Toolbox:
    """All tools by id, in the order shown, and the files that could not be read."""

    tools: Mapping[str, Tool]
    problems: tuple[LacError, ...] = ()


@dataclass(frozen=True, slots=True)
class ToolUse:
    """One tool as a person used it: how often, when last, and whether a draft waits."""

    tool: Tool
    sheets: int = 0
    last: date | None = None
    draft: bool = False


def folders() -> tuple[Path, ...]:
    """Where tools lie: the program's, the machine's policy's, the account's own."""
    return (
        paths.resources() / "tools",
        paths.machine_policy() / "tools",
        paths.home() / "tools",
    )


def toolbox(where: Iterable[Path] | None = None) -> Toolbox:
    """Read every tool; a file with a mistake is told in ``problems`` and left out."""
    found: dict[str, Tool] = {}
    wrong: list[LacError] = []
    for folder in folders() if where is None else where:
        for file in sorted(folder.glob("*.toml")):
            try:
                tool = _read(file, _changed_at(file))
            except LacError as error:
                wrong.append(error)
            else:
                found[tool.id] = tool
    ordered = sorted(found.values(), key=lambda tool: (tool.order, tool.title.casefold()))
    return Toolbox({tool.id: tool for tool in ordered}, tuple(wrong))


def _changed_at(file: Path) -> int:
    """When a file was changed, in nanoseconds; 0 where only reading it will tell what is wrong."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=256)
def _read(file: Path, _changed: int) -> Tool:
    """One tool; LacError with file, line and reason where it cannot be read.

    Every page of a person asks for the tools, so a file is read again only once it has changed.
    """
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise LacError(
            f"The tool {file.name} could not be read: {error.strerror}.",
            "Check that you have rights to it.",
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LacError(
            f"The tool in {file.name}, line {line} has a mistake: it is not written in UTF-8.",
            "Save it again as UTF-8 in a text editor.",
        ) from error
    return parse(text, file.name)


def uses(notebook: Notebook, box: Toolbox, person: str) -> list[ToolUse]:
    """All tools for a person, those used last first, then those not used yet."""
    days: dict[str, list[date]] = {}
    for sheet in strengths.sheets(notebook, person):
        days.setdefault(sheet.tool, []).append(sheet.on)
    typed = _typed(notebook, person)
    listed = [
        ToolUse(
            tool,
            len(days.get(tool.id, ())),
            max(days[tool.id]) if tool.id in days else None,
            tool.id in typed,
        )
        for tool in box.tools.values()
    ]
    return sorted(listed, key=lambda use: -(use.last.toordinal() if use.last else 0))


def sheets(notebook: Notebook, person: str, tool: str) -> list[ToolSheet]:
    """The sheets of one tool, the earliest first."""
    return strengths.sheets(notebook, person, tool)


def save(
    notebook: Notebook, person: str, tool: Tool, values: Mapping[str, Any], purpose: str = ""
) -> ToolSheet:
    """Keep what was filled in as a new sheet of today, and forget its draft.

    What differs in nothing from the latest sheet is not kept again. Raises LacError with the
    first thing that is wrong; nothing is kept then and the draft stays.
    """
    wrong = problems(tool, values)
    if wrong:
        field_id, sentence = next(iter(wrong.items()))
        raise LacError(f"{tool.field(field_id).label}: {sentence}", "Put it right, then save.")
    clean = tidy(tool, values)
    last = strengths.latest_sheet(notebook, person, tool.id)
    if last is None or dict(last.values) != clean or last.purpose != purpose.strip():
        today = notebook.clock().date()
        last = ToolSheet(ids.new_id(), person, tool.id, today, clean, purpose.strip())
        strengths.save(notebook, last)
    drop_draft(notebook, person, tool.id)
    return last


def keep_draft(notebook: Notebook, person: str, tool: str, values: Mapping[str, Any]) -> None:
    """Keep what stands in a form, right or wrong; cheap enough for every second."""
    with notebook.vault.people_write() as db:
        key = _DRAFT.format(person=person, tool=tool)
        stored.put_draft(db, key, (person,), dict(values), notebook.clock())


def draft(notebook: Notebook, person: str, tool: str) -> dict[str, Any] | None:
    """What was typed and not saved, or None."""
    with notebook.vault.people_read() as db:
        kept = stored.draft(db, _DRAFT.format(person=person, tool=tool))
    return dict(kept.value) if kept is not None and isinstance(kept.value, Mapping) else None


def drop_draft(notebook: Notebook, person: str, tool: str) -> None:
    """Forget what was typed."""
    with notebook.vault.people_write() as db:
        stored.drop_draft(db, _DRAFT.format(person=person, tool=tool))


def _typed(notebook: Notebook, person: str) -> set[str]:
    """Ids of the tools with a draft."""
    prefix = _DRAFT.format(person=person, tool="")
    with notebook.vault.people_read() as db:
        return {kept.key.removeprefix(prefix) for kept in stored.drafts(db, prefix)}


def name_of(notebook: Notebook, person: str) -> str:
    """What the person is called, for headings on screen and on their own paper."""
    found = people.get(notebook, person)
    return found.name if found is not None else ""


def known_names(notebook: Notebook, person: str) -> list[str]:
    """Names in the latest relationship circle, for suggestions while typing."""
    last = strengths.latest_sheet(notebook, person, "relationship-circle")
    rows = last.values.get("people", []) if last is not None else []
    return [str(row["name"]) for row in rows if row.get("name")]


def strong_rows(notebook: Notebook, person: str) -> list[dict[str, str]]:
    """Gifts that the person offers, as rows of the one-page profile; private ones are left out."""
    offers = {Offer.SHOW: "show", Offer.TEACH: "teach"}
    return [
        {"of": gift.of.value, "what": gift.what, "offer": offers[gift.offer]}
        for gift in strengths.gifts(notebook, person)
        if gift.offer in offers
    ]


def places_in(fields: Sequence[Field], values: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Every place that values name, in order."""
    found = []
    for asked in fields:
        columns = [column.id for column in asked.columns if column.kind == "place"]
        for row in values.get(asked.id) or []:
            found += [row[c] for c in columns if isinstance(row.get(c), Mapping)]
    return found


def assets_of(notebook: Notebook, places: Iterable[Mapping[str, str]]) -> dict[str, Asset]:
    """The assets of the community side that these places still are, by id."""
    wanted = list({place["asset"] for place in places if place.get("asset")})
    return {asset.id: asset for asset in assets.get_many(notebook, wanted)}


def write_paper(notebook: Notebook, person: str, tool: str, file: Path, data: bytes) -> None:
    """Write a person's sheet to a file, whole or not at all, and note that it was taken out."""
    write_whole(file, data, personal=True)
    note_printed(notebook, person, tool)


def note_printed(notebook: Notebook, person: str, tool: str) -> None:
    """Note in the access log that a sheet went to paper or to a file."""
    access.note(notebook, "printed", person, tool)
