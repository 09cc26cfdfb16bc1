# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of who was erased, kept outside the files that a backup brings back.

A backup from before an erasure still holds the person. So the ids of everybody and everything
erased also lie in a small sealed file in the notebook's folder, in this account's folder and
beside the backups; unlocking compares them and erases anew what came back. The file holds ids,
days and words of the program alone, sealed (NaCl secretbox) under a key that is derived from the
key of the change chain, which outlives changes of the passphrase and of the data keys.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from lac_desktop.errors import LacError
from lac_desktop.storage import keys
from lac_desktop.storage.vault import Vault
from lac_desktop.storage.whole_file import write_whole

_LARGEST = 16 << 20


@dataclass(frozen=True, slots=True)
class Erasure:
    """One person who was erased, with the shared conversations that went or were stripped."""

    at: str
    reason: str
    gone: tuple[str, ...] = ()
    stripped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasedList:
    """People erased by id, and single records disposed of: ids by table."""

    people: Mapping[str, Erasure] = field(default_factory=dict)
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)


def file_name(vault: Vault) -> str:
    """What the list is called: it names the notebook by its random id alone."""
    return f"erased-{vault.id}.sealed"


def joined(lists: Iterable[ErasedList]) -> ErasedList:
    """Everything that any of the lists holds."""
    people: dict[str, Erasure] = {}
    records: dict[str, frozenset[str]] = {}
    for one in lists:
        for person, erasure in one.people.items():
            known = people.get(person, erasure)
            people[person] = Erasure(
                known.at,
                known.reason,
                tuple(dict.fromkeys((*known.gone, *erasure.gone))),
                tuple(dict.fromkeys((*known.stripped, *erasure.stripped))),
            )
        for table, ids in one.records.items():
            records[table] = records.get(table, frozenset()) | ids
    return ErasedList(people, records)


def read(vault: Vault, places: Iterable[Path]) -> ErasedList:
    """Join the lists that lie in these folders; one that was tampered with counts as none."""
    found: list[ErasedList] = []
    for place in places:
        file = place / file_name(vault)
        if file.is_file() and file.stat().st_size < _LARGEST:
            value = _unsealed(vault, file.read_bytes())
            found += [] if value is None else [_from_json(value)]
    return joined(found)


def add(vault: Vault, places: Iterable[Path], more: ErasedList) -> None:
    """Add to the list in each of these folders; the file of each is written whole.

    The first folder must take it; another that may not be written just now (a backup drive that
    is not plugged in) gets it with the next erasure.
    """
    folders = list(dict.fromkeys(places))
    whole = joined([read(vault, folders), more])
    data = bytes(_box(vault).encrypt(json.dumps(_to_json(whole)).encode("utf-8")))
    write_whole(folders[0] / file_name(vault), data)
    for folder in folders[1:]:
        with suppress(OSError, LacError):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / file_name(vault), data)


def bring_along(source: Path, folder: Path) -> None:
    """Lay the lists that lie beside a backup into the notebook that was restored from it.

    Lists of other notebooks that back up into the same folder stay where they are.
    """
    mine = str(keys.load(folder)["vault"])
    for file in source.glob("erased-*.sealed"):
        if file.name == f"erased-{mine}.sealed" and file.stat().st_size < _LARGEST:
            write_whole(folder / file.name, file.read_bytes())


def _box(vault: Vault) -> SecretBox:
    key = hashlib.blake2b(bytes(vault.bundle.chain), digest_size=32, person=b"lac erased").digest()
    return SecretBox(key)


def _unsealed(vault: Vault, data: bytes) -> Any:
    try:
        return json.loads(_box(vault).decrypt(data))
    except (CryptoError, ValueError):
        return None


def _to_json(one: ErasedList) -> dict[str, Any]:
    return {
        "people": {
            person: [e.at, e.reason, list(e.gone), list(e.stripped)]
            for person, e in one.people.items()
        },
        "records": {table: sorted(ids) for table, ids in one.records.items()},
    }


def _from_json(value: dict[str, Any]) -> ErasedList:
    people = {
        str(person): Erasure(str(at), str(reason), tuple(gone), tuple(stripped))
        for person, (at, reason, gone, stripped) in value["people"].items()
    }
    records = {str(table): frozenset(ids) for table, ids in value["records"].items()}
    return ErasedList(people, records)
