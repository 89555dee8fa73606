"""A sentence and those before it -> whom its pronouns, short names and "the dam" stand for.

A claim names in full what an article names once: "The Great Sill dam", then "the dam" and "it".
There is no parser: who is meant is told from what stands before, the last that is named first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.saying import speakers
from rag.words import stem, telling

_RUN = re.compile(
    r"[A-ZÀ-Þ][\w-]*(?:['’]? (?:(?:van|von|de|der|du|la) )*[A-ZÀ-Þ][\w-]*)*(?P<own>['’]s)?"
)
_DATE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December"
)
_BEHIND = re.compile(r"\b(?:in|at|of|to|from|for|on|near|by|with|than|and|against|over) $")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
_GROWER = re.compile(r"[A-Z]\w+(?: [a-z]\w+){1,3} ")  # "Union leader Carla Mendes"
_QUOTED = re.compile(r"[\"“][^\"“”]*(?:[\"”]|$)")
_KINDS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_OWN = {kind: own for own, kind in _KINDS.items()}
# "...," said the firm's chief engineer, Ada Wren.
_CALLED = re.compile(r"[\"”]\W*(?:said|says|added|wrote|asked|replied) [^,.;:\"“]{3,60}, ")
_TOLD = re.compile(
    r"(?P<who>(?:The )?[A-ZÀ-Þ][^,;:\"“]{1,60}?) (?:said|says|added|wrote|argued|explained|insisted"
    r"|warned) (?:that )?(?P<what>[^\"“].+)"
)
FAR = 6  # sentences back to whoever a pronoun stands for


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence; `owns` is whether it is another's: "Riva" in "Riva's brother"."""

    start: int
    end: int
    words: tuple[str, ...]
    owns: bool


def names(text: str) -> Iterator[Name]:
    """Yield the names of a text in order, without "The" before them, no days nor months."""
    for match in _RUN.finditer(text):
        owns = match["own"] is not None
        written = match.group()[: -2 if owns else None]
        parts = list(re.finditer(r"\S+", written))
        while parts and not telling(parts[0].group().lower()):
            parts.pop(0)
        parts = [part for part in parts if not _DATE.fullmatch(part.group())]
        if parts:
            start = match.start() + parts[0].start()
            yield Name(start, match.end(), tuple(part.group() for part in parts), owns)


def meant(name: Sequence[str], other: Sequence[str], sentences: Sequence[str]) -> bool:
    """Whether two names are one's: "Hallam" is whoever of that name was first named in full.

    A name's first words may say what one is: "Grower Felix Amadi".
    """
    if name[-1] != other[-1]:
        return name[0] == other[-1] or name[-1] == other[0]
    long, short = sorted((tuple(name), tuple(other)), key=len, reverse=True)
    if len(short) > 1:
        return long[-len(short) :] == short
    first = next(
        (
            n.words
            for s in sentences
            for n in names(s)
            if len(n.words) > 1 and n.words[-1] == name[-1]
        ),
        long,
    )
    return len(long) == 1 or first[-2:] == long[-2:]


def antecedent(sentences: Sequence[str], number: int, pronoun: str, at: int) -> tuple[str, ...]:
    """Return the name that a pronoun at a place of a sentence stands for, () where none is found.

    It is the first of those before it in its own sentence, or in the last sentence before that
    has one. One that stands behind a preposition or owns something is not meant, nor one behind
    the same pronoun.
    """
    kind = _KINDS.get(pronoun.lower(), pronoun.lower())
    for place in range(number, max(-1, number - FAR), -1):
        line = sentences[place][:at] if place == number else sentences[place]
        line = _QUOTED.sub(lambda quote: " " * len(quote.group()), line)
        subjects = [
            name
            for name in names(line)
            if not name.owns and not _BEHIND.search(line[: name.start]) and sure(name, sentences)
        ]
        before = line[: subjects[0].start] if subjects else ""
        if len(subjects) > 1 and _GROWER.fullmatch(line, subjects[0].start, subjects[1].start):
            subjects.pop(0)
        if subjects and kind not in map(_kind, _PRONOUN.findall(before)):
            return subjects[0].words
    titled = [n for n in names(sentences[0]) if not n.owns] if sentences else []
    return titled[0].words if titled else ()


def sure(name: Name, sentences: Sequence[str]) -> bool:
    """Return whether it is a name: the word that begins a sentence is where it is one elsewhere."""
    return (
        name.start > 0
        or len(name.words) > 1
        or any(
            name.words[0] in other.words and (other.start > 0 or len(other.words) > 1)
            for sentence in sentences
            for other in names(sentence)
        )
    )


