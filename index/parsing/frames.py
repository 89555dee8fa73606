"""What the parsers' processes say to one another: a JSON object and bytes, each of told length."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any


def write(stream: IO[bytes], head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one message."""
    told = json.dumps({**head, "size": len(body)}).encode("ascii")
    stream.write(len(told).to_bytes(8, "big") + told)
    stream.write(body)
    stream.flush()


def read(stream: IO[bytes], largest: int | None = None) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message, or None where the other side ended before its end.

    Raises OverflowError where it is larger than `largest`, without reading it.
    """
    length = _exactly(stream, 8)
    told = _exactly(stream, _within(int.from_bytes(length, "big"), largest)) if length else None
    if told is None:
        return None
    head = json.loads(told)
    body = _exactly(stream, _within(head.pop("size"), largest))
    return None if body is None else (head, body)


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    data = stream.read(size)
    return data if len(data) == size else None


def _within(size: int, largest: int | None) -> int:
    if largest is not None and size > largest:
        raise OverflowError(size)
    return size
