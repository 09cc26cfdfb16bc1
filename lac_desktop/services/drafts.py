# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was typed and not saved, kept inside the notebook so that a crash or lock loses nothing."""

import json
from dataclasses import replace
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import rows
from lac_desktop.storage import settings as stored

_NAME = "draft:{key}"


def get(notebook: Notebook, key: str) -> Asset | None:
    """The asset as it was typed last under this name, or None."""
    with notebook.vault.read() as db:
        kept = stored.get(db, _NAME.format(key=key))
    return _read(kept) if isinstance(kept, dict) else None


def keep(notebook: Notebook, key: str, asset: Asset) -> None:
    """Keep an asset as it stands in a form, right or wrong."""
    values = [_plain(value) for value in rows.encode(asset)]
    with notebook.vault.write() as db:
        stored.put(db, _NAME.format(key=key), {"id": asset.id, "values": values})


def drop(notebook: Notebook, key: str) -> None:
    """Forget what was kept."""
    with notebook.vault.read() as db:
        there = stored.get(db, _NAME.format(key=key)) is not None
    if there:
        with notebook.vault.write() as db:
            stored.drop(db, _NAME.format(key=key))


def _plain(value: Any) -> Any:
    """Values of a row as JSON holds them."""
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _read(kept: dict[str, Any]) -> Asset | None:
    """An asset from what was kept; a draft of another version that cannot be read is no draft."""
    try:
        asset = rows.decode([kept["id"], *kept["values"]])
    except (KeyError, TypeError, ValueError, json.JSONDecodeError):
        return None
    return replace(asset, id=str(kept["id"]))
