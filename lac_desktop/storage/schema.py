# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the two files, as the first version makes them, and the triggers of today.

``asset`` is the truth; ``asset_find``, ``asset_rt``, ``asset_fts``, ``asset_quick``, ``word``,
``hours_interval`` and ``session_interval`` are derived from it and can be made again. Row numbers
(``rid``) never leave the file; ids (UUIDv7) do. Every table is STRICT: a NUMERIC column would turn
the phone number 01234 into 1234.
"""

from collections.abc import Mapping

#: Columns of ``asset`` that hold what is known, and their SQL types; a change of any is recorded.
ASSET_COLUMNS: Mapping[str, str] = {
    "name": "TEXT",
    "kind": "TEXT",
    "name_cy": "TEXT",
    "description": "TEXT",
    "gives": "TEXT",
    "could_give": "TEXT",
    "greeter": "TEXT",
    "greeter_agreed_public": "INTEGER",
    "welcome": "TEXT",
    "address": "TEXT",
    "postcode": "TEXT",
    "lat": "REAL",
    "lon": "REAL",
    "area": "TEXT",
    "hours": "TEXT",
    "hours_text": "TEXT",
    "sessions": "TEXT",
    "cost": "TEXT",
    "cost_note": "TEXT",
    "access": "TEXT",
    "access_note": "TEXT",
    "languages": "TEXT",
    "phone": "TEXT",
    "email": "TEXT",
    "website": "TEXT",
    "contacts": "TEXT",
    "links": "TEXT",
    "known": "TEXT",
    "checked_on": "TEXT",
    "checked_by": "TEXT",
    "visibility": "TEXT",
    "confidential": "INTEGER",
    "source": "TEXT",
    "licence": "TEXT",
    "attribution": "TEXT",
    "vanished_on": "TEXT",
    "neighbourhood": "TEXT",
}
#: The tombstone beside them: "" alive, "removed" by hand, "undone" when its making was undone.
REMOVED = "removed"

_NULLABLE = ("lat", "lon", "checked_on", "vanished_on")


def _asset_table() -> str:
    columns = ",\n  ".join(
        f"{name} {kind}{'' if name in _NULLABLE else ' NOT NULL'}"
        for name, kind in ASSET_COLUMNS.items()
    )
    return f"""CREATE TABLE asset (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  {columns},
  removed TEXT NOT NULL DEFAULT '',
  base_clock TEXT NOT NULL
) STRICT"""


_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"
_TOKENS = 'tokenize="unicode61 remove_diacritics 2"'

#: Version 1 of community.db. Statements, not a script: a script would end the transaction.
COMMUNITY_1: tuple[str, ...] = (
    _META,
    _asset_table(),
    "CREATE INDEX asset_source ON asset(source) WHERE source <> ''",
    "CREATE INDEX asset_name ON asset(name COLLATE NOCASE)",
    """CREATE TABLE asset_find (
  rid INTEGER PRIMARY KEY REFERENCES asset(rid),
  category TEXT NOT NULL,
  kind TEXT NOT NULL,
  lat REAL,
  lon REAL,
  hours INTEGER NOT NULL,    -- row of hours, 0 without
  sessions INTEGER NOT NULL, -- 1 where something happens there
  free INTEGER NOT NULL,
  access INTEGER NOT NULL,   -- one bit for each access fact that is "yes"
  greeter INTEGER NOT NULL,
  known INTEGER NOT NULL,    -- 0 unknown to 4 know well
  checked INTEGER NOT NULL,  -- day number of the last check; 0 if there was none
  due INTEGER NOT NULL,      -- day number when a check is due; 0 if never checked
  vanished INTEGER NOT NULL
) STRICT""",
    "CREATE INDEX asset_find_kind ON asset_find(kind)",
    "CREATE VIRTUAL TABLE asset_rt USING rtree(rid, west, east, south, north)",
    "CREATE VIRTUAL TABLE asset_fts USING fts5(name, name_cy, words, gives, place, rest, "
    f"{_TOKENS}, prefix='2 3')",
    "INSERT INTO asset_fts(asset_fts, rank) VALUES('secure-delete', 1)",
    "INSERT INTO asset_fts(asset_fts, rank) VALUES('rank', 'bm25(10, 10, 6, 3, 4, 1)')",
    f"CREATE VIRTUAL TABLE asset_quick USING fts5(name, place, {_TOKENS}, prefix='1 2 3 4')",
    "INSERT INTO asset_quick(asset_quick, rank) VALUES('secure-delete', 1)",
    "CREATE TABLE word (term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE hours (rid INTEGER PRIMARY KEY, spec TEXT NOT NULL UNIQUE) STRICT",
    # Intervals are cut at midnight, so that "open at" looks at one day alone.
    """CREATE TABLE hours_interval (
  day INTEGER NOT NULL, hours INTEGER NOT NULL REFERENCES hours(rid),
  start INTEGER NOT NULL, until INTEGER NOT NULL, unknown INTEGER NOT NULL,
  PRIMARY KEY (day, hours, start, until)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE session_interval (
  day INTEGER NOT NULL, asset INTEGER NOT NULL REFERENCES asset(rid),
  start INTEGER NOT NULL, until INTEGER NOT NULL, unknown INTEGER NOT NULL,
  PRIMARY KEY (day, asset, start, until)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX session_interval_asset ON session_interval(asset)",
    """CREATE TABLE step (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
  by_hand INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped')),
  undoes INTEGER REFERENCES step(number),
  clock TEXT NOT NULL
) STRICT""",
    # The step that changes belong to just now; NULL refuses changes outside a step.
    "CREATE TABLE act (one INTEGER PRIMARY KEY CHECK (one = 1), step INTEGER) STRICT",
    "INSERT INTO act VALUES (1, NULL)",
    """CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  step INTEGER NOT NULL REFERENCES step(number),
  tbl TEXT NOT NULL, row INTEGER NOT NULL, field TEXT NOT NULL,
  old ANY, new ANY, erased INTEGER NOT NULL DEFAULT 0
) STRICT""",
    "CREATE INDEX change_step ON change(step, tbl, field, row)",
    "CREATE INDEX change_row ON change(tbl, row, field)",
    "CREATE TABLE change_proof (seq INTEGER PRIMARY KEY, digest BLOB NOT NULL, link BLOB NOT NULL)"
    " STRICT",
    """CREATE TABLE field_clock (
  rid INTEGER NOT NULL REFERENCES asset(rid), field TEXT NOT NULL, clock TEXT NOT NULL,
  PRIMARY KEY (rid, field)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE duplicate (
  rid INTEGER PRIMARY KEY,
  a INTEGER NOT NULL REFERENCES asset(rid), b INTEGER NOT NULL REFERENCES asset(rid),
  score REAL NOT NULL, reasons TEXT NOT NULL,
  decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'same', 'different')),
  UNIQUE (a, b), CHECK (a < b)
) STRICT""",
    "CREATE INDEX duplicate_b ON duplicate(b)",
    """CREATE TABLE import_source (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, licence TEXT NOT NULL, attribution TEXT NOT NULL,
  format TEXT NOT NULL, mapping TEXT NOT NULL, details TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE import_batch (
  rid INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES import_source(id),
  step INTEGER REFERENCES step(number), file TEXT NOT NULL, digest TEXT NOT NULL,
  at TEXT NOT NULL, counts TEXT NOT NULL
) STRICT""",
    "CREATE INDEX import_batch_source ON import_batch(source)",
    """CREATE TABLE saved_filter (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, place INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

#: Version 1 of people.db: its records come with later versions.
PEOPLE_1: tuple[str, ...] = (_META,)


def _on_update(table: str, key: str, column: str) -> str:
    return (
        f"CREATE TRIGGER change_{table}_{column} AFTER UPDATE OF {column} ON {table} "  # noqa: S608
        f"WHEN old.{column} IS NOT new.{column} BEGIN "
        "INSERT INTO change(step, tbl, row, field, old, new) VALUES "
        f"((SELECT step FROM act), '{table}', new.{key}, '{column}', old.{column}, new.{column});"
        " END"
    )


def community_triggers() -> dict[str, str]:
    """The triggers of community.db by name: every change of a recorded column makes a row."""
    triggers = {
        "change_asset_added": "CREATE TRIGGER change_asset_added AFTER INSERT ON asset BEGIN "
        "INSERT INTO change(step, tbl, row, field) VALUES "
        "((SELECT step FROM act), 'asset', new.rid, '+'); END",
        "change_asset_kept": "CREATE TRIGGER change_asset_kept BEFORE DELETE ON asset BEGIN "
        "SELECT RAISE(ABORT, 'assets are tombstoned, never deleted'); END",
    }
    for column in (*ASSET_COLUMNS, REMOVED):
        triggers[f"change_asset_{column}"] = _on_update("asset", "rid", column)
    triggers["change_duplicate_decision"] = _on_update("duplicate", "rid", "decision")
    return triggers
