"""A question -> the kind of words it asks for: a number, a time, a name or a place."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.words import telling

_UNITS = "price|cost|number|amount|budget|share|percentage|rate|age|speed|weight|height|depth|size"
_UNITS += "|length|distance|turnout"
_NAMED = "company|firm|person|minister|general|man|woman|country|bank|newspaper|city|town"
_ASKING = re.compile(
    r"\b(?:who(?:m|se)?|when|where|why|what|which"
    r"|how(?: (?:many|much|far|long|old|tall|deep|big|fast|high|heavy|large|wide|often))?)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\s+(?:year|day|date|month|time)s?\b", re.IGNORECASE)
_SIZES = re.compile(
    rf"\s+(?:(?:{_UNITS})\b|(?:is|was|are|were) the (?:\w+ )?(?:{_UNITS})\b"
    r"|(?:do|does|did|will|would|must|is|was)\b(?!.{0,80}\b(?:say|said|tell|told|about|if|when)\b)"
    r".{0,80}\b(?:cost|weigh|pay|paid|spend|earn)\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(rf"\s+(?:{_NAMED})\b|\s+(?:is|was) the name of\b", re.IGNORECASE)
_WITHOUT_ASKING = re.compile(rf"^\W*(?:{_UNITS}) of\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six"
    r"|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million"
    r"|billion|trillion|half|third|quarter|dozen|none|no|nobody|nothing|zero|both|several|few|pair"
    r"|couple|percent|once|twice|double)s?\b",
    re.IGNORECASE,
)
# What begins a sentence and names nobody.
_LEADING = re.compile(
    r"\W*(?:(?:the|an?|his|her|their|its|our|my|this|that|these|those|one|two|three|some|many|both|each"
    r"|every|another|whoever|they|he|she|it|we)\b\s*)+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:1[5-9]|20)\d\d|\d{1,2}(?::\d\d)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter"
    r"|today|yesterday|tomorrow|(?:second|minute|hour|day|week|month|year|decade)s?|centur(?:y|ies)"
    r"|morning|evening|night|noon|midnight|ago|until|since|before|after|when|during|easter"
    r"|christmas|daily|weekly|monthly|yearly|every|always|never)\b",
    re.IGNORECASE,
)


def fits(question: str) -> Callable[[str], bool] | None:
    """Return what tells whether words are of the kind that is asked for; None for any kind.

    The first asking word decides: "Who wrote The Age of Reason?" asks for a name.
    """
    asking = _ASKING.search(question)
    if asking is None:
        return _has(_NUMBER) if _WITHOUT_ASKING.match(question) else None
    word, at = asking.group().lower(), asking.end()
    if word in ("how long", "how often"):
        return lambda words: bool(_NUMBER.search(words) or _TIME.search(words))
    if " " in word or (word == "what" and _SIZES.match(question, at)):
        return _has(_NUMBER)
    if word == "when" or (word in ("what", "which") and _TIMES.match(question, at)):
        return _has(_TIME)
    if word == "where":
        return _somewhere
    if word in ("who", "whom", "whose") or _NAMES.match(question, at):
        return named
    return None


def _has(form: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda words: form.search(words) is not None


def _somewhere(words: str) -> bool:
    """Whether something is said besides numbers and times."""
    rest = _TIME.sub(" ", _NUMBER.sub(" ", words)).lower()
    return any(telling(word) for word in re.findall(r"[^\W\d_]+", rest))


def named(words: str) -> bool:
    """Whether a word has a capital that is not a sentence's alone, or letters that know none."""
    first = _LEADING.match(words)
    return any(c.isalpha() and not c.islower() for c in words[first.end() if first else 0 :])
