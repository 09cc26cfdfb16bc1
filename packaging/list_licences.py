# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write resources/licences/libraries.txt: each library that the app installs, and its licence.

Run it inside the environment after a change of requirements.lock: ``python
packaging/list_licences.py``. Licences are SPDX expressions, from the library's own metadata where
it has one; what is said otherwise there is translated by OWN_WORDS, and a new library that says
nothing usable stops this script.
"""

import re
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "resources" / "licences" / "libraries.txt"

#: What libraries without an SPDX expression mean by their own words, looked up one by one.
OWN_WORDS: Mapping[str, str] = {
    "click-default-group": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "et-xmlfile": "MIT",
    "jinja2": "BSD-3-Clause",
    "odfpy": "Apache-2.0 OR GPL-2.0-or-later",
    "protobuf": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pyogrio": "MIT",
    "segno": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "sqlite-fts4": "Apache-2.0",
    "xlrd": "BSD-3-Clause",
    "xstatic-leaflet": "BSD-2-Clause",
}
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_HEAD = """\
# The libraries that LAC Desktop installs, and their licences as SPDX expressions.
# Made by packaging/list_licences.py. The texts come with each library in its .dist-info folder.
# PySide6 and Qt are used under LGPL-3.0-only; the icons of QtAwesome's Phosphor font under MIT and
# of its Material Design Icons font under Apache-2.0.
"""


def installed(name: str, found: dict[str, str]) -> dict[str, str]:
    """The licence of a library and of all it needs at run time here, by name."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return found
    try:
        info = distribution(name)
    except PackageNotFoundError:
        return found  # for another system
    found[key] = licence(key, info.metadata.json)
    for line in info.requires or ():
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            installed(need.name, found)
    return found


def licence(key: str, metadata: Mapping[str, object]) -> str:
    """A library's licence as an SPDX expression; ends the script where there is none."""
    said = str(metadata.get("license_expression") or metadata.get("license") or "")
    chosen = OWN_WORDS.get(key, said)
    if not _SPDX.fullmatch(chosen):
        sys.exit(f"{key} says “{said[:60]}” of its licence: look it up and add it to OWN_WORDS.")
    return chosen


def table() -> str:
    """The whole text of the list."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [") + 1
    found: dict[str, str] = {}
    for line in lines[start : lines.index("]", start)]:
        if quoted := re.match(r'\s*"([A-Za-z0-9_.-]+)', line):
            installed(quoted[1], found)
    width = max(map(len, found)) + 2
    return _HEAD + "".join(f"{name:<{width}}{found[name]}\n" for name in sorted(found))


if __name__ == "__main__":
    LIST.parent.mkdir(parents=True, exist_ok=True)
    LIST.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"Wrote {LIST.relative_to(ROOT)}.\n")
