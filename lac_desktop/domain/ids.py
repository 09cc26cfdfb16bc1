# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lasting ids: UUID version 7, which sort by the time they were made."""

import secrets
import time
import uuid


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562, section 5.7) as text: 48 bits of milliseconds, 74 of chance."""
    milliseconds = time.time_ns() // 1_000_000
    chance = secrets.randbits(74)
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76
    value |= (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return str(uuid.UUID(int=value))
