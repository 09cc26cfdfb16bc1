# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the decrypted pages of an encrypted file and its write-ahead log, free pages included.

SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/): pages of 4096 bytes, AES-256-CBC, the last
80 bytes of a page hold its IV (16) and HMAC (64), the first 16 bytes of the file its salt. The
cipher is written out here (FIPS 197), over all blocks at once with numpy, so that the scan does
not depend on the program it checks.
"""

from pathlib import Path

import numpy as np

PAGE, RESERVED, SALT = 4096, 80, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def _tables() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """S-box, inverse S-box, and products in GF(2^8) of all bytes with 9, 11, 13 and 14."""
    sbox = [0] * 256
    p = q = 1
    while True:
        p = p ^ (p << 1) ^ (0x1B if p & 0x80 else 0)
        p &= 0xFF
        for shift in (1, 2, 4):
            q ^= q << shift
        q &= 0xFF
        q ^= 0x09 if q & 0x80 else 0
        turned = q
        for shift in (1, 2, 3, 4):
            turned ^= (q << shift | q >> (8 - shift)) & 0xFF
        sbox[p] = turned ^ 0x63
        if p == 1:
            break
    sbox[0] = 0x63
    inverse = [0] * 256
    for at, value in enumerate(sbox):
        inverse[value] = at
    products = np.zeros((16, 256), np.uint8)
    for factor in (9, 11, 13, 14):
        for value in range(256):
            total, a, b = 0, value, factor
            while b:
                total ^= a if b & 1 else 0
                a = (a << 1) ^ (0x11B if a & 0x80 else 0)
                b >>= 1
            products[factor, value] = total
    return np.array(sbox, np.uint8), np.array(inverse, np.uint8), products


_SBOX, _INVERSE, _TIMES = _tables()
#: Where InvShiftRows takes each byte of the column-major state from.
_ROWS = np.array([(i - 4 * (i % 4)) % 16 for i in range(16)])


def _round_keys(key: bytes) -> np.ndarray:
    """The 15 round keys of AES-256."""
    words = [list(key[i : i + 4]) for i in range(0, 32, 4)]
    factor = 1
    for i in range(8, 60):
        word = list(words[i - 1])
        if i % 8 == 0:
            word = [int(_SBOX[b]) for b in word[1:] + word[:1]]
            word[0] ^= factor
            factor = (factor << 1) ^ (0x11B if factor & 0x80 else 0)
        elif i % 8 == 4:
            word = [int(_SBOX[b]) for b in word]
        words.append([a ^ b for a, b in zip(words[i - 8], word, strict=True)])
    return np.array(words, np.uint8).reshape(15, 16)


def _blocks(cipher: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """AES-256 decryption of many blocks: an array of shape (n, 16)."""
    state = cipher ^ keys[14]
    for number in range(13, -1, -1):
        state = _INVERSE[state[:, _ROWS]] ^ keys[number]
        if number:
            columns = state.reshape(-1, 4, 4)
            a, b, c, d = (columns[:, :, i] for i in range(4))
            state = np.stack(
                [
                    _TIMES[14][w] ^ _TIMES[11][x] ^ _TIMES[13][y] ^ _TIMES[9][z]
                    for w, x, y, z in ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
                ],
                axis=2,
            ).reshape(-1, 16)
    return state


def _decrypted(page: bytes, keys: np.ndarray, first: bool) -> bytes:
    """One page in the clear, without its reserve."""
    start = SALT if first else 0
    cipher = np.frombuffer(page[start : PAGE - RESERVED], np.uint8).reshape(-1, 16)
    iv = np.frombuffer(page[PAGE - RESERVED : PAGE - RESERVED + 16], np.uint8)
    before = np.concatenate([iv[None, :], cipher[:-1]])
    return (_blocks(cipher, keys) ^ before).tobytes()


def pages(file: Path, key: bytes) -> list[bytes]:
    """Every page of a file in the clear, those not in use too."""
    keys, data = _round_keys(key), file.read_bytes()
    return [
        _decrypted(data[at : at + PAGE], keys, at == 0)
        for at in range(0, len(data) - PAGE + 1, PAGE)
    ]


def log_pages(file: Path, key: bytes) -> list[bytes]:
    """Every page in the write-ahead log beside a file, also of frames that are out of use."""
    log = file.with_name(f"{file.name}-wal")
    data = log.read_bytes() if log.is_file() else b""
    keys, found = _round_keys(key), []
    for at in range(_LOG_HEADER, len(data) - _FRAME_HEADER - PAGE + 1, _FRAME_HEADER + PAGE):
        number = int.from_bytes(data[at : at + 4], "big")
        page = data[at + _FRAME_HEADER : at + _FRAME_HEADER + PAGE]
        found.append(_decrypted(page, keys, number == 1))
    return found
