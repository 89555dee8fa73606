"""A text -> who is what in it: "its mayor, Ada Wren", "Wren, a nurse", "Wren leads the Liberals".

And whether a claim has somebody be what another is, or hold another's office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.antecedents import meant, names
from rag.words import stem, telling

# What people are, by its last word; what ends otherwise is seldom somebody's office.
_ROLE = re.compile(
    r"(?:[a-z]+(?:er|or|ist|ian|man|woman|person|ant|ary)|analyst|architect|boss|captain|chair|chef"
    r"|chief|clerk|coach|cook|critic|dentist|doctor|envoy|executive|general|guard|head|host|judge"
    r"|king|monk|nun|nurse|pilot|poet|president|priest|prince|princess|queen|scientist|spy|student"
    r"|surgeon|vet|agent|expert)"
)
_NO_ROLE = frozenset(
    """
brother sister father mother daughter partner neighbour neighbor member number former other woman
man person never ever her over under after another together matter paper water power winter summer
order river weather dinner later either whether rather however earlier offer letter owner winner
for minor major author senior junior holder higher lower larger smaller older younger better prior
error floor door color colour labour harbour honour humour
""".split()
)
# What one of them is called is the other too.
_SAME = dict(
    pair.split()
    for pair in (
        "boss leader,head leader,chief leader,chair leader,chairman leader,chairwoman leader"
        ",chairperson leader,executive leader,president leader,director leader"
    ).split(",")
)
_AGES = frozenset("former new old year retired first last".split())
_LEADS = r"(?:leads?|led|heads?|headed|chairs?|chaired|runs)"
_PUT = re.compile(
    rf"(?:, who|, which| who)? (?:(?P<leads>{_LEADS}) (?P<whom>(?:the |its |his |her )?[^,.;:]+)"
    r"|(?:is|was|became|becomes|remains) (?P<is>[^,;:.]+))"
)
_ASIDE = re.compile(
    r", (?:\d+, )?(?:who (?:is|was|works as) )?(?P<is>[^,.;:\"“”]{3,70})(?=[,.;:]|$)"
)
_APART = re.compile(r"(?P<is>[^,.;:\"“”]+), $")
_WHOSE = re.compile(
    r"(?<![\w’'-])(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir"
    r"|[A-Z][\w-]*(?: [A-Z][\w-]*)*['’]s?) "
)
_FRONT = re.compile(r"(?:^[A-Z][\w-]+ )?(?:[a-z][\w-]+ ){0,3}$")
_DOES = re.compile(r"[a-z]+(?:ed|ing|s)|told|met|saw|made|hit|put|sent|gave|took|on|when")
_OF = re.compile(r" of (?:the )?(.+)")
_LED = re.compile(r"(?P<whom>[\w’' -]+?),? (?:which is |is |was )?(?:led|headed|chaired) by $")
_ENDS = re.compile(r"\b(?:of|at|in|for|to|who|that|which|from|with|on|when|and|by|as)\b")


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is: the last word of it, as a stem, and the other words, capitals as written.

    The first is "" where only a place is named: "Wren of the Liberals".
    """

    name: tuple[str, ...]
    head: str
    words: frozenset[str]
    places: frozenset[str]


def offices(sentences: Sequence[str]) -> list[Office]:
    """Return who is what, as the sentences say it."""
    return [office for sentence in sentences for office in _offices(sentence)]


def _offices(sentence: str) -> list[Office]:
    found = [
        office for name, text in called(sentence) if (office := _office(name, text)) is not None
    ]
    for name in names(sentence):
        if not name.owns and (of := _OF.match(sentence[name.end :])):
            place = next(names(of[1]), None)
            if place and place.start == 0:
                where = frozenset(map(_stem, place.words))
                found.append(Office(name.words, "", frozenset(), where))
    return found


