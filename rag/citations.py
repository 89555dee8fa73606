"""Draft + evidence -> sentences and citations: marks resolved, each sentence checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.records import Span
from rag.records import Citation, Evidence, Place, Sentence, Words, place
from rag.support import unsupported
from rag.words import terms
from rag.writer import Claim, Draft


def resolve(*drafts: Draft) -> tuple[tuple[Sentence, ...], tuple[Citation, ...], tuple[str, ...]]:
    """Return the sentences that may be shown, their citations in reading order, and notices.

    A chat model's sentence cites of each passage it names the sentence that carries most of its
    words, or the passages whole where it takes more; one that they do not support is withheld.
    What one draft says the next does not repeat; the words that answer in it are told of both.
    """
    marks: dict[tuple[str, Span], int] = {}
    citations: list[Citation] = []
    sentences: dict[tuple[str, int], Sentence] = {}
    withheld = 0
    claims = [(draft, claim) for draft in drafts for claim in draft.claims]
    for draft, claim in claims:
        cited = _cited(claim, [draft.evidence[i] for i in claim.evidence], draft.quoted)
        if not cited:
            withheld += 1
            continue
        numbers = []
        for number, citation in enumerate(cited):
            key = citation.path, (citation.start, citation.end)
            if key not in marks:
                marks[key] = len(marks) + 1
                also = _also(claim, draft, number)
                citations.append(Citation(marks[key], citation, also))
            numbers.append(marks[key])
        answer = _answer(draft.evidence[claim.evidence[0]]) if draft.quoted else None
        own = tuple(dict.fromkeys(numbers))
        said = Sentence(claim.text, own, (Words(answer, own),) if answer else ())
        before = sentences.get((claim.text, own[0]))
        sentences[claim.text, own[0]] = _with(before, said) if before else said
    notices = dict.fromkeys(notice for draft in drafts for notice in draft.notices)
    if withheld:
        was = "sentence was" if withheld == 1 else "sentences were"
        notices[f"{withheld} {was} withheld: what they cite does not say it."] = None
    return tuple(sentences.values()), tuple(citations), tuple(notices)


def _with(before: Sentence, again: Sentence) -> Sentence:
    """A sentence that is said again: its words that answer in either, each with its marks."""
    new = [
        words
        for words in again.words
        if all(words.span[1] <= w.span[0] or w.span[1] <= words.span[0] for w in before.words)
    ]
    marks = dict.fromkeys((*before.marks, *again.marks))
    return replace(before, marks=tuple(marks), words=(*before.words, *new))


def nearest(evidence: Sequence[Evidence], most: int = 3) -> tuple[Citation, ...]:
    """Return the best sentences of different passages, for an answer that was not found."""
    found: list[Citation] = []
    seen: set[str] = set()
    for item in evidence:
        if item.text not in seen and len(found) < most:
            seen.add(item.text)
            found.append(Citation(len(found) + 1, place(item.hit, item.sentence)))
    return tuple(found)


def _cited(claim: Claim, items: Sequence[Evidence], quoted: bool) -> list[Place]:
    """Return what the claim rests on; nothing where that does not carry it."""
    if quoted:
        return [place(item.hit, item.sentence) for item in items]
    closest = [place(item.hit, _closest(claim, item)) for item in items]
    whole = [place(item.hit, (item.hit.start, item.hit.end)) for item in items]
    for places in (closest, whole) if items else ():
        if not unsupported(claim.text, " ".join(p.quote for p in places)):
            return places
    return []


def _closest(claim: Claim, item: Evidence) -> Span:
    words = set(terms(claim.text))
    start = item.hit.start

    def shared(span: Span) -> tuple[int, bool]:
        text = item.hit.quote[span[0] - start : span[1] - start]
        return len(words & set(terms(text))), span == item.sentence

    return max(item.hit.sentences, key=shared)


def _also(claim: Claim, draft: Draft, number: int) -> tuple[Place, ...]:
    if not draft.quoted:
        return ()
    copies = draft.evidence[claim.evidence[number]].copies
    return tuple(place(hit, (hit.start, hit.end)) for hit in copies)


def _answer(item: Evidence) -> Span | None:
    if item.answer is None:
        return None
    start, end = item.sentence
    first, last = max(item.answer[0], start), min(item.answer[1], end)
    return (first - start, last - start) if first < last else None
