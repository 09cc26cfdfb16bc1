# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person is given about themself: one accessible HTML page and the same as JSON."""

import html
import json
import re
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lac_desktop.domain.rights import Redaction
from lac_desktop.domain.tool_values import PICTURE
from lac_desktop.domain.wording import clock_time, long_date
from lac_desktop.errors import LacError
from lac_desktop.exchange.whole import whole
from lac_desktop.services import access, council, datamap, rights, rights_redact
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.rights_collect import Collected, collect

_NAME = "everything-kept-about-you"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?")
#: Fields that say nothing to a reader.
_UNSAID = ("id", "kept", "clock")


@dataclass(frozen=True, slots=True)
class Given:
    """What was written: the files, and how many records and passages taken out."""

    files: tuple[Path, ...]
    records: int
    withheld: int


def files_of(out: Path) -> tuple[Path, Path]:
    """The HTML and JSON file for a place: a folder, or a file name of either kind."""
    if out.suffix.lower() in (".html", ".htm"):
        return out, out.with_suffix(".json")
    if out.suffix.lower() == ".json":
        return out.with_suffix(".html"), out
    return out / f"{_NAME}.html", out / f"{_NAME}.json"


def write(
    notebook: Notebook,
    person: str,
    out: Path,
    *,
    decided: Mapping[str, Redaction] | None = None,
    recipient: str = "",
    reason: str = "",
) -> Given:
    """Write everything about a person, both files or neither, and record that it left.

    ``out`` is a folder, a name ending in .html or .json (the other lies beside it), or .zip.
    ``decided`` says by text what becomes of passages about others; the rest is done as usual.
    Raises UnwritableFileError, or LacError where the person is not there.
    """
    collected = collect(notebook, person)
    choices = decided or {}
    sections = rights_redact.redacted(collected, choices)
    found = rights_redact.passages(collected)
    withheld = sum(choices.get(one.text, one.usual) is not Redaction.SHOW for one in found)
    page = _page(notebook, collected, sections, withheld).encode("utf-8")
    data = _json(notebook, collected, sections).encode("utf-8")
    files = _write(out, page, data)
    to = recipient.strip() or "The person"
    rights.note_disclosure(notebook, [person], "Everything kept about them", to, reason.strip())
    access.note(notebook, "exported", person)
    return Given(files, sum(len(one["records"]) for one in sections), withheld)


