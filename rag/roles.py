"""A claim in a sentence's own words -> whether it says them of each other.

What stands before a word and what behind it is told in rag/parts.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.parts import BREAK, WORD, Met, once
from rag.words import stem

LONGEST = 1000  # characters of a sentence
# Turned round they say the same, or are said the other way round: "wrote the mayor", "here stood".
_EITHER_WAY = frozenset(
    map(
        stem,
        """
met meet meeting meetings marry married fight fought trade traded talk talks talked speak spoke
spoken agree agreed agreement border borders bordering negotiate negotiated negotiations play
played face faced share shared resemble equal equals versus added asked ask wrote write
announced claimed compare compared mix mixed combine combined link linked connect connected
exchange exchanged swap swapped argued noted reported explained warned stated insisted admitted
replied according stand stood lie lies lay hang hung sit sat live lived remain remained
""".split(),
    )
)
# What has its part from one of the two in the claim and from the other in the sentence.
_APART = frozenset(
    frozenset(pair.split())
    for pair in "from to,before after,inside outside,with without,above below,for against".split(
        ","
    )
)
_CLAUSES = frozenset("because if unless before after until although".split())
_TWO = re.compile(r"[.!?]\W+[A-ZÀ-ÞА-Я]")


_Both = tuple[Met, Met]  # a word in the claim and in the sentence


def turned(claim: str, sentence: str) -> bool:
    """Whether the claim says the sentence's own words of each other: "Iran sold Russia" drones.

    So it is where two words have exchanged their prepositions ("from") or one has the opposite
    ("to"), where two numbers or the two clauses of a "because" have exchanged, where the subject
    of a passive is that of the active too, and where, of the words that both have once, one stands
    before a plain word in the claim and behind it in the sentence, and another the other way
    round. Not where a word was moved with its preposition, where only one of them is passive, nor
    round a word that says the same either way ("met"), nor in a claim of two sentences. Of
    807 sentences whose last phrase was put first none was taken for turned, of 99 whose first and
    last names were exchanged 44.
    """
    if max(len(claim), len(sentence)) > LONGEST or _TWO.search(claim):
        return False
    ours, theirs = once(claim), once(sentence)
    both = {key: (ours[key], theirs[key]) for key in ours if key in theirs}
    marks = {(one.mark, other.mark) for one, other in both.values()}
    if any(one and other and one != other and (other, one) in marks for one, other in marks):
        return True
    if any(frozenset(pair) in _APART for pair in marks) or _numbers_exchanged(both):
        return True
    if _clauses_exchanged(claim, sentence) or _handed_back(both) or _taker_gives(both):
        return True
    if _voices_differ(both):
        return _same_subject(both, 0) or _same_subject(both, 1)
    kept = [(key, pair[0].behind) for key, pair in both.items() if _kept(key, pair)]
    loose = {key: both[key] for key in both.keys() - {word for words in kept for word in words}}
    return any(
        _round(pivot, loose)
        for key, pivot in both.items()
        if key not in _EITHER_WAY and not key[0].isdigit()
        if all(met.written.islower() and not met.listed for met in pivot)
    )


def _voices_differ(both: Mapping[str, _Both]) -> bool:
    agents = [{key for key, pair in both.items() if pair[i].mark == "by"} for i in (0, 1)]
    return any(one.passive != other.passive for one, other in both.values()) or (
        bool(agents[0] - agents[1]) != bool(agents[1] - agents[0])
    )


def _same_subject(both: Mapping[str, _Both], passive: int) -> bool:
    """Whether "the mill bought the city" is to be "the mill was bought by the city"."""
    return any(
        met[passive].behind == key
        and met[passive].mark == "by"
        and met[1 - passive].behind == key
        and not met[1 - passive].mark
        and verb[passive].passive
        and not verb[1 - passive].passive
        and verb[passive].behind == verb[1 - passive].behind != ""
        for key, verb in both.items()
        for met in both.values()
    )


def _round(pivot: _Both, both: Mapping[str, _Both]) -> bool:
    """Whether a word moved from before the pivot to behind it, and another took its place."""
    at, there = pivot[0].place, pivot[1].place
    off = [pair for pair in both.values() if pair[0].place < at and pair[1].place > there]
    up = [pair for pair in both.values() if pair[0].place > at and pair[1].place < there]
    return any(
        _in_place(one, other) or not (_moved(one) or _moved(other) or _joined(one, other))
        for one in off
        for other in up
    )


def _moved(pair: _Both) -> bool:
    """Whether the word has its part from the same preposition, or owns the same, in both."""
    ours, theirs = sorted((met.run for met in pair), key=len)
    owns = ours[:1] == theirs[:1] == ("of",) and len(ours) == 2 and ours[1] in theirs
    return ours == theirs != () or owns


def _numbers_exchanged(both: Mapping[str, _Both]) -> bool:
    """Whether two numbers stand each behind what the other did: "killed 30 and injured 12"."""
    numbers = [pair for key, pair in both.items() if key[0].isdigit()]
    loose = [pair for pair in numbers if not _moved(pair)]
    return any(_in_place(one, other) for one in loose for other in loose)


def _handed_back(both: Mapping[str, _Both]) -> bool:
    """Whether what was done to one with the other is done the other way: "replaced X with Y".

    Both stand behind the verb; of companions ("Ada sailed with Otto") one stands before it.
    """
    if any(key in _EITHER_WAY for key in both):
        return False
    plain = [p for k, p in both.items() if p[0].written.islower() and not k[0].isdigit()]
    held = [pair for pair in both.values() if (pair[0].mark, pair[1].mark) == ("", "with")]
    gone = [pair for pair in both.values() if (pair[0].mark, pair[1].mark) == ("with", "")]
    return any(
        any(p[0].place < one[0].place and p[1].place < other[1].place for p in plain)
        and one[0].place < other[0].place
        and other[1].place < one[1].place
        and not any(
            one[0].place < p[0].place < other[0].place
            and other[1].place < p[1].place < one[1].place
            for p in plain
        )
        for one in held
        for other in gone
    )


def _taker_gives(both: Mapping[str, _Both]) -> bool:
    """Whether one does what by the sentence another does to it: "Y pays" for "X pays Y"."""
    return any(
        verb[0].behind == key
        and met[1].behind == doing
        and verb[1].behind not in ("", key)
        and verb[1].behind not in both
        and not (met[0].mark or met[1].mark or verb[0].passive or verb[1].passive)
        and doing not in _EITHER_WAY
        and verb[1].written.islower()
        and not met[1].written.islower()
        for key, met in both.items()
        for doing, verb in both.items()
    )


def _clauses_exchanged(claim: str, sentence: str) -> bool:
    """Whether "because" stands before what it is the cause of: the two clauses have exchanged."""
    ours, theirs = _clauses(claim), _clauses(sentence)
    return any(
        ours[word][0] & theirs[word][1] and ours[word][1] & theirs[word][0]
        for word in ours.keys() & theirs.keys()
        if not ours[word][0] & theirs[word][0]
    )


def _clauses(text: str) -> dict[str, tuple[set[str], set[str]]]:
    """The words within the clause that a conjunction opens, up to a comma, and those without."""
    found = {}
    for match in WORD.finditer(text):
        if (word := match.group().lower()) in _CLAUSES:
            end = BREAK.search(text, match.end())
            to = end.start() if end else len(text)
            inside = set(once(text[match.end() : to]))
            found[word] = inside, set(once(text[: match.start()] + text[to:])) - inside
    return found


def _kept(key: str, pair: _Both) -> bool:
    """Whether a number stands behind the same word: "killed 12" was moved as one."""
    return key[0].isdigit() and pair[0].behind == pair[1].behind != ""


def _joined(one: _Both, other: _Both) -> bool:
    """Whether each is once the other's companion: "Ada sailed with Otto" says it of both."""
    return all("with" in (one[i].run[:1] + other[i].run[:1]) for i in (0, 1))


def _in_place(one: _Both, other: _Both) -> bool:
    """Whether each stands behind what the other stood behind: "a mill in 2004, an inn in 1999"."""
    ours, theirs = (one[0].behind, other[0].behind), (other[1].behind, one[1].behind)
    return ours == theirs and ours[0] != ours[1] and all(ours)
