# SPDX-License-Identifier: AGPL-3.0-or-later
"""Versions of the two files: what each adds, and how an older file is brought up to date.

sqlite_utils' ``transform()`` silently drops triggers, so after each migration the triggers are
installed anew and the file is checked; at every opening the list of triggers is compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lac_desktop.errors import DamagedVaultError, NewerVersionError
from lac_desktop.storage import binding, people_schema, schema

if TYPE_CHECKING:
    from sqlite_utils import Database

Migrate = Callable[["Database"], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One file's migrations in order, its triggers by name, and its full-text tables."""

    name: str
    migrations: tuple[tuple[str, Migrate], ...]
    triggers: Mapping[str, str]
    full_text: tuple[str, ...] = ()


def _statements(statements: tuple[str, ...]) -> Migrate:
    def run(db: "Database") -> None:
        for statement in statements:
            db.conn.execute(statement)

    return run


def community() -> Plan:
    """The plan of community.db."""
    return Plan(
        "community",
        (("1 assets", _statements(schema.COMMUNITY_1)),),
        schema.community_triggers(),
        ("asset_fts", "asset_quick"),
    )


def people() -> Plan:
    """The plan of people.db."""
    return Plan(
        "people",
        (
            ("1 empty", _statements(schema.PEOPLE_1)),
            ("2 people", _statements(people_schema.PEOPLE_2)),
            ("3 introductions", _statements(people_schema.tables_of(3))),
        ),
        people_schema.people_triggers(),
        ("words",),
    )


def version(connection: binding.Connection) -> int:
    """How many migrations a file has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: binding.Connection, plan: Plan, backup: Callable[[int], None]) -> list[str]:
    """Bring a file up to date and return the names of the migrations applied.

    ``backup(version)`` is called before each migration of a file that is not new. Raises
    NewerVersionError if the file has migrations that this program does not know, and
    DamagedVaultError if it does not pass its checks afterwards.
    """
    names = [name for name, _ in plan.migrations]
    if version(connection) == len(names) and triggers_missing(connection, plan) == []:
        return []
    wanted = binding.migrations(plan.name)
    for name, run in plan.migrations:
        wanted(name=name)(run)
    db = binding.database(connection)
    applied = [migration.name for migration in wanted.applied(db)]
    if version(connection) > len(names) or any(name not in names for name in applied):
        raise NewerVersionError(
            "This notebook was written by a newer LAC Desktop.",
            "Update LAC Desktop to open it; nothing was changed.",
        )
    done: list[str] = []
    for place, name in enumerate(names):
        if name in applied:
            continue
        if place > 0 or applied:
            backup(place)
        wanted.apply(db, stop_before=names[place + 1 :])
        connection.execute(f"PRAGMA user_version = {place + 1}")
        done.append(name)
    _finish(connection, plan, rebuild=bool(done) and bool(applied))
    return done


def _finish(connection: binding.Connection, plan: Plan, *, rebuild: bool) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        install_triggers(connection, plan)
        if rebuild:
            for table in plan.full_text:
                connection.execute(f"INSERT INTO {table}({table}) VALUES('rebuild')")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    checked = connection.execute("PRAGMA quick_check").fetchone()[0]
    if broken or checked != "ok" or triggers_missing(connection, plan):
        raise DamagedVaultError(
            "The notebook did not pass its checks after it was brought up to date.",
            "Use the copy that was made before, in the folder “before-update”.",
        )


def install_triggers(connection: binding.Connection, plan: Plan) -> None:
    """Replace all triggers of a file by those of the plan."""
    for name in _installed(connection):
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in plan.triggers.values():
        connection.execute(statement)


def _installed(connection: binding.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(rows.fetchall())


def triggers_missing(connection: binding.Connection, plan: Plan) -> list[str]:
    """Names of triggers that are absent, altered or too many."""
    there = _installed(connection)
    names = set(there) | set(plan.triggers)
    return sorted(name for name in names if there.get(name) != plan.triggers.get(name))
