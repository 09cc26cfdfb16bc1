# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run a script in which nobody may open a network socket: ``python sealed.py SCRIPT [ARGUMENTS]``.

Python code meets an audit hook. On Linux the kernel also ends the process with SIGSYS at the first
socket of family AF_INET or AF_INET6, whichever library asks for it (seccomp, see
https://docs.kernel.org/userspace-api/seccomp_filter.html); Unix sockets stay allowed.
"""

import ctypes
import platform
import runpy
import socket
import struct
import sys
from typing import Any

_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data


def forbid_in_python() -> None:
    """Raise at any network socket or name lookup that Python code tries."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        families = (socket.AF_INET, socket.AF_INET6)
        if event == "socket.getaddrinfo" or (
            event == "socket.__new__" and arguments[1] in families
        ):
            raise AssertionError(f"a network socket was tried: {event}{arguments[1:]}")

    sys.addaudithook(hook)


def forbid_in_kernel() -> bool:
    """End the process at any network socket; False where this system cannot do that."""
    known = _SOCKET_CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, number = known
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 6, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 1, 0, int(socket.AF_INET)),
        (_EQUAL, 0, 1, int(socket.AF_INET6)),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    header = ctypes.create_string_buffer(struct.pack("H6xP", len(steps), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, header, 0, 0) == 0


if __name__ == "__main__":
    forbid_in_kernel()
    forbid_in_python()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
