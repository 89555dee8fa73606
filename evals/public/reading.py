"""A question and its text -> what the reader made of them: nothing is looked for, only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evals import measures
from evals.outcomes import Outcome, Quoted
from index.passages import Count
from index.records import Span
from rag.reader import Points, sigmoid
from rag.spans import Reading
from rag.texts import ROOM, in_passages, sentences

__all__ = ["Case", "InPassages", "read", "sentences"]


class InPassages:
    """A reader of passages, made to read texts of any length."""

    def __init__(self, reader: Points, count: Count, *, tokens: int = ROOM) -> None:
        self._reader, self._count, self._tokens = reader, count, tokens

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return the best span of each sentence, the text read in passages of near equal size."""
        return in_passages(question, text, sentences, self._reader, self._count, self._tokens)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the text to read, named by `path`, and what is right.

    `wordings` are the answers that count, none where only a sentence is to be chosen; `gold` are
    the spans where they stand, or with `choose` the sentences of which one is right. A question
    without gold is not answered by its text. `line` is where it was read.
    """

    id: str
    kind: str
    question: str
    group: str
    path: str
    text: str
    sentences: tuple[Span, ...]
    line: str
    wordings: tuple[str, ...] = ()
    gold: tuple[Span, ...] = ()
    choose: bool = False


def read(cases: Sequence[Case], reader: Points) -> Iterator[Outcome]:
    """Read every case; one that fails scores nothing and says why.

    The best span of all sentences is always given, at whatever confidence; the chance is the
    reader's own, not calibrated: that the text answers at all.
    """
    for case in cases:
        try:
            yield _read(case, reader)
        except Exception as error:  # a question that failed is counted, whatever failed
            failed = _outcome(case, None, None)
            yield replace(
                failed,
                confidence=float(not case.gold),
                status="failed",
                error=f"{type(error).__name__}: {error}",
            )


def _read(case: Case, reader: Points) -> Outcome:
    readings = reader.spans(case.question, case.text, case.sentences)
    best = max(range(len(readings)), key=lambda i: (readings[i].score, -i))
    outcome = _outcome(case, readings[best].span, case.sentences[best])
    return replace(outcome, confidence=sigmoid(max(r.odds for r in readings)))


def _outcome(case: Case, span: Span | None, sentence: Span | None) -> Outcome:
    said = case.text[slice(*span)] if span else ""
    shown = case.text[slice(*sentence)] if sentence else ""
    scores: dict[str, float] = {}
    if case.gold:
        scores["first_sentence_holds"] = float(sentence is not None and _right(case, sentence))
        if case.wordings:
            found = span is not None
            scores["span_em"] = found * measures.exact_match(said, case.wordings)
            scores["span_f1"] = found * measures.token_f1(said, case.wordings)
    return Outcome(
        id=case.id,
        kind=case.kind,
        question=case.question,
        group=case.group,
        scores=scores,
        answerable=bool(case.gold),
        right=scores.get("first_sentence_holds", 0.0),
        status="answered",
        shown=(shown,) if shown else (),
        citations=(_quoted(case, span),) if span else (),
        wanted=(" | ".join(case.wordings),) if case.wordings else (),
        gold=tuple(_quoted(case, place) for place in case.gold),
    )


def _right(case: Case, sentence: Span) -> bool:
    """Whether the sentence is one of those wanted, or holds a wording of the answer."""
    if case.choose:
        return any(start <= sentence[0] < end for start, end in case.gold)
    return measures.holds(case.text[slice(*sentence)], [case.wordings])


def _quoted(case: Case, span: Span) -> Quoted:
    return Quoted(case.path, *span, case.text[slice(*span)])
