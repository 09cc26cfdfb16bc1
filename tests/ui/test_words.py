# SPDX-License-Identifier: AGPL-3.0-or-later
"""No English on screen outside tr(): the code of the window is read for sentences that slip by."""

import ast
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "lac_desktop" / "ui"

#: What puts words on screen or into a screen reader's mouth, with the place of the words.
SHOWS = {
    "label": (0,),
    "button": (0,),
    "tool": (0,),
    "QLabel": (0,),
    "QPushButton": (0,),
    "setText": (0,),
    "setTitle": (0,),
    "setWindowTitle": (0,),
    "setToolTip": (0,),
    "setStatusTip": (0,),
    "setPlaceholderText": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setSpecialValueText": (0,),
    "setSuffix": (0,),
    "addAction": (0,),
    "heading": (0,),
    "done": (0, 1),
    "warn": (0, 1),
    "announce": (1,),
}
#: The name of the program and the like stay what they are in every language.
NAMES = {"LAC Desktop", "PDF (*.pdf)"}


def english(node: ast.expr) -> str:
    """The words of a literal, "" where it holds none that anybody reads."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [v.value for v in node.values if isinstance(v, ast.Constant)]
        text = "".join(str(part) for part in parts)
    else:
        return ""
    return text if any(len(word) > 1 and word.isalpha() for word in text.split()) else ""


def slips(file: Path) -> list[str]:
    """Every place of a file where English is shown that no translation can reach."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        for place in SHOWS.get(name, ()):
            if place < len(node.args) and (words := english(node.args[place])) not in ("", *NAMES):
                found.append(f"{file.name}:{node.lineno} {name}({words!r})")
    return found


def test_every_sentence_on_screen_can_be_translated() -> None:
    assert [slip for file in sorted(UI.rglob("*.py")) for slip in slips(file)] == []


def test_the_reader_of_code_finds_what_slips_by(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text('label("Not translated")\nlabel(tr("Fine"))\nx.setText(f"{n} places")\n')
    assert [slip.split(" ")[0] for slip in slips(file)] == ["page.py:1", "page.py:3"]
