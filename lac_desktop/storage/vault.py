# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notebook's folder NAME.lac/: two encrypted files, the wrapped keys, and one owner at a time.

``community.db`` holds what may be shared, ``people.db`` what never is, each under its own key. To
read any of it, :func:`unlock`; to let go, :meth:`Vault.close`.
"""

import threading
import uuid
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import DamagedVaultError, LacError
from lac_desktop.storage import backup as backups
from lac_desktop.storage import (
    binding,
    check,
    keys,
    location,
    lock,
    migrations,
    people_records,
    seal,
)
from lac_desktop.storage.backup import COMMUNITY, PEOPLE
from lac_desktop.storage.failures import told
from lac_desktop.storage.keys import FAST_FOR_TESTS, STANDARD, Bundle, Strength
from lac_desktop.storage.rekey import finish_new_keys, replace_files, seal_former
from lac_desktop.storage.store import Store

__all__ = ["FAST_FOR_TESTS", "STANDARD", "Strength", "Vault", "create", "unlock"]

_PLANS = {COMMUNITY: migrations.community, PEOPLE: migrations.people}
_BEFORE = "before-update"


class Vault:
    """An unlocked notebook. Any thread may read and write; close it to lock it."""

    def __init__(
        self, folder: Path, content: dict[str, Any], bundle: Bundle, held: lock.FolderLock
    ) -> None:
        self.folder = folder
        self.id = str(content["vault"])
        self.made = str(content["made"])
        self.bundle = bundle
        self._held = held
        self._stores: dict[str, Store] = {}
        self.open_stores()

    def open_stores(self) -> None:
        """Connect to both files under the present keys; for this package alone."""
        sealer = seal.sealer(self.bundle.chain)
        self._stores = {
            COMMUNITY: Store(self.folder / COMMUNITY, self.bundle.community, sealer),
            PEOPLE: Store(
                self.folder / PEOPLE,
                self.bundle.people,
                seal.sealer(self.bundle.chain, seal.stamp_people),
            ),
        }

    def close_stores(self) -> None:
        """Close the connections and keep the lock; for this package alone."""
        for store in self._stores.values():
            store.close()

    def write(self) -> AbstractContextManager[binding.Connection]:
        """One transaction on community.db: kept whole, or undone by any exception."""
        return self._stores[COMMUNITY].write()

    def read(self) -> AbstractContextManager[binding.Connection]:
        """This thread's reader of community.db; it sees one moment throughout the block."""
        return self._stores[COMMUNITY].read()

    def people_write(self) -> AbstractContextManager[binding.Connection]:
        """One transaction on people.db."""
        return self._stores[PEOPLE].write()

    def people_read(self) -> AbstractContextManager[binding.Connection]:
        """This thread's reader of people.db."""
        return self._stores[PEOPLE].read()

    def store(self, name: str) -> Store:
        """The store of a file by name, for this package alone."""
        return self._stores[name]

    @property
    def generation(self) -> int:
        """Counts what was saved since unlocking, so that caches know when they are old."""
        return sum(store.generation for store in self._stores.values())

    def interrupt(self, thread: threading.Thread) -> None:
        """Stop what a thread is reading; it gets CancelledError."""
        for store in self._stores.values():
            store.interrupt(thread)

    def close(self) -> None:
        """Lock the notebook: close both files, zero the keys, let others open it."""
        try:
            self.close_stores()
        finally:
            self.bundle.wipe()
            self._held.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_vault(folder: Path) -> bool:
    """Say whether a folder looks like a notebook."""
    return any((folder / name).is_file() for name in (keys.NAME, keys.COPY_NAME))


def create(
    folder: Path,
    passphrase: str,
    *,
    strength: Strength = STANDARD,
    now: datetime | None = None,
) -> str:
    """Make a new notebook and return its recovery code, which is kept nowhere.

    The folder must not exist or be empty. It appears whole or not at all.
    """
    location.refuse_network(folder)
    _must_be_free(folder)
    code, bundle = keys.new_code(), keys.new_bundle()
    wraps = [keys.seal_passphrase(bundle, passphrase, strength), keys.seal_code(bundle, code)]
    made = (now or datetime.now()).isoformat(timespec="seconds")
    try:
        with backups.folder_beside(folder) as temporary, told():
            for name, key in ((COMMUNITY, bundle.community), (PEOPLE, bundle.people)):
                _new_file(temporary / name, key, _PLANS[name]())
            keys.write(temporary, str(uuid.uuid4()), made, wraps)
            _take_place(temporary, folder)
    finally:
        bundle.wipe()
    return code


