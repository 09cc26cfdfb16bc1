# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keep text cells from being run as formulas by a spreadsheet, and take the guard off again.

A cell that starts with ``= + - @``, a tab or a line end can be run as a formula when a CSV file is
opened (OWASP, "CSV Injection"). An apostrophe before it makes it text. Cells that already start
with apostrophes and such a sign get one more, so that :func:`unguarded` undoes :func:`guarded`
exactly.
"""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that :func:`guarded` put on, and leave every other text alone."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
