"""A sentence that was read -> what else is known of it: its words, their kind and unit, years."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.records import Hit
from rag.kinds import fits
from rag.listed import announces
from rag.several import wanted
from rag.spans import Reading
from rag.units import measures
from rag.words import shared, stem, terms

FEATURES = (
    "span",
    "fused",
    "cosine",
    "sentence_words",
    "passage_words",
    "heading",
    "other_kind",
    "other_unit",
    "echo",
    "other_year",
)
_BYLINE = re.compile(r"By\s+[A-ZÀ-ÞА-Я][^.!?]{2,80}$")
_YEAR = r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![.,]?\d)"
# "1500 workers" are none.
_YEARS = re.compile(
    rf"(?<=\b(?i:in) ){_YEAR}\b|(?<=\b(?i:since) ){_YEAR}\b"
    rf"|\b{_YEAR}\b(?!\s+(?:[a-z]+s|people|men|women|percent|million)\b)"
)
_AROUND = re.compile(
    rf"\b(?:before|after|since|until|till|between|from|by) (?:\w+ )?{_YEAR}", re.IGNORECASE
)
# A question of choice, or one that "yes" answers, says the answer itself.
_CHOICE = re.compile(
    r"\bor\b|^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)


def features(question: str, hit: Hit, readings: Sequence[Reading]) -> np.ndarray:
    """Return what is known of each sentence of a hit, shape (sentences, FEATURES), in order.

    `readings` are the sentences' best spans, as offsets into the hit's quote. The shares of the
    question's words are 0 to 1; `other_kind` is 1 where the words pointed at are no number, time
    or name though that is asked for, `other_unit` where they are money though days are asked for,
    `echo` where the question said them all itself.
    """
    words = terms(question)
    passage = shared(words, f"{hit.title or ''} {hit.quote}")
    fit, unit = fits(question), measures(question)
    asked_years = set() if _AROUND.search(question) else set(_YEARS.findall(question))
    dated = bool(asked_years & {*_YEARS.findall(hit.quote), (hit.published or "")[:4]})
    own = set() if _CHOICE.search(question) else {stem(word) for word in words}
    sentences = [hit.quote[start - hit.start : end - hit.start] for start, end in hit.sentences]
    several = wanted(question) > 1
    rows = []
    for number, ((_, end), reading) in enumerate(zip(hit.sentences, readings, strict=True)):
        sentence = sentences[number]
        pointed = hit.quote[slice(*reading.span)]
        behind = hit.quote[reading.span[1] : end - hit.start]
        # A title, a byline or a question announces an answer; it hardly ever is one, but a list
        # is that of whoever announces it.
        bare = sentence.strip("#*_ ")
        list_ = several and announces(sentences, number)
        heading = bare == hit.title or bare.endswith(("?", ":")) or _BYLINE.match(bare) is not None
        rows.append(
            [
                reading.score,
                hit.score,
                hit.cosine,
                shared(words, sentence),
                passage,
                float(heading and not list_),
                float(fit is not None and not fit(pointed)),
                float(unit is not None and not unit(pointed, behind)),
                float(not list_ and bool(own) and {stem(word) for word in terms(pointed)} <= own),
                other_year(asked_years, set(_YEARS.findall(sentence)), dated),
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
