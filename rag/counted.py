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
from rag.planted import planted
from rag.records import Evidence
from rag.retriever import with_copies
from rag.several import NUMBERS, counted, wanted

REACH = 3  # sentences looked at before it and behind
LEAST = 2  # things that make a list
_BOUND = r"(?:the|these|those|all|both|its|their|his|her)\s+(?:\w+\s+)?"
_NAME = (
    r"(?:the\s+)?[A-ZÀ-ÞА-Я][\w’'-]*(?:\s+\([A-Z]+\))?"
    r"(?:\s+(?:of\s+)?[A-ZÀ-ÞА-Я][\w’'-]*(?:\s+\([A-Z]+\))?)*"
)
_AND = r"(?:,?\s+(?:and|or|as\s+well\s+as)\s+|,\s+)"
_NAMES = re.compile(rf"{_NAME}(?:{_AND}{_NAME})+")
_LAST = re.compile(rf".*\b(?:and|or|as\s+well\s+as)\s+{_NAME}", re.DOTALL)
# What stands before a comma at a sentence's head, and is no name of the list behind it.
_LEAD = re.compile(
    r"(?:After|Also|And|As|At|Before|But|By|During|Earlier|Finally|First|For|From|Further|However|In"
    r"|Instead|Later|Meanwhile|Moreover|Now|On|Since|So|Still|Then|There|Today|Tomorrow|Under|Until"
    r"|When|While|With|Yesterday|Yet|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,]*,\s+"
)
# No aside: "a play, Norrland says, with soldiers in it, and nobody saw it".
_THING = (
    r"(?!(?i:after|and|are|as|at|because|before|but|by|he|if|in|is|it|nobody|not|on|or|she|so|that"
    r"|then|they|was|we|were|when|where|which|while|who|whose|with)\b)"
    r"[\w’'-]+(?:\s+(?!(?:says?|said|is|are|was|were|has|had)\b)[\w’'-]+){0,4}?"
)
_THINGS = re.compile(
    rf"\b{_THING}(?:,\s+{_THING})+,?\s+(?:and|or)\s+(?:(?:an?|the|its|their)\s+)?{_THING}"
)
_JOINT = re.compile(_AND)


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
    if said is None or _named(items[0].text, number):
        return items, likely
    before, behind = _beside(items[0], snapshot, where)
    for item in (*before, *behind) if said["bound"] else (*behind, *before):
        answer = _named(item.text, number)
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
    for span in (*_names(item.text), *_things(item.text)):
        if span[0] < last and first < span[1]:
            if _count(item.text, span) < (counted(question) or LEAST):
                span = _named(item.text, wanted(question)) or span
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


def _named(sentence: str, number: int) -> Span | None:
    """Where a sentence names so many things or more; None where it does not.

    Names that are listed apart are counted together: "Ada and Otto, both of Visk, as well as Rollo
    and Vera" are four. Things that are no names are told by their commas, so they are three at
    least, and no more than asked for.
    """
    lists = _names(sentence)
    if lists and sum(_count(sentence, span) for span in lists) >= number:
        return lists[0][0], lists[-1][1]
    things = (span for span in _things(sentence) if _count(sentence, span) == number > LEAST)
    return next(things, None)


def _names(sentence: str) -> list[Span]:
    """Where names are listed, the last behind an "and", without what only leads to them."""
    found = []
    for match in _NAMES.finditer(sentence):
        lead = _LEAD.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        last = _LAST.match(sentence, start, match.end())
        if last and _JOINT.search(last.group()):
            found.append(last.span())
    return found


def _things(sentence: str) -> list[Span]:
    """Where things that are no names are listed; the first and the last are as long as the others.

    Of "will turn old garages, metro tunnels and public" it is "old garages, metro tunnels and
    public basements".
    """
    found = []
    for match in _THINGS.finditer(sentence):
        start, end = match.span()
        things = _JOINT.split(match.group())
        most = max(len(thing.split()) for thing in things[1:])
        own = re.search(rf"(?:\S+\s+){{0,{most - 1}}}\S+$", things[0])
        start += own.start() if own else 0
        lead = re.match(r"(?:of|in|to|for|from|with)\s+", sentence[start:end])
        room = most - len(things[-1].split())
        more = re.match(rf"(?:\s+[\w’'-]+){{0,{room}}}", sentence[end:])
        found.append((start + (lead.end() if lead else 0), end + (more.end() if more else 0)))
    return found


def _count(sentence: str, span: Span) -> int:
    return len(_JOINT.findall(sentence, *span)) + 1


def _same(one: Evidence, other: Evidence) -> bool:
    return (one.hit.path, one.sentence) == (other.hit.path, other.sentence)
