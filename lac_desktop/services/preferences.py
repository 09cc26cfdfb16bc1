# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window's own settings of this account: look, size, place and last notebook.

They are kept in a plain file, so nothing about a person may ever be added to them.
"""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from lac_desktop import paths
from lac_desktop.errors import LacError
from lac_desktop.services import toml_file

THEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of the window. ``text_size`` is in per cent; ``window`` is x, y, width, height."""

    theme: str = "system"
    text_size: int = 100
    language: str = "en"
    letter_keys: bool = True
    window: tuple[int, ...] = ()
    maximised: bool = False
    last_notebook: str = ""
    last_backup: str = ""  # date and time of the last good backup, ISO


def load() -> Preferences:
    """Read the settings; what is missing or makes no sense takes its usual value."""
    try:
        raw = toml_file.read(paths.settings_file())
    except LacError:
        return Preferences()  # a broken look must never keep anyone from their notebook
    known = {f.name: raw[f.name] for f in fields(Preferences) if f.name in raw}
    return _sound(known)


def save(preferences: Preferences) -> None:
    """Write the settings whole; raises LacError where that is not possible."""
    values = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(preferences).items()}
    toml_file.write(paths.settings_file(), values, "Settings of LAC Desktop for this account")


def last_notebook(preferences: Preferences) -> Path | None:
    """The notebook that was open last, if it is still there."""
    folder = Path(preferences.last_notebook) if preferences.last_notebook else None
    return folder if folder and folder.is_dir() else None


def _sound(raw: dict[str, Any]) -> Preferences:
    """Keep only values of the right type and range."""
    usual = asdict(Preferences())
    values = {k: v for k, v in raw.items() if isinstance(v, type(usual[k])) or k == "window"}
    if values.get("theme") not in THEMES:
        values.pop("theme", None)
    values["text_size"] = max(90, min(200, values.get("text_size", 100)))
    window = values.get("window", ())
    whole = isinstance(window, list | tuple) and all(isinstance(n, int) for n in window)
    values["window"] = tuple(window) if whole and len(window) == 4 else ()
    return Preferences(**values)
