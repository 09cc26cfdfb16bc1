# SPDX-License-Identifier: AGPL-3.0-or-later
"""The open notebook: vault, area pack, kinds and settings, made once and passed by argument."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from lac_desktop import paths
from lac_desktop.domain import shapes
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError
from lac_desktop.geo.pack import Pack, open_pack
from lac_desktop.geo.walk import WalkGraph
from lac_desktop.services import opening
from lac_desktop.services.indexing import NotebookIndexer, load_kinds
from lac_desktop.services.settings import NotebookSettings, from_json, to_json
from lac_desktop.services.snaps import SnapMemory
from lac_desktop.storage import erased_list, location, refresh
from lac_desktop.storage import settings as stored
from lac_desktop.storage import vault as vaults
from lac_desktop.storage.erase_again import erase_again
from lac_desktop.storage.vault import STANDARD, Strength, Vault

_SETTINGS = "notebook"


@dataclass(slots=True)
class Notebook:
    """Everything that is open while somebody works.

    ``generation`` grows with every change, so that views know when to look again.
    ``pack_problem`` is a sentence about an area pack that could not be opened, or "".
    """

    vault: Vault
    kinds: KindTable
    settings: NotebookSettings
    pack: Pack | None = None
    pack_problem: str = ""
    clock: Callable[[], datetime] = opening.now
    generation: int = 0
    _indexer: NotebookIndexer | None = field(default=None, repr=False)
    _snaps: SnapMemory | None = field(default=None, repr=False)

    @property
    def indexer(self) -> NotebookIndexer:
        """What storage is told about kinds and hours, under today's settings."""
        if self._indexer is None:
            self._indexer = NotebookIndexer(self.kinds, self.settings, centre(self))
        return self._indexer

    @property
    def is_demo(self) -> bool:
        """Whether this is the invented neighbourhood with its throw-away vault."""
        return self.settings.demo

    @property
    def folder(self) -> Path:
        """The vault's folder."""
        return self.vault.folder

    def snaps(self, graph: WalkGraph) -> SnapMemory:
        """What is remembered of where assets lie on the streets of this graph."""
        if self._snaps is None or self._snaps.graph is not graph:
            self._snaps = SnapMemory(graph)
        return self._snaps

    def changed(self) -> None:
        """Tell views that something is different now."""
        self.generation += 1


def create(
    folder: Path,
    passphrase: str,
    settings: NotebookSettings | None = None,
    *,
    strength: Strength = STANDARD,
) -> str:
    """Make an empty notebook and return its recovery code, which is shown once.

    Raises LacError where the folder holds something already, may not be written or is a network
    share.
    """
    code = vaults.create(folder, passphrase, strength=strength)
    vault = vaults.unlock(folder, passphrase)
    try:
        with vault.write() as db:
            stored.put(db, _SETTINGS, to_json(settings or NotebookSettings()))
    finally:
        vault.close()
    return code


def unlock(
    folder: Path,
    secret: str,
    *,
    pack: Path | None = None,
    clock: Callable[[], datetime] = opening.now,
) -> Notebook:
    """Open a notebook with its passphrase or recovery code, and the area pack it remembers.

    ``pack`` is an area pack to use instead, for this time. Raises WrongPassphraseError,
    VaultBusyError, DamagedVaultError or NewerVersionError; a pack that cannot be opened is no
    error unless it was named here.
    """
    chosen = open_pack(pack) if pack else None
    vault = vaults.unlock(folder, secret)
    try:
        with vault.read() as db:
            settings = from_json(stored.get(db, _SETTINGS) or {})
        notebook = Notebook(vault, load_kinds(), settings, chosen, clock=clock)
        if chosen is None and settings.pack_folder:
            try:
                notebook.pack = open_pack(Path(settings.pack_folder))
            except LacError as error:
                notebook.pack_problem = str(error)
        _refresh(notebook)
        erase_again(vault, [folder, paths.home()], notebook.clock())
    except BaseException:
        vault.close()
        raise
    return notebook


def _refresh(notebook: Notebook) -> None:
    """Expand opening hours for the weeks ahead where they run out or the kinds changed."""
    now = notebook.clock()
    with notebook.vault.read() as db:
        due = refresh.is_due(db, notebook.indexer, now)
    if due:
        with notebook.vault.write() as db:
            refresh.refresh(db, notebook.indexer, now)


def lock(notebook: Notebook) -> None:
    """Close everything and forget the keys."""
    if notebook.pack is not None:
        notebook.pack.close()
    notebook.vault.close()


def save_settings(notebook: Notebook, settings: NotebookSettings) -> None:
    """Keep new settings; hours are expanded again where the nation or the terms changed."""
    with notebook.vault.write() as db:
        stored.put(db, _SETTINGS, to_json(settings))
    notebook.settings = settings
    notebook._indexer = None
    _refresh(notebook)
    notebook.changed()


def use_pack(notebook: Notebook, folder: Path | None) -> None:
    """Take another area pack and remember it; None leaves the notebook without one."""
    pack = open_pack(folder) if folder else None
    if notebook.pack is not None:
        notebook.pack.close()
    notebook.pack = pack
    notebook.pack_problem = ""
    chosen = str(folder.resolve()) if folder else ""
    save_settings(notebook, replace(notebook.settings, pack_folder=chosen))


def centre(notebook: Notebook) -> Point | None:
    """Where the map opens: the chosen home, else the middle of the patch, else of the pack."""
    if notebook.settings.home:
        return notebook.settings.home
    if (patch := shapes.box_of(notebook.settings.patch)) is not None:
        return patch.centre
    return notebook.pack.info.bounds.centre if notebook.pack else None


def place_warnings(folder: Path) -> list[str]:
    """Sentences about a folder in which a notebook would be at risk, such as a synchronised one."""
    warning = location.sync_warning(folder)
    return [warning] if warning else []


def verify(folder: Path, secret: str, progress: Progress = silent) -> list[str]:
    """Check a notebook from end to end; the sentences say what is wrong, none means sound."""
    vault = vaults.unlock(folder, secret)
    try:
        return vaults.verify(vault, progress)
    finally:
        vault.close()


def backup(notebook: Notebook, file: Path, progress: Progress = silent) -> None:
    """Write an encrypted, checked copy of the open notebook to a file, whole or not at all."""
    vaults.backup(notebook.vault, file, progress)


def backup_folder(folder: Path, secret: str, file: Path, progress: Progress = silent) -> None:
    """Back up a notebook that is not open."""
    vault = vaults.unlock(folder, secret)
    try:
        vaults.backup(vault, file, progress)
    finally:
        vault.close()


def restore(file: Path, folder: Path, progress: Progress = silent) -> None:
    """Bring a backup back into a folder that holds no notebook yet.

    Who was erased since is erased again when it is unlocked: the list lies beside the backup.
    """
    vaults.restore(file, folder, progress=progress)
    erased_list.bring_along(file.parent, folder)


def change_passphrase(notebook: Notebook, old: str, new: str) -> None:
    """Wrap the keys under another passphrase; WrongPassphraseError where ``old`` is not it."""
    vaults.change_passphrase(notebook.vault, old, new)


def new_recovery_code(notebook: Notebook) -> str:
    """Make a new recovery code and return it to be shown once; the old one stops working."""
    return vaults.new_recovery_code(notebook.vault)
