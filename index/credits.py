"""Where in a line a credit begins: who reported and edited, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LABOUR = (
    r"reporting|writing|editing|compiled|compiling|research|translation|translated|photographs?"
    r"|photography|graphics?|production|produced|edited|reported"
)
_CREDIT = re.compile(
    rf"(?i)\b(?:(?:additional|further|and)\s+)*(?:{_LABOUR})"
    rf"(?:\s+and\s+(?:{_LABOUR}))?\s+by\b"
)
_LONGEST = 600  # characters; some name a dozen people
_SMALL = frozenset(
    "in and from for at on of the with de del der van von la le di da al el y e et und den ten bin"
    " newsroom desk bureau staff team".split()
)


def credit(line: str) -> int | None:
    """Return where a line's credit begins: 0, or behind its words: "Rain. (Editing by Orr)"."""
    if is_credit(line):
        return 0
    at = line.rfind("(")
    return at if at > 0 and is_credit(line[at:]) else None


def is_credit(line: str) -> bool:
    """Whether a line says who reported and edited, and nothing else."""
    if len(line) > _LONGEST:
        return False
    words = line.strip(" \t()[]*_.-–—")
    if not (found := _CREDIT.match(words)) or found.end() == len(words):
        return False
    return are_names(re.findall(r"[^\s,;:.&/()]+", _CREDIT.sub(" ", words)))


def are_names(words: Iterable[str]) -> bool:
    """Whether words are names and what stands between them."""
    bare = [word.strip("\"'“”‘’*_|,;&/") for word in words]
    return any(word[:1].isupper() for word in bare) and all(
        not word or word[0].isupper() or word in _SMALL for word in bare
    )
