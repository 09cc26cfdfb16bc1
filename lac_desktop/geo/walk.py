# SPDX-License-Identifier: AGPL-3.0-or-later
"""The walking street graph of an area pack: how far it is on foot, and which way."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self


from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo.walk_net import Floats, StreetNet
from lac_desktop.geo.walk_rules import WalkRules, paces, wanted_tags

__all__ = ["WalkGraph", "build_graph", "paces", "wanted_tags"]


def build_graph(
    lines: Sequence[Floats],
    tags: Sequence[Mapping[str, str]],
    *,
    rules: WalkRules | None = None,
    progress: Progress = silent,
) -> "WalkGraph":
    """Join OpenStreetMap ways into a street graph.

    ``lines[i]`` is an (n, 2) array of lon, lat in WGS84 degrees exactly as in the file (ways are
    joined where they share a vertex, compared at 1e-7 degrees), ``tags[i]`` its tags; only the
    keys of :func:`wanted_tags` are looked at and absent keys may be left out. Hand over every way
    with a highway, man_made=pier or platform tag, closed ways and areas as their rings; the rules
    drop what nobody can walk. Raises CancelledError through ``progress``.
    """
    raise NotImplementedError


class WalkGraph:
    """A street graph ready for questions."""

    def __init__(self, net: StreetNet) -> None:
        self.net = net

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``walk.npz``; NewerVersionError or UnreadableFileError with a sentence."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Write ``walk.npz``, whole or not at all."""
        raise NotImplementedError
