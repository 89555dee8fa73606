"""A claim and the sentences nearest to it -> whether there it came out otherwise.

Convicted or cleared, accepted or declined, paid or only demanded: such words seldom stand in each
other's place, and a vector takes them for alike. They are compared wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.agreement import words

SAID = 0.6  # the share of a claim's other words that a sentence must have to say it otherwise
NEAR = 120  # characters around such a word in which its denial and its object are looked for
LONGEST = 1000  # characters of a sentence
SPARED = 0.3  # the share that one must have to say it as the claim does
_WORDS = {
    "convicted": r"convict\w*|guilty",
    "jailed": r"jailed|imprisoned",
    "admitted": r"admit\w*|confess\w*|plead\w* guilty",
    "denied": r"den(?:y|ies|ied)",
    "cleared": r"clear(?:s|ed)|acquit\w*|exonerat\w*",
    "accused": r"accus\w+|charged with|suspected|on trial",
    "accepted": r"accept\w*|t(?:ook|akes|aken) up",
    "declined": r"declin\w+|turn\w* down|reject\w*|refus\w+",
    "offered": r"offer(?:s|ed)?|invited?|bids?",
    "paid": r"paid|pays",
    "demanded": r"demand(?:s|ed)?|ask(?:s|ed) for|sought",
    "approved": r"approv\w+|upheld|upholds?|grant(?:s|ed)|back(?:s|ed)|pass(?:es|ed)",
    "blocked": r"reject\w*|turn\w* down|refus\w+|block(?:s|ed)|veto\w*|dismiss\w*|overturn\w*"
    r"|quash\w*|struck down|thr(?:ew|own) out",
    "bought": r"bought|buys|purchas\w+|sold|transfer (?:fee|record)",
    "loaned": r"loan(?:s|ed)?|lent|borrow\w*",
    "for": r"(?:vot\w+|and|but) for|in favou?r|support(?:s|ed)|back(?:s|ed)",
    "against": r"against|oppos\w+",
    "died": r"died|dies|dead|killed",
    "survived": r"surviv\w*|alive|rescued",
    "resigned": r"resign\w*|quits?|step(?:s|ped) down",
    "dismissed": r"dismiss\w*|sack(?:s|ed)|fired|oust\w*",
    "continued": r"continu\w+|carr(?:y|ies|ied) on|resum\w+",
    "ended": r"end(?:s|ed)|call(?:s|ed) off|abandon\w*|halt(?:s|ed)|g(?:ave|iven) up|cancel\w*",
    "gained": r"gain(?:s|ed)?",
    "lost": r"lost|loses?",
    "opened": r"(?:re)?open(?:s|ed)?",
    "closed": r"clos(?:es|ed)|shuts?",
    "rose": r"rose|rises?|risen|went up|gone up|increased|grew|raised|lifted",
    "fell": r"fell|falls?|fallen|went down|gone down|decreased|dropped|shrank|cut|lowered",
    "passed": r"pass(?:es|ed)",
    "failed": r"fail(?:s|ed)",
}
# What also tells that it came out so, and spares a claim of it.
_ALSO = {
    "convicted": "admit\\w*|sentenc\\w+|pleaded",
    "accepted": "took|tak(?:es|en|ing)|agree\\w*|join\\w*|becom\\w+|became|sign\\w*|got",
    "paid": "pay\\w*|spen[dt]\\w*|bought|buys|purchas\\w+|fined|cost\\w*|gave|repa(?:id|y)\\w*",
    "died": "death\\w*|kill\\w*|bod(?:y|ies)",
    "bought": "buy\\w*|acquir\\w*",
    "ended": "stop\\w*|over|last(?:ed|s)",
}
# Of a claim and a sentence on the same matter the one is against the other.
_AGAINST = (
    *("convicted cleared", "cleared convicted", "convicted accused", "jailed cleared"),
    *("admitted denied", "denied admitted", "died survived", "rose fell", "fell rose"),
    *("survived died", "resigned dismissed", "dismissed resigned", "for against", "against for"),
    *("gained lost", "lost gained", "passed failed", "failed passed"),
)
_OF_THE_SAME = (
    *("accepted declined", "declined accepted", "approved blocked", "blocked approved"),
    *("bought loaned", "loaned bought", "opened closed", "closed opened"),
    *("continued ended", "ended continued", "demanded offered", "offered demanded"),
)
_PAIRS = [tuple(pair.split()) for pair in (*_AGAINST, *_OF_THE_SAME)]
_ONLY_WANTED = ("accepted offered", "paid demanded", "paid offered")
_DENIED = dict(pair.split() for pair in (*_AGAINST[:2], *_OF_THE_SAME[:4], *_AGAINST[-2:]))
_NOT = re.compile(
    r"(?:\b(?:not|never|no longer|cannot|(?:refus|declin|fail)\w+ to)|n[’']t)(?: \w+){0,2} $"
)
# What one asks or offers to do is not done, nor is it not.
_WANTED = re.compile(
    r"\b(?:want|ask|offer|hop|seek|sought|tr[yi]|demand|threaten|propos|invit)\w*(?: [\w’']+){0,3}"
    r" to $"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets|got) (?:\w+ly )?$")
_ENDS = re.compile(
    r"[,;:.!?()\"“”—]"
    r"|\b(?:in|on|at|of|to|for|from|by|with|against|after|before|because|who|which|that|and|but)\b"
)
_READ = {name: re.compile(rf"\b(?:{says})\b") for name, says in _WORDS.items()}
_SPARED = {name: re.compile(rf"\b(?:{says})\b") for name, says in _ALSO.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How something came out, as it is written, and the telling words of what came out so."""

    written: str
    of: frozenset[str]


