# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups that make themselves: at most one a day, checked, kept by rule and expired by rule."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lac_desktop import paths
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import DamagedVaultError, LacError
from lac_desktop.services.notebook import Notebook, lock, unlock
from lac_desktop.storage import backup_check, erased_list, location
from lac_desktop.storage import salvage as salvaging
from lac_desktop.storage import settings as stored
from lac_desktop.storage import vault as vaults
from lac_desktop.storage.salvage import Salvaged

__all__ = ["Salvaged"]

_KEY = "backups"
SUFFIX = ".lacbackup"
_NAMED = re.compile(r"lac-([0-9a-f]{8})-(\d{4}-\d{2}-\d{2}-\d{6})")
_STAMP = "%Y-%m-%d-%H%M%S"
#: Days after which the last backup is worth a word.
OLD_AFTER = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """Where backups go and how many are kept: of days, of weeks and of months.

    ``folder`` "" is the usual one: beside the notebook, unless a cloud client copies that folder.
    """

    folder: str = ""
    automatic: bool = True
    daily: int = 7
    weekly: int = 4
    monthly: int = 6


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of this notebook in the backup folder."""

    file: Path
    made: datetime
    size: int


def rule(notebook: Notebook) -> Rule:
    """The rule of this notebook."""
    with notebook.vault.read() as db:
        raw: Mapping[str, Any] = stored.get(db, _KEY, {})
    return Rule(**{f.name: raw[f.name] for f in fields(Rule) if f.name in raw})


def save_rule(notebook: Notebook, wanted: Rule) -> None:
    """Keep another rule. Raises LacError where its folder is not there."""
    if wanted.folder and not Path(wanted.folder).is_dir():
        raise LacError("There is no such folder.", "Choose a folder that exists.")
    if wanted.daily < 1:
        raise LacError("At least one backup must be kept.", "Keep those of one day or more.")
    with notebook.vault.write() as db:
        stored.put(db, _KEY, asdict(wanted))


def folder_of(notebook: Notebook, wanted: Rule | None = None) -> Path:
    """Where the backups of this notebook lie."""
    chosen = (wanted or rule(notebook)).folder
    if chosen:
        return Path(chosen)
    beside = notebook.folder.parent
    if notebook.is_demo or location.sync_warning(beside):
        return paths.home() / "Backups"
    return beside / "Backups"


def erased_places(notebook: Notebook) -> list[Path]:
    """Folders in which the list of who was erased lies: notebook, account and backups."""
    return [notebook.folder, paths.home(), folder_of(notebook)]


def listed(notebook: Notebook) -> list[Backup]:
    """The backups of this notebook that lie in its backup folder, the latest first."""
    mine = notebook.vault.id[:8]
    found: list[Backup] = []
    folder = folder_of(notebook)
    for file in folder.glob(f"lac-*{SUFFIX}") if folder.is_dir() else ():
        named = _NAMED.fullmatch(file.name.removesuffix(SUFFIX))
        if named is not None and named[1] == mine:
            made = datetime.strptime(named[2], _STAMP)
            found.append(Backup(file, made, file.stat().st_size))
    return sorted(found, key=lambda one: one.made, reverse=True)


def is_due(notebook: Notebook) -> bool:
    """Whether an automatic backup is to be made: none was made today, and they are wanted."""
    if notebook.is_demo or not rule(notebook).automatic:
        return False
    made = listed(notebook)
    return not made or made[0].made.date() != notebook.clock().date()


def make_if_due(notebook: Notebook, progress: Progress = silent) -> Backup | None:
    """Make the day's backup, unless there is one or none is wanted; raises as :func:`make`."""
    return make(notebook, progress) if is_due(notebook) else None


def make(notebook: Notebook, progress: Progress = silent) -> Backup:
    """Write a backup into the backup folder, check it, and let older ones expire by the rule.

    Raises LacError where the folder cannot be written to or the copy does not pass its check;
    nothing expires then. Where that fails, or ``progress`` cancels, it leaves no file: one that
    nobody could look through would count as the backup of the day.
    """
    wanted = rule(notebook)
    folder = folder_of(notebook, wanted)
    now = notebook.clock()
    file = folder / f"lac-{notebook.vault.id[:8]}-{now.strftime(_STAMP)}{SUFFIX}"
    vaults.backup(notebook.vault, file, progress, now=now)
    sound = False
    try:
        sound = backup_check.check(file, notebook.vault, progress)
    finally:
        if not sound:
            file.unlink(missing_ok=True)
    if not sound:
        raise DamagedVaultError(
            "The backup could not be opened again.", "Look whether the drive is sound."
        )
    erased_list.add(notebook.vault, erased_places(notebook), erased_list.ErasedList())
    for old in expired([one.made for one in listed(notebook)], wanted):
        (folder / f"lac-{notebook.vault.id[:8]}-{old.strftime(_STAMP)}{SUFFIX}").unlink()
    return Backup(file, now, file.stat().st_size)


def expired(made: Iterable[datetime], kept: Rule) -> list[datetime]:
    """Which backups may go: not the latest of any of the last days, weeks or months to keep.

    Days, weeks (Monday to Sunday) and months in which no backup was made do not count.
    """
    times = sorted(set(made), reverse=True)
    keep: set[datetime] = set(times[:1])
    for number, unit in (
        (kept.daily, lambda t: t.date()),
        (kept.weekly, lambda t: t.isocalendar()[:2]),
        (kept.monthly, lambda t: (t.year, t.month)),
    ):
        latest: dict[Any, datetime] = {}
        for time in times:
            latest.setdefault(unit(time), time)
        keep |= set(list(latest.values())[:number])
    return [time for time in times if time not in keep]


def check(notebook: Notebook, file: Path, progress: Progress = silent) -> str:
    """Open a backup in a place of its own and check every page; a sentence on what was found.

    Raises DamagedVaultError where it is torn, LacError where it is no backup.
    """
    opened = backup_check.check(file, notebook.vault, progress)
    if opened:
        return "Every page of the backup was opened and checked."
    return (
        "The file is whole. It was made under other keys, so it opens with the passphrase or "
        "recovery code of its time."
    )


def warning(notebook: Notebook) -> str:
    """A sentence where the last backup is old or was never made; "" if all is well."""
    if notebook.is_demo:
        return ""
    made = listed(notebook)
    today = notebook.clock().date()
    if not made:
        begun = _begun(notebook)
        if begun is None or today - begun < timedelta(days=OLD_AFTER):
            return ""
        return "This notebook has no backup yet. Choose File, Back up now."
    last = made[0].made.date()
    if today - last < timedelta(days=OLD_AFTER):
        return ""
    return f"The last backup is of {long_date(last)}. Choose File, Back up now."


def _begun(notebook: Notebook) -> date | None:
    """When the notebook was made."""
    try:
        return datetime.fromisoformat(notebook.vault.made).date()
    except ValueError:
        return None


def salvage(folder: Path, secret: str, target: Path, progress: Progress = silent) -> Salvaged:
    """Copy all that can still be read of a damaged notebook into a new one; the old one stays.

    Raises WrongPassphraseError, or DamagedVaultError where not even the keys can be read.
    """
    found = salvaging.salvage(folder, secret, target, progress)
    lock(unlock(target, secret))  # makes the search anew and shows that it opens
    return found
