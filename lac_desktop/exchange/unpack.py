# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read compressed and large files of unknown origin without running out of memory or disk."""

import bz2
import gzip
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError

#: Most bytes that a table, JSON or KML file may have, unpacked: some 20 times a whole county.
MOST_TEXT = 128 * 1024 * 1024
#: Most bytes that an OpenStreetMap extract may have, unpacked: XML of a large county.
MOST_OSM = 4 * 1024 * 1024 * 1024
#: A packed file that grows more than this (and beyond a few megabytes) is a trap.
MOST_GROWTH = 400
_SMALL = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_MOST_MEMBERS = 10_000

_SMALLER = "Import a smaller part of it, or ask whoever made the file."


def too_big(name: str) -> UnreadableFileError:
    """The sentence for a file that unpacks to more than it may."""
    return UnreadableFileError(f"{name} unpacks to far more than a list of places.", _SMALLER)


def damaged(name: str) -> UnreadableFileError:
    """The sentence for a file that ends early or does not unpack."""
    return UnreadableFileError(
        f"{name} is damaged or not complete: it cannot be unpacked.",
        "Download or copy it again and try once more.",
    )


def read_bytes(path: Path, most: int = MOST_TEXT) -> bytes:
    """Read a whole file, unpacking gzip and bzip2; raises UnreadableFileError."""
    with path.open("rb") as stream:
        head = stream.read(3)
    if head[:2] == b"\x1f\x8b" or head == b"BZh":
        return b"".join(_chunks(path, most))
    if path.stat().st_size > most:
        raise UnreadableFileError(f"{path.name} is too large for a list of places.", _SMALLER)
    return path.read_bytes()


def head_of(path: Path, size: int = 65536) -> bytes:
    """The first bytes of what a file holds, unpacked if it is gzip or bzip2."""
    with path.open("rb") as stream:
        head = stream.read(size)
    if head[:2] != b"\x1f\x8b" and head[:3] != b"BZh":
        return head
    for chunk in _chunks(path, MOST_OSM):
        return chunk[:size]
    return b""


def _chunks(path: Path, most: int) -> Iterator[bytes]:
    """Unpack gzip or bzip2 piece by piece, stopping at traps and damage."""
    packed = path.stat().st_size
    with path.open("rb") as raw:
        gzipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        total = 0
        try:
            with gzip.open(raw) if gzipped else bz2.open(raw) as opened:
                while chunk := opened.read(_CHUNK):
                    total += len(chunk)
                    if total > most or (total > _SMALL and total > packed * MOST_GROWTH):
                        raise too_big(path.name)
                    yield chunk
        except (EOFError, OSError, zlib.error, ValueError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise damaged(path.name) from error


def called(path: Path, suffix: str, folder: Path) -> Path:
    """The same file under a name with this ending, for GDAL believes a wrong one such as .csv.

    A link in ``folder``, or a copy where the system gives no links.
    """
    if path.name.lower().endswith(suffix):
        return path
    other = folder / f"file{suffix}"
    try:
        other.symlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, other)
    return other


@contextmanager
def unpacked(path: Path, suffix: str, progress: Progress = silent) -> Iterator[Path]:
    """Give a plain file that ends in ``suffix``, in a temporary folder where it needs one."""
    with path.open("rb") as stream:
        head = stream.read(3)
    with tempfile.TemporaryDirectory(prefix="lac-import-") as folder:
        if head[:2] != b"\x1f\x8b" and head != b"BZh":
            yield called(path, suffix, Path(folder))
            return
        plain = Path(folder) / f"unpacked{suffix}"
        done = 0
        with plain.open("wb") as out:
            for chunk in _chunks(path, MOST_OSM):
                out.write(chunk)
                done += len(chunk)
                progress(done, None, "Unpacking")
        yield plain


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose members are few and small enough; raises UnreadableFileError."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, struct.error) as error:
        raise damaged(path.name) from error
    with archive:
        infos = archive.infolist()
        total = sum(info.file_size for info in infos)
        packed = max(1, path.stat().st_size)
        if len(infos) > _MOST_MEMBERS or total > 4 * MOST_TEXT:
            raise too_big(path.name)
        if total > _SMALL and total > packed * MOST_GROWTH:
            raise too_big(path.name)
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableFileError(
                f"{path.name} is locked with a password.",
                "Open it where you know the password, and save it without one.",
            )
        yield archive


def member(archive: zipfile.ZipFile, name: str, most: int = MOST_TEXT) -> bytes:
    """Read one member of a zip, never more than ``most`` bytes whatever its header says."""
    data = beginning(archive, name, most + 1)
    if len(data) > most:
        raise too_big(Path(name).name)
    return data


def beginning(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Read the first bytes of a member; raises UnreadableFileError where it is damaged."""
    try:
        with archive.open(name) as stream:
            return stream.read(size)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
            KeyError, struct.error) as error:  # fmt: skip
        where = Path(archive.filename or name).name
        raise damaged(where) from error
