# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who opened or took out what, when: ids alone, never a name or a word that was said."""

from dataclasses import dataclass
from datetime import datetime

from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_access as stored

#: What can be noted: value -> words.
WHAT = {
    "opened": "Opened the page",
    "read-together": "Read together",
    "copied": "Copied as text",
    "printed": "Printed",
    "exported": "Took out everything for the person",
    "searched": "Found by a search",
    "erased": "Erased",
    "shared": "Shared by agreement",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the access log."""

    when: datetime
    who: str
    what: str
    person: str
    detail: str = ""


def note(notebook: Notebook, what: str, person: str, detail: str = "") -> None:
    """Note that somebody looked; ``detail`` holds ids and words of the program alone."""
    with notebook.vault.people_write() as db:
        stored.add(db, notebook.clock(), notebook.settings.who, what, person, detail)


def looks(notebook: Notebook, person: str = "", limit: int = 500) -> list[Look]:
    """The latest looks, at one person or at all, newest first."""
    with notebook.vault.people_read() as db:
        return [Look(*row) for row in stored.latest(db, person, limit)]
