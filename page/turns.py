"""Question + answer -> what the talk shows for it: HTML that we build from escaped pieces.

A turn is one block without a line break: that is what keeps Markdown, whose component carries
it, from reading anything in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.records import Span
from page import markup
from page.markup import button, quote, text
from rag.records import Answer, Citation, Place, Sentence

LONGEST = 300  # characters of a question that the page repeats


@dataclass(frozen=True, slots=True)
class Shown:
    """What a mark shows: a place, the answering words in its quote, and its other copies."""

    place: Place
    answers: tuple[Span, ...]
    others: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer as HTML, what each of its marks shows, which one at first."""

    number: int
    html: str
    shown: Mapping[str, Shown]
    first: str | None = None


def welcome() -> str:
    """Return what stands where the talk will be."""
    return (
        '<section class="welcome"><h2>Ask your articles.</h2><p>Answers are made of what the '
        "articles say. Each sentence carries a mark; choose it to see where the sentence stands. "
        "What the articles do not say is not answered.</p></section>"
    )


def waiting(question: str, draft: str = "") -> str:
    """Return a turn whose answer is on its way, with what a model has written so far."""
    words = f'<p class="a draft">{text(draft)}</p>' if draft else ""
    doing = "writing; not checked yet" if draft else "searching"
    return _turn(question, f'{words}<p class="foot"><span class="busy">{doing}</span></p>')


def refused(number: int, question: str, reason: str) -> Turn:
    """Return the turn of a question that could not be answered, and why."""
    told = reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "?", "!")) else ".")
    body = f'<div class="none"><h3>This could not be asked.</h3><p>{text(told)}</p></div>'
    return Turn(number, _turn(question, body), {})


def answered(number: int, answer: Answer, lines: Mapping[Place, int], searched: str) -> Turn:
    """Return an answer's turn.

    `lines` has each place's line in its file, where it could be told; `searched` says how much
    was looked through.
    """
    found = answer.status == "answered"
    citations = answer.citations if found else answer.nearest
    shown = {k: s for c in citations for k, s in _shown(number, c, answer.sentences).items()}
    body = _found(number, answer, lines) if found else _missing(number, answer, lines, searched)
    first = next(iter(shown)) if found else None
    return Turn(number, _turn(answer.question, body + _foot(answer)), shown, first)


def _turn(question: str, body: str) -> str:
    asked = question if len(question) <= LONGEST else question[:LONGEST] + "…"
    return f'<section class="turn"><h2 class="q" dir="auto">{text(asked)}</h2>{body}</section>'


def _shown(number: int, citation: Citation, sentences: tuple[Sentence, ...]) -> dict[str, Shown]:
    key = f"{number}.{citation.mark}"
    places = {key: citation.place}
    places |= {f"{key}.{i}": place for i, place in enumerate(citation.also, start=1)}
    said = next((s for s in sentences if s.text == citation.place.quote), None)
    exact = tuple(words.span for words in said.words) if said else ()
    words = [citation.place.quote[slice(*span)] for span in exact]
    return {
        k: Shown(
            place,
            exact if place is citation.place else _spans(place.quote, words),
            tuple((o, other) for o, other in places.items() if o != k),
        )
        for k, place in places.items()
    }


def _spans(quote: str, said: list[str]) -> tuple[Span, ...]:
    """Where the words stand in a copy, which may lack them."""
    starts = [(quote.find(words), len(words)) for words in said]
    return tuple((start, start + length) for start, length in starts if start >= 0)


def _found(number: int, answer: Answer, lines: Mapping[Place, int]) -> str:
    titles = {c.mark: c.place.called for c in answer.citations}

    def said(sentence: Sentence) -> str:
        words = markup.bold(sentence.text, (said.span for said in sentence.words))
        marks = "".join(
            button(f"{number}.{m}", f"Source {m}, {text(titles[m])}", str(m))
            for m in sentence.marks
        )
        return f'{words}<span class="marks">{marks}</span>'

    parts = [said(sentence) for sentence in answer.sentences]
    parts = parts if _word_for_word(answer) else [" ".join(parts)]
    listed = "".join(_source(number, c, lines) for c in answer.citations)
    said_so = "".join(f'<p class="a" dir="auto">{p}</p>' for p in parts)
    return f'{said_so}{_notices(answer)}<ol class="src">{listed}</ol>'


def _notices(answer: Answer) -> str:
    return "".join(f'<p class="notice">{text(notice)}</p>' for notice in answer.notices)


def _source(number: int, citation: Citation, lines: Mapping[Place, int]) -> str:
    place = citation.place
    mark = button(f"{number}.{citation.mark}", "Show source", str(citation.mark))
    title = markup.name(place.called)
    if about := markup.about(place.publisher, place.published):
        title += f" <i>{about}</i>"
    others = len({p.path for p in citation.also} - {place.path})
    also = f' <i class="also">also in {markup.count(others, "file")}</i>' if others else ""
    where = _where(place, lines)
    return f"<li>{mark}<span>{title}{also}</span><span>{where}</span></li>"


def _where(place: Place, lines: Mapping[Place, int]) -> str:
    line = f', <span class="line">line {lines[place]:,}</span>' if place in lines else ""
    return markup.name(place.path) + line


def _missing(number: int, answer: Answer, lines: Mapping[Place, int], searched: str) -> str:
    def near(citation: Citation) -> str:
        place = citation.place
        mark = button(f"{number}.{citation.mark}", "Show source", str(citation.mark))
        about = markup.about(place.publisher, place.published) or _where(place, lines)
        return f'<li dir="auto"><q>{quote(place.quote)}</q> {mark} <i>{about}</i></li>'

    nearest = "".join(near(citation) for citation in answer.nearest)
    told = f"Searched {text(searched)}."
    if nearest:
        told, nearest = f"{told} Nearest, though they may not answer:", f"<ul>{nearest}</ul>"
    none = f'<div class="none"><h3>Not found in the articles.</h3><p>{told}</p>{nearest}</div>'
    return none + _notices(answer)


def _word_for_word(answer: Answer) -> bool:
    quotes = {c.place.quote for c in answer.citations}
    return all(sentence.text in quotes for sentence in answer.sentences)


def _foot(answer: Answer) -> str:
    told = ""
    if answer.status == "answered":
        exact = "every sentence found word for word"
        told = exact if _word_for_word(answer) else "every sentence checked against its source"
        told = f'<span class="ok">{told}</span>'
    seconds = answer.timings.get("total")
    took = f"<span>{seconds / 1000:.2f} s</span>" if seconds is not None else ""
    return f'<p class="foot">{told}{took}</p>'
