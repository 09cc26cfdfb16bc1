# SPDX-License-Identifier: AGPL-3.0-or-later
"""What SQLite and the file system complain about, as sentences with a way out."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lac_desktop.errors import CancelledError, DamagedVaultError, LacError, VaultBusyError
from lac_desktop.storage import binding

#: Bytes; SQLite's shared memory takes 32 KiB.
_NO_ROOM = 1 << 16
_RESTORE = "Restore a backup into a new folder; keep this folder, something may still be rescued."


class DiskFullError(LacError):
    """There is no room left; what was being written has been taken back whole."""


class NoRightsError(LacError):
    """This account may not write where it would have to."""


def _disk_full() -> LacError:
    return DiskFullError(
        "The disk is full, so this could not be done. Everything saved before is safe.",
        "Free some space, then do it again.",
    )


def _no_rights() -> LacError:
    return NoRightsError(
        "This account may not change what is in that folder, so nothing was saved.",
        "Ask for the right to write there, or take a folder of your own.",
    )


def _disk_failed() -> LacError:
    return LacError(
        "The disk did not read or write as it should, so this was not saved.",
        "Check that the drive is still connected, make a backup elsewhere, and try again.",
    )


def translate(error: BaseException, folder: Path | None = None) -> BaseException:
    """Return the sentence for an SQLite or file error; errors that are bugs come back as is.

    ``folder`` is where it happened: without room for its shared memory there, SQLite speaks of an
    I/O error though the disk is merely full.
    """
    if isinstance(error, binding.Error):
        if folder is not None and binding.code(error) == 10 and _is_full(folder):
            return _disk_full()
        return _from_sqlite(error)
    if isinstance(error, OSError):
        return _from_system(error)
    return error


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < _NO_ROOM


def _from_sqlite(error: binding.Error) -> BaseException:
    match binding.code(error):
        case 13:
            return _disk_full()
        case 10:
            return _disk_failed()
        case 8 | 14:
            return _no_rights()
        case 11 | 26:
            return DamagedVaultError("The notebook’s file is damaged.", _RESTORE)
        case 5 | 6:
            return VaultBusyError(
                "The notebook is busy with something else, so this was not saved.",
                "Wait until it has finished, then do it again.",
            )
        case 7:
            return LacError(
                "There is not enough memory for this.", "Close other programs and try again."
            )
        case 9:
            return CancelledError()
        case _:
            return error


def _from_system(error: OSError) -> BaseException:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _no_rights()
    if error.errno == errno.EIO:
        return _disk_failed()
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return LacError(
            "A folder is needed there, but a file of that name is in its place.",
            "Choose another folder.",
        )
    return error


@contextmanager
def told(folder: Path | None = None) -> Iterator[None]:
    """Turn SQLite and file errors inside the block into sentences."""
    try:
        yield
    except (binding.Error, OSError) as error:
        better = translate(error, folder)
        if better is error:
            raise
        raise better from error


@contextmanager
def told_by_sqlite(folder: Path | None = None) -> Iterator[None]:
    """Turn SQLite errors alone into sentences: file errors inside the block are not of ours."""
    try:
        yield
    except binding.Error as error:
        better = translate(error, folder)
        if better is error:
            raise
        raise better from error
