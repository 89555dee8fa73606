"""A claim in a sentence's own words -> whether it says them of each other.

There is no parser: what stands before a word and what behind it, behind which preposition and in
which voice, is told from the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.agreement import root
from rag.words import stem, telling

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
# What stands behind one of these has its part from it, wherever in the sentence both stand.
_MARKS = frozenset(
    """
about across after against along among around as at because before behind beside between by despite
during for from if in inside into near of on outside over since than through to toward towards
under until upon when where while with within without
""".split()
)
# What has its part from one of the two in the claim and from the other in the sentence.
_APART = frozenset(
    frozenset(pair.split())
    for pair in "from to,before after,inside outside,with without,above below".split(",")
)
_CLAUSES = frozenset("because if unless before after until although".split())
_BE = frozenset("am is are was were be been being get gets got".split())
_TWO = re.compile(r"[.!?]\W+[A-ZÀ-ÞА-Я]")
_WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+")
_LISTED = re.compile(r"(?:,|\band|\bor) (?:\w{1,3} )?$")
_LISTING = re.compile(r",| (?:and|or)\b")
_BREAK = re.compile(r"[,;:.()\"“”—]")
_OWNER = re.compile(r"['’]s\b")
_BY = re.compile(r" by [^\d]")


@dataclass(frozen=True, slots=True)
class _Met:
    """A telling word in its sentence.

    `run` is the word that gives it its part and the telling words from there to it: "in", or "of"
    and what is owned, of an owner; `behind` is the telling word that it stands behind. `listed`
    is "plums" in "figs, plums and pears".
    """

    place: int
    written: str
    run: tuple[str, ...]
    behind: str
    passive: bool
    listed: bool

    @property
    def mark(self) -> str:
        return self.run[0] if len(self.run) == 1 else ""


_Both = tuple[_Met, _Met]  # a word in the claim and in the sentence


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
    ours, theirs = _once(claim), _once(sentence)
    both = {key: (ours[key], theirs[key]) for key in ours if key in theirs}
    marks = {(one.mark, other.mark) for one, other in both.values()}
    if any(one and other and one != other and (other, one) in marks for one, other in marks):
        return True
    if any(frozenset(pair) in _APART for pair in marks) or _numbers_exchanged(both):
        return True
    if _clauses_exchanged(claim, sentence) or _handed_back(both):
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
    """Whether the word has its part from the same preposition in both: "in March"."""
    return pair[0].run == pair[1].run != ()


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
    for match in _WORD.finditer(text):
        if (word := match.group().lower()) in _CLAUSES:
            end = _BREAK.search(text, match.end())
            to = end.start() if end else len(text)
            inside = set(_once(text[match.end() : to]))
            found[word] = inside, set(_once(text[: match.start()] + text[to:])) - inside
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


def _once(text: str) -> dict[str, _Met]:
    """The telling words that occur once, by stem."""
    tokens = list(_WORD.finditer(text))
    lower = [token.group().lower() for token in tokens]
    keys = [root(word) if word not in _MARKS and telling(word) else "" for word in lower]
    order = [key for key in keys if key]
    found: dict[str, _Met] = {}
    run: tuple[str, ...] = ()
    at, end, passive = 0, 0, False
    for place, (token, word, key) in enumerate(zip(tokens, lower, keys, strict=True)):
        if _BREAK.search(text[end : token.start()]):
            run, passive = (), False
        end = token.end()
        if not key:
            if word in _MARKS:
                run = (word, *order[at - 1 : at]) if word == "of" and at else (word,)
            passive = word in _BE or (passive and word == "not")
            continue
        found[key] = _Met(
            place,
            token.group(),
            ("of", *order[at + 1 : at + 2]) if _OWNER.match(text, end) else run,
            order[at - 1] if at else "",
            passive or (_BY.match(text, end) is not None and not key[0].isdigit()),
            _LISTED.search(text[: token.start()]) is not None
            and _LISTING.match(text, end) is not None,
        )
        run = (*run, key) if run else ()
        passive = passive and word.endswith("ly")
        at += 1
    return {key: met for key, met in found.items() if order.count(key) == 1}
