"""Where in a line a credit begins: who reported, edited or photographed, and nothing else."""

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
_PICTURE = re.compile(
    r"""(?x) (?: ^[\W_]* | (?<=[.!?…"'”’)\]]\ ) | (?<=\ [|–—-]\ ) | (?=[(\[]) ) [(\[*_]*
      (?i: (?: (?:main|lead|cover|file|library|stock|archive)\ )?
           (?: photo(?:graph(?:y|er)?)?s? | pictures? | images? | illustrations? )
           (?:\ credits?)? (?: \s*:\s* | \ (?:by|courtesy\ of)\ )
         | (?:photo|picture|image)?\ ?credits?\s*:\s* | (?:[A-Z]{2,5}\ )?photo\ ?/\ ? )
      (?P<names> [^\s:].{1,100} ) $ """
)
_FILED = re.compile(
    r"(?:^|(?<=[.!?…\"”’)]\s))[\W_]*(?i:file|stock|library|archive|handout)\s"
    r"(?i:photo|photograph|picture|image)\W*$"
)
_GIVEN = _SMALL | frozenset(
    "via courtesy family families collection archive archives handout supplied file pool"
    " contributed provided by to office police museum library agency council".split()
)
_NAMES = 10  # words


def credit(line: str) -> int | None:
    """Return where a line's credit begins: 0, or behind its words: "Rain. (Editing by Orr)".

    A caption may end so too: "The ferry on Monday. Picture: Kelmar Coastguard".
    """
    if is_credit(line):
        return 0
    at = line.rfind("(")
    if at > 0 and is_credit(line[at:]):
        return at
    return pictured(line)


def is_credit(line: str) -> bool:
    """Whether a line says who reported and edited, and nothing else."""
    if len(line) > _LONGEST:
        return False
    words = line.strip(" \t()[]*_.-–—")
    if not (found := _CREDIT.match(words)) or found.end() == len(words):
        return False
    return are_names(re.findall(r"[^\s,;:.&/()]+", _CREDIT.sub(" ", words)))


def are_names(words: Iterable[str], small: Iterable[str] = _SMALL) -> bool:
    """Whether words are names and what stands between them."""
    bare = [word.strip("\"'“”‘’*_|,;&/") for word in words]
    return any(word[:1].isupper() for word in bare) and all(
        not word or word[0].isupper() or word in small for word in bare
    )


def pictured(line: str) -> int | None:
    """Return where a line begins to say whose a picture is, None where it does not."""
    if len(line) > _LONGEST:
        return None
    for found in _PICTURE.finditer(line):
        names = re.findall(r"[^\s,;.&/()\[\]*_|]+", found["names"])
        given = are_names(names, _GIVEN) or names[:1] in (["supplied"], ["handout"])
        if given and len(names) <= _NAMES and ". " not in found["names"].strip():
            return found.start()
    filed = _FILED.search(line)
    return filed.start() if filed else None
