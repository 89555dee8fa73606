"""A question of the pool -> the same question as people type it.

Key words ("number lanterns Quill bought"), the words of a talk behind it, as rag/followups.py puts
them there, or a slip of the finger. The pool's own questions are whole sentences, nearly all.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evals.reader_pool import Asked, Example
from rag.followups import Turn, says
from rag.words import stem, telling, terms

KEY_WORDS, TALK, SLIPS = 0.14, 0.09, 0.04  # shares of the pairs, at most
_ASKING = re.compile(
    r"\b(?:how (?P<how>many|much|long|far|often|old|tall|big|large|fast)"
    r"|(?P<who>who|when|where|why|whose))\b",
    re.IGNORECASE,
)
_WHAT = re.compile(r"\b(?:what|which|how)\b", re.IGNORECASE)
_KEPT = frozenset("not no before after under over more most above below".split())
# What people type in the place of the asking word; "" is nothing.
_PUT = {
    "many": ("number", "number of", "how many", ""),
    "much": ("amount", "cost", "how much", ""),
    "long": ("length", "how long", "duration"),
    "far": ("distance", "how far"),
    "often": ("how often",),
    "old": ("age", "how old"),
    "tall": ("height",),
    "big": ("size",),
    "large": ("size",),
    "fast": ("speed",),
    "who": ("who", "name", ""),
    "when": ("date", "when", "year", ""),
    "where": ("where", "place", ""),
    "why": ("why", "reason", ""),
    "whose": ("whose", ""),
}


def typed(
    made: Iterable[tuple[Example, Example]], asked: Sequence[Asked], seed: int
) -> Iterator[tuple[Example, Example]]:
    """Yield the pairs, some with their questions as people type them, both halves in one way.

    `asked` are the questions of the pool: those on one context are the talk of each other.
    """
    rng = random.Random(seed)
    beside: dict[str, list[str]] = defaultdict(list)
    context = {item.question: item.context for item in asked}
    for item in asked:
        beside[item.context].append(item.question)
    for right, wrong in made:
        way, choice = rng.random(), rng.random()
        others = [q for q in beside[context.get(right.question, "")] if q != right.question]
        before = others[int(choice * len(others))] if others else ""
        # What either half says itself stays out of both: a swapped name would tell.
        talk = _talk(before, f"{right.question} {wrong.question}")
        found = [_typed(half.question, talk, way, random.Random(choice)) for half in (right, wrong)]
        if all(found) and (right.question == wrong.question or found[0] != found[1]):
            right, wrong = replace(right, question=found[0]), replace(wrong, question=found[1])
        yield right, wrong


def _talk(before: str, said: str) -> tuple[str, ...]:
    have = {stem(word) for word in terms(said)}
    words = re.findall(r"[\w’'.-]*\w", before)
    return tuple(dict.fromkeys(w for w in words if says(w) and stem(w.lower()) not in have))


def _typed(question: str, talk: tuple[str, ...], way: float, rng: random.Random) -> str:
    if way < KEY_WORDS:
        return key_words(question, rng)
    if way < KEY_WORDS + TALK:
        return Turn(question, talk).alone if talk else ""
    if way < KEY_WORDS + TALK + SLIPS:
        return slipped(question, rng)
    return ""


def key_words(question: str, rng: random.Random) -> str:
    """Return its telling words and one for what is asked, "" where too little is left."""
    put = ""
    found = _ASKING.search(question)
    if found and not _WHAT.search(question, 0, found.start()):
        put = rng.choice(_PUT[(found["how"] or found["who"]).lower()])
        question = f"{question[: found.start()]} {question[found.end() :]}"
    words = [
        word
        for word in re.findall(r"[^\s?,;:!\"]+", question)
        if word.lower() in _KEPT or any(map(telling, re.findall(r"[^\W_]+", word.lower())))
    ]
    if len(words) < 2:
        return ""
    if put:
        words = [put, *words] if rng.random() < 0.6 else [*words, put]
    return " ".join(words)


def slipped(question: str, rng: random.Random) -> str:
    """Return it with a letter lost or two exchanged, "" where no word is long enough."""
    words = list(re.finditer(r"[a-z]{4,}", question))
    if not words:
        return ""
    word = rng.choice(words)
    at = rng.randrange(word.start(), word.end() - 1)
    one, other = question[at], question[at + 1]
    if one == other or rng.random() < 0.5:
        return question[:at] + question[at + 1 :]
    return question[:at] + other + one + question[at + 2 :]
