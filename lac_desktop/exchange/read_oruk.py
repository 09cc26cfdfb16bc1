# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read Open Referral UK 3.0 and HSDS 3 JSON: services, pages of a feed, folders and zips of them.

Format: https://docs.openreferraluk.org and https://docs.openreferral.org (HSDS 3.0).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.importing import Candidate, Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError, UnreadableFileError
from lac_desktop.exchange.build import Context, candidate
from lac_desktop.exchange.hsds_service import cells_of
from lac_desktop.exchange.hsds_tables import nested
from lac_desktop.exchange.read_csv import decode
from lac_desktop.exchange.read_geojson import plain_text
from lac_desktop.exchange.read_table import Options, nothing_found, read_sheet, source_id
from lac_desktop.exchange.table import Sheet
from lac_desktop.exchange.unpack import member, opened_zip, read_bytes

_LISTS = ("contents", "services", "items", "data", "results", "organizations", "locations")
_MOST_FILES = 5_000


@dataclass(slots=True)
class _Found:
    """What the documents hold: things with the file and number they came from."""

    services: list[tuple[str, int, Mapping[str, Any]]] = field(default_factory=list)
    others: list[tuple[str, int, Mapping[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: list[Mapping[str, Any]] = field(default_factory=list)
    number: int = 0


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read every service; organisations and locations only where no service names them.

    Raises UnreadableFileError where there is none.
    """
    progress(0, None, f"Reading {path.name}")
    found = _Found()
    documents = list(_documents(path, found.problems))
    for name, root in documents:
        found.number = 0
        _collect(name, root, found)
    chosen = options or Options()
    if not found.services and not found.others:
        if found.records:
            return _as_table(path, found.records, kinds, chosen, progress)
        raise _no_service(path.name, [root for _, root in documents], found.problems)
    return reading(path.name, found.services + _unnamed(found), found.problems, kinds, chosen)


def reading(
    file: str,
    services: list[tuple[str, int, Mapping[str, Any]]],
    problems: list[Problem],
    kinds: KindTable,
    options: Options,
) -> Reading:
    """Build services into candidates; one that repeats an id of the feed is left out and told."""
    context = Context(
        file=file,
        kinds=kinds,
        visibility=options.visibility or Visibility.PUBLIC,
        bounds=options.bounds,
    )
    built: list[Candidate] = []
    seen: set[str] = set()
    repeated = 0
    for name, number, service in services:
        for cells, ours in cells_of(service, number):
            if cells.key and cells.key in seen:
                repeated += 1
                continue
            seen.add(cells.key)
            built.append(candidate(cells, replace(context, file=name, ours=ours)))
    if repeated:
        message = f"{repeated} entries repeat the id of an earlier one and were left out."
        problems = [*problems, Problem(file, None, "", message)]
    return Reading(
        source_id=source_id(file),
        title=f"Open Referral: {file}",
        licence="",
        attribution="",
        candidates=tuple(built),
        problems=tuple(problems),
        details={
            "visibility": context.visibility.value,
            "ours": any(candidate.asset and candidate.asset.id for candidate in built),
            "partial": bool(problems),
        },
    )


def _documents(path: Path, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """Every JSON document of a file, folder or zip; broken ones of several become problems."""
    if path.is_dir():
        files = [p for p in sorted(path.rglob("*.json")) if not p.name.startswith(".")]
        for file in files[:_MOST_FILES]:
            yield from _one_of_many(file.name, read_bytes(file), problems)
        return
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    if not zipped:
        yield path.name, _parse(path.name, read_bytes(path))
        return
    with opened_zip(path) as archive:
        for name in sorted(n for n in archive.namelist() if n.lower().endswith(".json")):
            if not name.startswith("__MACOSX"):
                yield from _one_of_many(Path(name).name, member(archive, name), problems)


def _one_of_many(name: str, data: bytes, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """One document of several; if it is broken the others still count."""
    try:
        yield name, _parse(name, data)
    except LacError as error:
        problems.append(Problem(name, None, "", str(error)))


def _parse(name: str, data: bytes) -> Any:
    """Parse JSON; raises UnreadableFileError with the line of the mistake."""
    text, _ = decode(name, data)
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableFileError(
            f"{name} is damaged or not complete: it is not JSON near line {line}.",
            "Download it again.",
        ) from error


def _collect(file: str, root: Any, found: _Found) -> None:
    """Sort what one document holds into services, other things, and plain records."""
    if isinstance(root, list):
        for item in root:
            _sort(file, item, found)
        return
    if not isinstance(root, Mapping):
        return
    tables = {
        str(key).lower(): rows for key, rows in root.items() if str(key).lower().endswith(".csv")
    }
    if "services.csv" in tables:
        for service in nested({key.removesuffix(".csv"): rows for key, rows in tables.items()}):
            _sort(file, service, found)
        return
    if _is_service(root) or "service" in root or _is_organization(root) or _is_location(root):
        _sort(file, root, found)
        return
    for key in _LISTS:
        if isinstance(root.get(key), list):
            _collect(file, root[key], found)
            return


def _sort(file: str, item: Any, found: _Found) -> None:
    """Put one thing where it belongs."""
    if not isinstance(item, Mapping):
        return
    found.number += 1
    if isinstance(item.get("service"), Mapping):
        at = {key: value for key, value in item.items() if key != "service"}
        service = dict(item["service"])
        service["service_at_locations"] = [at, *_list(service.get("service_at_locations"))]
        found.services.append((file, found.number, service))
    elif _is_organization(item) and _list(item.get("services")):
        about = {key: value for key, value in item.items() if key != "services"}
        for service in _list(item["services"]):
            if isinstance(service, Mapping):
                whole = {"organization": about, **service}
                found.services.append((file, found.number, whole))
                found.number += 1
        found.number -= 1
    elif _is_service(item):
        found.services.append((file, found.number, item))
    elif _is_organization(item) or _is_location(item):
        found.others.append((file, found.number, item))
    else:
        found.records.append(item)


def _list(value: Any) -> list[Any]:
    """A list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def _is_service(item: Mapping[str, Any]) -> bool:
    """Say whether a record is a service."""
    marks = ("service_at_locations", "organization", "organization_id", "schedules", "cost_options",
             "service_areas", "assured_date", "lac_desktop")  # fmt: skip
    return "name" in item and any(mark in item for mark in marks)


def _is_organization(item: Mapping[str, Any]) -> bool:
    """Say whether a record is an organisation."""
    marks = ("organization_identifiers", "parent_organization_id", "legal_status", "tax_status")
    return "name" in item and any(mark in item for mark in marks)


def _is_location(item: Mapping[str, Any]) -> bool:
    """Say whether a record is a location."""
    return "location_type" in item


def _unnamed(found: _Found) -> list[tuple[str, int, Mapping[str, Any]]]:
    """Organisations and locations that no service of the feed names, as if they were services."""
    named: set[str] = set()
    for _, _, service in found.services:
        organization = service.get("organization")
        if isinstance(organization, Mapping):
            named.add(str(organization.get("id")))
        named.add(str(service.get("organization_id")))
        for at in _list(service.get("service_at_locations")):
            if isinstance(at, Mapping) and isinstance(at.get("location"), Mapping):
                named.add(str(at["location"].get("id")))
    alone = []
    for file, number, item in found.others:
        if str(item.get("id")) in named:
            continue
        if _is_location(item):
            item = {
                "id": item.get("id"),
                "name": item.get("name"),
                "description": item.get("description"),
                "service_at_locations": [{"location": item}],
            }
        else:
            item = {
                **item,
                "service_at_locations": [{"location": x} for x in _list(item.get("locations"))],
            }
        alone.append((file, number, item))
    return alone


def _as_table(
    path: Path,
    records: list[Mapping[str, Any]],
    kinds: KindTable,
    options: Options,
    progress: Progress,
) -> Reading:
    """Read plain records (no Open Referral) like a table, if they have names and places."""
    headings = list(dict.fromkeys(str(key) for record in records for key in record))[:500]
    rows = [
        (n, tuple(plain_text(record.get(h)) for h in headings))
        for n, record in enumerate(records, start=1)
    ]
    sheet = Sheet("", ((0, tuple(headings)), *rows))
    made = read_sheet(path, sheet, kinds, options, (), progress)
    wanted = {"postcode", "address", "lat", "position", "phone", "email", "website"}
    if "name" not in made.mapping.values() or not wanted & set(made.mapping.values()):
        raise nothing_found(path.name)
    return made


def _no_service(file: str, roots: list[Any], problems: list[Problem]) -> UnreadableFileError:
    """The sentence for documents without any service."""
    keys: set[str] = set()
    for root in roots:
        if isinstance(root, Mapping):
            keys |= set(root)
            items = [item for item in _list(root.get("contents")) if isinstance(item, Mapping)]
            keys |= {f".{key}" for item in items for key in item}
    if "openapi_url" in keys:
        hint = "Download the services of the feed (its address ends in /services) and import those."
        return UnreadableFileError(f"{file} describes a feed but holds no services.", hint)
    if "taxonomy_terms" in keys or {"taxonomy", ".taxonomy", ".taxonomy_terms"} & keys:
        hint = "Choose the file with the services."
        return UnreadableFileError(f"{file} holds words for kinds of services, no services.", hint)
    if "contents" in keys and not problems:
        return UnreadableFileError(f"{file} is a page without services.", "Choose another page.")
    if problems:
        return UnreadableFileError(problems[0].message, "")
    return nothing_found(file)