def _kind(pronoun: str) -> str:
    return _KINDS.get(pronoun.lower(), pronoun.lower())


def as_there(claim: str, sentences: Sequence[str], number: int) -> str:
    """Return the claim with each of its names as a sentence has it: "she", "Wren", "the dam".

    Only where the sentences before say that this is meant; else the claim as it is.
    """
    sentence = sentences[number]
    if (told := _TOLD.match(claim)) and (who := list(names(told["who"]))):
        by = speaker(sentences, number)
        if by and meant(who[-1].words, by, sentences) and not _speaks(sentences, number):
            return told["what"][:1].upper() + told["what"][1:]
    said = set(map(stem, re.findall(r"\w+", sentence.lower())))
    made, end = "", 0
    for name in names(claim):
        if {stem(word.lower()) for word in name.words} <= said:
            continue
        new = _short(claim, name, sentences, number)
        if new is not None:
            start, to, word = new
            word = word[:1].upper() + word[1:] if start == 0 else word
            made, end = made + claim[end:start] + word, to
    return made + claim[end:]


def _short(
    claim: str, name: Name, sentences: Sequence[str], number: int
) -> tuple[int, int, str] | None:
    """Where a name of the claim, with "The" and what it names, stands, and what is said for it."""
    sentence, before = sentences[number], sentences[:number]
    end = name.end - (2 if name.owns else 0)
    own = "'s" if name.owns else ""
    for there in names(sentence):
        short = set(there.words) < set(name.words) and meant(name.words, there.words, sentences)
        if short and any(set(name.words) <= set(n.words) for s in before for n in names(s)):
            return name.start, name.end, " ".join(there.words) + own
    the = name.start - 4 if claim[: name.start].lower().endswith("the ") else name.start
    thing = re.match(r" ([a-z]\w+)", claim[end:])
    full = " ".join(name.words)
    if thing and _the(thing[1], sentence) and _named(f"{full} {thing[1]}", before):
        return the, end, "the"
    if len(name.words) > 1 and _the(name.words[-1], sentence) and _named(full, before):
        return the, name.end, f"the {name.words[-1].lower()}{own}"
    for pronoun in _PRONOUN.finditer(_QUOTED.sub(lambda q: " " * len(q.group()), sentence)):
        whom = antecedent(sentences, number, pronoun.group(), pronoun.start())
        if whom and meant(name.words, whom, sentences):
            to = end + len(thing.group()) if thing and the != name.start else name.end
            kind = _kind(pronoun.group())
            return the, to, _OWN[kind] if name.owns else kind
    return None


def _the(noun: str, sentence: str) -> bool:
    return re.search(rf"\b(?i:the|this|that) {re.escape(noun.lower())}\b", sentence) is not None


def _named(full: str, sentences: Sequence[str]) -> bool:
    return any(full.lower() in sentence.lower() for sentence in sentences)


def speaker(sentences: Sequence[str], number: int) -> tuple[str, ...]:
    """Return the name of who says a sentence that is quoted, () where that is not known.

    It is who speaks in it, where its quote ends, or in the sentence before that it goes on from.
    """
    inside = _open(sentences[:number])
    sentence = sentences[number]
    if not inside and not sentence.lstrip().startswith(('"', "“")):
        return _speaks(sentences, number)
    places = [number]
    if _open(sentences[: number + 1]):
        ends = [p for p in range(number + 1, len(sentences)) if not _open(sentences[: p + 1])]
        places += ends[:1]
    back = number
    while back > 0 and (_open(sentences[:back]) or not _speaks(sentences, back)):
        back -= 1
        if not re.search('["“”]', sentences[back]) and not _open(sentences[:back]):
            break
        places.append(back)
        if _speaks(sentences, back):
            break
    return next((who for place in places if (who := _speaks(sentences, place))), ())


def _open(sentences: Sequence[str]) -> bool:
    """Whether a quote is open where the sentences end."""
    held = "\n".join(sentences[-FAR:])
    if "“" in held:
        return held.rfind("“") > held.rfind("”")
    return held.count('"') % 2 == 1


def _speaks(sentences: Sequence[str], number: int) -> tuple[str, ...]:
    if called := _CALLED.search(sentences[number]):
        behind = sentences[number][called.end() :]
        if (name := next(names(behind), None)) and name.start == 0:
            return name.words
    for who in speakers(sentences[number]):
        named = [name for name in names(who) if not name.owns]
        if named and not any(sure(name, sentences) for name in named):
            return ()
        if named:
            return named[-1].words
        for pronoun in re.findall(r"\b(?:he|she|they)\b", who, re.IGNORECASE):
            at = sentences[number].find(who)
            return antecedent(sentences, number, pronoun, max(at, 0))
    return ()