def called(sentence: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the names of a sentence, each with what may say what somebody of that name is."""
    for name in names(sentence):
        if name.owns:
            continue
        before, behind = sentence[: name.start], sentence[name.end :]
        said = []
        if put := _PUT.match(behind):
            said.append(f"leader of {put['whom']}" if put["leads"] else put["is"])
        aside = _ASIDE.match(behind)
        if aside and not _DOES.fullmatch(aside["is"].split()[0].replace("his", "the")):
            said.append(aside["is"])
        if who := re.match(rf", who {_LEADS} (?P<whom>[^,.;:]+)", behind):
            said.append(f"leader of {who['whom']}")
        if apart := _APART.search(before):
            said += [apart["is"][whose.start() :] for whose in _WHOSE.finditer(apart["is"])][-3:]
        if front := _front(before):
            said.append(f"{_owner(before[: -len(front)])}{front}")
        if led := _LED.search(before):
            said.append(f"leader of {led['whom']}")
        for text in said:
            yield name.words, text


def _front(before: str) -> str:
    """What stands before a name and says what one is: not "told" in "told energy minister"."""
    front = _FRONT.search(before)
    words = front.group().split() if front else []
    if not words or not is_role(words[-1].lower()):
        return ""
    taken = [words.pop()]
    while words and telling(words[-1].lower()) and not _DOES.fullmatch(words[-1].lower()):
        taken.insert(0, words.pop())
    return " ".join(taken) + " "


def _owner(before: str) -> str:
    owner = re.search(r"([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*['’]s?|[Tt]he) $", before)
    return owner.group() if owner else ""


def _office(name: tuple[str, ...], text: str) -> Office | None:
    ended = _ENDS.search(text)
    phrase = text[: ended.start()] if ended else text
    behind = text[ended.start() :] if ended and ended.group() in ("of", "at", "in", "for") else ""
    behind = re.split(r"\b(?:who|that|which|when|and|to|with|by)\b", behind)[0]
    own = re.findall(r"[^\W\d_]+", re.sub(r"['’]s\b", "", phrase))
    if not own or not is_role(own[-1].lower()) or own[-1][0].isupper():
        return None
    rest = [*own[:-1], *re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", behind))]
    words = [word for word in rest if telling(word.lower()) and word.lower() not in _AGES]
    start = text.split()[0]
    places = frozenset(
        stem(word.lower())
        for word in words
        if word[0].isupper()
        and not (word == start and len(own) > 1 and not re.match(r"\w+['’]s", text))
    )
    head = own[-1].lower()
    lower = frozenset(stem(word.lower()) for word in words) - places
    return Office(name, stem(_SAME.get(head, head)), lower, places)


def _stem(word: str) -> str:
    return stem(re.sub(r"['’]s?$", "", word).lower())


def is_role(word: str) -> bool:
    """Return whether a word in lower case says what people are."""
    return word not in _NO_ROLE and _ROLE.fullmatch(word) is not None


def other_office(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the claim gives somebody another office than the sentences do, or another's.

    Another is a nurse for a teacher, a minister of water for one of energy, and one whom only
    somebody else is there. Where nothing is told of what one is, or more than a claim knows,
    nothing is known.
    """
    ours, there = offices([claim]), offices(sentences)
    return any(
        _other(office, there, sentences) if office.head else _of_another(office, there, sentences)
        for office in ours
    )


def _of_another(ours: Office, there: Sequence[Office], sentences: Sequence[str]) -> bool:
    """Whether the place that somebody is of is there another's, and their own a third."""
    own = [office for office in there if meant(ours.name, office.name, sentences)]
    others = [office for office in there if office not in own]
    places = frozenset[str]().union(*(office.places for office in own))
    third = bool(places) and not places & ours.places
    return third and any(ours.places <= office.places for office in others)


def _other(office: Office, there: Sequence[Office], sentences: Sequence[str]) -> bool:
    own = [o for o in there if meant(office.name, o.name, sentences)]
    alike = [o for o in own if o.head == office.head]
    if alike:
        return all(_apart(office, o) for o in alike)
    others = [
        o for o in there if o.head == office.head and not meant(office.name, o.name, sentences)
    ]
    taken = any(office.words <= o.words | o.places and office.places <= o.places for o in others)
    if taken and (office.words or office.places or own):
        return True
    held = set(map(stem, re.findall(r"\w+", " ".join(sentences).lower())))
    return bool(own) and (bool(others) or office.head not in held)


def _apart(one: Office, other: Office) -> bool:
    """Whether each says of what, and not of the same."""
    return any(
        a - (other.words | other.places) and b - (one.words | one.places)
        for a, b in ((one.words, other.words), (one.places, other.places))
    )
