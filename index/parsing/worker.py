"""Holds the parsers ready and forks a walled-in child for each file (about 11 ms)."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import asdict
from importlib import import_module
from types import ModuleType
from typing import Any

from index.errors import UnreadableSource
from index.parsing import frames, walls

ROOMS = ("archives", "epub", "exports", "html", "mail", "mhtml", "pdf", "word")
LARGEST = 1 << 28  # bytes of an answer: an archive unpacked (200 MB), or a text

Message = tuple[dict[str, Any], bytes]


def main() -> None:
    """Answer requests on stdin until it closes, as `frames` has them both ways."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while (asked := frames.read(source)) is not None:
        frames.write(answers, *_answered(*asked))


def _answered(asked: dict[str, Any], data: bytes) -> Message:
    if asked["room"] is None:
        return in_child(asked, data, None)
    assert asked["room"] in ROOMS
    try:
        # A room and its library, at the first file of its kind; the next child has it already.
        room = import_module(f"index.parsing.{asked['room']}")
    except ImportError as error:
        return _failed(f"{error.name} is missing; run: pip install --force-reinstall footnoted")
    return in_child(asked, data, room)


def in_child(asked: dict[str, Any], data: bytes, room: ModuleType | None) -> Message:
    """Return what a child made of one file, or why it made nothing."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        _work(asked, data, room, outlet)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as made:
        try:
            result = frames.read(made, LARGEST)
        except OverflowError:
            os.kill(child, signal.SIGKILL)
            result = _failed(f"what is in it takes more than {LARGEST >> 20} MB")
    _, status = os.waitpid(child, 0)
    if result is not None:
        return result
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU):
        return _failed(f"reading it took more than {asked['seconds']} seconds")
    return _failed("its parser crashed")


def _work(asked: dict[str, Any], data: bytes, room: ModuleType | None, outlet: int) -> None:
    """Parse behind the walls, write the result, end the process."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):  # a parser's chatter; and whoever reads our pipe must see it end
            os.dup2(nowhere, standard)
        standing = walls.wall_in(asked["seconds"], asked["memory"])
        try:
            result = ({"walls": standing}, b"") if room is None else _made(asked, data, room)
        except UnreadableSource as error:
            result = _failed(str(error))
        except MemoryError:
            result = _failed(f"reading it took more than {asked['memory'] >> 20} MB of memory")
        except RecursionError:
            result = _failed("it is nested too deeply")
        with os.fdopen(outlet, "wb") as answer:
            frames.write(answer, *result)
    finally:
        os._exit(0)


def _made(asked: dict[str, Any], data: bytes, room: ModuleType) -> Message:
    if asked["room"] == "archives":
        members = list(room.members(data, asked["largest"]))
        listed = [[m.path, len(m.data), m.reason, m.wanted] for m in members]
        return {"members": listed}, b"".join(m.data for m in members)
    page = asdict(room.page(data.decode("utf-8") if asked["decoded"] else data))
    return {"page": page}, page.pop("text").encode("utf-8")


def _failed(reason: str) -> Message:
    return {"failed": reason}, b""


if __name__ == "__main__":
    main()