def otherwise_ended(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the sentences tell only another outcome than the claim: "cleared" for "convicted".

    Not where one of them may have the claim's outcome too, nor where the claim has both.
    """
    ours = claim[:LONGEST].lower()
    lines = [sentence[:LONGEST].lower() for sentence in sentences]
    for pairs, differs in ((_AGAINST, _on_it), (_OF_THE_SAME, _of_the_same)):
        for name, other in map(str.split, pairs):
            said = _only(name, other, ours, lines)
            if said and any(
                differs(ours, said[0], line, outcome)
                for line in lines
                for outcome in {*_outcomes(other, line)}
            ):
                return True
    wanted = [pair.split() for pair in _ONLY_WANTED]
    return any(
        _only(name, other, ours, lines) and any(list(_outcomes(other, line)) for line in lines)
        for name, other in wanted
    )


def so_too(claim: str, sentences: Sequence[str]) -> set[str]:
    """Return the claim's words for what the sentences say came out so: "shut" for "closed".

    None for an outcome where the claim has its opposite too.
    """
    ours = claim[:LONGEST].lower()
    held = "\n".join(sentence[:LONGEST] for sentence in sentences).lower()
    told = {name: {*_outcomes(name, ours)} for name in _WORDS}
    both = {name for name, other in _PAIRS if told[name] and told[other]}
    return {
        word
        for name in _WORDS.keys() - both
        if told[name] and any(_outcomes(name, held))
        for outcome in told[name]
        for word in words(outcome.written)
    }


def _only(name: str, other: str, claim: str, lines: Sequence[str]) -> list[Outcome]:
    """The claim's outcomes of a name, where it has none of the other and no line has the name's."""
    ours = list(_outcomes(name, claim))
    if not ours or any(_outcomes(other, claim)):
        return []
    for line in lines:
        also = _so(_SPARED[name], line) if name in _SPARED else ()
        told = {*_outcomes(name, line), *(Outcome(match.group(), frozenset()) for match in also)}
        if any(_share(claim, outcome, line) >= SPARED for outcome in told):
            return []
    return ours


def _outcomes(name: str, text: str) -> Iterator[Outcome]:
    """Yield where a text in lower case says it, or denies the opposite of it."""
    for match in _so(_READ[name], text):
        yield Outcome(match.group(), _object(text, match))
    if name in _DENIED:
        for match in _so(_READ[_DENIED[name]], text, denied=True):
            yield Outcome(match.group(), _object(text, match))


def _so(said: re.Pattern[str], text: str, *, denied: bool = False) -> Iterator[re.Match[str]]:
    for match in said.finditer(text):
        before = text[max(0, match.start() - NEAR) : match.start()]
        if not _WANTED.search(before) and (_NOT.search(before) is not None) == denied:
            yield match


def _object(text: str, match: re.Match[str]) -> frozenset[str]:
    """What stands behind a verb up to the next preposition, of a passive what stands before it."""
    before = text[max(0, match.start() - NEAR) : match.start()]
    if be := _BE.search(before):
        return frozenset(words(_ENDS.split(before[: be.start()])[-1]))
    return frozenset(words(_ENDS.split(text[match.end() : match.end() + NEAR])[0]))


def _on_it(claim: str, ours: Outcome, line: str, theirs: Outcome) -> bool:
    return _share(claim, ours, line) >= SAID


def _share(claim: str, outcome: Outcome, line: str) -> float:
    """The share of the claim's words beside the outcome that a line has."""
    rest = {*words(claim)} - {*words(outcome.written)}
    return len(rest & {*words(line)}) / max(1, len(rest))


def _of_the_same(claim: str, ours: Outcome, line: str, theirs: Outcome) -> bool:
    same = not ours.of or not theirs.of or ours.of & theirs.of
    return bool(same) and _on_it(claim, ours, line, theirs)
