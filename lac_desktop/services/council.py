# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the council sets once: legal basis, notices, policy texts and periods of retention.

They are the council's own words; the program holds no law. They lie in people.db.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_access as stored

_KEY = "council"

#: Texts that a council sets: field -> (title, hint).
TEXTS = {
    "basis": ("Legal basis", "Under which law the council keeps these records."),
    "special": ("Special category data", "The condition for health and other sensitive facts."),
    "notice": ("Privacy notice", "What people are told when they first meet the coordinator."),
    "policy": ("Appropriate policy document", "The council’s own text, or where it lies."),
    "flows": ("Who receives what", "Organisations that records are shared with by agreement."),
    "risks": ("Risks and what is done about them", "For the DPIA."),
    "officer": ("Data protection officer", "Name and how to reach them, for complaints."),
}


@dataclass(frozen=True, slots=True)
class Council:
    """The council's words, and periods in months by kind (kinds without one never come up).

    ``wait_days`` lie at least between choosing a record for disposal and disposing of it.
    """

    basis: str = ""
    special: str = ""
    notice: str = ""
    policy: str = ""
    flows: str = ""
    risks: str = ""
    officer: str = ""
    months: Mapping[str, int] = field(default_factory=dict)
    wait_days: int = 1


def load(notebook: Notebook) -> Council:
    """What is set; everything is empty at first."""
    with notebook.vault.people_read() as db:
        raw: dict[str, Any] = stored.get_setting(db, _KEY, {})
    known = {f.name: raw[f.name] for f in fields(Council) if f.name in raw}
    return Council(**known)


def save(notebook: Notebook, told: Council) -> None:
    """Keep what the council says."""
    value = asdict(told) | {"months": {k: int(v) for k, v in told.months.items() if v}}
    with notebook.vault.people_write() as db:
        stored.put_setting(db, _KEY, value)
