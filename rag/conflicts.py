"""A claim and the sentences of a text -> whether they say it of another, or in another number.

Another subject does it, another speaker says it, or what is counted is as many as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.agreement import in_digits, spoken, words
from rag.antecedents import antecedent, meant, names, speaker, sure
from rag.exchanges import LONGEST
from rag.offices import called, is_role
from rag.words import stem, telling

SAID = 0.6  # the share of what one is said to say that makes a sentence what is said
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_MONEY = re.compile(r"[$€£¥]\s?(?=\d)|\bUS\$")
_APART = frozenset("of to from for in at on by with and or but than".split())
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_BLANK = re.compile(r"(?<=\d[.,]) (?=\d)")
_YEARS = re.compile(r"(?<![\d.,:])(?:1[5-9]|20)\d\d(?![.,:]?\d)")
# Of these a text has so many that a number of them which it tells is seldom another's.
_UNITS = frozenset(map(stem, "th st nd rd am pm percent per cent other".split()))
NEXT = 3  # words behind a number in which what it counts is looked for
_PART = re.compile(
    r"(\d+) of (?:(?:the|its|his|her|their|all) |(?:\w+ ){0,2}?s )?(\d+) (\w+(?: \w+)?)"
)


def told_elsewhere(claim: str, sentences: Sequence[str], near: Sequence[int]) -> bool:
    """Whether the claim has one say what, by the sentences around, another says.

    Only of sentences that hold most of what is said, and whose speaker is named. Who speaks in the
    claim may be named by an office, "the finance director", that the sentences give to somebody.
    """
    said = spoken(claim)
    who = [name.words for name in names(said[0]) if not name.owns] if said else []
    if said is None or not (who := who or _holders(said[0], sentences)):
        return False
    what = {*words(said[1])}
    for number in near:
        if len(what & {*words(sentences[number])}) >= SAID * max(1, len(what)):
            other = speaker(sentences, number)
            if other:
                return not any(meant(name, other, sentences) for name in who)
    return False


def _holders(office: str, sentences: Sequence[str]) -> list[tuple[str, ...]]:
    """The names of whoever is called by all words of an office in the sentences."""
    wanted = words(office)
    if not wanted or not is_role(office.split()[-1].lower()):
        return []
    held = [pair for sentence in sentences for pair in called(sentence)]
    return [name for name, text in held if {*wanted} <= {*words(text)}]


def done_by_another(claim: str, sentences: Sequence[str], near: Sequence[int]) -> bool:
    """Whether a sentence says all that the claim says of its subject, of one by another name.

    Not where the claim's subject stands in the sentence too, nor where a pronoun before what is
    said may stand for it.
    """
    subject = next(names(claim), None)
    if subject is None or subject.owns or claim[: subject.start].lower() not in ("", "the "):
        return False
    rest = words(claim[subject.end :])
    own = {stem(word.lower()) for word in subject.words}
    if len(rest) < 2 or spoken(claim) is not None or not claim[subject.end :].startswith(" "):
        return False
    for number in near:
        sentence = sentences[number]
        held = words(sentence)
        if own & set(held) or not _inside(rest, held) or len(held) > LONGEST:
            continue
        before = sentence[: _place(sentence, rest[0])]
        named = [name for name in names(before) if not name.owns]
        for pronoun in re.finditer(r"\b(?:he|she|it|they|his|her|its|their)\b", before, re.I):
            whom = antecedent(sentences, number, pronoun.group(), pronoun.start())
            if not whom or meant(subject.words, whom, sentences):
                return False
        known = any(sure(name, sentences) for name in named)
        return known and not any(meant(subject.words, n.words, sentences) for n in named)
    return False


def _inside(rest: Sequence[str], held: Sequence[str]) -> bool:
    """Whether words stand in a sentence in order, the first two of them next to each other."""
    at = -1
    for place, word in enumerate(rest):
        if word not in held[at + 1 :]:
            return False
        found = held.index(word, at + 1)
        if place == 1 and found > at + 2:
            return False
        at = found
    return True


def _place(sentence: str, word: str) -> int:
    return next(
        (m.start() for m in re.finditer(r"[^\W_]+", sentence) if word in words(m.group())), 0
    )


def miscounted(claim: str, held: str) -> bool:
    """Whether the claim counts as many of something as are there of something else.

    "Four panels" where three panels and four minutes are told; "all nine lines" where seven of
    nine are. A number that stands alone there may count anything.
    """
    ours, theirs = list(_counted(claim)), list(_counted(held))
    alone = {number for number, things in theirs if things == ("",)}
    told = {number for number, _ in theirs}
    apart = {*in_digits(_BLANK.sub("", held))} - {*in_digits(held)}  # "3, 000" is one number
    for number, things in ours:
        if number in apart or (number in told and set(things) & _UNITS):
            continue
        for thing in filter(None, things[-1:]):
            there = {other for other, of in theirs if thing in of}
            if there and number not in there | alone:
                return True
    years, held_years = set(_YEARS.findall(claim)), set(_YEARS.findall(held))
    return bool(years - held_years and held_years) or _all_of_part(claim, held)


def _all_of_part(claim: str, held: str) -> bool:
    ours = " ".join(in_digits(claim))
    for part in _PART.finditer(" ".join(in_digits(held))):
        some, whole, thing = part.groups()
        whole_of = re.search(
            rf"\b(?:all|every one of the) (?:the )?{whole} ((?:\w+ ?){{1,6}})", ours
        )
        if (
            some != whole
            and whole_of
            and ({*map(stem, filter(telling, thing.split()))} & {*map(stem, whole_of[1].split())})
        ):
            return True
    return False


def _digits(tokens: Sequence[str], at: int) -> bool:
    return at < len(tokens) and tokens[at][0].isdigit()


def _counted(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each number in digits and what it counts: the currency, or the telling words behind it."""
    marked = _MONEY.sub(lambda sign: f"money{_SIGNS[sign.group().strip()[-1]]} ", text)
    for clause in re.split(r"[.!?]\s|[,;:()\"“”—]\s?(?!\d)", marked):
        tokens = in_digits(clause)
        for at, token in enumerate(tokens):
            if not token[0].isdigit() or _YEAR.fullmatch(token):
                continue
            if at and tokens[at - 1].startswith("money"):
                yield token, (tokens[at - 1],)
                continue
            things = []
            start = at + 1
            if tokens[start : start + 1] in (["to"], ["or"], ["and"]) and _digits(
                tokens, start + 1
            ):
                start += 2  # "5 to 12 May"
            elif part := _PART.match(" ".join(tokens[at : at + 6])):
                start += len(part.group()[: part.start(3)].split()) - 1  # "7 of its 9 lines"
            for word in tokens[start : start + NEXT]:
                if word in _APART or not telling(word) or word[0].isdigit():
                    break
                things.append(stem(word))
            ends = not things and tokens[at + 1 : at + 2] in ([], ["and"], ["or"])
            yield token, ("",) if ends else tuple(things)


def conflicting(claim: str, sentences: Sequence[str], near: Sequence[int]) -> bool:
    """Whether the claim says of another, or in another number, what the near sentences say."""
    return (
        told_elsewhere(claim, sentences, near)
        or done_by_another(claim, sentences, near)
        or miscounted(claim, "\n".join(sentences[number] for number in near))
    )
