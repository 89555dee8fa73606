"""An answer that names a day as news do -> what is said of it: its date, or that there is none.

"On Tuesday" says when only to whoever knows the day of the article. News name a day within a week
by its weekday alone; which of the two is meant, the tense tells, so that date is "probably".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from index import dates
from rag.records import Citation, Sentence

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FEW = rf"(?:an?|{'|'.join(_SMALL)}|\d{{1,2}}|(?:a )?few|several)"
_COUNTED_FROM = re.compile(
    rf"(?:^|\b(?:[Aa]fter|[Bb]efore|[Bb]y|[Ee]arly|[Ll]ast|[Ll]ate|[Nn]ext|[Oo]n|[Ss]ince|[Tt]his"
    rf"|[Uu]ntil)\s+){_DAY}\b(?!\s+(?:to\b|[A-Z]))"
    r"|\b(?:yesterday|today|tonight|tomorrow)\b"
    r"|\b(?:[Ll]ast|[Nn]ext|[Tt]his)\s+(?:night|week|weekend|month|year|spring|summer|autumn|fall"
    r"|winter)\b"
    rf"|\b{_FEW}\s+(?:days?|weeks?|months?|years?)\s+ago\b"
)
# "Tuesday, 3 June" needs no other date.
_DATED = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}\s+[A-Z][a-z]+\b|\b[A-Z][a-z]+\s+\d{1,2}\b")
_TO_COME = re.compile(
    r"\b(?:will|shall|would|could|may|might|due|expected|scheduled|set to|plans?|planned|planning"
    r"|going to|(?:is|are|was|were) to|next (?:\w+ ){1,3}(?:is|are|takes?|comes?))\b|'ll\b",
    re.IGNORECASE,
)
_SHIFTS = {"today": 0, "tonight": 0, "yesterday": -1, "last night": -1, "tomorrow": 1}


def reckoned(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[str]:
    """Return a notice for each day among the answering words that is counted from its article's."""
    published = {citation.mark: citation.place.published for citation in citations}
    notices: dict[str, None] = {}
    for sentence in sentences:
        for words in sentence.words:
            said = sentence.text[slice(*words.span)]
            day = _COUNTED_FROM.search(said)
            if day is None or _DATED.search(said):
                continue
            if not any(published[mark] for mark in words.marks):
                notices[f'The article that says "{day.group()}" has no date.'] = None
            elif on := _date(day.group().lower(), sentence.text, published[words.marks[0]] or ""):
                notices[f'By the date of its article, "{day.group()}" is {on}.'] = None
    return list(notices)


def _date(said: str, sentence: str, published: str) -> str | None:
    """The date that such words mean, as people write it; None where that is too vague."""
    if re.fullmatch(r"(?:last|this|next) year", said) and published:
        return str(int(published[:4]) + ("last", "this", "next").index(said[:4]) - 1)
    try:
        day = date.fromisoformat(published)
    except ValueError:  # of an article of some day in April
        return None
    if said in _SHIFTS:
        return dates.written((day + timedelta(_SHIFTS[said])).isoformat())
    if age := re.fullmatch(rf"({_FEW})\s+(day|week|month|year)s?\s+ago", said):
        number = _SMALL.index(age[1]) + 1 if age[1] in _SMALL else age[1]
        when = dates.ago(f"{number} {age[2]}s ago", published)
        return dates.written(when) if when else None
    weekday = re.fullmatch(rf"(on |early |late |last |next |)({_DAY})", said, re.IGNORECASE)
    if weekday is None:
        return None
    ahead = (_DAYS.index(weekday[2][:3]) - day.weekday()) % 7
    comes = weekday[1] == "next " or _TO_COME.search(sentence) is not None
    if weekday[1] == "last " or not comes:
        ahead -= 7 if ahead or weekday[1] == "last " else 0
    elif weekday[1] == "next " and not ahead:
        ahead = 7
    return f"probably {dates.written((day + timedelta(ahead)).isoformat())}"
