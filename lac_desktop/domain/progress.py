# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long work tells where it is, and learns that somebody chose Cancel."""

from collections.abc import Callable

#: ``progress(done, total, text)``: ``total`` is None while unknown; ``text`` is a phrase such as
#: "Reading rows". It raises :class:`lac_desktop.errors.CancelledError` when the work should stop,
#: and the work then leaves everything as it was.
Progress = Callable[[int, int | None, str], None]


def silent(_done: int, _total: int | None, _text: str) -> None:
    """Say nothing and never cancel."""
