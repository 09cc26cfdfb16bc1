# SPDX-License-Identifier: AGPL-3.0-or-later
"""keys.json: the notebook's data keys, wrapped by a passphrase and by a printed recovery code.

The 32-byte keys of the two files and of the change chain are drawn by chance and never change
with the passphrase. They are sealed together (NaCl secretbox) under argon2id(passphrase) and,
a second time, under the recovery code. The code holds 160 random bits, so it needs no stretching:
one BLAKE2b does. A checksum over the file tells damage apart from a wrong passphrase. The file is
kept twice, because nothing can be read without it.
"""

import base64
import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from lac_desktop.errors import (
    DamagedVaultError,
    LacError,
    NewerVersionError,
    WrongPassphraseError,
)
from lac_desktop.storage.failures import told
from lac_desktop.storage.whole_file import write_whole

NAME = "keys.json"
COPY_NAME = "keys.copy.json"
FORMAT = 1

#: Crockford's base32: no I, L, O or U, which are read as 1, 1, 0 and V.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_CODE_BYTES = 20
_KEY = 32


@dataclass(frozen=True, slots=True)
class Strength:
    """How costly a guess of the passphrase is: memory in KiB, passes and lanes of argon2id."""

    memory_kib: int
    passes: int
    lanes: int


STANDARD = Strength(262_144, 3, 4)
#: For secrets of 256 random bits, which nobody can guess: stretching them would only cost time.
FOR_RANDOM_SECRETS = Strength(64, 1, 1)
#: Guards nothing: for tests, which open notebooks hundreds of times.
FAST_FOR_TESTS = Strength(64, 1, 1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The keys in the clear, each a bytearray of 32 that :meth:`wipe` zeroes."""

    community: bytearray
    people: bytearray
    chain: bytearray

    def wipe(self) -> None:
        """Overwrite the keys with zeros; Python may still hold copies that it made itself."""
        for buffer in (self.community, self.people, self.chain):
            buffer[:] = bytes(len(buffer))

    def parts(self) -> bytes:
        """The keys in a row: 96 bytes."""
        return b"".join((self.community, self.people, self.chain))


def new_bundle() -> Bundle:
    """Draw new keys."""
    return Bundle(*(bytearray(secrets.token_bytes(_KEY)) for _ in range(3)))


def _bundle(parts: bytes) -> Bundle:
    if len(parts) != 3 * _KEY:
        raise DamagedVaultError("The notebook’s key file is damaged.", _KEYS_HINT)
    return Bundle(*(bytearray(parts[i : i + _KEY]) for i in range(0, len(parts), _KEY)))


_KEYS_HINT = "Restore keys.json from a backup of this notebook; its other files may be well."


def new_code() -> str:
    """Draw a recovery code: 8 groups of 4 signs, such as "7QX2-…"."""
    number = secrets.randbits(_CODE_BYTES * 8)
    signs = "".join(_ALPHABET[number >> 5 * i & 31] for i in reversed(range(32)))
    return "-".join(signs[i : i + 4] for i in range(0, 32, 4))


def read_code(text: str) -> str | None:
    """Read a typed recovery code: 32 signs of the alphabet, or None if it cannot be one."""
    signs = "".join(c for c in text.upper() if c.isalnum()).translate(_LOOK_ALIKES)
    if len(signs) != 32 or any(c not in _ALPHABET for c in signs):
        return None
    return signs


def _stretch(passphrase: str, salt: bytes, strength: Strength) -> bytes:
    """argon2id of a passphrase (RFC 9106), 32 bytes."""
    try:
        return hash_secret_raw(
            unicodedata.normalize("NFKC", passphrase).encode("utf-8"),
            salt,
            time_cost=strength.passes,
            memory_cost=strength.memory_kib,
            parallelism=strength.lanes,
            hash_len=_KEY,
            type=Type.ID,
        )
    except HashingError as error:
        raise LacError(
            "There is not enough free memory to check the passphrase.",
            "Close other programs, then try again.",
        ) from error


def _from_code(signs: str, salt: bytes) -> bytes:
    return hashlib.blake2b(
        signs.encode("ascii"), digest_size=_KEY, salt=salt[:16], person=b"lac recovery"
    ).digest()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def seal_passphrase(bundle: Bundle, passphrase: str, strength: Strength) -> dict[str, Any]:
    """Wrap the keys under a passphrase; LacError for an empty one."""
    if not passphrase.strip():
        raise LacError("The passphrase is empty.", "Choose one of at least four words.")
    salt = secrets.token_bytes(16)
    box = SecretBox(_stretch(passphrase, salt, strength)).encrypt(bundle.parts())
    return {
        "by": "passphrase",
        "kdf": "argon2id",
        "memory_kib": strength.memory_kib,
        "passes": strength.passes,
        "lanes": strength.lanes,
        "salt": _b64(salt),
        "box": _b64(bytes(box)),
    }


def seal_code(bundle: Bundle, code: str) -> dict[str, Any]:
    """Wrap the keys under a recovery code."""
    signs = read_code(code)
    if signs is None:
        raise ValueError("not a recovery code")
    salt = secrets.token_bytes(16)
    box = SecretBox(_from_code(signs, salt)).encrypt(bundle.parts())
    return {"by": "recovery code", "kdf": "blake2b", "salt": _b64(salt), "box": _b64(bytes(box))}


def _checksum(content: Mapping[str, Any]) -> str:
    plain = {k: v for k, v in content.items() if k != "checksum"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def strength_of(content: Mapping[str, Any]) -> Strength:
    """How costly a guess of the present passphrase is."""
    wrap = next(w for w in content["wraps"] if w["by"] == "passphrase")
    return Strength(int(wrap["memory_kib"]), int(wrap["passes"]), int(wrap["lanes"]))


def write(
    folder: Path,
    vault_id: str,
    made: str,
    wraps: list[dict[str, Any]],
    former: str | None = None,
) -> None:
    """Write keys.json and its copy, each whole or not at all.

    ``former`` holds sealed keys that are being replaced, see :mod:`lac_desktop.storage.rekey`.
    """
    content: dict[str, Any] = {
        "format": FORMAT,
        "vault": vault_id,
        "made": made,
        "wraps": wraps,
    }
    if former is not None:
        content["former"] = former
    content["checksum"] = _checksum(content)
    data = (json.dumps(content, indent=1) + "\n").encode("ascii")
    write_whole(folder / NAME, data)
    write_whole(folder / COPY_NAME, data)


def parse(data: bytes) -> dict[str, Any]:
    """Read the bytes of a keys.json; DamagedVaultError or NewerVersionError if that fails."""
    try:
        content = json.loads(data.decode("utf-8"))
        version = content["format"]
        if isinstance(version, int) and version > FORMAT:
            raise NewerVersionError(
                "This notebook was made by a newer LAC Desktop.", "Update LAC Desktop to open it."
            )
        if _checksum(content) != content["checksum"] or not content["wraps"]:
            raise ValueError("checksum")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedVaultError("The notebook’s key file is damaged.", _KEYS_HINT) from error
    return content


def load(folder: Path) -> dict[str, Any]:
    """Read keys.json, or its copy where it is damaged or gone, and mend the other of the two."""
    damage: DamagedVaultError | None = None
    for name, other in ((NAME, COPY_NAME), (COPY_NAME, NAME)):
        file = folder / name
        if not file.is_file():
            continue
        with told():
            data = file.read_bytes()
        try:
            content = parse(data)
        except DamagedVaultError as error:
            damage = error
            continue
        twin = folder / other
        if (not twin.is_file() or twin.read_bytes() != data) and os.access(folder, os.W_OK):
            write_whole(twin, data)
        return content
    if damage is not None:
        raise damage
    raise DamagedVaultError("The notebook’s key file is missing.", _KEYS_HINT)


def _open(wrap: Mapping[str, Any], secret: str) -> Bundle | None:
    """Try one wrap; None if the secret is not the one."""
    try:
        salt, box = base64.b64decode(wrap["salt"]), base64.b64decode(wrap["box"])
        if wrap["by"] == "recovery code":
            signs = read_code(secret)
            if signs is None:
                return None
            key = _from_code(signs, salt)
        else:
            strength = Strength(int(wrap["memory_kib"]), int(wrap["passes"]), int(wrap["lanes"]))
            key = _stretch(secret, salt, strength)
        return _bundle(SecretBox(key).decrypt(box))
    except CryptoError:
        return None
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedVaultError("The notebook’s key file is damaged.", _KEYS_HINT) from error


def unwrap(content: Mapping[str, Any], secret: str) -> Bundle:
    """Open the keys by passphrase or recovery code, with at most one argon2 run.

    Raises WrongPassphraseError if neither fits.
    """
    wraps = sorted(content["wraps"], key=lambda wrap: wrap.get("by") != "recovery code")
    for wrap in wraps:
        bundle = _open(wrap, secret)
        if bundle is not None:
            return bundle
    raise WrongPassphraseError(
        "This passphrase or recovery code does not open the notebook.",
        "Check capital letters and spaces, and try again; the printed recovery code works too.",
    )
