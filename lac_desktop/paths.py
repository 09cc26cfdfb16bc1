# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where things lie on disk: the only module that knows where resources and maps are."""

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Find a folder that lies beside the package in a checkout and inside it in a wheel."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """Folder of the shipped data: kinds, styles, ladder, licences."""
    return _shipped("resources")


def maps() -> Path:
    """Folder of map styles and of area packs that council IT installs beside the app."""
    return _shipped("maps")


def home() -> Path:
    """Folder of this account's notebooks, outside those a cloud client synchronises."""
    chosen = os.environ.get("LAC_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("LAC Desktop", False))


def cache() -> Path:
    """Folder for what can be made again, such as the demo neighbourhood."""
    chosen = os.environ.get("LAC_HOME")
    base = Path(chosen) / "cache" if chosen else None
    return base or Path(platformdirs.user_cache_dir("LAC Desktop", False))


def settings_file() -> Path:
    """The window's own settings of this account; never anything about a person."""
    chosen = os.environ.get("LAC_HOME")
    base = Path(chosen) if chosen else Path(platformdirs.user_config_dir("LAC Desktop", False))
    return base / "settings.toml"


def machine_policy() -> Path:
    """Folder where council IT may place ``urgent.toml`` for every account."""
    chosen = os.environ.get("LAC_POLICY")
    return Path(chosen) if chosen else Path(platformdirs.site_config_dir("LAC Desktop", False))
