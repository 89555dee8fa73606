"""A sentence that was read -> what else is known of it: retrieval's marks, words, kind, years."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.records import Hit
from rag.spans import Reading
from rag.words import shared, stem, terms

FEATURES = (
    "span",
    "fused",
    "cosine",
    "sentence_words",
    "passage_words",
    "heading",
    "other_kind",
    "echo",
    "other_year",
)
_BYLINE = re.compile(r"By\s+[A-ZÀ-ÞА-Я][^.!?]{2,80}$")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MEASURES = "price|cost|number|budget|share|percentage|age|speed|weight|depth|size|length|turnout"
# What is asked for, and what words that may be it have in common. The first that fits counts.
_KINDS = (
    (
        re.compile(
            r"\bhow (?:many|much|far|long|old|tall|deep|big|fast|high|heavy|large|wide|often)\b"
            rf"|\b(?:{_MEASURES}) of\b|\bat what (?:{_MEASURES})\b"
            r"|\bwhat\b.*\b(?:cost|price|pay|paid|spend|budget|speed|turnout|weigh)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif"
            r"|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred"
            r"|thousand|million|billion|half|third|quarter|dozen|none|no|once|twice|double)s?\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\bwhen\b|\b(?:what|which) (?:year|day|date|month|time)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:(?:1[5-9]|20)\d\d|\d{1,2}(?::\d\d)?"
            r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
            r"|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
            r"|dec(?:ember)?|spring|summer|autumn|winter|today|yesterday|tomorrow|weeks?|months?"
            r"|years?|morning|evening|night|noon|midnight|ago|until|since|before|after|when|during"
            r"|easter|christmas|days?|hours?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"^\W*(?:\w+ )?(?i:who(?:m|se)?)\b|(?i:\bname of\b)|^(?i:which|what) "
            r"(?i:company|firm|person|minister|general|man|woman|country|bank|newspaper|city|town)\b"
        ),
        re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]+"),
    ),
)


def features(question: str, hit: Hit, readings: Sequence[Reading]) -> np.ndarray:
    """Return what is known of each sentence of a hit, shape (sentences, FEATURES), in order.

    `readings` are the sentences' best spans, as offsets into the hit's quote. The shares of the
    question's words are 0 to 1; `other_kind` is 1 where the words pointed at are no number, time
    or name though that is asked for, `echo` where the question said them all itself.
    """
    words = terms(question)
    passage = shared(words, f"{hit.title or ''} {hit.quote}")
    form = next((form for asked, form in _KINDS if asked.search(question)), None)
    asked_years = set(_YEAR.findall(question))
    dated = bool(asked_years & {*_YEAR.findall(hit.quote), (hit.published or "")[:4]})
    own = {stem(word) for word in words}
    rows = []
    for (start, end), reading in zip(hit.sentences, readings, strict=True):
        sentence = hit.quote[start - hit.start : end - hit.start]
        pointed = hit.quote[slice(*reading.span)]
        # A title, a byline or a question announces an answer; it hardly ever is one.
        bare = sentence.strip("#*_ ")
        heading = bare == hit.title or bare.endswith(("?", ":")) or _BYLINE.match(bare) is not None
        rows.append(
            [
                reading.score,
                hit.score,
                hit.cosine,
                shared(words, sentence),
                passage,
                float(heading),
                float(form is not None and not form.search(pointed)),
                float({stem(word) for word in terms(pointed)} <= own),
                other_year(asked_years, set(_YEAR.findall(sentence)), dated),
            ]
        )
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES))


def other_year(asked: set[str], said: set[str], dated: bool) -> float:
    """Return how far a sentence is from the years asked about, 0 to 1.

    `dated` is whether its passage, or the day of its article, has one of them.
    """
    if not asked or asked & said:
        return 0.0
    if said:
        return 1.0
    return 0.0 if dated else 0.5
