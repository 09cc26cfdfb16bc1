# SPDX-License-Identifier: AGPL-3.0-or-later
"""The process that is killed: saves without end and acknowledges each commit over its output.

Run: ``python -m tests.storage.kill_child FOLDER PASSPHRASE save|import``. Each line of output is
the JSON of the names by id that were committed.
"""

import json
import sys
from datetime import datetime
from itertools import count
from pathlib import Path

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.ids import new_id
from lac_desktop.storage import assets, vault
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)


def main() -> None:
    """Save one asset at a time, editing every other, or import forty at a time."""
    folder, passphrase, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    step = Step("A", mode, NOW, "import" if mode == "import" else "edit")
    opened = vault.unlock(folder, passphrase)
    last: Asset | None = None
    for turn in count():
        edit = last is not None and turn % 2 == 1 and mode == "save"
        ids = [last.id] if edit and last is not None else _new(40 if mode == "import" else 1)
        some = [Asset(id=i, name=f"{turn} {i}", kind="park", hours="24/7") for i in ids]
        with opened.write() as db:
            assets.save(db, some, step=step, indexer=PlainIndexer())
        last = some[0]
        sys.stdout.write(json.dumps({asset.id: asset.name for asset in some}) + "\n")
        sys.stdout.flush()


def _new(number: int) -> list[str]:
    return [new_id() for _ in range(number)]


if __name__ == "__main__":
    main()
