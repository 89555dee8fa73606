"""Articles, and questions with answers -> claims that a text states, and claims that it does not.

Claims from articles are their sentences: whole, joined, shortened or reworded they are true;
changed, denied or put together from two they are false, and so are they where their own text lacks
them. Those sentences stand nearly word for word in their text. Claims from questions do not: they
are statements made of what a person asked and the answer (`evals/statements.py`). Their false ones
have another answer of the same kind, another number, name or word (Rajpurkar et al. 2018, section
3), a denial, one half that is false, or a text that only looks as if it said so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.reader_pool import Asked, Example, Neighbours, swap, without_answer
from evals.statements import statement

SHORTEST = 8  # words of a sentence that makes a claim
TAKEN = 0.25  # share of such sentences: the fit takes minutes
LEAST = 5  # words of a statement
SHORT = 300  # characters of a context that is put among others


@dataclass(frozen=True, slots=True)
class Made:
    """A claim, the text it is held against, and whether that states it.

    `group` names what it was made from, `kind` how it was made.
    """

    group: str
    kind: str
    claim: str
    text: str
    true: bool


def of_articles(
    articles: Sequence[tuple[str, Sequence[str]]], rng: random.Random
) -> Iterator[Made]:
    """Yield claims made from the sentences of articles, each (name, sentences)."""
    texts = [" ".join(sentences) for _, sentences in articles]
    for number, (name, sentences) in enumerate(articles):
        own = "\n".join(sentences)
        other = "\n".join(articles[(number + 1) % len(articles)][1])
        for place, sentence in enumerate(sentences):
            if len(sentence.split()) < SHORTEST or rng.random() > TAKEN:
                continue
            claim = shortened(sentence, rng)
            yield Made(name, "sentence", claim, own, True)
            yield Made(name, "reworded", reworded(shortened(sentence, rng), rng), own, True)
            following = sentences[place + 1 : place + 2]
            if following and rng.random() < 0.4:
                yield Made(name, "joined", f"{sentence} {following[0]}", own, True)
            around = [own, *rng.sample(texts, min(11, len(texts)))]
            rest = "\n".join(s for s in sentences if s != sentence)
            false = [
                ("denied", denied(claim), own),
                ("swapped", swap(claim, around, rng), own),
                ("swapped", swap(claim, around, rng), own),
                ("crossed", crossed(sentence, rng.choice(sentences)), own),
                ("left out", claim, rest),
                ("elsewhere", claim if rng.random() < 0.4 else None, other),
            ]
            for kind, said, text in _two(false, rng):
                yield Made(name, kind, said, text, False)


def of_questions(asked: Sequence[Asked], count: int, rng: random.Random) -> Iterator[Made]:
    """Yield claims made from questions on contexts, those of `count` contexts."""
    asked = [a for a in asked if a.answers and a.source != "policyqa"]
    by_context: dict[str, list[Asked]] = {}
    stated: dict[str, list[tuple[Asked, str]]] = {}
    for item in asked:
        by_context.setdefault(item.context, []).append(item)
        start, end = item.answers[0]
        said = statement(item.question, item.context[start:end], item.context[:start])
        if said and len(said.split()) >= LEAST:
            stated.setdefault(item.context, []).append((item, said))
    neighbours = Neighbours(list(by_context))
    drawn = sorted(stated)
    # As many of the longer contexts as there are: people wrote of them what they knew, not what
    # they read.
    drawn = rng.sample(drawn, min(count, len(drawn)))
    near = neighbours.near(drawn, 12)
    for context, rows in zip(drawn, near, strict=True):
        around = [c for i in rows if (c := neighbours.contexts[i]) != context]
        yield from _of_context(context, stated[context], by_context[context], around, rng)


def _of_context(
    context: str,
    stated: Sequence[tuple[Asked, str]],
    asked: Sequence[Asked],
    around: Sequence[str],
    rng: random.Random,
) -> Iterator[Made]:
    text = _among(context, around, rng)
    for item, claim in stated:
        start, end = item.answers[0]
        yield Made(context, "stated", claim, text, True)
        others = [said for _, said in stated if said != claim]
        if others and rng.random() < 0.5:
            other = rng.choice(others)
            yield Made(context, "stated, two", _joined(claim, other, rng), text, True)
            wrong = swap(other, [context, *around], rng)
            if wrong and rng.random() < 0.7:
                yield Made(context, "half", _joined(claim, wrong, rng), text, False)
        less = without_answer(Example(item.question, context, (start, end)))
        answer = _plain(context[start:end])
        lookalikes = [c for c in around if answer not in _plain(c)][: rng.randint(1, 3)]
        false = [
            ("another answer", _answered(item, claim, asked, rng), text),
            ("swapped", swap(claim, [context, *around], rng), text),
            ("denied", denied(claim) if rng.random() < 0.4 else None, text),
            ("left out", claim if less else None, _line(less.text) if less else ""),
            ("elsewhere", claim if lookalikes else None, "\n".join(map(_line, lookalikes))),
        ]
        for kind, said, held in _two(false, rng):
            yield Made(context, kind, said, held, False)


def _among(context: str, around: Sequence[str], rng: random.Random) -> str:
    """The context with others before or after it, a short one always."""
    count = rng.randint(1, 4) if len(context) < SHORT else rng.choice([0, 0, 1, 3])
    lines = rng.sample(list(around), min(count, len(around)))
    lines.insert(rng.randint(0, len(lines)), context)
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _two(
    made: Sequence[tuple[str, str | None, str]], rng: random.Random
) -> list[tuple[str, str, str]]:
    there = [(kind, said, text) for kind, said, text in made if said and text]
    return rng.sample(there, min(2, len(there)))


def _joined(one: str, other: str, rng: random.Random) -> str:
    return f"{one[:-1]}, and {other}" if rng.random() < 0.5 else f"{one} {other}"


_ASKS = re.compile(r"who|when|where|how many|what year|what", re.IGNORECASE)
_KEY = re.compile(r"\d[\d,.]*\d|\d|[A-Z][a-z]+(?: [A-Z][a-z]+)*")


def _answered(item: Asked, claim: str, asked: Sequence[Asked], rng: random.Random) -> str | None:
    """The question with what answers another that is asked in the same way, or is of one kind."""
    start, end = item.answers[0]
    answer = item.context[start:end]
    asks = _ASKS.search(item.question)
    others = [
        other.context[slice(*other.answers[0])]
        for other in asked
        if asks and other.question.lower().startswith(asks.group().lower())
    ]
    if _KEY.match(answer):
        others += [
            key
            for key in _KEY.findall(item.context)
            if key[0].isdigit() == answer[0].isdigit() and len(key) >= min(3, len(answer))
        ]
    said = set(_plain(answer).split())
    others = [
        other
        for other in others
        if said.isdisjoint(_plain(other).split()) and _plain(other) not in _plain(claim)
    ]
    return statement(item.question, rng.choice(others), item.context[:start]) if others else None


def denied(sentence: str) -> str | None:
    """Return the sentence with its first helping verb denied, or None where it has none."""
    made = re.sub(
        r"\b(was|were|is|are|has|have|had|will|would|can|did)\b", r"\1 not", sentence, count=1
    )
    return made if made != sentence else None


_VERB = re.compile(
    r" (?=(?:was|were|is|are|has|have|had|will|would|can|could|said|says|[a-z]{3,}ed) )"
)


def crossed(one: str, other: str) -> str | None:
    """Return the first's subject with what the other says of its own, or None."""
    first, second = _VERB.search(one), _VERB.search(other)
    if one == other or first is None or second is None:
        return None
    subject, rest = one[: first.start()], other[second.start() :]
    return subject + rest if len(subject.split()) <= 8 and len(rest.split()) >= 4 else None


