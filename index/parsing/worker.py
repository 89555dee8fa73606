"""Holds the parsers ready and forks a walled-in child for each file (about 11 ms).

Walls, as far as the system allows: wall clock, processor time, memory, no file written, no
network (a namespace of its own on Linux, an audit hook everywhere).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from index.errors import UnreadableSource

ROOMS = {"html": "index.parsing.html"}


def main() -> None:
    """Answer requests on stdin until it closes: eight bytes of length, then JSON, both ways."""
    for room in ROOMS.values():
        import_module(room)
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(size := source.read(8)) == 8:
        result = in_child(source.read(int.from_bytes(size, "big")))
        answers.write(len(result).to_bytes(8, "big") + result)
        answers.flush()


def in_child(request: bytes) -> bytes:
    """Return the JSON that a child made of one request, or why it made none."""
    asked = json.loads(request)
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        _work(asked, outlet)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as made:
        result = made.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU):
        return _failed(f"reading it took more than {asked['seconds']} seconds")
    if os.WIFSIGNALED(status):
        return _failed("its parser crashed")
    return result or _failed("its parser crashed")


def _work(asked: dict[str, Any], outlet: int) -> None:
    """Parse behind the walls, write the result, end the process."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):  # a parser's chatter; and whoever reads our pipe must see it end
            os.dup2(nowhere, standard)
        parser = import_module(ROOMS[asked["format"]])
        wall_in(asked["seconds"], asked["memory"])
        try:
            result = json.dumps(asdict(parser.page(asked["text"]))).encode("ascii")
        except UnreadableSource as error:
            result = _failed(str(error))
        except MemoryError:
            result = _failed(f"reading it took more than {asked['memory'] >> 20} MB of memory")
        except RecursionError:
            result = _failed("it is nested too deeply")
        with os.fdopen(outlet, "wb") as answer:
            answer.write(result)
    finally:
        os._exit(0)


def _failed(reason: str) -> bytes:
    return json.dumps({"failed": reason}).encode("ascii")


def wall_in(seconds: int, memory: int) -> tuple[str, ...]:
    """Put up the walls around this process; return the names of those that stand."""
    import encodings.idna  # noqa: F401  refused later, its absence would show as a LookupError
    import resource

    signal.alarm(seconds)
    standing = ["wall clock"]
    for name, limit, value, last in (
        ("memory", resource.RLIMIT_AS, memory, memory),
        # Were both the same, Linux would kill without the signal that names the reason.
        ("processor time", resource.RLIMIT_CPU, seconds, seconds + 1),
        ("no file written", resource.RLIMIT_FSIZE, 0, 0),
    ):
        try:
            resource.setrlimit(limit, (value, last))
            standing.append(name)
        except (ValueError, OSError):
            continue
    if sys.platform == "linux":
        user_and_network = 0x10000000 | 0x40000000
        if ctypes.CDLL(None, use_errno=True).unshare(user_and_network) == 0:
            standing.append("network namespace")
    sys.addaudithook(_refuse)
    return (*standing, "no sockets or programs from Python")


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.exec", "os.system"):
        raise PermissionError(f"refused inside a parser: {event}")


if __name__ == "__main__":
    main()