def _must_be_free(folder: Path) -> None:
    with told():
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken:
        raise LacError(
            "There is something in this place already.",
            "Choose another name, or a folder that is empty.",
        )


def _take_place(temporary: Path, folder: Path) -> None:
    if folder.is_dir():
        folder.rmdir()
    temporary.replace(folder)


def _new_file(file: Path, key: bytearray, plan: migrations.Plan) -> None:
    connection = binding.connect(file, key)
    try:
        migrations.migrate(connection, plan, lambda _version: None)
    finally:
        connection.close()


def unlock(folder: Path, secret: str, *, now: datetime | None = None) -> Vault:
    """Open a notebook by its passphrase or recovery code, brought up to date if it is older.

    Raises WrongPassphraseError, VaultBusyError (with who holds it), DamagedVaultError,
    NewerVersionError, or LacError for a folder that is no notebook, is closed to this account or
    lies on a network share.
    """
    with told():
        if not folder.is_dir() or not (is_vault(folder) or (folder / COMMUNITY).exists()):
            raise LacError(
                "There is no notebook in this folder.",
                "Choose a folder whose name ends in .lac, or make a new notebook.",
            )
    location.refuse_network(folder)
    held = lock.hold(folder, now or datetime.now())
    bundle: Bundle | None = None
    try:
        content = keys.load(folder)
        bundle = keys.unwrap(content, secret)
        content = finish_new_keys(folder, content, bundle)
        for name, key in ((COMMUNITY, bundle.community), (PEOPLE, bundle.people)):
            _bring_up_to_date(folder / name, key, _PLANS[name]())
        with told(folder):
            return Vault(folder, content, bundle, held)
    except BaseException:
        if bundle is not None:
            bundle.wipe()
        held.release()
        raise


def _bring_up_to_date(file: Path, key: bytearray, plan: migrations.Plan) -> None:
    """Migrate one file. Its key is known to be right: if it does not fit, the file is damaged."""
    if not file.is_file() or file.stat().st_size == 0:
        raise DamagedVaultError(
            f"{file.name} is missing from the notebook.", "Restore a backup into a new folder."
        )

    def keep(version: int) -> None:
        folder = file.parent / _BEFORE
        folder.mkdir(exist_ok=True)
        target = folder / f"{file.stem}-{version}.db"
        target.unlink(missing_ok=True)
        backups.copy(connection, target, key)

    with told(file.parent):
        connection = binding.connect(file, key)
        try:
            migrations.migrate(connection, plan, keep)
            if file.name == PEOPLE:
                _mend_look_ups(connection)
        finally:
            connection.close()


