# SPDX-License-Identifier: AGPL-3.0-or-later
"""One process at a time per notebook, by a lock that the system releases when a process dies."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from lac_desktop.errors import VaultBusyError
from lac_desktop.storage.failures import told

NAME = "in-use.lock"
#: Windows locks a region: one far behind the text, so that others can still read who holds it.
_FAR = 1 << 30


class FolderLock:
    """A held lock; release it by :meth:`release` or by ending the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let others open the notebook. The file stays: removing it would race."""
        if self._descriptor is None:
            return
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None


def _try_lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> str:
    """Who holds it, as a phrase for the sentence; never raises over what the file contains."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        told_by = json.loads(os.read(descriptor, 4096).decode("utf-8"))
        since = datetime.fromisoformat(str(told_by["since"]))
        clock = f"{since.hour % 12 or 12}:{since.minute:02d}{'am' if since.hour < 12 else 'pm'}"
        return f"another window or command (process {int(told_by['pid'])}, since {clock})"
    except (ValueError, KeyError, TypeError):
        return "another window or command"


def hold(folder: Path, now: datetime) -> FolderLock:
    """Take the lock of a notebook's folder.

    Raises VaultBusyError with who holds it, and NoRightsError where the folder is read-only.
    """
    with told():
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    if not _try_lock(descriptor):
        holder = _holder(descriptor)
        os.close(descriptor)
        raise VaultBusyError(
            f"This notebook is already open in {holder}.",
            "Close it there first, or go on working there.",
        )
    about = json.dumps({"pid": os.getpid(), "since": now.isoformat(timespec="seconds")})
    with told():
        try:
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, about.encode("utf-8"))
        except OSError:
            os.close(descriptor)
            raise
    return FolderLock(descriptor)
