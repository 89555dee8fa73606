"""A claim and the sentences nearest to it -> in what they agree, compared word by word.

And by whom it is said there; whether it is denied is told in rag/denials.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.likeness import numbers_and_words
from rag.nations import LANDS, land
from rag.words import stem, telling

NAMES = re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]+")
_KEYS = re.compile(r"(?<!\w)(?:\d[\d,.]*\d|\d|[A-ZÀ-ÞА-Я][\w’'-]*(?: [A-ZÀ-ÞА-Я][\w’'-]*)*)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W_]+")
# The participle of a verb whose ending does not show it -> its past: "was beaten", "beat".
_PAST = dict(
    pair.split()
    for pair in (
        "beaten beat,bitten bit,broken broke,chosen chose,driven drove,drawn drew,eaten ate,"
        "forbidden forbade,forgiven forgave,forgotten forgot,given gave,hidden hid,known knew,"
        "overtaken overtook,overthrown overthrew,seen saw,shaken shook,shown showed,stolen stole,"
        "taken took,thrown threw,torn tore,withdrawn withdrew,written wrote"
    ).split(",")
)
# A verb that with its next word means what it does not mean alone, and the stem of one that does.
_PHRASES = {
    (stem(verb), particle): stem(same)
    for verb, particle, same in map(
        str.split,
        "turned down rejected,called off cancelled,put off postponed,carried out conducted,laid off"
        " dismissed,went up rose,went down fell,pulled out withdrew,put out extinguished,gave up"
        " abandoned".split(","),
    )
}
_SPOKE = re.compile(
    r"\b(?:(?P<source>according to)|(?:said|says|told|announced|claimed|argued|warned|insisted"
    r"|admitted|added|stated|promised|explained)\b(?P<that>[^,.;:\"“”]{0,40} that\b)?)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been) $")
_ASIDE = re.compile(r"[,;:“”\"—]")
# Every country has them.
_OFFICES = frozenset(
    "air army chief defence defense department force foreign general government intelligence"
    " interior military minister ministry navy president prime secretary security service state"
    " the".split()
)
SAID = 0.6  # the share of what one says that makes it what another says
_Speech = tuple[str, str]  # who, and what


def words(text: str) -> list[str]:
    """Return the telling words of a text in order, their endings aside, numbers in digits."""
    tokens = in_digits(text)
    return [
        _PHRASES.get((stem(word), next_), root(word))
        for word, next_ in pairwise([*tokens, ""])
        if telling(word)
    ]


def root(word: str) -> str:
    """Return the stem of a lower-case word, that of its past for "beaten" or "stolen"."""
    return stem(_PAST.get(word, word))


def in_digits(text: str) -> list[str]:
    """Return the words of a text, "thirty thousand" and "30,000" alike as the one word 30000."""
    written: list[str] = []
    number, value = "", frozenset[float]()
    for token in _WORD.findall(text.lower()):
        grown, _ = numbers_and_words(f"{number} {token}")
        if number and len(grown) == 1 and grown != value:
            number, value = f"{number} {token}", grown
            written.pop()
        else:
            value, _ = numbers_and_words(token)
            number = token if value else ""
        written.append(f"{next(iter(value)):f}".rstrip("0").rstrip(".") if value else token)
    return written


def exact(claim: str, held: str) -> dict[str, float]:
    """Return whether a claim's numbers and names are those of what it is held against.

    `numbers` is 1 where all of them stand there, else 0; `names` is the share of them that do.
    """
    numbers, _ = numbers_and_words(claim)
    there, _ = numbers_and_words(held)
    said = set(map(stem, re.findall(r"\w+", held.lower())))
    names = [m.group().lower().removesuffix("'s").removesuffix("’s")
             for m in NAMES.finditer(claim)]  # fmt: skip
    names = [name for name in names if telling(name)]
    known = [set(map(stem, re.findall(r"\w+", name))) <= said for name in names]
    return {
        "numbers": float(numbers <= there),
        "names": sum(known) / len(known) if known else 1.0,
    }


def told_by_another(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the claim has one say what only another says there.

    So it is where who speaks and who is spoken of have changed places, "Ada said that Otto stole",
    and where both are named and most of what they say is the same.
    """
    ours = spoken(claim)
    theirs = [speech for sentence in sentences if (speech := spoken(sentence))]
    if ours is None:
        return False
    changed = [_changed_places(ours, speech) for speech in theirs]
    own = [s for s, turned in zip(theirs, changed, strict=True) if not turned and _one(ours, s)]
    others = [_alike(ours, s) for s in theirs if _put_for(ours, s) and not _one(ours, s)]
    if any(_alike(ours, speech) >= max(others, default=0.0) for speech in own):
        return False
    return any(changed) or bool(others)


