# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write a file whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lac_desktop.errors import LacError

#: What systems say when a drive or an account's share of it is full.
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


class UnwritableFileError(LacError):
    """A file could not be written where it was asked for."""


def write_whole(path: Path, data: bytes, *, personal: bool = False) -> None:
    """Write a picture, a print or a calendar, whole or not at all; ``personal`` as in whole.

    Raises UnwritableFileError with a way out where the folder or the drive does not allow it.
    """
    with whole(path, personal=personal) as beside:
        beside.write_bytes(data)


@contextmanager
def whole(path: Path, *, personal: bool = False) -> Iterator[Path]:
    """Give a file beside ``path`` to write; it takes the place of ``path`` when all went well.

    A ``personal`` file can be read by this account alone (on Windows, by who may read its folder).
    Whatever goes wrong, ``path`` is left as it was and nothing lies beside it. Raises
    UnwritableFileError where the folder, the rights or the room on the drive do not allow it.
    """
    _must_be_a_file(path)
    beside = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        if personal:
            beside.touch(0o600, exist_ok=False)
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _as_sentence(error, path) from error
    finally:
        for left in path.parent.glob(f"{beside.name}*") if path.parent.is_dir() else ():
            left.unlink(missing_ok=True)


def _must_be_a_file(path: Path) -> None:
    """Refuse a folder, and whatever else is there and is no file, such as a device."""
    try:
        if path.is_dir() or not path.name:
            raise IsADirectoryError(path.name)
        if path.exists() and not path.is_file():
            raise UnwritableFileError(f"{path.name} is no file.", "Type another name.")
    except OSError as error:
        raise _as_sentence(error, path) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _as_sentence(error: OSError, path: Path) -> UnwritableFileError:
    """Say what stopped the writing, without naming more than the file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnwritableFileError(
            f"There is no folder to write {path.name} to.", "Choose a folder that exists."
        )
    if isinstance(error, IsADirectoryError):
        return UnwritableFileError(
            f"{path.name or path} is a folder.", "Type a name for the file inside it."
        )
    if isinstance(error, PermissionError):
        return UnwritableFileError(
            f"{path.name} could not be written, because it is open elsewhere or not yours.",
            "Close it there or choose another folder, then try again.",
        )
    if error.errno in _FULL:
        return UnwritableFileError(
            f"There is no room left to write {path.name}.",
            "Free some space or choose another drive, then try again.",
        )
    return UnwritableFileError(
        f"{path.name} could not be written: {error.strerror or error}.",
        "Choose another folder or drive, then try again.",
    )
