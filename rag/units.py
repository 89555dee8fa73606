"""A question that asks how long, how deep or how many -> whether words can be that measure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Fits = Callable[[str, str], bool]
_FORMS = {
    "money": r"[$€£¥₽₴]|\b(?:dollar|euro|pound|cent|rou?ble|hryvnia|yuan|yen|franc|crown|mark|lira"
    r"|rupee|peso|shekel|zloty)s?\b|\bkron(?:a|e|or|er)\b|\b(?:USD|EUR|GBP)\b",
    "time": r"\b(?:second|minute|hour|day|night|week|month|year|decade)s?\b|\bcentur(?:y|ies)\b"
    r"|(?<![^\W\d])(?:h|hrs?|mins?|secs?)\b",
    "length": r"(?<![^\W\d])(?:mm|cm|km|ft)\b|\b(?:(?:milli|centi|kilo)?met(?:re|er)|mile|yard)s?\b"
    r"|\b(?:foot|feet|inch|inches)\b",
    "mass": r"(?<![^\W\d])(?:kg|lb)s?\b|\b(?:kilo|(?:kilo|milli)?gram|ton|tonne|pound|ounce)s?\b",
    "share": r"%|\bper ?cent\b|\b(?:half|third|quarter|fifth|tenth)s?\b"
    r"|\bof (?:the|every)\b|\bout of\b|\bin (?:every )?(?:\d+|two|three|four|five|ten|hundred)\b",
    "day": r"\b(?-i:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b",
}
_UNITS = {name: re.compile(form, re.IGNORECASE) for name, form in _FORMS.items()}
# Only where it is asked for: "2.5m" is two and a half million too.
_METRES = re.compile(r"(?<![^\W\d])m\b")
_NEEDED: dict[str, Sequence[str]] = {
    "long": ("time", "length"),
    "length": ("time", "length"),
    "far": ("time", "length", "share"),
    "distance": ("length",),
    "tall": ("length",),
    "deep": ("length",),
    "wide": ("length",),
    "heavy": ("mass",),
    "weight": ("mass",),
    "share": ("share",),
    "percentage": ("share",),
    "proportion": ("share",),
}
_PRICE = ("time", "length", "mass", "share", "day")
_AGE = ("money", "length", "mass", "share", "day")
_NEVER: dict[str, Sequence[str]] = {
    "many": ("money", "time", "length", "mass", "day"),
    "old": _AGE,
    "age": _AGE,
    "fast": ("money", "mass", "share"),
    "high": ("money", "time", "mass", "day"),
    "big": ("money", "time", "day"),
    "large": ("money", "time", "day"),
    "price": _PRICE,
    "cost": _PRICE,
    "budget": _PRICE,
    "salary": _PRICE,
    "wage": _PRICE,
    "fee": _PRICE,
}
_ASKED = re.compile(
    r"\b(?:how (?P<how>long|far|tall|high|deep|wide|heavy|old|fast|big|large|much|many)"
    r"|(?:what|which) (?:(?:is|was|are|were|will be) )?(?:the )?(?:\w+ )?"
    r"(?P<what>share|percentage|proportion|weight|distance|length|price|cost|budget|salary|wage|fee|age)"
    r"|what (?=(?:do|does|did|will|would|must)\b.{0,80}\b(?:cost|pay|paid|spend|earn)\b))\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:cost|pay|paid|spen[dt]|earn|worth|price|money|charge|bid|fine|owe)\w*\b", re.IGNORECASE
)
# "How high were the losses?" asks for money.
_VALUED = re.compile(
    r"(?i)\b(?:bid|bill|cost|damage|debt|fee|fine|loss|price|profit|rent|salar|tax|wage)\w*\b"
)
_LASTS = re.compile(r"\b(?:until|till|since|from|forever|ever)\b", re.IGNORECASE)
_NUMBER = (
    r"(?:\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|million|billion|half|several|few)\b)"
)
# A number and the two words behind it: "1,850 crowns a" is no time, though a month follows.
_COUNT = re.compile(
    rf"[$€£¥]? ?{_NUMBER}(?:[-\s]+(?:(?:to|or|and|in|out of|in every)\s+)?{_NUMBER})*"
    r"(?:\s*%|[-\s]*[^\W\d]+){0,2}",
    re.IGNORECASE,
)


def measures(question: str) -> Fits | None:
    """Return what tells whether words, given those right behind, can be the measure asked for.

    None where no measure is asked for, or one of any unit: "How much rain fell?". The units of
    "How many hours?" are its own; a price has no other unit than money, in whatever coin.
    """
    asked = _ASKED.search(question)
    if asked is None:
        return None
    word = (asked["how"] or asked["what"] or "cost").lower()
    behind = question[asked.end() :]
    if word == "much":
        word = "weight" if "weigh" in behind else "cost" if _MONEY.search(behind) else word
    if word == "high" and _VALUED.search(behind):
        return None
    if word == "many":
        thing = " ".join(behind.split()[:1]).lower().rstrip("?,.:;!")
        plural = thing.endswith("s") or thing in ("percent", "feet")  # not "night" trains
        own = next((n for n, unit in _UNITS.items() if plural and unit.fullmatch(thing)), None)
        if own:
            return _one_of((own,))
    if word in _NEEDED:
        return _one_of(_NEEDED[word], lasts=word in ("long", "length"))
    return _none_of(_NEVER[word]) if word in _NEVER else None


def _one_of(names: Sequence[str], *, lasts: bool = False) -> Fits:
    """Whether a number is of one of these units; without numbers, whether a unit stands there."""

    def fits(words: str, behind: str) -> bool:
        counts = list(_counts(words, behind)) or [words]
        found = any(_UNITS[name].search(count) for name in names for count in counts)
        found = found or ("length" in names and any(map(_metres, counts)))
        return found or (lasts and _LASTS.search(words) is not None)

    return fits


def _none_of(names: Sequence[str]) -> Fits:
    """Whether the first number is of none of these units."""

    def fits(words: str, behind: str) -> bool:
        first = next(_counts(words, behind), "")
        return not any(_UNITS[name].search(first) for name in names)

    return fits


def _metres(count: str) -> bool:
    return _METRES.search(count) is not None and not _UNITS["money"].search(count)


def _counts(words: str, behind: str) -> Iterator[str]:
    """The numbers in the words, each with what it may be a number of."""
    for count in _COUNT.finditer(f"{words} {behind}"):
        if count.start() < len(words):
            yield count.group()