def _changed_places(ours: _Speech, theirs: _Speech) -> bool:
    (who, what), (whom, instead) = ([{*words(part)} for part in said] for said in (ours, theirs))
    return bool((who - whom) & instead and (whom - who) & what)


def _one(ours: _Speech, theirs: _Speech) -> bool:
    """Whether both are said by one: they share a name, or a word and no two countries."""
    lands = [
        {land(w) for w in re.findall(r"\w+", who.lower())} & LANDS for who, _ in (ours, theirs)
    ]
    names = [{name.lower() for name in NAMES.findall(who)} for who, _ in (ours, theirs)]
    shared = {name for name in names[0] & names[1] if land(name) not in LANDS} - _OFFICES
    if all(lands) and not lands[0] & lands[1] and not shared:
        return False
    return bool({*words(ours[0])} & {*words(theirs[0])})


def _alike(ours: _Speech, theirs: _Speech) -> float:
    """The share of what one says that the other says too."""
    what = {*words(ours[1])}
    return len(what & {*words(theirs[1])}) / max(1, len(what))


def _put_for(ours: _Speech, theirs: _Speech) -> bool:
    named = all(any(name.start() for name in NAMES.finditer(who)) for who, _ in (ours, theirs))
    return named and _alike(ours, theirs) >= SAID


def spoken(sentence: str) -> _Speech | None:
    """Return who says something in the sentence, and all else in it; None where nobody does."""
    spoke = _SPOKE.search(sentence)
    if spoke is None or _PASSIVE.search(sentence[: spoke.start()]):
        return None
    before, behind = sentence[: spoke.start()].rstrip(), sentence[spoke.end() :]
    if spoke["that"]:
        return before, behind
    if spoke["source"]:
        who = _ASIDE.split(behind)[0]
        return who, before + behind.removeprefix(who)
    if before.count(",") > 1 and before.endswith(","):
        return None  # "Ada, the mayor, said" or "on Monday, the pier burned, said the mayor"
    who = _ASIDE.split(before)[-1].strip()
    if not words(who):  # "... ", said Ada Wren
        return behind, before
    return who, before.removesuffix(who) + behind


def covered(claim: Sequence[str], sentences: Sequence[Sequence[str]]) -> float:
    """Return the largest share of a claim's words that two neighbouring sentences have."""
    wanted = set(claim)
    sets = [wanted.intersection(sentence) for sentence in sentences]
    most = max((len(one | next_) for one, next_ in pairwise([*sets, set()])), default=0)
    return most / max(1, len(wanted))


def asked(claim: str) -> list[tuple[str, str]]:
    """Return up to two questions to which the claim gives an answer, each with that answer.

    Its first number, its last name and its first are asked for, two of these, in the claim's own
    words: "Rollo built it in what year?" (after Wang et al. 2020, "QAGS").
    """
    keys = [m for m in _KEYS.finditer(claim) if words(m.group())]
    numbers = [m for m in keys if m.group()[0].isdigit()]
    made = []
    for key in list(dict.fromkeys([*numbers[:1], *keys[-1:], *keys[:1]]))[:2]:
        if key.group()[0].isdigit():
            asks = "what year" if _YEAR.fullmatch(key.group()) else "how many"
        else:
            asks = "what" if key.start() else "who"
        question = f"{claim[: key.start()]}{asks}{claim[key.end() :]}".rstrip(" .") + "?"
        made.append((question, key.group()))
    return made


def answers(said: str, wanted: str) -> float:
    """Return which share of the wanted answer's words stand in what was said."""
    needed = set(words(wanted))
    return len(needed.intersection(words(said))) / max(1, len(needed))
