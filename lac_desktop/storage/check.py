# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks of a file: pages, structure, ties, triggers, search tables and the chain of changes."""

import re

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.storage import binding, people_records, refresh, seal
from lac_desktop.storage.migrations import Plan, triggers_missing

_FULL_TEXT = re.compile(r"fts5", re.IGNORECASE)
_ANEW = "it is made anew when the notebook is next unlocked."
#: Conversations whose words or people are not looked up as they should be.
_NOT_FOUND = """SELECT count(*) FROM conversation c
  WHERE NOT EXISTS (SELECT 1 FROM words_content w WHERE w.id = c.rid)
  OR EXISTS (SELECT 1 FROM json_each(c.people) p WHERE NOT EXISTS (
    SELECT 1 FROM conversation_person t
    WHERE t.conversation = c.rid AND t.person = p.value AND t."on" = c."on"))"""


def check(
    connection: binding.Connection, plan: Plan, name: str, progress: Progress = silent
) -> list[str]:
    """What is wrong with one file, as sentences; an empty list if all is well.

    ``name`` is the file's name for the sentences.
    """
    progress(0, None, f"Checking {name}")
    bad: list[str] = []
    pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if pages:
        bad.append(f"{len(pages)} pages of {name} were changed from outside or are damaged.")
    progress(1, None, f"Checking {name}")
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        # A full-text table that is damaged is made anew: its own check says so.
        if not all(line == "ok" or _FULL_TEXT.search(line) for line in said):
            bad.append(f"{name} is damaged inside.")
        ties = connection.execute("PRAGMA foreign_key_check").fetchall()
        if ties:
            bad.append(f"{len(ties)} rows of {name} point to rows that are not there.")
    except binding.Error as error:
        bad.append(f"{name} cannot be read to the end: {error}.")
        return bad
    missing = triggers_missing(connection, plan)
    if missing:
        bad.append(f"{len(missing)} rules of {name} that record changes are missing or altered.")
    return bad


def check_search(connection: binding.Connection) -> list[str]:
    """What is wrong with the search tables of community.db.

    If anything is, they are marked as out of date, so that the next unlocking makes them anew.
    """
    bad: list[str] = []
    for table in ("asset_fts", "asset_quick"):
        try:
            connection.execute(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")
        except binding.Error:
            bad.append(f"The search does not fit the assets; {_ANEW}")
    said = connection.execute("SELECT rtreecheck('asset_rt')").fetchone()[0]
    alive = connection.execute("SELECT count(*) FROM asset WHERE removed = ''").fetchone()[0]
    found = connection.execute("SELECT count(*) FROM asset_find").fetchone()[0]
    words = connection.execute("SELECT count(*) FROM asset_fts").fetchone()[0]
    if said != "ok" or not alive == found == words:
        bad.append(f"The search does not hold every asset; {_ANEW}")
    if bad:
        refresh.make_due(connection)
    return list(dict.fromkeys(bad))


def check_people_search(connection: binding.Connection) -> list[str]:
    """What is wrong with the look-ups of people.db, which the next unlocking then makes anew."""
    bad: list[str] = []
    try:
        connection.execute("INSERT INTO words(words) VALUES('integrity-check')")
    except binding.Error:
        bad.append(f"The search of conversations is damaged; {_ANEW}")
    odd = connection.execute(_NOT_FOUND).fetchone()[0]
    kept = connection.execute("SELECT count(*) FROM conversation").fetchone()[0]
    found = connection.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
    if odd or kept != found:
        bad.append(f"The search does not hold every conversation; {_ANEW}")
    if bad:
        people_records.make_due(connection)
    return bad


def check_chain(connection: binding.Connection, key: bytearray) -> list[str]:
    """Whether the chain of changes is unbroken, as a sentence if it is not."""
    at = seal.broken_at(connection, key)
    return [] if at is None else [f"The history was altered at change {at}."]
