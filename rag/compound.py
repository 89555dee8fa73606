"""A question that asks several things -> questions that ask one each, by rule, without a model.

"How many died, and who was to blame?" is two questions, so is "the ministers of Turkey and of
Russia"; "when and where did it sink?" too. A part that leans on those before it, or names nothing,
takes their names along, as a question in a conversation does (rag/followups.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.followups import alone, leans, names, says
from rag.several import wanted
from rag.words import terms

MOST = 3  # parts; what follows stays with the last
LONGEST = 400  # characters; who pastes more asks for all of it
_ASKS = (
    r"(?:(?:in|on|at|by|from|to|for|of|with|since|until|under)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b"
)
# A capital after "and" begins a title: "War and What Comes After".
_JOINT = re.compile(rf"(?:[,;]?\s+and|;)\s+(?={_ASKS})|\?\s+(?i:and\s+)?(?=(?i:{_ASKS}))")
_WORD = re.compile(rf"{_ASKS}(?:\s+(?:many|much|long|far|old|often|big))?", re.IGNORECASE)
_THINGS = re.compile(
    r"(?:how many|which|whose)(?:\s[\w-]+){0,2}\s(?:[\w-]+s|people|men|women)", re.IGNORECASE
)
_HELPS = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did|will|can|could|would)\b")
_OTHER = re.compile(r"\s+(?:[\w-]+\s+){0,2}(?:others?|else)\b", re.IGNORECASE)
_NAME = r"(?:the\s+)?[A-ZÀ-ÞА-Я][\w’'.-]*(?:\s+(?:of\s+)?[A-ZÀ-ÞА-Я][\w’'.-]*)*"
# It names somebody and says nothing of them yet: "Ada Holm", "when did Ada Holm".
_OPEN = re.compile(rf"(?:^|{_HELPS.pattern}\s+){_NAME}$")
_OF_EACH = re.compile(
    rf"(?P<head>.*\b(?P<of>of|in|from|to|for|at|on|with))\s+(?P<one>{_NAME})\s+and\s+"
    rf"(?P<again>(?:according\s+)?(?P=of)\s+)?(?P<other>{_NAME})\W*"
)
# "According to the union and according to the company": said twice, any two things are two.
_THING = r"(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+)?"
_TWICE = re.compile(
    rf"(?P<head>(?={_ASKS}).*\b(?P<of>according\ to|of|in|from|to|for|at|on|with|by))"
    rf"\s+(?P<one>{_THING})\s+and\s+(?P=of)\s+(?P<other>{_THING})\W*",
    re.IGNORECASE,
)
# What a question ends with belongs to all of it: "in Cyclone Ada".
_WHERE = re.compile(rf"\b(?:after|at|during|from|in|of|off|on|under)\s+(?P<name>{_NAME})\W*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A question that asks one thing: as it was typed, and as it stands alone."""

    typed: str
    alone: str


def apart(question: str, history: Sequence[str] = ()) -> list[Part]:
    """Return the questions, one or up to MOST, that a question consists of, in order.

    `history` are the questions asked before it, in order.
    """
    typed = " ".join(question.split())
    parts = _parts(typed, MOST) if len(typed) <= LONGEST else []
    if len(parts) < 2:
        return [Part(question, alone(question, history))]
    found = []
    where = _WHERE.search(parts[-1])
    for number, part in enumerate(parts):
        before = parts[:number]
        named = dict.fromkeys(name for earlier in before for name in names(earlier))
        carries = named and not leans(part)
        if where and not named and not history:
            named = dict.fromkeys(names(f" {where['name']}"))
            carries = True
        whole = f"{part} ({' '.join(named)})" if carries and not names(part) else part
        found.append(Part(part, alone(whole, [*history, *before])))
    return found


def _parts(question: str, most: int) -> list[str]:
    for joint in _JOINT.finditer(question) if most > 1 else ():
        first, rest = question[: joint.start()], question[joint.end() :]
        if _whole(first) and (first := _completed(first, rest)):
            return [_asked(first), *_parts(rest, most - 1)]
    found = _OF_EACH.fullmatch(question)
    if found is None or not (found["again"] or wanted(question) > 1):
        found = _TWICE.fullmatch(question)
    if most > 1 and found and _whole(question):
        return [_asked(f"{found['head']} {found[which]}") for which in ("one", "other")]
    return [question]


def _completed(first: str, rest: str) -> str:
    """The first part, with what it shares with the rest; nothing where one of them is no question.

    "When" and "where did it sink?" share the verb, "how many men" and "which ships were lost?" too.
    """
    asks = _WORD.match(rest)
    if asks is None or not rest[asks.end() :].strip(" ?.!"):  # "where did it sink, and when?"
        return ""
    if _OTHER.match(rest, asks.end()) and _OPEN.search(first):  # "Dafoe and who else starred?"
        return ""
    within = [word.group().lower() for word in _WORD.finditer(first) if word.start()]
    if within[-1:] == [asks.group().lower()]:  # "did the man who shot and who fled speak?"
        return ""
    if re.search(rf"{_WORD.pattern}$", first, re.IGNORECASE):
        return f"{first} {rest[asks.end() :].strip()}"
    helps = _HELPS.search(rest)
    if helps and _THINGS.fullmatch(first) and not _HELPS.search(first):
        return f"{first} {rest[helps.start() :]}"
    return first if any(map(says, terms(first))) else ""


def _asked(part: str) -> str:
    return part.rstrip(" ,;?.!") + "?"


def _whole(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")
