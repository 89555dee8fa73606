"""A question -> the names in it that no article has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import Hit
from index.snapshot import Snapshot
from rag.words import telling

MOST = 8  # names that are looked up; a question may be a pasted page
# Latin letters alone: in Russian or Ukrainian the same name ends otherwise in every case.
_WORD = r"[A-ZÀ-Þ](?:(?![’']s\b)[’'-]?[A-Za-z0-9À-ɏ])*"
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:\s+{_WORD})*(?![\w-])")
_BEGINS = re.compile(r"(?:^|[.?!:])\W*$")


def absent(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[str]:
    """Return the names of a question that have a word which no passage and no title has.

    The word that begins a sentence is no name: there every word has a capital. `hits` are passages
    found for it, whose words need no looking up.
    """
    said = {w for hit in hits for w in re.findall(r"\w+", f"{hit.title} {hit.quote}".lower())}
    names = list(dict.fromkeys(_names(question)))[:MOST]
    return [
        name
        for name in names
        if any(
            word.lower() not in said and not snapshot.lexical([word], 1) for word in name.split()
        )
    ]


def _names(question: str) -> list[str]:
    names = []
    for found in _RUN.finditer(question):
        words = found.group().split()
        if _BEGINS.search(question, 0, found.start()):
            words = words[1:]
        # "On Monday The Times": what says nothing begins no name and ends none.
        while words and not telling(words[0].lower()):
            words = words[1:]
        while words and not telling(words[-1].lower()):
            words = words[:-1]
        if words:
            names.append(" ".join(words))
    return names
