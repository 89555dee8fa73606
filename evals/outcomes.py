"""What became of each question: its scores from 0 to 1, and what was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from evals import measures
from evals.relevance import passage, passages_in, relevant, retrieval, whole
from evals.suites import Gold, Question, Suite, placed
from rag.chain import Chain
from rag.look import Look
from rag.records import Answer, Citation

RANKING = "ranking"  # the kind of a question of which only the hits are judged
FIRST_WORDS = 70  # the first sentence counts as far as this
RANKED = 100  # hits looked for where only they are judged: ten articles may have many passages


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words and where they stand."""

    path: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's outcome.

    `scores` holds what applies to it, 0 to 1; `answerable` is None where nothing can be refused.
    `right` is 1.0 where the answer is right, which `confidence` should foretell. Outcomes on one
    text share their `group`. What failed has an `error` and scores nothing anywhere.
    """

    id: str
    kind: str
    question: str
    group: str
    scores: Mapping[str, float]
    answerable: bool | None = None
    confidence: float | None = None
    right: float | None = None
    status: str = ""
    shown: tuple[str, ...] = ()
    citations: tuple[Quoted, ...] = ()
    wanted: tuple[str, ...] = ()
    gold: tuple[Quoted, ...] = ()
    error: str | None = None
    timings: Mapping[str, float] = field(default_factory=dict)


def ask(suite: Suite, chain: Chain) -> Iterator[Outcome]:
    """Ask every question of a suite; one that was refused is also answered all the same."""
    with chain.store.snapshot() as snapshot:
        text = cache(snapshot.text)
        among = passages_in(snapshot)
        questions = [placed(question, text) for question in suite.questions]
        for question in questions:
            found = relevant(question, among)
            try:
                yield _asked(question, chain, text, *found)
            except Exception as error:  # a question that failed is counted, whatever failed
                yield _failed(question, found, text, error)


def _asked(
    question: Question,
    chain: Chain,
    text: Callable[[str], str],
    passages: set[int],
    articles: set[tuple[str, int]],
) -> Outcome:
    only = question.kind == RANKING
    look = chain.look(question.question, k=RANKED if only else 0, history=question.history)
    if only:
        return _ranked(question, look, text, passages, articles)
    answer = chain.answer(look)
    forced = answer if answer.sentences else replace(chain, threshold=0.0).answer(look)
    scores = retrieval([passage(hit) for hit in look.hits], passages, articles)
    scores |= _answering(question, answer, forced)
    scores |= _citing(question, answer, forced, text)
    holds = scores.get("first_sentence_holds", 0.0)
    refused = answer.status == "not_found"
    answerable = bool(question.answers)
    scores["accuracy"] = float(refused) if not answerable else holds * (not refused)
    if not refused:
        scores["doubted_wrong" if holds else "doubted_right"] = float(answer.doubtful)
    return replace(
        _blank(question, text),
        scores=scores,
        confidence=answer.confidence,
        right=holds,
        status=answer.status,
        shown=tuple(s.text for s in forced.sentences),
        citations=tuple(
            Quoted(c.place.path, c.place.start, c.place.end, c.place.quote)
            for c in forced.citations
        ),
        timings=answer.timings,
    )


def _ranked(
    question: Question,
    look: Look,
    text: Callable[[str], str],
    passages: set[int],
    articles: set[tuple[str, int]],
) -> Outcome:
    """A question that nothing answers: only what was found for it counts."""
    found = [passage(hit) for hit in look.hits]
    return replace(
        _blank(question, text),
        scores=retrieval(found, passages, articles) | whole(found, articles),
        answerable=None,
        status="ranked",
        timings=look.timings,
    )


def _blank(question: Question, text: Callable[[str], str]) -> Outcome:
    spans = [g for g in question.gold if g.start >= 0]
    return Outcome(
        id=question.id,
        kind=question.kind,
        question=" / ".join((*question.history, question.question)),
        group=question.group or question.id,
        scores={},
        answerable=bool(question.answers),
        wanted=tuple(" | ".join(wordings) for wordings in question.answers),
        gold=tuple(Quoted(g.path, g.start, g.end, text(g.path)[g.start : g.end]) for g in spans),
    )


def _failed(
    question: Question,
    found: tuple[set[int], set[tuple[str, int]]],
    text: Callable[[str], str],
    error: Exception,
) -> Outcome:
    """Zero wherever an outcome would have had a score; what is good when low, one."""
    nothing = _blank(question, text)
    error_line = f"{type(error).__name__}: {error}"
    if question.kind == RANKING:
        zero = retrieval([], *found) | whole([], found[1])
        return replace(nothing, scores=zero, answerable=None, status="failed", error=error_line)
    silent = Answer(question.question, "not_found", 0.0, (), (), ())
    scores = retrieval([], *found) | _answering(question, silent, silent)
    scores |= dict.fromkeys(_citing(question, silent, silent, text), 0.0)
    scores = dict.fromkeys((*scores, "covered", "exact", "accuracy"), 0.0)
    if any(g.family for g in question.gold):
        scores["independent"] = 0.0
    if question.answers:
        scores["refused_wrong"] = 1.0
    return replace(
        nothing,
        scores=scores,
        confidence=0.0 if question.answers else 1.0,
        right=0.0,
        status="failed",
        error=error_line,
    )


def _answering(question: Question, answer: Answer, forced: Answer) -> dict[str, float]:
    said = "" if answer.status == "not_found" else _pointed(answer)
    wordings = [w for wordings in question.answers for w in wordings]
    scores = {
        "squad_em": measures.exact_match(said, wordings),
        "squad_f1": measures.token_f1(said, wordings),
    }
    refused = float(answer.status == "not_found")
    shown = " ".join(s.text for s in forced.sentences)
    if question.never:
        scores["resisted"] = float(not measures.holds(_shown(answer), [question.never]))
    if not question.answers:
        return {**scores, "refused_right": refused}
    first = " ".join(s.text for s in forced.sentences[:1]).split()[:FIRST_WORDS]
    held = [measures.holds(shown, [wordings]) for wordings in question.answers]
    scores |= {
        "first_sentence_holds": float(measures.holds(" ".join(first), question.answers)),
        "answer_holds": float(any(held)),
        "span_em": measures.exact_match(_pointed(forced), wordings),
        "span_f1": measures.token_f1(_pointed(forced), wordings),
        "refused_wrong": refused,
    }
    if len(question.answers) > 1:
        scores["answers_shown"] = sum(held) / len(held)
    return scores


def _shown(answer: Answer) -> str:
    return " ".join(s.text for s in answer.sentences)


def _pointed(answer: Answer) -> str:
    """The words pointed at in the first sentence, the whole of it where none are."""
    if not answer.sentences:
        return ""
    first = answer.sentences[0]
    return first.text[slice(*first.answer)] if first.answer else first.text


def _citing(
    question: Question, answer: Answer, forced: Answer, text: Callable[[str], str]
) -> dict[str, float]:
    everything = [p for c in (*forced.citations, *answer.nearest) for p in (c.place, *c.also)]
    scores = {"exact": float(all(text(p.path)[p.start : p.end] == p.quote for p in everything))}
    marks = {c.mark for c in forced.citations}
    if forced.sentences:
        covered = [bool(s.marks) and set(s.marks) <= marks for s in forced.sentences]
        scores["covered"] = sum(covered) / len(covered)
    # Where only whole files are known to be right, a citation is right in any place of theirs.
    spans = [g for g in question.gold if g.start >= 0] or list(question.gold)
    if not spans:
        return scores
    cites = [[_on(c, g) for g in spans] for c in forced.citations]
    found = {g.answer for row in cites for g, on in zip(spans, row, strict=True) if on}
    scores |= {
        "first_citation_gold": float(bool(cites) and any(cites[0])),
        "citation_precision": sum(map(any, cites)) / len(cites) if cites else 0.0,
        "citation_recall": len(found) / len({g.answer for g in spans}),
    }
    if len(question.answers) > 1 and any(g.publisher or g.published for g in spans):
        sourced = {g.answer for c in forced.citations for g in spans if _sourced(c, g)}
        scores["answers_sourced"] = len(sourced) / len(question.answers)
    # A falsified copy gives an answer of its own, and is no second source of the true one.
    families = [
        {(g.family, g.answer) for g in spans if g.family and _on(c, g)} for c in forced.citations
    ]
    if any(families):
        counted = sum(map(len, families))
        scores["independent"] = len(set().union(*families)) / counted
    return scores


def _on(citation: Citation, gold: Gold) -> bool:
    span = citation.place.start, citation.place.end
    same = citation.place.path == gold.path
    return same and (gold.start < 0 or measures.overlap(span, (gold.start, gold.end)) > 0)


def _sourced(citation: Citation, gold: Gold) -> bool:
    """Whether the citation lies on the gold and says who published it and when."""
    said = citation.place.publisher, citation.place.published
    true = gold.publisher or said[0], gold.published or said[1]
    return _on(citation, gold) and all(said) and said == true
