# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lock file holds every library that the project names, at a fitting version, with hashes."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


def locked() -> dict[str, list[tuple[str, int]]]:
    """Versions of each library, with how many hashes each has."""
    found: dict[str, list[tuple[str, int]]] = {}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        if named := re.match(r"([a-z0-9.-]+)==([^\s;]+)", entry):
            found.setdefault(named[1], []).append((named[2], entry.count("--hash=sha256:")))
    return found


@pytest.mark.parametrize("line", WANTED)
def test_the_lock_holds_what_the_project_names(line: str) -> None:
    wanted = Requirement(line)
    versions = locked().get(canonicalize_name(wanted.name), [])
    assert any(wanted.specifier.contains(version) for version, _ in versions), "make the lock anew"


def test_every_library_has_hashes() -> None:
    for name, versions in locked().items():
        assert all(hashes for _, hashes in versions), name
