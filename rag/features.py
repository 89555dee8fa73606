"""A sentence that was read -> what else is known of it: words, kind, unit, years, who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.records import Hit
from index.rows import is_head, is_row
from rag.days import other_date
from rag.kinds import fits
from rag.listed import announces
from rag.several import wanted
from rag.spans import Reading
from rag.speakers import speaks
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
    "other_date",
    "other_speaker",
)
_BYLINE = re.compile(r"By\s+[A-ZÀ-ÞА-Я][^.!?]{2,80}$")
# A question of choice, or one that "yes" answers, says the answer itself.
_CHOICE = re.compile(
    r"\bor\b|^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)


def features(question: str, hit: Hit, readings: Sequence[Reading]) -> np.ndarray:
    """Return what is known of each sentence of a hit, shape (sentences, FEATURES), in order.

    `readings` are the sentences' best spans, as offsets into the hit's quote; `span` is how far
    all spans of a sentence speak for it. The shares of the question's words are 0 to 1.
    `other_kind` is 1 where the words pointed at are no number, time or name though that is asked
    for, `other_unit` where they are money though days are asked for, `echo` where the question said
    them all itself. `other_date` and `other_speaker` are how far the sentence is from the dates
    asked about, and from whose words are asked for.
    """
    words = terms(question)
    passage = shared(words, f"{hit.title or ''} {hit.quote}")
    fit, unit = fits(question), measures(question)
    dated = other_date(question, hit.quote, hit.published)
    own = set() if _CHOICE.search(question) else {stem(word) for word in words}
    sentences = [hit.quote[start - hit.start : end - hit.start] for start, end in hit.sentences]
    several = wanted(question) > 1
    told = speaks(question)
    far = told(sentences, f"{hit.title or ''} {hit.publisher or ''}") if told else None
    rows = []
    for number, ((_, end), reading) in enumerate(zip(hit.sentences, readings, strict=True)):
        sentence = sentences[number]
        pointed = hit.quote[slice(*reading.span)]
        behind = hit.quote[reading.span[1] : end - hit.start]
        # A title, a byline or a question announces an answer; it hardly ever is one, but a list
        # is that of whoever announces it. A row of a table answers for what it names alone, and
        # the one that names its columns for nothing.
        bare = sentence.strip("#*_ ")
        list_ = several and announces(sentences, number)
        echo = bool(own) and {stem(word) for word in terms(pointed)} <= own
        heading = bare == hit.title or bare.endswith(("?", ":")) or _BYLINE.match(bare) is not None
        heading = heading or (is_row(sentence) and not shared(words, sentence))
        heading = heading or _heads(sentences, number)
        rows.append(
            [
                reading.mass,
                hit.score,
                hit.cosine,
                shared(words, sentence),
                passage,
                float(heading and not list_),
                float(fit is not None and not fit(pointed)),
                float(unit is not None and not unit(pointed, behind)),
                float(echo and not list_),
                dated(sentence),
                far[number] if far else 0.0,
            ]
        )
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES))


def _heads(sentences: Sequence[str], number: int) -> bool:
    """Whether a sentence is the first row of a table and names its columns."""
    if not is_row(sentences[number]) or (number and is_row(sentences[number - 1])):
        return False
    return is_head(sentences[number], *sentences[number + 1 : number + 2])
