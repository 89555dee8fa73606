"""The years, months and weekdays that a text names, and whether another names others.

"In April" for "in May" is a changed word like any other, but a date is told in so many places of a
sentence that the words around it seldom show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WEEKDAY = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)s?\b")
_MONTH = re.compile(
    r"\b(?:(Feb)(?:ruary|\.)|(Jun)(?:e|\.)|(Jul)(?:y|\.)|(Aug)(?:ust|\.)|(Sep)(?:tember|t\b|t?\.)"
    r"|(Oct)(?:ober|\.)|(Nov)(?:ember|\.)|(Dec)(?:ember|\.)|(Jan)(?:uary|\.)|(Mar)(?:ch|\.)"
    r"|(Apr)(?:il|\.))(?!\w|\s+[A-Z][a-z])"  # "April Jones", "June Carter" are people
    # "May" is a verb too, and begins sentences.
    r"|(?<=\b(?i:in|of|by|to) )(May)\b|(?<=\b(?i:last|late|this|next|from) )(May)\b"
    r"|(?<=\b(?i:since|until|early|after) )(May)\b|(?<=\d )(May)\b|\b(May)(?= \d)"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_YEAR = r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![.,]?\d)"
_YEARS = re.compile(
    rf"(?<=\b(?i:in) ){_YEAR}\b|(?<=\b(?i:since) ){_YEAR}\b"
    rf"|\b{_YEAR}\b(?!\s+(?:[a-z]+s|people|men|women|percent|million)\b)"
)
_NAMED_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
# A question for what came before or after names a date that the answer need not have.
_AROUND = (
    r"\b(?:after|before|between|by|from|since|till|until)"
    rf"\ (?:\w+\ ){{0,2}}?(?:{_YEAR}|(?:{_NAMED_MONTH})\b)"
)


def other_day(claim: str, held: str) -> bool:
    """Whether the claim names a weekday or a month where only others are named."""
    for named in (_weekdays, _months):
        ours, theirs = named(claim), named(held)
        if theirs and not ours <= theirs:
            return True
    return False


def other_date(question: str, passage: str, published: str | None) -> Callable[[str], float]:
    """Return what tells how far a sentence is from the years and months asked about, 0 to 1.

    It is 1 where the sentence names others, half of that where it names none and neither does its
    passage, or where the article came out (`published`, an ISO date) in those asked about.
    """
    if re.search(_AROUND, question, re.IGNORECASE):
        return lambda sentence: 0.0
    day = published or ""
    month = {_MONTHS[int(day[5:7]) - 1]} if re.match(r"\d{4}-(?:0[1-9]|1[0-2])", day) else set()
    forms = [
        (named, asked, came | named(passage), came)
        for named, came in ((years, {day[:4]}), (_months, month))
        if (asked := named(question))
    ]

    def far(sentence: str) -> float:
        return max(
            (_far(asked, named(sentence), near, came) for named, asked, near, came in forms),
            default=0.0,
        )

    return far


def _far(asked: set[str], said: set[str], near: set[str], came: set[str]) -> float:
    if asked & said:
        return 0.0
    if said:
        return 0.5 if asked & came else 1.0
    return 0.0 if asked & near else 0.5


def years(text: str) -> set[str]:
    """Return the years that a text names; 1500 workers are none."""
    return set(_YEARS.findall(text))


def _months(text: str) -> set[str]:
    return {next(filter(None, match.groups())) for match in _MONTH.finditer(text)}


def _weekdays(text: str) -> set[str]:
    return {match[1] for match in _WEEKDAY.finditer(text)}
