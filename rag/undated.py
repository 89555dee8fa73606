"""An answer that names a day as news do -> what is said where its article has no date.

"On Tuesday" says when only to whoever knows the day of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.records import Citation, Sentence

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_FEW = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|(?:a )?few|several)"
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


def undated(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[str]:
    """Return a notice for each day among the answering words whose articles have no date."""
    dates = {citation.mark: citation.place.published for citation in citations}
    notices: dict[str, None] = {}
    for sentence in sentences:
        for words in sentence.words:
            said = sentence.text[slice(*words.span)]
            day = _COUNTED_FROM.search(said)
            if day and not _DATED.search(said) and not any(dates[mark] for mark in words.marks):
                notices[f'The article that says "{day.group()}" has no date.'] = None
    return list(notices)
