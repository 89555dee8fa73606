"""Evidence for a question that asks for several -> the sentence, and the words, that name them.

"Which four valleys joined?" is not answered by "Parliament admitted four valleys on Monday." but
by a sentence near it in which four are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.records import Span
from index.snapshot import Snapshot
from index.where import Where
from rag.lists import LEAST, count, names, naming, things
from rag.planted import planted
from rag.records import Evidence
from rag.retriever import with_copies
from rag.several import NUMBERS, counted, wanted

REACH = 3  # sentences looked at before it and behind
_BOUND = r"(?:the|these|those|all|both|its|their|his|her)\s+(?:\w+\s+)?"


def named(
    question: str,
    evidence: Sequence[Evidence],
    chances: Sequence[float],
    snapshot: Snapshot,
    where: Where | None = None,
) -> tuple[list[Evidence], list[float]]:
    """Return evidence and chances, best first, what names the things asked for before all else.

    All is as it was unless the question says how many it asks for, the best sentence says that
    number without naming as many, and one of the sentences next to it in its article does.
    """
    items, likely = list(evidence), list(chances)
    number = counted(question)
    if number is None or not items or items[0].listed:
        return items, likely
    said = re.search(
        rf"(?i)(?P<bound>{_BOUND})?\b(?:{NUMBERS[number - 2]}|{number})\s+(?!percent)[^\W\d]",
        items[0].text,
    )
    if said is None or naming(items[0].text, number):
        return items, likely
    before, behind = _beside(items[0], snapshot, where)
    for item in (*before, *behind) if said["bound"] else (*behind, *before):
        answer = naming(item.text, number)
        if answer is None or planted(item.text):
            continue
        start = item.sentence[0]
        item = replace(item, answer=(start + answer[0], start + answer[1]))
        others = [n for n, other in enumerate(items) if not _same(other, item)]
        return [item, *(items[n] for n in others)], [likely[0], *(likely[n] for n in others)]
    return items, likely


def whole(question: str, item: Evidence) -> Evidence:
    """Return evidence whose answer is all of the list that it is of, where several are asked for.

    Of "tanks, guns and lorries" the reader points at the guns.
    """
    if item.answer is None or item.listed or wanted(question) < 2:
        return item
    start = item.sentence[0]
    first, last = item.answer[0] - start, item.answer[1] - start
    for span in (*names(item.text), *things(item.text)):
        if span[0] < last and first < span[1]:
            if count(item.text, span) < (counted(question) or LEAST):
                span = naming(item.text, wanted(question)) or span
            span = min(first, span[0]), max(last, span[1])
            return replace(item, answer=(start + span[0], start + span[1]))
    return item


def _beside(
    best: Evidence, snapshot: Snapshot, where: Where | None
) -> tuple[list[Evidence], list[Evidence]]:
    """The sentences of the article before and behind the best one, nearest first, as evidence."""
    here = best.hit.path, best.hit.article
    hits = [hit for hit in snapshot.passages_of(here[0]) if (hit.path, hit.article) == here]
    if not any(hit.quote == best.hit.quote and hit.start == best.hit.start for hit in hits):
        return [], []  # the file was indexed anew since it was read
    whose = {span: hit for hit in reversed(hits) for span in hit.sentences}
    spans = sorted(whose)
    if best.sentence not in whose:
        return [], []
    at = spans.index(best.sentence)
    families = snapshot.families_of([hit.passage for hit in hits])

    def evidence(span: Span) -> Evidence:
        hit = with_copies(whose[span], families, (), snapshot, where)
        return replace(best, hit=hit, sentence=span)

    before = [evidence(span) for span in spans[max(at - REACH, 0) : at][::-1]]
    return before, [evidence(span) for span in spans[at + 1 : at + 1 + REACH]]


def _same(one: Evidence, other: Evidence) -> bool:
    return (one.hit.path, one.sentence) == (other.hit.path, other.sentence)
