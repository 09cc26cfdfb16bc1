# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that are written whole or not at all, and stay written when the power fails."""

import os
import sys
from pathlib import Path

from lac_desktop.storage.failures import told


def sync(file: Path) -> None:
    """Have the system put a file's content on the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the system put a folder's names on the disk (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(temporary: Path, file: Path) -> None:
    """Make a finished file take its name at once, durably."""
    sync(temporary)
    temporary.replace(file)
    sync_folder(file.parent)


def write_whole(file: Path, data: bytes) -> None:
    """Write a small file beside its place and swap it in; sentences for a full or closed disk."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    with told():
        try:
            temporary.write_bytes(data)
            put_in_place(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)
