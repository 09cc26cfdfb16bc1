# SPDX-License-Identifier: AGPL-3.0-or-later
"""One kind of input of an area pack: what it is for, where it comes from, and the files chosen."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from lac_desktop.services.packs import Need
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr


@dataclass(frozen=True, slots=True)
class InputKind:
    """One kind of input. ``id`` is a field of services.packs.Inputs; ``patterns`` filter files."""

    id: str
    patterns: str
    folders: bool = False
    single: bool = False


KINDS = (
    InputKind("osm", "*.osm.pbf *.pbf *.osm *.osm.gz *.osm.bz2"),
    InputKind("postcodes", "*.csv *.zip *.txt", folders=True),
    InputKind("boundaries", "*.geojson *.json *.topojson *.gpkg *.shp *.zip *.kml"),
    InputKind("names", "*.csv *.zip", folders=True),
    InputKind("basemap", "*.pmtiles *.mbtiles", single=True),
)

#: Tiles of one's own are nothing that a pack lacks, so the table of needs does not have them.
OWN_TILES = Need(
    "basemap",
    "Your own map tiles (optional)",
    "Without them the map is drawn from the OpenStreetMap extract.",
    "A PMTiles or MBTiles file, vector or picture.",
)


class InputBox(QWidget):
    """The files chosen for one kind of input, with Add, Add a folder and Take away."""

    changed = Signal()

    def __init__(self, kind: InputKind, need: Need, theme: Theme) -> None:
        super().__init__()
        self.kind, self.title = kind, tr(need.what)
        about = f"{tr(need.why)} {tr(need.where)}"
        title = label(self.title, "emphasis")
        why = label(about, "caption", "muted", wrap=True)
        self.files = QListWidget()
        self.files.setAccessibleName(self.title)
        self.files.setAccessibleDescription(about)
        self.files.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.files.setFixedHeight(theme.scaled(58))
        self.files.hide()
        title.setBuddy(self.files)
        self.add = button(tr("Add a file…"), self._ask_files, "small")
        self.add.setAccessibleName(tr("Add a file: {what}", what=self.title))
        self.folder = button(tr("Add a folder…"), self._ask_folder, "small")
        self.folder.setAccessibleName(tr("Add a folder: {what}", what=self.title))
        self.folder.setVisible(kind.folders)
        self.take = button(tr("Take away"), self._take_away, "small")
        self.take.setAccessibleName(tr("Take away: {what}", what=self.title))
        self.take.hide()
        words = column(title, why, gap=2)
        buttons = row(self.take, self.folder, self.add)
        buttons.setAlignment(Qt.AlignmentFlag.AlignTop)
        top = row(gap=16)
        top.addLayout(words, 1)
        top.addLayout(buttons)
        self.setLayout(column(top, self.files, gap=4))

    def paths(self) -> tuple[Path, ...]:
        """The files and folders chosen."""
        return tuple(
            Path(self.files.item(i).data(Qt.ItemDataRole.UserRole))
            for i in range(self.files.count())
        )

    def put(self, chosen: list[str]) -> None:
        """Add files; each counts once, and a kind that takes one file takes the last."""
        if self.kind.single:
            self.files.clear()
            chosen = chosen[-1:]
        there = {str(path) for path in self.paths()}
        for name in chosen:
            if name and name not in there:
                self.files.addItem(Path(name).name)
                item = self.files.item(self.files.count() - 1)
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setToolTip(name)
        self._shown()

    def _shown(self) -> None:
        any_there = self.files.count() > 0
        self.files.setVisible(any_there)
        self.take.setVisible(any_there)
        self.changed.emit()

    def _ask_files(self) -> None:
        what = f"{self.title} ({self.kind.patterns});;{tr('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self, self.title, "", what)
        self.put(chosen)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.title)
        self.put([chosen] if chosen else [])

    def _take_away(self) -> None:
        picked = self.files.selectedItems() or [self.files.item(self.files.count() - 1)]
        for item in picked:
            self.files.takeItem(self.files.row(item))
        self._shown()
        self.add.setFocus()
