# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening the files that people bring: told by their content, never by their names alone.

A zip may hold too much, too many or escaping members; a compressed file may unpack without end;
XML may name outside entities. All of that is refused here, before any reader sees it.
"""

import bz2
import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lac_desktop.domain.progress import Progress
from lac_desktop.errors import UnreadableFileError

#: The most that one file may unpack to, in bytes, and the most times its packed size. The full
#: ONSPD is 1.4 GB, the XML of an English county about 2 GB; real data packs 5 to 25 times.
MOST_BYTES = 8 << 30
MOST_RATIO = 200
#: Below this size no ratio is suspicious.
_SMALL = 64 << 20
_MOST_MEMBERS = 20_000
_CHUNK = 1 << 20
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Member:
    """One readable file, alone or inside a zip: its name, size in bytes, date and opener."""

    name: str
    size: int
    date: str
    open: Callable[[], BinaryIO]


def problem(path: Path, expected: str, hint: str = "") -> UnreadableFileError:
    """The sentence for a file of which nothing could be read."""
    return UnreadableFileError(
        f"“{path.name}” could not be read: {expected}.",
        hint or "Check that the download is complete and is the product named above.",
    )


def head(path: Path) -> bytes:
    """The first 64 kB of a file; raises :class:`UnreadableFileError` if it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError as error:
        raise problem(path, "there is no such file", "Check the name and the folder.") from error
    except OSError as error:
        raise problem(
            path, "this account may not open it", "Ask for the right to read it, or copy it."
        ) from error


def sniff(path: Path) -> str:
    """What a file is by its first bytes.

    One of "folder", "empty", "pbf", "osm", "zip", "gzip", "bzip2", "pmtiles", "sqlite", "json",
    "kml", "xml", "shapefile", "flatgeobuf", "text" and "unknown".
    """
    if path.is_dir():
        return "folder"
    first = head(path)
    if not first.strip(b"\0 \t\r\n"):
        return "empty"
    return _sniff_bytes(first)


def _sniff_bytes(first: bytes) -> str:
    """The same, of the first bytes themselves."""
    magic = {
        b"PK\x03\x04": "zip",
        b"PK\x05\x06": "zip",
        b"\x1f\x8b": "gzip",
        b"BZh": "bzip2",
        b"PMTiles": "pmtiles",
        b"SQLite format 3\0": "sqlite",
        b"\x00\x00\x27\x0a": "shapefile",
        b"fgb\x03fgb": "flatgeobuf",
    }
    for start, kind in magic.items():
        if first.startswith(start):
            return kind
    if b"OSMHeader" in first[:64]:
        return "pbf"
    text = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        if b"<osm" in text[:4096]:
            return "osm"
        return "kml" if b"<kml" in text[:4096] else "xml"
    if text[:1] in (b"{", b"["):
        return "json"
    return "unknown" if b"\0" in first else "text"


def refuse_entities(path: Path) -> None:
    """Refuse XML that declares a document type or entities: maps never need them.

    Raises :class:`UnreadableFileError`. A declaration can only stand before the first element.
    """
    start = head(path)
    for encoding in ("utf-8", "utf-16"):
        text = start.decode(encoding, errors="ignore").upper()
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise problem(
                path,
                "its XML declares a document type or entities, which could fetch other files",
                "Save it again from the program that made it, or ask for another format.",
            )


