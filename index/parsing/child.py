"""Have a file parsed behind walls: a crash or a bomb costs one file, not the run."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from index.errors import UnreadableSource
from index.records import Page

SECONDS = 30
MEMORY = 1 << 30  # bytes


def parse(format: str, text: str, *, seconds: int = SECONDS, memory: int = MEMORY) -> Page:
    """Return what `index.parsing.<format>.page(text)` returns, or raise UnreadableSource."""
    asked = {"format": format, "text": text, "seconds": seconds, "memory": memory}
    data = json.dumps(asked).encode("ascii")
    for _ in range(2):  # the worker itself may have been killed; a second one is started
        worker = _worker()
        try:
            result = _answer(worker, data)
        except BaseException:  # Ctrl-C: what this worker says next would be of another file
            _end(worker)
            raise
        if result:
            return _page(json.loads(result))
        _end(worker)
    raise UnreadableSource("its parser could not be started")


def _answer(worker: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Return the worker's answer to a request, nothing where it has died."""
    assert worker.stdin is not None and worker.stdout is not None
    try:
        worker.stdin.write(len(data).to_bytes(8, "big") + data)
        worker.stdin.flush()
        size = int.from_bytes(worker.stdout.read(8), "big")
        result = worker.stdout.read(size)
    except OSError:
        return b""
    return result if len(result) == size else b""


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Stop a worker, whatever it is at; once more does no harm."""
    _worker.cache_clear()
    worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        with suppress(OSError):  # what was not sent yet has nobody to go to
            pipe.close()  # type: ignore[union-attr]
    worker.wait()


def _page(result: dict[str, object]) -> Page:
    if reason := result.get("failed"):
        raise UnreadableSource(str(reason))
    furniture = result.pop("furniture")
    assert isinstance(furniture, list)
    return Page(**result, furniture=tuple((s, e, why) for s, e, why in furniture))  # type: ignore[arg-type]


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
