# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of people.db from version 2 on, and its triggers; see people_tables for the nouns."""
# ruff: noqa: S608 - every name in these statements is this package's own

from lac_desktop.storage.people_tables import TABLES, Table, sql_type

#: SQL condition of conversations that hold a promise which is not done yet.
OPEN_PROMISES = """instr(promises, '"done_on":null') > 0"""
_TOKENS = 'tokenize="unicode61 remove_diacritics 2"'


def _create(table: Table) -> str:
    columns = ",\n  ".join(f'"{name}" {sql_type(table.noun, name)}' for name in table.columns)
    # AUTOINCREMENT: the history names rows by rid, so a rid must never be given twice.
    return (
        f"CREATE TABLE {table.name} (\n  rid INTEGER PRIMARY KEY AUTOINCREMENT,\n"
        f"  id TEXT NOT NULL UNIQUE,\n  {columns}\n) STRICT"
    )


def tables_of(version: int) -> tuple[str, ...]:
    """The statements that make the nouns' tables of a version of people.db."""
    made = [table for table in TABLES.values() if table.since == version]
    indexes = [
        f"CREATE INDEX {table.name}_{column} ON {table.name}({column})"
        for table in made
        for column in table.people
        if column != "id"
    ]
    return (*map(_create, made), *indexes)


#: Version 2 of people.db.
PEOPLE_2: tuple[str, ...] = (
    *tables_of(2),
    # Who a conversation is with: derived from conversation.people, for looking up by person.
    """CREATE TABLE conversation_person (
  conversation INTEGER NOT NULL REFERENCES conversation(rid) ON DELETE CASCADE,
  person TEXT NOT NULL, "on" TEXT NOT NULL,
  PRIMARY KEY (person, "on", conversation)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX conversation_person_back ON conversation_person(conversation)",
    f"CREATE VIRTUAL TABLE words USING fts5(own, noticed, rest, {_TOKENS}, prefix='1 2 3')",
    "INSERT INTO words(words, rank) VALUES('secure-delete', 1)",
    # Finds what was promised and not done yet without reading every conversation.
    f"CREATE INDEX conversation_open ON conversation(rid) WHERE {OPEN_PROMISES}",
    # What is being typed: written every second, so without a history of its own. ``person`` holds
    # the ids of all whom it is about, with spaces between; ``turn`` grows with every writing.
    "CREATE TABLE draft (key TEXT PRIMARY KEY, person TEXT NOT NULL, kept TEXT NOT NULL, "
    "turn INTEGER NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE step (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
  by_hand INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped')),
  undoes INTEGER REFERENCES step(number),
  clock TEXT NOT NULL
) STRICT""",
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
  tbl TEXT NOT NULL, rid INTEGER NOT NULL, field TEXT NOT NULL, clock TEXT NOT NULL,
  PRIMARY KEY (tbl, rid, field)
) STRICT, WITHOUT ROWID""",
    # Who looked at or took out what: ids and words of the program alone, never a name.
    """CREATE TABLE access (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
  what TEXT NOT NULL, person TEXT NOT NULL, detail TEXT NOT NULL
) STRICT""",
    "CREATE INDEX access_person ON access(person)",
    # Erased people by id alone, so that a restored backup can be erased again.
    "CREATE TABLE erased (person TEXT PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, "
    "reason TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)


def people_triggers() -> dict[str, str]:
    """The triggers of people.db by name: every row and value that changes is recorded."""
    triggers: dict[str, str] = {}
    step = "(SELECT step FROM act)"
    for table in TABLES.values():
        name = table.name
        everything = ", ".join(f"'{c}', {{0}}.\"{c}\"" for c in ("id", *table.columns))
        triggers[f"change_{name}_added"] = (
            f"CREATE TRIGGER change_{name}_added AFTER INSERT ON {name} BEGIN "
            f"INSERT INTO change(step, tbl, row, field, new) VALUES ({step}, '{name}', new.rid, "
            f"'+', json_object({everything.format('new')})); END"
        )
        triggers[f"change_{name}_gone"] = (
            f"CREATE TRIGGER change_{name}_gone AFTER DELETE ON {name} BEGIN "
            f"INSERT INTO change(step, tbl, row, field, old) VALUES ({step}, '{name}', old.rid, "
            f"'-', json_object({everything.format('old')})); END"
        )
        for column in table.columns:
            triggers[f"change_{name}_{column}"] = (
                f'CREATE TRIGGER change_{name}_{column} AFTER UPDATE OF "{column}" ON {name} '
                f'WHEN old."{column}" IS NOT new."{column}" BEGIN '
                "INSERT INTO change(step, tbl, row, field, old, new) VALUES "
                f"({step}, '{name}', new.rid, '{column}', old.\"{column}\", new.\"{column}\"); END"
            )
    return triggers
