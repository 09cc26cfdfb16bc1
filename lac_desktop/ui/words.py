# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every sentence on screen goes through here, so that it can be shown in another language."""

import tomllib
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from lac_desktop import paths

_CONTEXT = "lac"


def tr(text: str, /, **values: object) -> str:
    """The sentence in the chosen language, with ``{name}`` places filled in."""
    found = QCoreApplication.translate(_CONTEXT, text)
    return found.format(**values) if values else found


def count(one: str, many: str, n: int, /, **values: object) -> str:
    """The sentence for so many things; ``{n}`` becomes the number with thousands commas."""
    found = QCoreApplication.translate(_CONTEXT, many, None, n)
    sentence = one if found == many and n == 1 else found
    return sentence.format(n=f"{n:,}", **values)


def languages() -> dict[str, str]:
    """The languages there are words for: code -> its own name. English is always one."""
    found = {"en": "English"}
    for file in sorted((paths.resources() / "i18n").glob("*.toml")):
        found[file.stem] = str(tomllib.loads(file.read_text("utf-8")).get("name", file.stem))
    return found


class Catalogue(QTranslator):
    """The sentences of one language, read from ``resources/i18n/CODE.toml``."""

    def __init__(self, code: str, parent: QObject) -> None:
        super().__init__(parent)
        file = paths.resources() / "i18n" / f"{code}.toml"
        raw: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
        self._text: Mapping[str, str] = raw.get("text", {})
        self._plural: Mapping[str, Mapping[str, str]] = raw.get("plural", {})

    @property
    def holds_words(self) -> bool:
        """Whether there is anything to translate; English needs no catalogue."""
        return bool(self._text or self._plural)

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Qt asks here for each sentence; what has no translation stays English."""
        if context != _CONTEXT:
            return text
        forms = self._plural.get(text)
        if forms and n >= 0:
            return forms.get(plural_form(n), forms.get("other", text))
        return self._text.get(text, text)


def plural_form(n: int) -> str:
    """The plural category of a number (CLDR's for Welsh; English uses one and other of them)."""
    return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, "other")
