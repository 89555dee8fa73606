"""How many things a question asks for: "which two", "what are the pillars", "names of".

The answer to such a question gathers sentences that it would else leave out (writer.Quoting).
"""

from __future__ import annotations

import re

MANY = 5  # wanted where no number is named
NUMBERS = "two three four five six seven eight nine ten".split()
# An s at the end, but not of "boss", "virus", "basis"; or one of the plurals without.
_PLURAL = r"(?:\w{2,}(?<![suio'’])s|people|men|women|children|media)"
_COUNTED = re.compile(
    rf"(?ix) ^\W* (?:\w+\ )?? (?:which|what|whose|who|where|name|list|give)"
    rf"\ (?:(?:are|were)\ )?(?:the\ )? (?P<number>{'|'.join(NUMBERS)}|[2-9]|several) \b"
)
_PLURALS = re.compile(
    rf"""(?ix) ^\W* (?:
        (?:in|on|from|to|at|by|for)?\ ?(?:which|what|whose)\ (?:[\w-]+\ ){{0,2}}? {_PLURAL}
            \ (?:are|were|have|had|do|does|did|has|is|was|will|can|could|would|should|must)\b
      | (?:what|which|who|where)\ (?:are|were)\ (?:the|all|some)\ (?:[\w-]+,?\ (?:and\ )?){{0,4}}?
            {_PLURAL} \b
      | (?:all\ )?(?:the\ )?names\ of\b
      | (?:name|list|enumerate)\ (?:all|the|some)\b
      | {_PLURAL}\ (?:of|in|for)\b .* \b(?:so\ far|to\ date)\W*$
    )"""
)
# "On which weekdays did": what is asked for has a plural and stands first.
_NAMED = re.compile(
    rf"(?ix) (?P<head> ^\W* (?:(?:in|on|from|to|at|by|for)\ )?(?:which|what)\ )"
    rf"(?=(?:[\w-]+\ ){{0,2}}? {_PLURAL}\ (?:have|had|do|did|has|was|will|can|could|would)\b)"
)
_ODD = {"people": "person", "men": "man", "women": "woman", "children": "child", "media": "medium"}
_ONE = re.compile(_PLURAL, re.IGNORECASE)


def wanted(question: str) -> int:
    """Return how many things a question asks for: a number it names, else MANY or 1."""
    several = _COUNTED.match(question) or _PLURALS.match(question)
    return counted(question) or (MANY if several else 1)


def counted(question: str) -> int | None:
    """Return the number of things that a question names, two to ten."""
    found = _COUNTED.match(question)
    number = found["number"].lower() if found else ""
    if number.isdigit():
        return int(number)
    return NUMBERS.index(number) + 2 if number in NUMBERS else None


def parts(words: str) -> int:
    """Return how many things an answer's words list: "insulin and frozen vaccines" are two."""
    listed = re.split(r",\s+(?:and|or)\s+|,\s+|\s+(?:and|or|as well as)\s+", words.strip(" ,;."))
    return sum(1 for part in listed if part)


def single(question: str) -> str:
    """Return the question for one of the several things that it asks for.

    "Which two newspapers did he speak to?" becomes "Which newspaper did he speak to?", which a
    sentence may answer that names but one of them. Any other question is returned as it is.
    """
    if found := _COUNTED.match(question):
        head, rest = question[: found.start("number")], question[found.end() :]
    elif found := _NAMED.match(question):
        head, rest = found["head"], question[found.end("head") :]
    else:
        return question
    words = rest.lstrip().split(" ")
    for at, word in enumerate(words[:3]):
        if _ONE.fullmatch(word):
            return head + " ".join([*words[:at], _singular(word), *words[at + 1 :]])
    return question


def _singular(noun: str) -> str:
    if (lower := noun.lower()) in _ODD:
        return _ODD[lower]
    if lower.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-2] if re.search(r"(?:s|x|z|ch|sh)es$", lower) else noun[:-1]
