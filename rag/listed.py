"""Evidence that announces a list -> the items of the list, for a question that asks for several.

"The report names three factors:" announces its answer and gives none; a heading does so too. The
items below stand in its place, each an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.errors import StoreError
from index.records import Hit, Span
from index.snapshot import Snapshot
from index.where import Where
from rag.planted import planted
from rag.records import Evidence
from rag.retriever import with_copies
from rag.words import shared, terms

SAID = 0.5  # the share of the question's words that announces its answer
MOST = 10  # items taken of one list
BLANKS = 3  # lines without words between two of them
_MARK = re.compile(r"[ \t]*(?:[-*•–·‣▪◦]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_LINE = re.compile(r"[^\n]*\n?")
_LABEL = re.compile(r"[^:.!?]{2,60}(?=:\s)")


def announces(sentences: Sequence[str], number: int) -> bool:
    """Whether a sentence of a passage, by position from 0, announces a list.

    It ends with a colon, or is a heading, and the items stand below, maybe behind a line that ends
    with one; where the passage ends with the colon they may stand in the next.
    """
    own, behind = sentences[number].rstrip(), sentences[number + 1 : number + 3]
    colon = own.endswith(":")
    if not behind:
        return colon
    if _MARK.match(own) or not (colon or own[-1:] not in '.!”"'):
        return False
    if _MARK.match(behind[0]):
        return True
    return len(behind) == 2 and behind[0].endswith(":") and bool(_MARK.match(behind[1]))


def gathered(
    question: str,
    evidence: Sequence[Evidence],
    chances: Sequence[float],
    snapshot: Snapshot,
    where: Where | None = None,
) -> tuple[list[Evidence], list[float]]:
    """Return evidence and chances, best first, the items of a list in the best sentence's place.

    Such a list is one that the best sentence announces, or is of, if what announces that says half
    of the question's words. Where there is none of two items all is as it was; so it is where the
    articles changed since they were read.
    """
    found = _listed(question, evidence, snapshot, where)
    if len(found) < 2:
        return list(evidence), list(chances)
    taken = {(item.hit.path, item.sentence[1]) for item in found}
    others = [
        (item, chance)
        for item, chance in zip(evidence[1:], chances[1:], strict=True)
        if (item.hit.path, item.sentence[1]) not in taken
    ]
    both = [*((item, chances[0]) for item in found), *others]
    return [item for item, _ in both], [chance for _, chance in both]


def _listed(
    question: str, evidence: Sequence[Evidence], snapshot: Snapshot, where: Where | None
) -> list[Evidence]:
    """The items of the list that the best sentence announces or is of."""
    words = terms(question)
    above = [item for item in evidence if _above(item, evidence[0], words)]
    if not above:
        return []
    best = evidence[0]
    try:
        text = snapshot.text(best.hit.path)
    except StoreError:
        return []
    if text[best.hit.start : best.hit.end] != best.hit.quote:
        return []
    for item in above:
        starts = items(text, item.sentence[1])
        if item is best or any(best.sentence[0] <= at < best.sentence[1] for at in starts):
            return list(_evidence(text, starts, best, evidence, snapshot, where))
    return []


def _above(item: Evidence, best: Evidence, words: Sequence[str]) -> bool:
    """Whether a sentence announces a list that may be that of the best."""
    if (item.hit.path, item.hit.article) != (best.hit.path, best.hit.article):
        return False
    if item is not best and shared(words, item.text) < SAID:
        return False
    texts = [_text(item.hit, span) for span in item.hit.sentences]
    return announces(texts, item.hit.sentences.index(item.sentence))


def _evidence(
    text: str,
    starts: Sequence[int],
    best: Evidence,
    read: Sequence[Evidence],
    snapshot: Snapshot,
    where: Where | None,
) -> Iterator[Evidence]:
    """The items that begin there; their answers are their labels, or the reader's own."""
    path, article = best.hit.path, best.hit.article
    own = {item.sentence[1]: item for item in read if item.hit.path == path}
    hits = [hit for hit in snapshot.passages_of(path) if hit.article == article]
    families = snapshot.families_of([hit.passage for hit in hits])
    for first in starts:
        for hit in hits:
            if hit.start <= first < hit.end:
                break
        else:
            continue
        end = next((end for start, end in hit.sentences if start <= first < end), None)
        if end is None:
            continue
        known = own.get(end)
        if known is None:
            beside = with_copies(hit, families, (), snapshot, where)
            known = replace(best, hit=beside, answer=None)
        label = _LABEL.match(text, first, end)
        answer = label.span() if label else known.answer
        item = replace(known, sentence=(first, end), answer=answer, listed=True)
        if not planted(item.text):
            yield item


def items(text: str, at: int) -> list[int]:
    """Return where the items of the list behind an offset begin, their marks left aside.

    A line that ends with a colon may stand before them, an empty one between; items that go on in
    the next line make no list, for a sentence ends with its line.
    """
    found: list[int] = []
    empty, colons = 0, 0
    for line in _LINE.finditer(text, at):
        words = line.group()
        mark = _MARK.match(words)
        if mark and len(found) < MOST:
            found.append(line.start() + mark.end())
            empty = 0
        elif not words.strip():
            empty += 1
        elif found:
            wrapped = words[0].isspace() or words[0].islower()
            return [] if wrapped and not empty else found
        elif words.rstrip().endswith(":") and not colons:
            colons += 1
        else:
            break
        if empty > BLANKS:
            break
    return found


def _text(hit: Hit, span: Span) -> str:
    return hit.quote[span[0] - hit.start : span[1] - hit.start]
