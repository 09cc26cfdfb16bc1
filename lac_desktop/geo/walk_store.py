# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file ``walk.npz`` of an area pack: plain numpy arrays, never a pickle."""

import lzma
import os
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lac_desktop.errors import NewerVersionError, UnreadableFileError
from lac_desktop.geo.walk_net import StreetNet, measured

VERSION = 1
#: Coordinates are stored as whole numbers of this part of a degree, as OpenStreetMap has them.
_PARTS = 10_000_000
#: More than this is no street graph of a neighbourhood, a county or a country.
_LARGEST_BYTES = 2_000_000_000
#: All that zipfile and numpy raise over damaged bytes (found by fuzzing and by reading them).
_DAMAGE = (
    *(OSError, ValueError, LookupError, EOFError, ArithmeticError, MemoryError, RuntimeError),
    *(SyntaxError, TypeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
)
_FIELDS = ("version", "lon", "lat", "start", "edge_from", "edge_to", "flags", "name", "names")


def save_net(net: StreetNet, path: Path) -> None:
    """Write the network, whole or not at all; lengths are measured again when it is read."""
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            np.savez_compressed(
                file,
                version=np.array([VERSION], np.int32),
                lon=np.rint(net.lon * _PARTS).astype(np.int32),
                lat=np.rint(net.lat * _PARTS).astype(np.int32),
                start=net.start.astype(np.int32),
                edge_from=net.edge_from.astype(np.int32),
                edge_to=net.edge_to.astype(np.int32),
                flags=net.flags,
                name=net.name.astype(np.int32),
                names=np.frombuffer("\n".join(net.names).encode(), np.uint8),
            )
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def load_net(path: Path) -> StreetNet:
    """Read a network; NewerVersionError or UnreadableFileError with a sentence."""
    try:
        parts = _arrays(path)
        version = int(parts["version"][0])
        if version > VERSION:
            raise NewerVersionError(
                "The street graph of this area pack was made by a newer LAC Desktop.",
                "Update LAC Desktop, or build the pack again with this version.",
            )
        return _net(parts)
    except _DAMAGE as problem:
        raise UnreadableFileError(
            f"The street graph {path.name} of this area pack cannot be read.",
            "Build the pack again, or install a fresh copy of it.",
        ) from problem


def _arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Read the arrays of the file, refusing one that would unpack to an absurd size."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_BYTES:
            raise ValueError("too large")
    with np.load(path, allow_pickle=False) as file:
        if int(file["version"][0]) > VERSION:  # a newer file may have other fields
            return {"version": file["version"]}
        return {field: file[field] for field in _FIELDS}


def _net(parts: dict[str, NDArray[np.generic]]) -> StreetNet:
    """Check that the arrays fit each other, and measure the network; ValueError if not."""
    whole = {field: parts[field].astype(np.int64) for field in _FIELDS if field != "names"}
    if any(value.ndim != 1 for value in whole.values()):
        raise ValueError("shape")
    names = tuple(parts["names"].astype(np.uint8).tobytes().decode().split("\n"))
    start, edges, vertices = whole["start"], len(whole["edge_from"]), len(whole["lon"])
    ends = np.concatenate([whole["edge_from"], whole["edge_to"]])
    fits = (
        len(start) == edges + 1
        and start[0] == 0
        and start[-1] == vertices == len(whole["lat"])
        and bool((np.diff(start) >= 2).all())
        and len(whole["edge_to"]) == len(whole["flags"]) == len(whole["name"]) == edges
        and bool(((whole["name"] >= 0) & (whole["name"] < len(names))).all())
        and bool(((ends >= 0) & (ends < 2 * max(edges, 1))).all())
        and bool((np.abs(whole["lat"]) <= 90 * _PARTS).all())
        and bool((np.abs(whole["lon"]) <= 180 * _PARTS).all())
    )
    if not fits:
        raise ValueError("fields do not fit each other")
    return measured(
        junctions=int(ends.max(initial=-1)) + 1,
        edge_from=whole["edge_from"],
        edge_to=whole["edge_to"],
        flags=whole["flags"].astype(np.uint8),
        name=whole["name"],
        names=names,
        lon=whole["lon"] / _PARTS,
        lat=whole["lat"] / _PARTS,
        start=start,
    )
