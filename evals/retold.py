"""Articles -> true copies of them and different stories that share some words: a labelled set.

Every word keeps the place that it came from, so that which passages are copies is known from how
they were made, not from how alike they look. Seeded: the same articles give the same set.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

SEED = 20255
PASSAGE = 100  # words
Word = tuple[str, int]  # a word, and its place in the article that it comes from
Line = tuple[Word, ...]
NEW = -1  # the place of a word that comes from nowhere

STATEMENTS = (
    '"We have nothing to hide and we will answer every question that the committee puts to us, '
    "but we will not do it in front of cameras, and we will not do it before the people who lost "
    'their homes have heard it from us first," the spokeswoman said.',
    '"This is the worst season that I have seen in forty years on this coast, and if nobody acts '
    "before the winter there will be no boats left to count and no harbour worth the name, which "
    'is what I have told three ministers in a row," he said.',
    '"The figures speak for themselves: fewer trains were late, fewer were cancelled, and more '
    "people found a seat than in any spring since the line was opened, so I see no reason at all "
    'to apologise for what we have done," said the director.',
    '"Nobody asked us, nobody warned us, and when the water came nobody opened the gates, so do '
    "not ask me to thank anyone for the blankets that were handed out on the second day, when the "
    'old people had already left on foot," she said.',
)
BACKGROUND = (
    "The inquiry was set up in spring after two reports by the audit office had found that money "
    "meant for repairs had been spent on offices, cars and a conference abroad, and that nobody "
    "had kept the receipts for the years before the merger.",
    "The region has had three governors in four years, all of them appointed from the capital, "
    "and its people have twice voted in polls that no court has recognised to be given back the "
    "assembly that was dissolved when the mines were closed.",
    "Readers can send us photographs and letters by the address on our last page. We reserve the "
    "right to shorten what we print. Letters without a name and a street are not considered, and "
    "nothing that has been sent to us can be returned.",
    "Subscribe to our evening letter for the five stories that matter, picked by our editors and "
    "sent before the last train leaves. You can cancel at any time, and we will never pass your "
    "address on to anybody who has something to sell.",
)
HEADLINES = (
    "What we know so far", "Live: the day as it happened", "Five things to take from it",
    "Questions remain after a long week", "How it came to this", "Officials stay silent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An article as lines of words, the first its headline; retellings share their `story`."""

    story: int
    kind: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The article as one would save it."""
        return "\n".join(" ".join(word for word, _ in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles by position, and whether they are copies."""

    one: int
    other: int
    kind: str
    copies: bool


def told(texts: Sequence[str]) -> list[Told]:
    """Return the articles, each a story of its own."""
    found = []
    for story, text in enumerate(texts):
        place, lines = 0, []
        for words in (line.split() for line in text.split("\n") if line.strip()):
            lines.append(tuple((word, place + n) for n, word in enumerate(words)))
            place += len(words)
        found.append(Told(story, "original", tuple(lines)))
    return found


def made(texts: Sequence[str]) -> tuple[list[Told], list[Pair]]:
    """Return originals and retellings, and as many pairs of copies as of different stories."""
    chance = random.Random(SEED)
    articles = told(texts)
    near = _nearest(articles)
    vocabulary = sorted({w for a in articles for line in a.lines for w, _ in line if w.islower()})
    pairs: list[Pair] = []
    for story in range(len(texts)):
        original = articles[story]
        kind = list(_COPIES)[story % len(_COPIES)]
        copy = _COPIES[kind](original, chance, vocabulary)
        articles.append(replace(copy, kind=kind))
        pairs.append(Pair(story, len(articles) - 1, kind, copies=True))
        other = near[story]
        shares = ("topic", "statement", "background")[story % 3]
        if shares == "topic":
            pairs.append(Pair(story, other, "same topic", copies=False))
            continue
        words = chance.choice(STATEMENTS if shares == "statement" else BACKGROUND)
        for number in (story, other):
            articles.append(replace(_with(articles[number], words, chance), kind=f"with {shares}"))
        last = len(articles) - 1
        pairs.append(Pair(last - 1, last, f"same {shares}", copies=False))
    return articles, pairs


