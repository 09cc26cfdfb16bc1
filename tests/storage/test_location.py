# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a notebook may lie."""

from pathlib import Path

import pytest

from lac_desktop.errors import LacError
from lac_desktop.storage import location

MOUNTS = """/dev/sda1 / ext4 rw,relatime 0 0
//server/share /mnt/council\\040share cifs rw 0 0
server:/home /home/nfs nfs4 rw 0 0
/dev/sdb1 /home/nfs/local ext4 rw 0 0
me@host: /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/home/ann/oakham.lac", False),
        ("/mnt/council share/oakham.lac", True),
        ("/mnt/council sharepoint", False),
        ("/home/nfs/ann/oakham.lac", True),
        ("/home/nfs/local/oakham.lac", False),
        ("/run/user/1000/gvfs/smb-share:server=x", True),
        ("//server/share/oakham.lac", True),
        ("\\\\server\\share\\oakham.lac", True),
    ],
)
def test_network_shares_are_known_by_their_mounts(folder: str, network: bool) -> None:
    assert location.on_network(Path(folder), MOUNTS) is network


def test_a_share_is_refused_with_a_way_out() -> None:
    with pytest.raises(LacError, match="network drive") as caught:
        location.refuse_network(Path("/mnt/council share/a.lac"), MOUNTS)
    assert "Copy" in caught.value.hint


def test_this_computer_is_no_network_share(tmp_path: Path) -> None:
    location.refuse_network(tmp_path / "a.lac")


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("/home/ann/OneDrive - Rutland Council/a.lac", "OneDrive"),
        ("/home/ann/Dropbox (Personal)/deep/a.lac", "Dropbox"),
        ("/Users/ann/Library/Mobile Documents/x", "iCloud"),
        ("/home/ann/notebooks/a.lac", ""),
        ("/home/ann/boxes/a.lac", ""),
    ],
)
def test_cloud_folders_are_known_by_name(folder: str, client: str) -> None:
    assert location.synchronised_by(Path(folder)) == client


def test_cloud_folders_are_known_by_marks_and_by_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "shared" / "a.lac"
    assert location.sync_warning(place) == ""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / ".stfolder").mkdir()
    assert location.synchronised_by(place) == "Syncthing"
    assert "Syncthing" in location.sync_warning(place)
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert location.synchronised_by(place) == "OneDrive"
