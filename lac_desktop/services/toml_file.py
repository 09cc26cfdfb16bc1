# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small settings files in TOML: read whole, written whole or not at all."""

import json
import os
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lac_desktop.errors import LacError


def read(path: Path) -> dict[str, Any]:
    """Return what the file holds, or an empty mapping where there is no file.

    Raises LacError where it is no TOML or cannot be read.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LacError(
            f"The file {path.name} is not written as it should be: {error}.",
            "Correct it in a text editor, or delete it to start again.",
        ) from error
    except OSError as error:
        raise LacError(
            f"The file {path.name} could not be read: {error.strerror}.",
            "Check that you have rights to it.",
        ) from error


def text_of(values: Mapping[str, Any]) -> str:
    """Write scalars, lists of scalars, and lists of tables (one level) as TOML."""
    plain = [f"{key} = {_value(value)}" for key, value in values.items() if not _tables(value)]
    parts = ["\n".join(plain)]
    for key, rows in values.items():
        if _tables(rows):
            parts += [
                "\n".join([f"[[{key}]]", *(f"{k} = {_value(v)}" for k, v in row.items())])
                for row in rows
            ]
    return "\n\n".join(part for part in parts if part) + "\n"


def write(path: Path, values: Mapping[str, Any], heading: str = "") -> None:
    """Write a settings file; ``heading`` becomes a comment. Raises LacError as write_text does."""
    write_text(path, (f"# {heading}\n\n" if heading else "") + text_of(values))


def write_text(path: Path, text: str) -> None:
    """Write a text file through a temporary one beside it, whole or not at all.

    Raises LacError where the folder cannot be written to.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise LacError(
            f"{path.name} could not be saved: {error.strerror}.",
            "Check that the disk has room and that you may write to this folder.",
        ) from error


def _tables(value: Any) -> bool:
    """Say whether a value is a list of tables."""
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and isinstance(value[0], Mapping)
    )


def _value(value: Any) -> str:
    """One TOML value; JSON's escapes are TOML's, but for DEL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)  # dates and times are written as they are
