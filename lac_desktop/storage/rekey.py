# SPDX-License-Identifier: AGPL-3.0-or-later
"""Replacing the data keys of both files, so that a death half-way loses nothing.

While it lasts, keys.json holds the new keys, and the former ones sealed under the new. Each file
opens by one or the other; the next unlocking finishes what is left.
"""

import base64
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import DamagedVaultError
from lac_desktop.storage import backup, binding, keys
from lac_desktop.storage.backup import COMMUNITY, PEOPLE
from lac_desktop.storage.failures import told
from lac_desktop.storage.keys import Bundle
from lac_desktop.storage.whole_file import put_in_place


def seal_former(former: Bundle, new: Bundle) -> str:
    """The community and people keys that are being replaced, sealed under the new chain key."""
    box = SecretBox(bytes(new.community)).encrypt(bytes(former.community + former.people))
    return base64.b64encode(bytes(box)).decode("ascii")


def finish_new_keys(folder: Path, content: dict[str, Any], bundle: Bundle) -> dict[str, Any]:
    """Complete a change of keys that was cut short; return the content of keys.json after it."""
    sealed = content.get("former")
    if sealed is None:
        return content
    try:
        former = SecretBox(bytes(bundle.community)).decrypt(base64.b64decode(sealed))
    except (CryptoError, ValueError) as error:
        raise DamagedVaultError(
            "The notebook’s key file is damaged.", "Restore a backup into a new folder."
        ) from error
    replace_files(folder, bundle, (former[:32], former[32:]))
    keys.write(folder, content["vault"], content["made"], content["wraps"])
    return keys.load(folder)


def replace_files(
    folder: Path, new: Bundle, former: tuple[bytes, bytes], progress: Progress = silent
) -> None:
    """Copy each file that still opens by its former key under the new one, and swap it in."""
    for name, fresh, old in (
        (COMMUNITY, new.community, former[0]),
        (PEOPLE, new.people, former[1]),
    ):
        file = folder / name
        with told():
            if _opens(file, fresh):
                continue
            source = binding.connect(file, old, wal=False)  # empties the write-ahead log
            temporary = file.with_name(f"{name}.new")
            temporary.unlink(missing_ok=True)
            try:
                backup.copy(source, temporary, fresh, progress)
            finally:
                source.close()
            put_in_place(temporary, file)


def _opens(file: Path, key: bytearray) -> bool:
    try:
        binding.connect(file, key).close()
    except binding.Error:
        return False
    return True
