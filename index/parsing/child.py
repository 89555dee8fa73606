"""Have a file parsed behind walls: a crash or a bomb costs one file, not the run."""

from __future__ import annotations

import atexit
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import UnreadableSource
from index.parsing import frames
from index.records import Page, Part

SECONDS = 30
MEMORY = 1 << 30  # bytes


def parse(room: str, data: str | bytes, *, seconds: int = SECONDS, memory: int = MEMORY) -> Page:
    """Return what `index.parsing.<room>.page(data)` returns, or raise UnreadableSource."""
    decoded = isinstance(data, str)
    head, text = _ask(
        {"room": room, "decoded": decoded, "seconds": seconds, "memory": memory},
        data.encode("utf-8") if isinstance(data, str) else data,
    )
    try:
        return _page(head["page"], text.decode("utf-8"))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableSource("its parser gave no sound answer") from error


def unpack(
    data: bytes, largest: int, *, seconds: int = SECONDS, memory: int = MEMORY
) -> Iterator[tuple[str, bytes, str | None, bool]]:
    """Yield what `index.parsing.archives.members` does: path, data, reason, wanted.

    Raises UnreadableSource where the archive as a whole is refused.
    """
    asked = {"room": "archives", "largest": largest, "seconds": seconds, "memory": memory}
    head, whole = _ask(asked, data)
    at = 0
    for path, size, reason, wanted in head["members"]:
        yield path, whole[at : at + size], reason, wanted
        at += size


def walls() -> tuple[str, ...]:
    """Return the names of the walls that stand around a parser on this system."""
    head, _ = _ask({"room": None, "seconds": SECONDS, "memory": MEMORY}, b"")
    return tuple(head["walls"])


def _ask(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    for _ in range(2):  # the worker itself may have been killed; a second one is started
        worker = _worker()
        try:
            result = _answer(worker, asked, data)
        except BaseException:  # Ctrl-C: what this worker says next would be of another file
            _end(worker)
            raise
        if result is not None:
            if reason := result[0].get("failed"):
                raise UnreadableSource(str(reason))
            return result
        _end(worker)
    raise UnreadableSource("its parser could not be started")


def _answer(
    worker: subprocess.Popen[bytes], asked: dict[str, Any], data: bytes
) -> tuple[dict[str, Any], bytes] | None:
    """Return the worker's answer to a request, None where it has died."""
    assert worker.stdin is not None and worker.stdout is not None
    try:
        frames.write(worker.stdin, asked, data)
        return frames.read(worker.stdout)
    except OSError:
        return None


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Stop a worker, whatever it is at; once more does no harm."""
    _worker.cache_clear()
    worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        with suppress(OSError):  # what was not sent yet has nobody to go to
            pipe.close()  # type: ignore[union-attr]
    worker.wait()


def _page(about: dict[str, Any], text: str) -> Page:
    """The page, its spans checked: whoever broke into a parser may answer anything."""
    furniture = tuple((s, e, why) for s, e, why in about.pop("furniture"))
    parts = tuple(Part(**part) for part in about.pop("parts"))
    leaves = tuple(about.pop("leaves"))
    spans = [(s, e) for s, e, _ in furniture] + [(p.start, p.end) for p in parts]
    if any(not 0 <= s <= e <= len(text) for s, e in [*spans, *((at, at) for at in leaves)]):
        raise ValueError("a span outside the text")
    return Page(text, furniture=furniture, parts=parts, leaves=leaves, **about)


@cache
def _worker() -> subprocess.Popen[bytes]:
    """The process that holds the parsers ready; it ends when this one does, its input closed.

    Not multiprocessing: that runs the main module again in each child, so a user's script
    without a `__main__` guard would start itself over.
    """
    worker = subprocess.Popen(
        [sys.executable, "-m", "index.parsing.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        start_new_session=True,  # Ctrl-C is for the process that the user sees
    )
    atexit.register(_end, worker)
    return worker
