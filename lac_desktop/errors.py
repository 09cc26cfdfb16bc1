# SPDX-License-Identifier: AGPL-3.0-or-later
"""The problems we expect, each a sentence with a way out. Anything else is a bug."""


class LacError(Exception):
    """A known problem, told to the person at the keyboard.

    ``message`` says what happened and ``hint`` what to do next; both are whole sentences.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint


class WrongPassphraseError(LacError):
    """The passphrase or recovery code does not open this notebook."""


class VaultBusyError(LacError):
    """Another window or command has the notebook open."""


class DamagedVaultError(LacError):
    """The notebook's files do not pass their checks."""


class NewerVersionError(LacError):
    """A vault or pack was written by a newer LAC Desktop."""


class UnreadableFileError(LacError):
    """Nothing of a file could be read."""


class StaleError(LacError):
    """Somebody, or another window, changed the same thing meanwhile; both versions are kept.

    ``stored`` is what is in the notebook now, ``mine`` what was to be saved. ``turn`` is the turn
    under which a draft of mine was saved, or 0.
    """

    def __init__(
        self, message: str, hint: str, *, stored: object, mine: object, turn: int = 0
    ) -> None:
        super().__init__(message, hint)
        self.stored = stored
        self.mine = mine
        self.turn = turn


class CancelledError(Exception):
    """Somebody chose Cancel; shown to nobody, everything is as it was."""
