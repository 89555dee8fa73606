"""Whether two short answers say the same: "about 2,000 drones" and "two thousand", not "12,000"."""

from __future__ import annotations

import re

from rag.words import stem, telling

_SMALL = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
) | dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+")
_VAGUE = frozenset(
    "almost approximately around estimated exactly least nearly roughly total up".split()
)


def same(one: str, other: str) -> bool:
    """Whether the shorter answer's numbers and telling words all stand in the longer.

    Where only one of them has a number they differ; numbers are compared by value.
    """
    (numbers, words), (others, rest) = numbers_and_words(one), numbers_and_words(other)
    if bool(numbers) != bool(others):
        return False
    if not (numbers <= others or others <= numbers):
        return False
    if numbers:
        # "2,000 drones" and "2,000 soldiers" differ; "2,000" alone is either.
        return not words or not rest or bool(words & rest)
    return bool(words and rest) and (words <= rest or rest <= words)


def numbers_and_words(text: str) -> tuple[frozenset[float], frozenset[str]]:
    """Return the values of a text's numbers and its telling words, stemmed."""
    numbers: list[float] = []
    words: set[str] = set()
    joins = False  # the number before may still grow: "1.5" million, "forty" two
    for token in _TOKEN.findall(text.lower()):
        if token[0].isdecimal():
            numbers.append(float(token.replace(",", "")))
            joins = True
        elif token in _SCALES and joins:
            numbers[-1] *= _SCALES[token]
        elif token in _SMALL and (token != "one" or joins):
            value = _SMALL[token]
            if joins and numbers[-1] >= 20 and numbers[-1] % 10 == 0 and 0 < value < 10:
                numbers[-1] += value
            else:
                numbers.append(float(value))
            joins = True
        else:
            joins = False
            if telling(token) and token not in _VAGUE:
                words.add(stem(token))
    return frozenset(numbers), frozenset(words)
