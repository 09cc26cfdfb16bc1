# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters kept under a name inside the notebook."""

from lac_desktop.domain.ids import new_id
from lac_desktop.domain.query import Query
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import saved_filters as stored
from lac_desktop.storage.saved_filters import SavedFilter


def saved(notebook: Notebook) -> dict[str, Query]:
    """The kept filters by name, in the order they were made."""
    with notebook.vault.read() as db:
        return {one.name: one.query for one in stored.all_filters(db)}


def keep(notebook: Notebook, name: str, query: Query) -> None:
    """Keep a filter; one of the same name is replaced in its place."""
    with notebook.vault.write() as db:
        same = next((one.id for one in stored.all_filters(db) if one.name == name), new_id())
        stored.put(db, SavedFilter(same, name, query))


def forget(notebook: Notebook, name: str) -> None:
    """Forget a filter; the places stay."""
    with notebook.vault.write() as db:
        for one in stored.all_filters(db):
            if one.name == name:
                stored.drop(db, one.id)