def shortened(sentence: str, rng: random.Random) -> str:
    """Return the sentence as it is, or without what a comma parts off at either end."""
    parts = re.split(r",\s+", sentence)
    if len(parts) < 2 or rng.random() < 0.4:
        return sentence
    first, last = ", ".join(parts[1:]), ", ".join(parts[:-1]).rstrip(".") + "."
    made = rng.choice([first[:1].upper() + first[1:], last])
    return made if len(made.split()) >= SHORTEST // 2 else sentence


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve".split()
_HELPS = "did|was|were|is|are|has|have|had|would|could|does|do"
_REWORDED: Mapping[str, str | Callable[[re.Match[str]], str]] = {
    rf"\b({_HELPS})(n['’]t| not)\b": lambda m: m[1] + (" not" if m[2] != " not" else "n't"),
    r"(?<![\d.,:$£€])\b([2-9]|1[0-2])\b(?![.,:]\d|%)": lambda m: _COUNTED[int(m[1])],
    rf"\b({_MONTHS}) (\d{{1,2}})\b(?!,? \d{{4}})": r"\2 \1",
    rf"\b(\d{{1,2}}) ({_MONTHS})\b": r"\2 \1",
    r"\s*\([^)]*\)": "",
    r"(?<=\w), (?:which|who|where)\b[^,]*,(?= )": "",
    rf"^(.{{20,}}?),? in (\d{{4}}|(?:{_MONTHS})(?: \d{{4}})?)\.$": r"In \2, \1.",
    r"^(?:[Oo]n|[Ii]n|[Aa]t|[Bb]y) [^,]{3,40}, ": "",
    r"^(?:But|And|However,|Meanwhile,|Still,|Yet|So) ": "",
    r"\b(?:very|also|already|just|still|now|recently|reportedly|quickly|largely|mostly|even) ": "",
    r"\bsaid\b": "has said",
    r"(\d),(?=\d{3}\b)": r"\1",
    r"\bmore than\b": "over",
    r"\bper cent\b|%": " percent",
    r"^.{3,60} (?:said|says) that (?=[a-z])": "",
    r",? (?:he|she|they|[A-Z]\w+(?: [A-Z]\w+)?) (?:said|says|added)\.$": ".",
}  # fmt: skip


def reworded(sentence: str, rng: random.Random) -> str:
    """Return the sentence with up to three changes that keep what it says."""
    ways = list(_REWORDED.items())
    rng.shuffle(ways)
    changes = 0
    for form, into in ways:
        made = re.sub(form, into, sentence).strip()
        changes += made != sentence
        sentence = made
        if changes == 3:
            break
    return sentence[:1].upper() + sentence[1:]
