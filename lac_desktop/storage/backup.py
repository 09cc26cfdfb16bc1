# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups: one file with the wrapped keys and consistent, encrypted copies of both files.

The file is a zip (stored, not packed: encrypted data does not shrink) of ``manifest.json``,
``keys.json``, ``community.db`` and ``people.db``. The manifest holds a SHA-256 of each member, so
a backup can be checked without any secret; with the passphrase it is opened and checked fully.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import DamagedVaultError, LacError, NewerVersionError
from lac_desktop.storage import binding, keys
from lac_desktop.storage.failures import told
from lac_desktop.storage.whole_file import put_in_place, sync

COMMUNITY = "community.db"
PEOPLE = "people.db"
FORMAT = 1
_PAGES = 500  # between two reports of progress
_BLOCK = 1 << 20
_MANIFEST = "manifest.json"
_MEMBERS = (keys.NAME, COMMUNITY, PEOPLE)
_TRY_ANOTHER = "Try another backup; this one is left as it is."


def copy(
    source: binding.Connection,
    file: Path,
    key: bytes | bytearray,
    progress: Progress = silent,
) -> None:
    """Write a consistent copy of an open file under a key, checked and on the disk.

    A reader in a transaction gives the file as it is when this begins, whatever is written
    meanwhile; the writer must be at rest. The copy is one file without a write-ahead log, and
    is removed again if anything fails.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, "Copying")

    with told(file.parent):
        try:
            target = binding.connect(file, key, wal=False)
            try:
                source.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # from now on
                source.backup(target, pages=_PAGES, progress=step)
                _must_be_sound(target)
            finally:
                target.close()
            sync(file)
        except BaseException:
            file.unlink(missing_ok=True)
            raise


def _must_be_sound(connection: binding.Connection) -> None:
    bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if bad or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise DamagedVaultError(
            "The copy did not pass its check, so it was not kept.",
            "Check the notebook, then try again.",
        )


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def pack(folder: Path, file: Path, vault_id: str, now: datetime) -> None:
    """Write the members that lie in ``folder`` into one backup file, whole or not at all."""
    sums: dict[str, str] = {}
    for name in _MEMBERS:
        with (folder / name).open("rb") as stream:
            sums[name] = _digest(stream)
    manifest = {
        "format": FORMAT,
        "vault": vault_id,
        "made": now.isoformat(timespec="seconds"),
        "sha256": sums,
    }
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    with told():
        try:
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
                for name in _MEMBERS:
                    archive.write(folder / name, name)
            put_in_place(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)


def unpack(file: Path, folder: Path, progress: Progress = silent) -> None:
    """Take a backup apart into an empty folder and check every member by its checksum.

    Raises LacError if there is no such file or it is no backup, DamagedVaultError if it is torn.
    """
    _must_be_readable(file)
    with told():
        try:
            with zipfile.ZipFile(file) as archive:
                sums = _read_manifest(archive)
                for done, name in enumerate(_MEMBERS):
                    progress(done, len(_MEMBERS), "Restoring")
                    _take_out(archive, name, folder / name, sums[name])
        except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
            raise DamagedVaultError("This file is not a whole backup.", _TRY_ANOTHER) from error
    keys.parse((folder / keys.NAME).read_bytes())


def _must_be_readable(file: Path) -> None:
    try:
        if not file.is_file():
            raise LacError(
                "There is no backup file here.", "Choose a file that ends in .lacbackup."
            )
        file.open("rb").close()
    except PermissionError as error:
        raise LacError(
            "This account may not read the backup.", "Ask for the right to read it, or copy it."
        ) from error


def _read_manifest(archive: zipfile.ZipFile) -> dict[str, str]:
    if archive.getinfo(_MANIFEST).file_size > _BLOCK:
        raise zipfile.BadZipFile(_MANIFEST)
    try:
        manifest: Any = json.loads(archive.read(_MANIFEST))
        version, sums = manifest["format"], dict(manifest["sha256"])
    except (ValueError, TypeError) as error:
        raise zipfile.BadZipFile(_MANIFEST) from error
    if isinstance(version, int) and version > FORMAT:
        raise NewerVersionError(
            "This backup was made by a newer LAC Desktop.", "Update LAC Desktop to restore it."
        )
    return sums


def _take_out(archive: zipfile.ZipFile, name: str, target: Path, digest: str) -> None:
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED:  # ours never is packed; a zip bomb would be
        raise zipfile.BadZipFile(name)
    with archive.open(info) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, _BLOCK)
    with target.open("rb") as stream:
        if _digest(stream) != digest:
            raise zipfile.BadZipFile(name)
    sync(target)


@contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """An empty folder beside a place, on the same disk, that is gone after the block."""
    with told():
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
