# SPDX-License-Identifier: AGPL-3.0-or-later
"""The data map for the DPIA: every table and column of both files as they really are, in words.

The words come from ``resources/datamap.toml``; what is there comes from the files themselves.
"""

import html
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lac_desktop import paths
from lac_desktop.domain.wording import long_date
from lac_desktop.exchange.whole import whole
from lac_desktop.services import council
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_schema_read as schema_read

FILES = {"people": "people.db", "community": "community.db"}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column: its name in the file, a label and what it is for ("" where nobody said)."""

    name: str
    label: str
    purpose: str


@dataclass(frozen=True, slots=True)
class MappedTable:
    """One table of a file ("people" or "community") with its purpose and how many rows it has."""

    file: str
    name: str
    title: str
    purpose: str
    derived: bool
    rows: int
    columns: tuple[MappedColumn, ...]


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The words of resources/datamap.toml."""
    return tomllib.loads((paths.resources() / "datamap.toml").read_text("utf-8"))


def title_of(table: str) -> str:
    """What a table of people.db is called."""
    return str(words()["people"].get(table, {}).get("title", table))


def label_of(table: str, column: str) -> str:
    """What a column of people.db is called."""
    known = words()["people"].get(table, {}).get("columns", {})
    found = known.get(column) or words()["usual"].get(column)
    plain = column.replace("_", " ")
    return str(found[0]) if found else plain[:1].upper() + plain[1:]


def tables(notebook: Notebook) -> list[MappedTable]:
    """Every table of both files, those about people first."""
    with notebook.vault.people_read() as db:
        people = [_mapped("people", table) for table in schema_read.tables(db)]
    with notebook.vault.read() as db:
        community = [_mapped("community", table) for table in schema_read.tables(db)]
    return people + community


def _mapped(file: str, table: schema_read.RealTable) -> MappedTable:
    known = words()[file].get(table.name, {})
    if table.engine:
        purpose = _engine_purpose(table.name)
        columns = tuple(MappedColumn(name, name, purpose) for name in table.columns)
        return MappedTable(file, table.name, table.name, purpose, True, 0, columns)
    named = known.get("columns", {})
    columns = tuple(
        MappedColumn(name, *(named.get(name) or words()["usual"].get(name) or (name, "")))
        for name in table.columns
    )
    return MappedTable(
        file,
        table.name,
        known.get("title", table.name),
        known.get("purpose", ""),
        bool(known.get("derived", False)),
        table.rows,
        columns,
    )


def _engine_purpose(name: str) -> str:
    said = words()["engine"]
    if name.startswith("sqlite_"):
        return str(said["sqlite"])
    return str(said["rtree" if name.startswith("asset_rt") else "full_text"])


def write(notebook: Notebook, file: Path) -> None:
    """Write the data map with the council's words as one HTML page, whole or not at all.

    It holds no record of anybody. Raises UnwritableFileError.
    """
    page = _page(notebook)
    with whole(file) as beside:
        beside.write_text(page, encoding="utf-8")


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{text-align:left;vertical-align:top;border-bottom:1px solid #767676;padding:.3rem .6rem}"
    "caption{text-align:left;font-weight:600}a:focus{outline:3px solid #14595b}"
    ".skip{position:absolute;left:-999rem}.skip:focus{left:1rem}pre{white-space:pre-wrap;"
    "font:inherit}@media print{tr{break-inside:avoid}}"
)


def _page(notebook: Notebook) -> str:
    told = council.load(notebook)
    day = long_date(notebook.clock().date())
    said = "".join(
        f"<h3>{html.escape(title)}</h3><pre>{html.escape(getattr(told, key))}</pre>"
        for key, (title, _hint) in council.TEXTS.items()
        if getattr(told, key)
    )
    parts: list[str] = []
    for file, name in FILES.items():
        parts.append(f"<h2>{name}</h2><p>{_ABOUT[file]}</p>")
        parts += [_table(one) for one in tables(notebook) if one.file == file]
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Data map of a LAC Desktop notebook</title><style>{_STYLE}</style></head><body>"
        '<a class="skip" href="#main">Skip to the data map</a>'
        f'<main id="main"><h1>Data map for the DPIA</h1><p>Made on {day} from the files as they '
        f"are. It holds no record of anybody.</p><h2>What the council says</h2>{said or _NOTHING}"
        f"<h2>Where it lies and how it is guarded</h2>{_GUARDS}{''.join(parts)}"
        "</main></body></html>"
    )


_NOTHING = "<p>Nothing is set yet: Records, The council’s words and periods.</p>"
_ABOUT = {
    "people": "About people walked alongside. It is never exported, published or sent.",
    "community": "Places and groups. Only what is marked as public can be published.",
}
_GUARDS = (
    "<ul><li>Both files lie on this laptop alone. The program opens no network connection.</li>"
    "<li>Each file is encrypted (SQLCipher, AES-256) under its own random key. "
    "The keys are wrapped by the passphrase (argon2id) and by a printed recovery code.</li>"
    "<li>The notebook locks by hand, when idle, on sleep and when the screen is locked.</li>"
    "<li>Every change is recorded in a chain of keyed digests; who looked is recorded too.</li>"
    "<li>Backups are encrypted in the same way. Who was erased is erased again after a restore."
    "</li></ul>"
)


def _table(one: MappedTable) -> str:
    rows = "".join(
        f'<tr><th scope="row">{html.escape(column.name)}</th><td>{html.escape(column.purpose)}'
        "</td></tr>"
        for column in one.columns
    )
    note = " Made from other tables." if one.derived else f" {one.rows:,} rows."
    return (
        f"<table><caption>{html.escape(one.name)}: {html.escape(one.title)}</caption>"
        f'<thead><tr><th scope="col">Column</th><th scope="col">What it is for</th></tr></thead>'
        f'<tbody><tr><th scope="row">The table</th><td>{html.escape(one.purpose)}{note}</td></tr>'
        f"{rows}</tbody></table>"
    )
