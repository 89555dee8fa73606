"""Evidence that announces a list -> the items of the list, for a question that asks for several.

"The report names three factors:" announces its answer and gives none; a heading does so too. The
items below stand in its place, each an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.records import Hit, Span
from index.snapshot import Snapshot
from rag.planted import planted
from rag.records import Evidence
from rag.words import shared, terms

SAID = 0.5  # the share of the question's words that announces its answer
MOST = 10  # items taken of one list
_MARK = re.compile(r"[ \t]*(?:[-*•–·‣▪◦]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_LINE = re.compile(r"[^\n]*")
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
    question: str, evidence: Sequence[Evidence], chances: Sequence[float], snapshot: Snapshot
) -> tuple[list[Evidence], list[float]]:
    """Return evidence and chances, best first, the items of a list in the best sentence's place.

    Such a list is one that the best sentence announces, or is of, if what announces that says half
    of the question's words. Where there is none of two items all is as it was.
    """
    for found in _lists(question, evidence, snapshot):
        taken = {(item.hit.path, item.sentence[1]) for item in found}
        others = [
            (item, chance)
            for item, chance in zip(evidence[1:], chances[1:], strict=True)
            if (item.hit.path, item.sentence[1]) not in taken
        ]
        both = [*((item, chances[0]) for item in found), *others]
        return [item for item, _ in both], [chance for _, chance in both]
    return list(evidence), list(chances)


def _lists(
    question: str, evidence: Sequence[Evidence], snapshot: Snapshot
) -> Iterator[list[Evidence]]:
    """The lists of two items or more that the best sentence announces or is of."""
    words = terms(question)
    for item in evidence:
        if item.hit.path != evidence[0].hit.path:
            continue
        texts = [_text(item.hit, span) for span in item.hit.sentences]
        if not announces(texts, item.hit.sentences.index(item.sentence)):
            continue
        found = list(_evidence(item, evidence, snapshot))
        is_of = any(one.sentence[1] == evidence[0].sentence[1] for one in found)
        meant = item is evidence[0] or (is_of and shared(words, item.text) >= SAID)
        if meant and len(found) > 1:
            yield found


def _evidence(above: Evidence, read: Sequence[Evidence], snapshot: Snapshot) -> Iterator[Evidence]:
    """The items that a sentence announces; their answers are their labels, or the reader's own."""
    path = above.hit.path
    text = snapshot.text(path)
    own = {item.sentence[1]: item for item in read if item.hit.path == path}
    hits = [hit for hit in snapshot.passages_of(path) if hit.article == above.hit.article]
    sentences = [(span, hit) for hit in hits for span in hit.sentences]
    for first in items(text, above.sentence[1]):
        found = next((pair for pair in sentences if pair[0][0] <= first < pair[0][1]), None)
        if found is None:
            continue
        (_, end), hit = found
        known = own.get(end, replace(above, hit=replace(hit, family=above.hit.family), answer=None))
        label = _LABEL.match(text, first, end)
        item = replace(known, sentence=(first, end), answer=label.span() if label else known.answer)
        if not planted(item.text):
            yield item


def items(text: str, at: int) -> list[int]:
    """Return where the items of the list behind an offset begin, their marks left aside."""
    found: list[int] = []
    for line in _LINE.finditer(text, at):
        words = line.group()
        mark = _MARK.match(words)
        if mark and len(found) < MOST:
            found.append(line.start() + mark.end())
        elif words.strip() and (found or not words.rstrip().endswith(":")):
            break
    return found


def _text(hit: Hit, span: Span) -> str:
    return hit.quote[span[0] - hit.start : span[1] - hit.start]
