"""A claim and what it is held against -> whether one denies what the other says.

A denial holds for the words behind it, up to the next break: "147, not 143" denies no 147.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.agreement import words

TOLD = 0.6  # the share of a claim that what is not denied must say, where no word of it is denied
_WHAT = r"(?P<what>(?:(?! but\b)(?:[^,.;:!?()\"“”—]|(?<=\d)[,.](?=\d)))*)"
_DENIAL = re.compile(
    r"(?:\b(?:(?<!found )not|no(?!\.? ?\d)|never|none|nobody|nothing|neither|nor|without|cannot"
    r"|den(?:y|ies|ied)|(?:refus|declin|fail)(?:e|es|ed|s|ing)? to)|n[’']t)\b" + _WHAT,
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"(?:\b(?:not|never|cannot|fail(?:s|ed)? to|refus(?:e|es|ed) to|yet to)|n[’']t)\b([^,.;:!?]*)",
    re.IGNORECASE,
)
# What one asks or offers to do is not done.
_WANTED = re.compile(
    r"\b(?:want|ask|offer|hop|seek|sought|tr[yi]|demand|threaten|propos)\w*(?: [\w’']+){0,3} to\b"
    r"([^,.;:!?]*)",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:will|would|may|might|could|plans?|planned|is to|are to|to be)\b")
_BETWEEN = frozenset("yet ever even".split())  # what stands between "not" and what is not done
# "Not only nurses struck", "not until May": what stands behind them is so.
_EXCEPT = re.compile(r"\b(?:only|just|merely|simply|because|until|before|unless|all|every)\b")


def disagrees(claim: str, sentences: Sequence[str]) -> bool:
    """Whether claim and first sentence disagree on a denial: only one of them denies.

    Not where another sentence denies what the claim does and the first has no word of it, nor
    where none of the words that are denied is the claim's, and the sentences say most of it.
    """
    ours, theirs = _denied(claim), _denied(sentences[0])
    if (ours is None) == (theirs is None):
        return False
    held = Counter(word for sentence in sentences for word in words(sentence))
    everywhere = Counter[str]()
    for sentence in sentences:
        everywhere.update(_denied(sentence) or ())
    if ours is not None:
        return not {*ours} & {*everywhere} or bool({*ours} & {*words(sentences[0])})
    if not theirs:
        return True
    denied = _only(everywhere, held) | _only(theirs, Counter(words(sentences[0])))
    said = {*words(claim)}
    return bool(denied & said) or len(said & {*held} - denied) < TOLD * len(said)


def _only(denied: Counter[str], said: Counter[str]) -> set[str]:
    return {word for word, often in denied.items() if said[word] <= often}


def _denied(text: str) -> Counter[str] | None:
    """The telling words that a text denies, with how often it does; None where it denies nothing.

    Empty where what is denied is left out: "but the county did not".
    """
    found = [words(match["what"]) for match in _DENIAL.finditer(text)]
    return Counter(word for what in found for word in what) if found else None


def undone(claim: str, held: str) -> bool:
    """Whether the claim says is done what is only ever denied, asked or offered where it is held.

    That is the first telling word behind a "not", "approved" in "has not yet approved", or behind
    "to", "ban" in "asked a court to ban it".
    """
    if _DENIAL.search(claim):
        return False
    wanted = not _WANTED.search(claim) and not _TO_COME.search(claim)
    denied = []
    for match in [*_UNDONE.finditer(held), *(_WANTED.finditer(held) if wanted else ())]:
        if not _EXCEPT.search(match[1].lower()):
            said = [word for word in words(match[1]) if word not in _BETWEEN and word[-2:] != "li"]
            denied += said[:1]
    everywhere = words(held)
    return any(everywhere.count(word) <= denied.count(word) for word in {*denied} & {*words(claim)})