def _nearest(articles: Sequence[Told]) -> list[int]:
    """For each article the other that shares most of its rarer words: the same topic."""
    bags = [{w.lower() for w in re.findall(r"[^\W\d_]{4,}", a.text)} for a in articles]
    known = Counter(word for bag in bags for word in bag)
    found = []
    for number, bag in enumerate(bags):
        shares = (
            sum(1 / known[word] for word in bag & other) if at != number else -1.0
            for at, other in enumerate(bags)
        )
        found.append(max((share, -at) for at, share in enumerate(shares))[1] * -1)
    return found


Retelling = Callable[[Told, random.Random, Sequence[str]], Told]


def _edited(share: float) -> Retelling:
    def edit(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
        def words(line: Line) -> Iterator[Word]:
            for word in line:
                drawn = chance.random()
                if drawn >= share:
                    yield word
                elif drawn > share / 3:  # two thirds are replaced, the others dropped
                    yield chance.choice(vocabulary), NEW

        return replace(article, lines=tuple(tuple(words(line)) for line in article.lines))

    return edit


def _half(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
    return replace(article, lines=_first(article, 0.5))


def _extract(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
    """As an aggregator has it: other furniture, and most of the body in one line, cut off."""
    body = tuple(word for line in _first(article, 0.6)[1:] for word in line)
    more = _line("... Read the whole story")
    return replace(article, lines=(_line("2 hours ago"), article.lines[0], body + more))


def _headline(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
    edited = _edited(0.03)(article, chance, vocabulary)
    head = _line(chance.choice(HEADLINES)), _line("By our own correspondent, 14 May 2025")
    return replace(edited, lines=head + edited.lines[1:])


def _wrapped(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
    lines = [_line(words) for words in chance.sample(BACKGROUND, 2)]
    return replace(article, lines=(lines[0], *article.lines, lines[1]))


def _requoted(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
    """Another statement put in, and every quotation cut to its first half."""
    text = article.lines
    middle = len(text) // 2 + 1
    inside = False
    lines = []
    for line in text:
        kept = []
        for word, place in line:
            inside ^= word.count('"') % 2 == 1
            if not inside or place % 2:
                kept.append((word, place))
        lines.append(tuple(kept))
    said = _line(chance.choice(STATEMENTS))
    return replace(article, lines=(*lines[:middle], said, *lines[middle:]))


def _reordered(article: Told, chance: random.Random, vocabulary: Sequence[str]) -> Told:
    sentences = [tuple(s) for line in article.lines[1:] for s in _sentences(line)]
    chance.shuffle(sentences)
    return replace(article, lines=(article.lines[0], *sentences))


_COPIES: dict[str, Retelling] = {
    "3 words in 100 edited": _edited(0.03),
    "8 words in 100 edited": _edited(0.08),
    "first half": _half,
    "other headline, edited": _headline,
    "boilerplate around": _wrapped,
    "quotations changed": _requoted,
    "sentences reordered": _reordered,
    "aggregator's extract": _extract,
}


def _with(article: Told, words: str, chance: random.Random) -> Told:
    at = chance.randint(1, len(article.lines))
    return replace(article, lines=(*article.lines[:at], _line(words), *article.lines[at:]))


def _first(article: Told, share: float) -> tuple[Line, ...]:
    left = int(sum(map(len, article.lines)) * share)
    lines = []
    for line in article.lines:
        if left > 0:
            lines.append(line[:left])
        left -= len(line)
    return tuple(lines)


def _line(words: str) -> Line:
    return tuple((word, NEW) for word in words.split())


def _sentences(line: Line) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for word in line:
        sentence.append(word)
        if word[0].rstrip('"').endswith((".", "!", "?")):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def passages(article: Told) -> list[Line]:
    """Return the article in passages of whole sentences, about 100 words each."""
    found: list[Line] = []
    held: list[Word] = []
    for sentence in (s for line in article.lines for s in _sentences(line)):
        if held and len(held) + len(sentence) / 2 > PASSAGE:
            found.append(tuple(held))
            held = []
        held += sentence
    return [*found, tuple(held)]


def common(one: Line, other: Line) -> float:
    """Return which share of the shorter passage's words came from the same places."""
    places = Counter(p for _, p in one if p != NEW) & Counter(p for _, p in other if p != NEW)
    return sum(places.values()) / max(1, min(len(one), len(other)))