def _write(out: Path, page: bytes, data: bytes) -> tuple[Path, ...]:
    """Both files, or one zip that holds both; nothing where one of them cannot be written."""
    if out.suffix.lower() == ".zip":
        with (
            whole(out, personal=True) as beside,
            zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            packed.writestr(f"{_NAME}.html", page)
            packed.writestr(f"{_NAME}.json", data)
        return (out,)
    files = files_of(out)
    made = not files[0].parent.exists()
    try:
        if made:
            files[0].parent.mkdir()
    except OSError as error:
        raise LacError(
            f"The folder {files[0].parent.name} cannot be made.", "Choose another place."
        ) from error
    before = {file: file.read_bytes() if file.is_file() else None for file in files}
    try:
        with ExitStack() as stack:
            for file, content in zip(files, (page, data), strict=True):
                stack.enter_context(whole(file, personal=True)).write_bytes(content)
    except BaseException:
        _put_back(before)
        if made and not any(files[0].parent.iterdir()):
            files[0].parent.rmdir()
        raise
    return files


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    """Leave the files as they were where the second could not take its place."""
    for file, content in before.items():
        if content is None:
            if file.is_file():
                file.unlink()
        elif file.read_bytes() != content:
            file.write_bytes(content)


def _json(notebook: Notebook, collected: Collected, sections: list[Mapping[str, Any]]) -> str:
    value = {
        "about": collected.person.name,
        "made": notebook.clock().isoformat(timespec="seconds"),
        "by": notebook.settings.who,
        "sections": sections,
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


_STYLE = (
    "body{font:1.05rem/1.6 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}h2{margin-top:2.5rem;border-bottom:2px solid #14595b}"
    "article{margin:1rem 0;padding:.5rem 0;border-bottom:1px solid #767676}dt{font-weight:600}"
    "dd{margin:0 0 .6rem;white-space:pre-wrap;overflow-wrap:anywhere}dl dl{margin-left:1rem}"
    "a{color:#0b4a8f}a:focus{outline:3px solid #0b4a8f}.skip{position:absolute;left:-999rem}"
    ".skip:focus{left:1rem}@media print{article{break-inside:avoid}nav{display:none}}"
)


def _page(
    notebook: Notebook, collected: Collected, sections: list[Mapping[str, Any]], withheld: int
) -> str:
    told = council.load(notebook)
    links = "".join(
        f'<li><a href="#{_anchor(one)}">{html.escape(one["title"])}</a> '
        f"({len(one['records']):,})</li>"
        for one in sections
    )
    said = "".join(
        f"<h3>{html.escape(council.TEXTS[key][0])}</h3><p>{html.escape(getattr(told, key))}</p>"
        for key in ("basis", "special", "notice", "flows", "officer")
        if getattr(told, key)
    )
    parts = "".join(_section(one) for one in sections)
    day = long_date(notebook.clock().date())
    out = (
        f"<p>{withheld} {'passage' if withheld == 1 else 'passages'} about other people "
        "had names or words taken out, because they have rights too.</p>"
        if withheld
        else ""
    )
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Everything kept about you</title><style>{_STYLE}</style></head><body>"
        '<a class="skip" href="#main">Skip to the text</a><main id="main">'
        f"<h1>Everything kept about {html.escape(collected.person.name)}</h1>"
        f"<p>Made on {day}. This is all that the coordinator’s notebook holds about you.</p>{out}"
        f'<nav aria-label="Parts"><ul>{links}</ul></nav>{parts}'
        f'<section aria-labelledby="rights"><h2 id="rights">Your rights</h2>{_RIGHTS}{said}'
        "</section></main></body></html>"
    )


_RIGHTS = (
    "<p>You can ask to have something put right, to add your own statement, to have it left alone "
    "or to be erased. If you are not content with the answer, you can complain to the council and "
    "to the Information Commissioner.</p>"
)


def _anchor(section: Mapping[str, Any]) -> str:
    return f"part-{section['table']}"


def _section(one: Mapping[str, Any]) -> str:
    purpose = datamap.words()["people"].get(one["table"], {}).get("purpose", "")
    records = "".join(
        f"<article>{_fields(one['table'], record)}</article>" for record in one["records"]
    )
    return (
        f'<section aria-labelledby="{_anchor(one)}"><h2 id="{_anchor(one)}">'
        f"{html.escape(one['title'])}</h2><p>{html.escape(purpose)}</p>{records}</section>"
    )


def _fields(table: str, record: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<dt>{html.escape(datamap.label_of(table, name))}</dt><dd>{_value(table, value)}</dd>"
        for name, value in record.items()
        if name not in _UNSAID and value not in (None, "", [], {}, ())
    )
    return f"<dl>{rows}</dl>"


def _value(table: str, value: Any) -> str:
    """A JSON value for reading."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Mapping):
        if set(value) == {"text", "about"}:
            about = f" (about {value['about']})" if value["about"] else ""
            return f"<p>{html.escape(value['text'] + about)}</p>"
        return _fields(table, value)
    if isinstance(value, list | tuple):
        return "".join(f"<div>{_value(table, one)}</div>" for one in value)
    if str(value).startswith(PICTURE):
        return f'<img src="{html.escape(str(value))}" alt="The photo or drawing that is kept">'
    return html.escape(_said(str(value)))


def _said(text: str) -> str:
    """Dates and times in words; everything else as it is."""
    if _DAY.fullmatch(text):
        return long_date(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return f"{long_date(moment.date())}, {clock_time(moment)}"
    return text
