# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every command in one table; menus, tool bar and the list of keys are made from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from lac_desktop.ui.icons import Icons
from lac_desktop.ui.sections import SECTIONS
from lac_desktop.ui.words import tr


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``where`` is "" for anywhere, "open" where a notebook must be open, or a list.

    ``keys`` of a list ("S") are handled by that list itself, so that they type in a text field.
    """

    id: str
    menu: str
    text: str
    keys: str = ""
    icon: str = ""
    help: str = ""
    where: str = "open"


MENUS = ("File", "Edit", "View", "Go", "Person", "Place", "Records", "Help")

COMMANDS = (
    Command("new-notebook", "File", "New notebook…", where=""),
    Command("open-notebook", "File", "Open a different notebook…", where=""),
    Command("restore", "File", "Restore from a backup…", where=""),
    Command("backup", "File", "Back up now…", icon="ph.first-aid-kit"),
    Command("verify", "File", "Check the notebook", icon="ph.shield-check"),
    Command("passphrase", "File", "Change the passphrase…", icon="ph.key"),
    Command("recovery-code", "File", "New recovery code…"),
    Command("import", "File", "Import places…", "Ctrl+Shift+I", "ph.upload-simple"),
    Command("publish", "File", "Publish what is shown…", "Ctrl+Shift+E", "ph.export"),
    Command("pack-build", "File", "Build an area pack…"),
    Command("pack", "File", "Choose an area pack…", icon="ph.map-trifold"),
    Command("print-view", "File", "Print what is shown…", "Ctrl+P", "ph.printer"),
    Command("save-view", "File", "Save the map as a picture or PDF…"),
    Command("quick-note", "File", "Quick note…", "Ctrl+Shift+N", "ph.note-pencil"),
    Command("tally", "File", "Level 1 tally…", "Ctrl+Shift+T", "ph.hand-waving"),
    Command("lock", "File", "Lock", "Ctrl+L", "ph.lock-simple", "Close the notebook"),
    Command("quit", "File", "Quit", "Ctrl+Q", where=""),
    Command("undo", "Edit", "Undo", "Ctrl+Z", "ph.arrow-counter-clockwise"),
    Command("redo", "Edit", "Redo", "Ctrl+Shift+Z", "ph.arrow-clockwise"),
    Command("select-all", "Edit", "Select all places", help="Ctrl+A in the list"),
    Command("bulk", "Edit", "Change the selected places…"),
    Command("imports", "Edit", "Imports…", help="What was brought in, and taking it back"),
    Command("settings", "Edit", "Settings…", "Ctrl+,", "ph.gear-six", where=""),
    Command("text-larger", "View", "Larger text", "Ctrl++", "ph.text-aa", where=""),
    Command("text-smaller", "View", "Smaller text", "Ctrl+-", where=""),
    Command("text-usual", "View", "Usual text size", "Ctrl+0", where=""),
    Command("walking-area", "View", "Walking area"),
    Command("boundaries", "View", "Boundaries of wards"),
    Command("map-key", "View", "Key to the map"),
    Command("map-credits", "View", "Map credits…"),
    Command("detail", "View", "Details", "Ctrl+I"),
    Command("inbox", "Go", "Quick notes to sort", "Ctrl+Shift+Q", "ph.archive"),
    Command("tally-counts", "Go", "Level 1 counts"),
    Command("things-to-try", "Go", "Things to try, on one page", icon="ph.printer"),
    Command("gift-match", "Go", "Who could show whom", icon="ph.arrows-left-right"),
    Command("looking-back", "Go", "Looking back"),
    Command("search", "Go", "Search", "Ctrl+K", "ph.magnifying-glass"),
    Command("back", "Go", "Back", "Alt+Left"),
    Command("next-region", "Go", "Next part of the screen", "F6", where=""),
    Command("last-region", "Go", "Part of the screen before", "Shift+F6", where=""),
    Command("add-person", "Person", "Add a person…", icon="ph.user-plus", help="Ins in the list"),
    Command("converse", "Person", "New conversation", icon="ph.note-pencil", help="Ctrl+Enter"),
    Command("ask-helper", "Person", "Look from what is strong outwards", icon="mdi6.ladder"),
    Command("near-home", "Person", "What is near home", icon="ph.house"),
    Command("copy-person", "Person", "Copy as text", help="For the council’s own case system"),
    Command("add", "Place", "Add a place…", "Ctrl+Shift+A", "ph.plus", "Ins in a list or the map"),
    Command("edit", "Place", "Edit…", "Ctrl+E", "ph.pencil-simple"),
    Command("still-right", "Place", "Still right, checked today", "Ctrl+Shift+S", "ph.check"),
    Command("near-here", "Place", "Search near here", "Ctrl+Shift+H", "ph.crosshair"),
    Command("introduce", "Place", "Introduce somebody…", "Ctrl+Shift+D", "ph.handshake"),
    Command("history", "Place", "History…", "Ctrl+H", "ph.clock-counter-clockwise"),
    Command("remove", "Place", "Remove…", "Ctrl+Backspace", "ph.trash"),
    Command("duplicates", "Place", "Compare duplicates…", "Ctrl+D", "ph.arrows-left-right"),
    Command("call-sheet", "Place", "Call sheet of what needs a check…", icon="ph.phone"),
    Command("retention", "Records", "Retention review…", icon="ph.clock-counter-clockwise"),
    Command("what-left", "Records", "What left the notebook…", icon="ph.export"),
    Command("who-looked", "Records", "Who looked…", icon="ph.eye"),
    Command("backups", "Records", "Backups…", icon="ph.first-aid-kit"),
    Command("council", "Records", "The council’s words and periods…"),
    Command("data-map", "Records", "Save the data map for the DPIA…"),
    Command("keys", "Help", "Keys on this screen", "F1", where=""),
    Command(
        "urgent", "Help", "Worried about someone?", "Ctrl+Shift+W", "ph.warning-octagon", where=""
    ),
    Command("urgent-edit", "Help", "Set the council’s numbers…", where=""),
    Command("about", "Help", "About LAC Desktop", where=""),
)

#: Keys of lists and of the map, for "Keys on this screen": where -> (keys, what they do).
LIST_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Conversation": (
        ("Alt+1, Alt+2", "The person’s own words, what I noticed"),
        ("Alt+O", "Mark the paragraph as being about someone else"),
        ("Alt+U", "Use the words that the coach offers"),
        ("F9", "Read together"),
        ("Ctrl+Enter", "Done: keep the conversation"),
        ("Esc", "Leave it as a draft"),
    ),
    "Today": (
        ("Up, Down", "Move through the rows and lists"),
        ("Space", "Done: what was promised"),
        ("Enter", "Open the row"),
        ("1, 2, 3", "Answer how an introduction goes on"),
        ("F", "File a quick note under a person"),
    ),
    "Quick notes to sort": (
        ("Up, Down", "Move through the notes"),
        ("Enter, F", "File the note under a person"),
        ("C", "Make a conversation of it"),
        ("Del", "Throw it away; Undo brings it back"),
    ),
    "People": (
        ("Letters", "Go to a name in the list"),
        ("Enter", "Open the person’s page"),
        ("Ins", "Add a person"),
        ("Ctrl+Tab", "The next part of a person’s page"),
        ("Ctrl+Enter", "New conversation"),
        ("C", "Copy a conversation as text, in the list of conversations"),
        ("H, S, G", "In the introductions: how it went, a second visit, they give something back"),
        ("T", "In the wishes: it came true"),
        ("Ctrl+arrow keys", "In the circle or the week: move what is chosen"),
        ("Shift+Up, Shift+Down", "In the week: make it shorter or longer"),
        ("Alt+Up, Alt+Down", "Move a line of a list up or down"),
        ("Ins, Enter, Del", "Add a line, change it, take it out"),
        ("Ctrl+S", "Save what was filled in, as of today"),
    ),
    "Helper": (
        ("Enter", "Look, in the fields at the top"),
        ("Alt+1 to Alt+7", "Go to a rung"),
        ("Up, Down, 1 to 7", "Go along the ladder, on the number of a rung"),
        ("Right, Enter", "Into the rung: its first suggestion"),
        ("Tab", "The next suggestion, and what to do with it"),
    ),
    "Community": (
        ("Up, Down", "Move through the places"),
        ("Enter", "Details of the place"),
        ("S", "Still right: checked today"),
        ("C", "What to say on the phone"),
        ("E", "Edit the place"),
        ("Ins", "Add a place"),
        ("Del", "Remove the place"),
        ("Ctrl+A", "Select all places"),
        ("Ctrl+D", "Compare duplicates"),
    ),
    "Map": (
        ("Arrow keys", "The nearest place in that direction"),
        ("N, P", "Next place and the one before, by distance"),
        ("Enter", "Details of the place"),
        ("Ctrl+arrow keys", "Move the map"),
        ("+ and -", "Closer and further away"),
        ("0", "Show everything"),
        ("L", "Go to the list"),
        ("Ins", "Add a place here"),
        ("M", "Move the place: arrow keys 5 m, with Shift 50 m, Enter to keep"),
    ),
}


#: Commands that a dialog does not hold up either: the note that cannot wait, help, the lock.
ANYWHERE = ("quick-note", "urgent", "lock")


def letters(texts: Sequence[str]) -> list[str]:
    """The texts of one menu with "&" before a letter of each that no other has.

    The first letter of a word is taken where it is free; what finds none stays as it is.
    """
    taken: set[str] = set()
    lettered: list[str] = []
    for text in texts:
        starts = [at for at, sign in enumerate(text) if at == 0 or text[at - 1] in " (“"]
        order = [*starts, *range(len(text))]
        free = (at for at in order if text[at].isalnum() and text[at].casefold() not in taken)
        at = next(free, None)
        if at is not None:
            taken.add(text[at].casefold())
        lettered.append(text if at is None else f"{text[:at]}&{text[at:]}")
    return lettered


def _lettered() -> dict[str, str]:
    """What each command is called in its menu, with its letter."""
    found: dict[str, str] = {}
    for menu in MENUS:
        own = [command for command in COMMANDS if command.menu == menu]
        texts = letters([tr(command.text) for command in own])
        found |= dict(zip((command.id for command in own), texts, strict=True))
    return found


class Actions(QObject):
    """The table as Qt actions, ready for menus."""

    def __init__(self, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self.by_id: dict[str, QAction] = {}
        words = _lettered()
        for command in COMMANDS:
            action = QAction(words[command.id], self)
            if command.icon:
                action.setIcon(icons.icon(command.icon))
            if command.keys:
                action.setShortcut(QKeySequence(command.keys))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if command.help:
                action.setStatusTip(tr(command.help))
            action.setMenuRole(QAction.MenuRole.NoRole)
            self.by_id[command.id] = action
        self.by_id["redo"].setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])

    def on(self, name: str, act: Callable[[], object]) -> None:
        """Say what a command does."""
        self.by_id[name].triggered.connect(lambda: act())

    def unlocked(self, is_open: bool) -> None:
        """Make the commands that need a notebook possible or not."""
        for command in COMMANDS:
            if command.where == "open":
                self.by_id[command.id].setEnabled(is_open)

    def fill(self, bar: QMenuBar | QMenu) -> None:
        """Make the menus, in a menu bar or inside another menu."""
        titles = letters([tr(name) for name in MENUS])
        menus = {name: bar.addMenu(words) for name, words in zip(MENUS, titles, strict=True)}
        for command in COMMANDS:
            menus[command.menu].addAction(self.by_id[command.id])
            if command.id in (
                "restore",
                "pack",
                "save-view",
                "redo",
                "text-usual",
                "remove",
                "back",
            ):
                menus[command.menu].addSeparator()

    def keys_for(self, screen: str) -> Sequence[tuple[str, str]]:
        """What "Keys on this screen" lists: those of its list, then those that work anywhere."""
        own = [(keys, tr(says)) for keys, says in LIST_KEYS.get(screen, ())]
        general = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), tr(command.text))
            for command in COMMANDS
            if (action := self.by_id[command.id]).isEnabled() and command.keys
        ]
        last = f"Ctrl+{len(SECTIONS)}"
        words = tr("The sections of the rail, from the top")
        sections = [(tr("Ctrl+1 to {last}", last=last), words)]
        return [*own, *sections, *((k, t.rstrip("…")) for k, t in general)]
