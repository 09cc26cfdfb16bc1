# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door to encrypted SQLite: opens, keys and hardens connections.

sqlite_utils looks for ``pysqlite3`` first and falls back to the standard library's plain SQLite,
whose exceptions and connections do not fit SQLCipher's; the shim below gives it SQLCipher. It
also imports pandas where that is installed (1.1 s, 88 MB), so pandas is hidden meanwhile.
"""

import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    # sqlcipher3 has no types of its own; it is the standard library's module on another SQLite.
    from sqlite3 import Connection, Error

    from sqlite_utils import Database, Migrations
else:
    Connection = dbapi2.Connection
    Error = dbapi2.Error

_IMPORTING = threading.Lock()

#: Set on every connection and read back: (pragma, value to set, value it must then report).
_HARDENING: tuple[tuple[str, str, Any], ...] = (
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),  # temporary files would hold plain text
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("journal_size_limit", "16777216", 16_777_216),  # bytes the log keeps after a large import
)


def _sqlite_utils() -> ModuleType:
    """Import sqlite_utils on top of SQLCipher, without pandas."""
    with _IMPORTING:
        sys.modules.setdefault("pysqlite3", sqlcipher3)
        sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
        hide = "pandas" not in sys.modules
        if hide:
            sys.modules["pandas"] = None  # type: ignore[assignment]
        try:
            import sqlite_utils
        finally:
            if hide:
                del sys.modules["pandas"]
    return sqlite_utils


def database(connection: Connection) -> "Database":
    """Wrap a connection for sqlite_utils; the connection stays the caller's to close."""
    return _sqlite_utils().Database(connection, recursive_triggers=False, execute_plugins=False)


def migrations(name: str) -> "Migrations":
    """Make an empty set of migrations."""
    return _sqlite_utils().Migrations(name)


def _keyed(file: Path, key: bytes | bytearray) -> Connection:
    connection: Connection = getattr(dbapi2, "connect")(  # noqa: B009 (untyped C function)
        str(file), isolation_level=None, check_same_thread=False, timeout=10.0
    )
    # A raw key: SQLCipher's own stretching is not needed for 32 random bytes.
    connection.execute(f"PRAGMA key = \"x'{bytes(key).hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _harden(connection: Connection) -> None:
    for pragma, value, expected in _HARDENING:
        connection.execute(f"PRAGMA {pragma} = {value}")
        got = connection.execute(f"PRAGMA {pragma}").fetchone()
        if got is None or got[0] != expected:
            raise RuntimeError(f"SQLite did not accept {pragma} = {value}")


def connect(file: Path, key: bytes | bytearray, *, wal: bool = True) -> Connection:
    """Open a file for reading and writing; an absent one is made.

    ``key`` is 32 bytes. ``wal`` is false for copies that must be one file. Autocommit is on:
    transactions are begun in SQL. Raises ``Error`` (NOTADB) for another key or a damaged header.
    """
    connection = _keyed(file, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        mode = "WAL" if wal else "DELETE"
        got = connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
        if got is None or got[0] != mode.lower():
            raise RuntimeError(f"SQLite did not accept journal_mode = {mode}")
        _harden(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def reader(file: Path, key: bytes | bytearray) -> Connection:
    """Open a file that exists for reading alone, beside a writer in the same process."""
    connection = _keyed(file, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _harden(connection)
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


#: SQLite's own texts: errors raised by ``backup()`` carry no code.
_CODES_BY_TEXT = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "interrupted": 9,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


def code(error: BaseException) -> int:
    """SQLite's primary result code of an error (13 is a full disk); 0 where there is none."""
    number = getattr(error, "sqlite_errorcode", None)
    return _CODES_BY_TEXT.get(str(error), 0) if number is None else int(number) & 0xFF
