# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shipped interests: what people love, in the words that kinds of asset share."""

from functools import cache

from lac_desktop import paths
from lac_desktop.domain.interests import Interest, InterestTable
from lac_desktop.services.indexing import load_kinds

__all__ = ["Interest", "InterestTable", "load"]


@cache
def load() -> InterestTable:
    """The shipped table of interests, read once. Raises LacError naming the line of a mistake."""
    text = (paths.resources() / "interests.toml").read_text(encoding="utf-8")
    return InterestTable.parse(text, load_kinds().kinds.keys())
