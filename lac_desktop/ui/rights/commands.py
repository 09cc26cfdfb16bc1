# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the menu Records does."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.rights.backups import show_backups
from lac_desktop.ui.rights.council import ask_for_council, save_data_map
from lac_desktop.ui.rights.records import show_what_left, show_who_looked
from lac_desktop.ui.rights.review import show_review
from lac_desktop.ui.session import Session

#: By the id of the command: what shows it over a window.
COMMANDS: Mapping[str, Callable[[QWidget, Session, Desk], None]] = {
    "retention": show_review,
    "what-left": show_what_left,
    "who-looked": show_who_looked,
    "backups": show_backups,
    "council": ask_for_council,
    "data-map": save_data_map,
}