def _mend_look_ups(connection: binding.Connection) -> None:
    """Make the look-ups of conversations anew where a check found them wanting."""
    if not people_records.is_due(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        people_records.refresh(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def backup(
    vault: Vault, file: Path, progress: Progress = silent, *, now: datetime | None = None
) -> None:
    """Write everything into one file that the same passphrase and recovery code open.

    Each file is copied as it stood at one moment; what is saved meanwhile waits for nothing.
    """
    with told():
        if file.is_dir():
            raise LacError("This is a folder.", "Choose a file name for the backup.")
        if file.exists() and not file.is_file():
            raise LacError("This is no file.", "Choose another name for the backup.")
    with backups.folder_beside(file) as temporary:
        for name, key in ((COMMUNITY, vault.bundle.community), (PEOPLE, vault.bundle.people)):
            with vault.store(name).read() as connection:
                backups.copy(connection, temporary / name, key, progress)
        with told():
            (temporary / keys.NAME).write_bytes((vault.folder / keys.NAME).read_bytes())
        backups.pack(temporary, file, vault.id, now or datetime.now())


def restore(
    file: Path, folder: Path, *, secret: str | None = None, progress: Progress = silent
) -> None:
    """Make a notebook from a backup in a place that is free.

    Checksums are always compared. With the passphrase or recovery code the files are also opened
    and checked through and through before the folder appears.
    """
    location.refuse_network(folder)
    _must_be_free(folder)
    with backups.folder_beside(folder) as temporary:
        backups.unpack(file, temporary, progress)
        keys.load(temporary)  # writes the second copy
        if secret is not None:
            with unlock(temporary, secret) as vault:
                bad = verify(vault, progress)
            if bad:
                raise DamagedVaultError(f"The backup is damaged. {bad[0]}", "Try another backup.")
            (temporary / lock.NAME).unlink(missing_ok=True)
        with told():
            _take_place(temporary, folder)


def verify(vault: Vault, progress: Progress = silent) -> list[str]:
    """Check everything and return what is wrong as sentences; an empty list means all is well."""
    bad: list[str] = []
    for name in (COMMUNITY, PEOPLE):
        with vault.store(name).exclusive() as connection:
            found = check.check(connection, _PLANS[name](), name, progress)
            if not found:
                find = check.check_search if name == COMMUNITY else check.check_people_search
                found = find(connection)
                found += check.check_chain(connection, vault.bundle.chain)
            bad += found
    return bad


def change_passphrase(vault: Vault, old: str, new: str, strength: Strength | None = None) -> None:
    """Wrap the keys under a new passphrase; the recovery code stays.

    ``old`` is the passphrase or the recovery code. ``strength`` None keeps the present one.
    """
    content = keys.load(vault.folder)
    keys.unwrap(content, old).wipe()
    wrap = keys.seal_passphrase(vault.bundle, new, strength or keys.strength_of(content))
    wraps = [wrap, *(w for w in content["wraps"] if w["by"] != "passphrase")]
    keys.write(vault.folder, vault.id, vault.made, wraps)


def new_recovery_code(vault: Vault) -> str:
    """Draw a new recovery code and return it; the one printed before opens nothing any more."""
    content = keys.load(vault.folder)
    code = keys.new_code()
    wraps = [w for w in content["wraps"] if w["by"] != "recovery code"]
    wraps.append(keys.seal_code(vault.bundle, code))
    keys.write(vault.folder, vault.id, vault.made, wraps)
    return code


def new_keys(
    vault: Vault,
    old: str,
    new: str,
    *,
    strength: Strength | None = None,
    progress: Progress = silent,
) -> str:
    """Encrypt both files anew because somebody may know the passphrase; return a new code.

    Nothing that opened the notebook before opens it any more; older backups stay as they are.
    ``old`` is the present passphrase or recovery code, ``new`` the passphrase from now on.
    """
    content = keys.load(vault.folder)
    keys.unwrap(content, old).wipe()
    former, fresh, code = vault.bundle, keys.new_bundle(), keys.new_code()
    fresh.chain[:] = former.chain  # the chain of changes goes on
    wraps = [
        keys.seal_passphrase(fresh, new, strength or keys.strength_of(content)),
        keys.seal_code(fresh, code),
    ]
    vault.close_stores()
    try:
        keys.write(vault.folder, vault.id, vault.made, wraps, seal_former(former, fresh))
        pair = (bytes(former.community), bytes(former.people))
        replace_files(vault.folder, fresh, pair, progress)
        keys.write(vault.folder, vault.id, vault.made, wraps)
    except BaseException:
        _go_back(vault, content, former, fresh)
        raise
    vault.bundle = fresh
    former.wipe()
    vault.open_stores()
    return code


def _go_back(vault: Vault, content: dict[str, Any], former: Bundle, fresh: Bundle) -> None:
    """Return to the former keys after a change of keys failed or was cancelled."""
    pair = (bytes(fresh.community), bytes(fresh.people))
    replace_files(vault.folder, former, pair)
    keys.write(vault.folder, vault.id, vault.made, content["wraps"])
    vault.open_stores()
