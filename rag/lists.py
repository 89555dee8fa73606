"""A sentence -> where it lists names, or things that are none."""

from __future__ import annotations

import re

from index.records import Span

LEAST = 2  # things that make a list
_NAME = (
    r"(?:the\s+)?[A-ZÀ-ÞА-Я][\w’'-]*(?:\s+\([A-Z]+\))?"
    r"(?:\s+(?:of\s+)?[A-ZÀ-ÞА-Я][\w’'-]*(?:\s+\([A-Z]+\))?)*"
)
_AND = r"(?:,?\s+(?:and|or|as\s+well\s+as)\s+|,\s+)"
_NAMES = re.compile(rf"{_NAME}(?:{_AND}{_NAME})+")
_LAST = re.compile(rf".*\b(?:and|or|as\s+well\s+as)\s+{_NAME}", re.DOTALL)
# What stands before a comma at a sentence's head, and is no name of the list behind it.
_LEAD = re.compile(
    r"(?:After|Also|And|As|At|Before|But|By|During|Earlier|Finally|First|For|From|Further|However|In"
    r"|Instead|Later|Meanwhile|Moreover|Now|On|Since|So|Still|Then|There|Today|Tomorrow|Under|Until"
    r"|When|While|With|Yesterday|Yet|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,]*,\s+"
)
# No aside: "a play, Norrland says, with soldiers in it, and nobody saw it".
_THING = (
    r"(?!(?i:after|and|are|as|at|because|before|but|by|he|if|in|is|it|nobody|not|on|or|she|so|that"
    r"|then|they|was|we|were|when|where|which|while|who|whose|with)\b)"
    r"[\w’'-]+(?:\s+(?!(?:says?|said|is|are|was|were|has|had)\b)[\w’'-]+){0,4}?"
)
_THINGS = re.compile(
    rf"\b{_THING}(?:,\s+{_THING})+,?\s+(?:and|or)\s+(?:(?:an?|the|its|their)\s+)?{_THING}"
)
_JOINT = re.compile(_AND)


def naming(sentence: str, number: int) -> Span | None:
    """Where a sentence names so many things or more; None where it does not.

    Names that are listed apart are counted together: "Ada and Otto, both of Visk, as well as Rollo
    and Vera" are four. Things that are no names are told by their commas, so they are three at
    least, and no more than asked for.
    """
    found = names(sentence)
    if found and sum(count(sentence, span) for span in found) >= number:
        return found[0][0], found[-1][1]
    enough = (span for span in things(sentence) if count(sentence, span) == number > LEAST)
    return next(enough, None)


def names(sentence: str) -> list[Span]:
    """Where names are listed, the last behind an "and", without what only leads to them."""
    found = []
    for match in _NAMES.finditer(sentence):
        lead = _LEAD.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        last = _LAST.match(sentence, start, match.end())
        if last and _JOINT.search(last.group()):
            found.append(last.span())
    return found


def things(sentence: str) -> list[Span]:
    """Where things that are no names are listed; the first and the last are as long as the others.

    Of "will turn old garages, metro tunnels and public" it is "old garages, metro tunnels and
    public basements".
    """
    found = []
    for match in _THINGS.finditer(sentence):
        start, end = match.span()
        each = _JOINT.split(match.group())
        most = max(len(thing.split()) for thing in each[1:])
        own = re.search(rf"(?:\S+\s+){{0,{most - 1}}}\S+$", each[0])
        start += own.start() if own else 0
        lead = re.match(r"(?:of|in|to|for|from|with)\s+", sentence[start:end])
        room = most - len(each[-1].split())
        more = re.match(rf"(?:\s+[\w’'-]+){{0,{room}}}", sentence[end:])
        found.append((start + (lead.end() if lead else 0), end + (more.end() if more else 0)))
    return found


def count(sentence: str, span: Span) -> int:
    """Return how many a list that stands there has."""
    return len(_JOINT.findall(sentence, *span)) + 1
