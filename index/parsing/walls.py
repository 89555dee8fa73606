"""Walls around a process that reads what a stranger wrote, as far as the system allows.

Each is put up by itself, so that one that a system or a container forbids costs no other.
"""

from __future__ import annotations

import ctypes
import mmap
import resource
import signal
import sys
from typing import Any

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_NO_NEW_PRIVILEGES = 38
_RULES_FROM, _RULES_ON = 444, 446  # Landlock's system calls, the same on every processor
# Its rights: to execute (bit 0), to write (1), to remove and to make files (4 to 12), to link
# elsewhere (13, from version 2), to truncate (14, from version 3).
_FILE_RIGHTS = {1: 0x1FF3, 2: 0x3FF3, 3: 0x7FF3}
_TCP = 3  # to listen and to connect, from version 4


def wall_in(seconds: int, memory: int) -> tuple[str, ...]:
    """Put up the walls around this process; return the names of those that stand."""
    import encodings.idna  # noqa: F401  refused later, its absence would show as a LookupError

    signal.alarm(seconds)
    standing = ["wall clock", *_limits(seconds, memory)]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_USER_AND_NETWORK) == 0:
            standing.append("no network")
        standing += _landlock(libc)
    sys.addaudithook(_refuse)
    return (*standing, "no sockets or programs from Python")


def _limits(seconds: int, memory: int) -> list[str]:
    standing = []
    for name, limit, value, last in (
        ("memory", resource.RLIMIT_AS, memory, memory),
        # Were both the same, Linux would kill without the signal that names the reason.
        ("processor time", resource.RLIMIT_CPU, seconds, seconds + 1),
        ("no file written", resource.RLIMIT_FSIZE, 0, 0),
        ("64 open files", resource.RLIMIT_NOFILE, 64, 64),
        ("no core dump", resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(limit, (value, last))
        except (ValueError, OSError):
            continue
        if name != "memory" or _refused(memory):
            standing.append(name)
    return standing


def _refused(memory: int) -> bool:
    """Whether more than the limit is refused: macOS takes the limit and does not keep it."""
    try:
        mmap.mmap(-1, memory).close()
    except (OSError, MemoryError, OverflowError):
        return True
    return False


def _landlock(libc: ctypes.CDLL) -> list[str]:
    """No change to any file and no TCP, where Linux has Landlock (5.13; TCP from 6.7)."""
    version = libc.syscall(_RULES_FROM, None, 0, 1)
    if version < 1 or libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return []
    rights = [_FILE_RIGHTS[min(version, 3)], _TCP][: 1 + (version >= 4)]
    handled = (ctypes.c_uint64 * len(rights))(*rights)
    rules = libc.syscall(_RULES_FROM, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if rules < 0 or libc.syscall(_RULES_ON, rules, 0) != 0:
        return []
    return ["no file changed, no program started", "no TCP"][: len(rights)]


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.exec", "os.system"):
        raise PermissionError(f"refused inside a parser: {event}")
