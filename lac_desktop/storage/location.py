# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a notebook may lie: never on a network share, better not in a synchronised folder.

SQLite's write-ahead log needs shared memory that network file systems do not give, and a cloud
client copies files while they change and so tears them.
"""

import os
import subprocess
import sys
from pathlib import Path

from lac_desktop.errors import LacError

_NETWORK_TYPES = frozenset(
    (
        *("nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs"),
        *("ceph", "glusterfs", "lustre", "beegfs", "davfs", "webdav", "ftpfs"),
        *("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.glusterfs"),
        "fuse.s3fs",
    )
)
_DRIVE_REMOTE = 4  # what Windows' GetDriveTypeW answers for a network drive

#: Folder names, lower case, by which the clients of cloud services are known.
_CLOUD_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud service",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box": "Box",
    "box sync": "Box",
    "pcloud drive": "pCloud",
    "syncthing": "Syncthing",
}
#: Hidden files that clients leave in the folders they synchronise.
_CLOUD_MARKS = {
    ".dropbox": "Dropbox",
    ".stfolder": "Syncthing",
    ".sync.ffs_db": "FreeFileSync",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
}


def _unescape(text: str) -> str:
    """Undo the octal escapes of /proc/mounts (space, tab, newline, backslash)."""
    for octal, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, sign)
    return text


def mount_type(folder: Path, mounts: str) -> str:
    """Find the file system type of a folder in a table laid out like Linux's /proc/mounts."""
    where = folder.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(_unescape(parts[1]))
        if (point == where or point in where.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), parts[2]
    return kind


def _mac_mounts() -> str:
    """The mount table of macOS in the layout of /proc/mounts."""
    done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10)
    lines: list[str] = []
    for line in done.stdout.splitlines():
        device, _, rest = line.partition(" on ")
        point, _, flags = rest.rpartition(" (")
        escaped = point.replace(" ", "\\040")
        lines.append(f"{device.replace(' ', '_')} {escaped} {flags.split(',')[0].rstrip(')')}")
    return "\n".join(lines)


def _remote_on_windows(folder: Path) -> bool:
    import ctypes

    drive = folder.absolute().drive
    if drive.startswith(("\\\\", "//")) and not drive.startswith("\\\\?\\"):
        return True
    windll = ctypes.windll  # type: ignore[attr-defined]
    return windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE


def on_network(folder: Path, mounts: str | None = None) -> bool:
    """Say whether a folder, or the nearest one above it that exists, lies on a network share.

    ``mounts`` replaces the system's own mount table (layout of /proc/mounts).
    """
    if str(folder).startswith(("\\\\", "//")) and not str(folder).startswith("\\\\?\\"):
        return True
    if mounts is None and sys.platform == "win32":
        return _remote_on_windows(folder)
    if mounts is None:
        table = Path("/proc/self/mounts")
        mounts = table.read_text("utf-8", "replace") if table.exists() else _mac_mounts()
    return mount_type(folder, mounts) in _NETWORK_TYPES


def refuse_network(folder: Path, mounts: str | None = None) -> None:
    """Raise a sentence where the folder lies on a network share."""
    if on_network(folder, mounts):
        raise LacError(
            "This folder is on a network drive, where a notebook cannot be kept safely.",
            "Copy the notebook’s folder to this computer and open it there; "
            "backups may go to the network drive.",
        )


def synchronised_by(folder: Path) -> str:
    """Name the cloud client that seems to synchronise a folder, or "" if none is seen."""
    where = folder.absolute()
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(name)
        if root and Path(root).absolute() in (where, *where.parents):
            return "OneDrive"
    for part in reversed(where.parts):
        plain = part.lower().split(" - ")[0].split(" (")[0]  # "OneDrive - Rutland Council"
        if plain in _CLOUD_FOLDERS:
            return _CLOUD_FOLDERS[plain]
    for above in (where, *where.parents):
        for mark, client in _CLOUD_MARKS.items():
            if (above / mark).exists():
                return client
    return ""


def sync_warning(folder: Path) -> str:
    """A sentence to show before making a notebook in a synchronised folder; "" if all is well."""
    client = synchronised_by(folder)
    if not client:
        return ""
    return (
        f"This folder is copied to the internet by {client}, which can damage an open notebook. "
        "Choose a folder that stays on this computer, and keep backups elsewhere."
    )
