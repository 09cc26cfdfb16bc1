# SPDX-License-Identifier: AGPL-3.0-or-later
"""The typist that is killed: types without end, and says which keys were pressed and saved.

Run: ``python -m tests.storage.typing_child`` and write a FOLDER on a line for each
typist wanted. Each is a fork of this process, so that two hundred take seconds. It presses one key
a time and saves the draft after each ``conversations.SAVE_WITHIN`` seconds of typing, as the editor
does, at so many keys a second; its lines are its process id, then "PRESSED SAVED" after each key.
"""

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.services import conversations, notebook

NOW = datetime(2026, 11, 21, 12, 0)
SECRET = "typing words"
PERSON = "01935a00-0000-7000-8000-00000000000a"
KEYS_A_SECOND = 12  # a quick typist
TEXT = "I love the garden and I would gladly show somebody how beans are grown. "


def text(keys: int) -> str:
    """What was typed after so many keys."""
    return (TEXT * (keys // len(TEXT) + 1))[:keys]


def type_on(folder: Path) -> None:
    """Open the notebook and type until the end."""
    book = notebook.unlock(folder, SECRET, clock=lambda: NOW)
    left = conversations.drafts(book)
    if left:
        talk, turn = left[0].conversation, left[0].turn
    else:
        talk, turn = conversations.new(book, [PERSON]), None
    saved = pressed = sum(len(paragraph.text) for paragraph in talk.own_words)
    between = round(KEYS_A_SECOND * conversations.SAVE_WITHIN)
    say(f"{os.getpid()}")
    while True:
        pressed += 1
        say(f"{pressed} {saved}")
        if pressed - saved >= between:
            turn = conversations.save_draft(book, _typed(talk, pressed), turn)
            saved = pressed
            say(f"{pressed} {saved}")


def _typed(talk: Conversation, keys: int) -> Conversation:
    return replace(talk, own_words=(Paragraph(text(keys)),))


def say(line: str) -> None:
    """Write a line at once, past every buffer."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Fork a typist for each folder on standard input and wait for its end."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            type_on(Path(line.strip()))
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