def unpack(path: Path, folder: Path, name: str, progress: Progress) -> Path:
    """Unpack a .gz or .bz2 file into ``folder/name`` within the limits; returns the new file.

    Raises :class:`UnreadableFileError` when it is damaged, cut off, or unpacks without end.
    """
    opener = gzip.open if sniff(path) == "gzip" else bz2.open
    out = folder / name
    packed = path.stat().st_size
    limit = min(MOST_BYTES, max(_SMALL, packed * MOST_RATIO))
    done = 0
    try:
        with opener(path, "rb") as source, out.open("wb") as target:
            while chunk := source.read(_CHUNK):
                done += len(chunk)
                if done > limit:
                    raise problem(path, f"it unpacks to more than {limit >> 20:,} MB")
                target.write(chunk)
                progress(done >> 20, None, f"Unpacking {path.name} (MB)")
    except (EOFError, OSError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno:  # the disk's fault, not the file's
            raise
        raise problem(path, "the compressed file is damaged or cut off") from error
    return out


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose members are few and small enough and stay inside.

    Raises :class:`UnreadableFileError` for a damaged zip, a zip bomb or escaping names.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise problem(path, "the zip file is damaged or cut off") from error
    with archive:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        packed = max(1, path.stat().st_size)
        if len(members) > _MOST_MEMBERS or total > MOST_BYTES:
            raise problem(path, f"it unpacks to {total >> 20:,} MB in {len(members):,} files")
        if total > _SMALL and total > packed * MOST_RATIO:
            raise problem(path, f"it is far too tightly packed to be map data ({total >> 20:,} MB)")
        for member in members:
            _refuse_escape(path, member.filename)
            if member.flag_bits & 1:
                raise problem(path, "a file inside the zip is locked with a password")
        try:
            yield archive
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise problem(path, "a file inside the zip is damaged or locked") from error


def _refuse_escape(path: Path, name: str) -> None:
    """Refuse a zip member that would land outside its folder."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise problem(path, "a file inside the zip has a path that leads outside")


@contextmanager
def tables(path: Path) -> Iterator[list[Member]]:
    """The CSV files of a file, a folder or a zip, in order of name; open them inside the block."""
    kind = sniff(path)
    if kind == "empty":
        raise problem(path, "the file is empty")
    if kind == "zip":
        with open_zip(path) as archive:
            yield [
                _in_zip(archive, member)
                for member in sorted(archive.infolist(), key=lambda item: item.filename)
                if member.filename.lower().endswith((".csv", ".txt")) and not member.is_dir()
            ]
        return
    if kind not in ("folder", "text"):
        raise problem(path, "a folder, a zip or a CSV file was expected")
    files = sorted(path.rglob("*")) if kind == "folder" else [path]
    yield [
        Member(file.name, file.stat().st_size, "", lambda file=file: file.open("rb"))
        for file in files
        if kind == "text" or (file.is_file() and file.suffix.lower() == ".csv")
    ]


def _in_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    """A zip's member as something to open."""

    def opener() -> BinaryIO:
        return io.BufferedReader(archive.open(info))  # type: ignore[arg-type]

    year, month, day = info.date_time[:3]
    return Member(info.filename, info.file_size, f"{year:04}-{month:02}-{day:02}", opener)


@contextmanager
def rows(member: Member) -> Iterator[Iterator[list[str]]]:
    """The rows of a CSV file: encoding (UTF-8 or Windows-1252) and delimiter are guessed.

    Yields nothing for binary data. The iterator may raise :class:`csv.Error`.
    """
    with member.open() as stream:
        first = stream.peek(_HEAD)[:_HEAD] if isinstance(stream, io.BufferedReader) else b""
        if not first or b"\0" in first or (b"\n" not in first and len(first) >= _HEAD):
            yield iter(())
            return
        encoding = _encoding(first)
        line = first.split(b"\n", 1)[0].decode(encoding, errors="replace")
        delimiter = max(",;\t|", key=line.count)
        with io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
            yield csv.reader(text, delimiter=delimiter)


def _encoding(first: bytes) -> str:
    """UTF-8 if the beginning is, else Windows-1252; a character cut at the end is forgiven."""
    try:
        first[: len(first) - 4 if len(first) > 64 else len(first)].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(first) - 8:
            return "cp1252"
    return "utf-8-sig"


def refuse_cut_off(file: Path, original: Path) -> None:
    """Refuse an SQLite file, a Shapefile or a PMTiles file shorter than its own header says.

    Formats: SQLite (page size at byte 16, page count at 28), ESRI Shapefile (length at 24),
    PMTiles version 3 (offsets and lengths of its four sections from 8 on).
    """
    start, size = head(file), file.stat().st_size
    kind = sniff(file)
    wanted = 0
    if kind == "sqlite":
        page = int.from_bytes(start[16:18], "big")
        wanted = (65_536 if page == 1 else page) * int.from_bytes(start[28:32], "big")
    elif kind == "shapefile":
        wanted = int.from_bytes(start[24:28], "big") * 2
    elif kind == "pmtiles":
        parts = [int.from_bytes(start[at : at + 8], "little") for at in range(8, 72, 8)]
        wanted = max(
            offset + length for offset, length in zip(parts[::2], parts[1::2], strict=True)
        )
    if size < wanted:
        raise problem(original, "the file is cut off")


def refuse_links(file: Path, original: Path) -> None:
    """Refuse JSON that GDAL would follow elsewhere, to another file or onto the network.

    That is a "link" as the coordinate system of old GeoJSON, and GDAL's own stored pipelines.
    """
    overlap = b""
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if re.search(rb'"link"|gdal_streamed_alg', overlap + chunk):
                raise problem(
                    original,
                    "it refers to other files or to the internet",
                    "Save it again as plain GeoJSON in WGS84.",
                )
            overlap = chunk[-32:]
