# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read HSDS 3 tables (a folder or zip of CSVs) and put services together from them.

The datapackage.json beside them is not needed: the names of the files and columns say enough.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lac_desktop.domain.importing import Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError
from lac_desktop.exchange.read_csv import decode, delimiter_of, rows_of
from lac_desktop.exchange.read_table import Options, nothing_found
from lac_desktop.exchange.unpack import member, opened_zip, read_bytes

Row = Mapping[str, Any]
#: Files are named in the plural or the singular, after version and taste.
_NAMES = {
    "service": "services", "organization": "organizations", "location": "locations",
    "address": "addresses", "phone": "phones", "schedule": "schedules", "contact": "contacts",
    "language": "languages", "cost_option": "cost_options", "attribute": "attributes",
    "taxonomy_term": "taxonomy_terms", "service_at_locations": "service_at_location",
}  # fmt: skip


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read the tables and build their services; raises UnreadableFileError without any."""
    from lac_desktop.exchange import read_oruk

    problems: list[Problem] = []
    tables: dict[str, list[Row]] = {}
    for name, data in _files(path):
        progress(len(tables), None, f"Reading {name}")
        plain = Path(name).stem.lower()
        try:
            tables.setdefault(_NAMES.get(plain, plain), []).extend(_records(name, data))
        except LacError as error:
            problems.append(Problem(name, None, "", str(error)))
    services = [("services.csv", n, service) for n, service in enumerate(nested(tables), start=2)]
    if not services:
        raise nothing_found(path.name)
    return read_oruk.reading(path.name, services, problems, kinds, options or Options())


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the CSVs of a folder or zip."""
    if path.is_dir():
        for file in sorted(path.rglob("*.csv")):
            yield file.name, read_bytes(file)
        return
    with opened_zip(path) as archive:
        for name in sorted(archive.namelist()):
            if name.lower().endswith(".csv") and not name.startswith("__MACOSX"):
                yield name, member(archive, name)


def _records(name: str, data: bytes) -> list[Row]:
    """The rows of one CSV by heading; raises UnreadableFileError."""
    text, _ = decode(name, data)
    rows = [cells for _, cells in rows_of(name, text, delimiter_of(text), lambda *_: None)]
    if not rows:
        return []
    headings = [heading.strip().lower() for heading in rows[0]]
    return [
        {h: cell.strip() for h, cell in zip(headings, cells, strict=False) if cell.strip()}
        for cells in rows[1:]
        if any(cell.strip() for cell in cells)
    ]


def _by(rows: Iterable[Any], key: str) -> dict[str, list[Row]]:
    """Rows by the value of one column."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if isinstance(row, Mapping) and row.get(key):
            found.setdefault(str(row[key]), []).append(row)
    return found


def nested(tables: Mapping[str, Sequence[Any]]) -> Iterator[Row]:
    """Put services together as their JSON form has them."""

    def table(name: str) -> Sequence[Any]:
        rows = tables.get(name, ())
        return rows if isinstance(rows, list | tuple) else ()

    def first(name: str) -> dict[str, Row]:
        return {key: rows[0] for key, rows in _by(table(name), "id").items()}

    organizations, terms = first("organizations"), first("taxonomy_terms")
    locations = {key: _location(row, table) for key, row in first("locations").items()}
    at_service = _by(table("service_at_location"), "service_id")
    parts = {
        name: _by(table(name), "service_id")
        for name in ("phones", "schedules", "languages", "cost_options", "contacts")
    }
    contact_phones = _by(table("phones"), "contact_id")
    attributes = _by(table("attributes"), "link_id")
    for row in table("services"):
        if not isinstance(row, Mapping):
            continue
        me = str(row.get("id", ""))
        service: dict[str, Any] = dict(row)
        service["organization"] = organizations.get(str(row.get("organization_id")), {})
        service["service_at_locations"] = [
            {**at, "location": locations.get(str(at.get("location_id")), {})}
            for at in at_service.get(me, ())
        ]
        service.update({name: found.get(me, []) for name, found in parts.items()})
        service["contacts"] = [
            {**contact, "phones": contact_phones.get(str(contact.get("id")), [])}
            for contact in service["contacts"]
        ]
        service["attributes"] = [
            {**link, "taxonomy_term": terms.get(str(link.get("taxonomy_term_id")), {})}
            for link in attributes.get(me, ())
        ]
        yield service


def _location(row: Row, table: Any) -> Row:
    """A location with its addresses, access facts and phones."""
    me = str(row.get("id", ""))
    found = dict(row)
    for name in ("addresses", "accessibility", "phones"):
        found[name] = _by(table(name), "location_id").get(me, [])
    return found
