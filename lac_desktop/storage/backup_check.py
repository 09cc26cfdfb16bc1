# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checking a finished backup: its checksums, and with open keys every page of both files."""

from pathlib import Path

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import DamagedVaultError
from lac_desktop.storage import backup, binding
from lac_desktop.storage.backup import COMMUNITY, PEOPLE
from lac_desktop.storage.vault import Vault

_ANOTHER = "Make a new backup now, and keep it in another place."


def check(file: Path, vault: Vault, progress: Progress = silent) -> bool:
    """Unpack a backup beside itself, compare its checksums and open it under the present keys.

    False where it is whole but under other keys, so that its pages could not be looked at. Raises
    DamagedVaultError where it is torn or a page is not as it was written.
    """
    with backup.folder_beside(file) as folder:
        backup.unpack(file, folder, progress)
        pairs = ((COMMUNITY, vault.bundle.community), (PEOPLE, vault.bundle.people))
        return all(_is_sound(folder / name, key, progress) for name, key in pairs)


def _is_sound(file: Path, key: bytearray, progress: Progress) -> bool:
    try:
        connection = binding.connect(file, key, wal=False)
    except binding.Error as error:
        if binding.code(error) == 26:  # another key
            return False
        raise
    try:
        progress(0, None, "Checking")
        pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        progress(0, None, "Checking")
        said = connection.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        connection.close()
    if pages or said != "ok":
        raise DamagedVaultError("The backup did not pass its check.", _ANOTHER)
    return True
