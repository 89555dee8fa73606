"""Have a file parsed behind walls: a crash or a bomb costs one file, not the run."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from index.errors import UnreadableSource
from index.records import Page


def parse(format: str, text: str) -> Page:
    """Return what `index.parsing.<format>.page(text)` returns, or raise UnreadableSource."""
    for _ in range(2):  # the worker itself may have been killed; a second one is started
        worker = _worker()
        assert worker.stdin is not None and worker.stdout is not None
        data = json.dumps({"format": format, "text": text}).encode("ascii")
        try:
            worker.stdin.write(len(data).to_bytes(8, "big") + data)
            worker.stdin.flush()
            size = worker.stdout.read(8)
            result = worker.stdout.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
        except OSError:
            result = b""
        if result:
            return _page(json.loads(result))
        worker.kill()
        worker.wait()
        _worker.cache_clear()
    raise UnreadableSource("its parser could not be started")


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
    return subprocess.Popen(
        [sys.executable, "-m", "index.parsing.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        start_new_session=True,  # Ctrl-C is for the process that the user sees
    )
