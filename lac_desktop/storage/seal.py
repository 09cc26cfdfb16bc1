# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chain of keyed digests over all changes, added before each commit.

``digest`` covers a change's values, ``link`` the previous link, the digest and everything else of
the change. So a value can be erased later and the chain still proves that nothing was altered,
added in between or taken away. A trigger cannot do this: under trusted_schema=OFF it may not call
a Python function.
"""

import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

from lac_desktop.storage import binding

_GENESIS = bytes(32)
_CHANGES = """SELECT c.seq, c.step, c.tbl, c.row, c.field, c.old, c.new, s.who, s.at, s.kind,
  c.erased FROM change c JOIN step s ON s.number = c.step WHERE c.seq > ? ORDER BY c.seq"""


def _digest(key: bytes, old: Any, new: Any) -> bytes:
    return hmac.digest(key, json.dumps((old, new)).encode("ascii"), "sha256")


def _link(key: bytes, before: bytes, about: tuple[Any, ...], digest: bytes) -> bytes:
    return hmac.digest(key, before + json.dumps(about).encode("ascii") + digest, "sha256")


def sealer(
    key: bytearray, stamp: Callable[[binding.Connection, int], None] | None = None
) -> Callable[[binding.Connection], None]:
    """Make the function that a store runs before each commit. ``key`` is 32 bytes.

    ``stamp`` gives the clock to what was edited after a change; that of assets by default.
    """
    give_clock = stamp or _stamp

    def seal(db: binding.Connection) -> None:
        last = db.execute(
            "SELECT seq, link FROM change_proof ORDER BY seq DESC LIMIT 1"
        ).fetchone() or (0, _GENESIS)
        if db.execute("SELECT 1 FROM change WHERE seq > ?", (last[0],)).fetchone():
            give_clock(db, last[0])
            proofs = _prove(bytes(key), db.execute(_CHANGES, (last[0],)), last[1])
            db.executemany("INSERT INTO change_proof VALUES (?, ?, ?)", proofs)
        db.execute("UPDATE act SET step = NULL WHERE step IS NOT NULL")

    return seal


def _stamp(db: binding.Connection, last: int) -> None:
    """Give every edited field the clock of the step that edited it."""
    db.execute(
        "INSERT OR REPLACE INTO field_clock SELECT c.row, c.field, max(s.clock) FROM change c "
        "JOIN step s ON s.number = c.step "
        "WHERE c.seq > ? AND c.tbl = 'asset' AND c.field <> '+' GROUP BY c.row, c.field",
        (last,),
    )


def stamp_people(db: binding.Connection, last: int) -> None:
    """Give every edited field of a record about people the clock of the step that edited it."""
    db.execute(
        "INSERT OR REPLACE INTO field_clock SELECT c.tbl, c.row, c.field, max(s.clock) "
        "FROM change c JOIN step s ON s.number = c.step "
        "WHERE c.seq > ? AND c.field NOT IN ('+', '-') GROUP BY c.tbl, c.row, c.field",
        (last,),
    )


def _prove(key: bytes, changes: Any, link: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    for seq, step, table, row, field, old, new, who, at, kind, _ in changes.fetchall():
        digest = _digest(key, old, new)
        link = _link(key, link, (seq, step, table, row, field, who, at, kind), digest)
        yield seq, digest, link


def broken_at(db: binding.Connection, key: bytearray) -> int | None:
    """Number of the first change that does not fit the chain, or None if all do."""
    secret = bytes(key)
    link = _GENESIS
    proofs = db.execute("SELECT seq, digest, link FROM change_proof ORDER BY seq")
    changes = db.execute(_CHANGES, (0,))
    for expected, change in enumerate(changes, 1):
        seq, step, table, row, field, old, new, who, at, kind, erased = change
        proof = proofs.fetchone()
        if proof is None or proof[0] != seq or seq != expected:
            return seq
        if not erased and not hmac.compare_digest(_digest(secret, old, new), proof[1]):
            return seq
        link = _link(secret, link, (seq, step, table, row, field, who, at, kind), proof[1])
        if not hmac.compare_digest(link, proof[2]):
            return seq
    extra = proofs.fetchone()
    return None if extra is None else int(extra[0])
