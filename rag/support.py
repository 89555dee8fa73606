"""Whether a span supports a sentence: what must be exact is compared exactly."""

from __future__ import annotations

import re

from rag.retriever import shared, terms

COVERED = 0.5  # the share of a sentence's words that must stand in what it cites

_NUMBERS = re.compile(r"\d[\d,.]*\d|\d")
_NAMES = re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]+")


def unsupported(sentence: str, cited: str) -> str | None:
    """Return why `cited` does not carry `sentence`, or None where it does.

    Numbers and capitalised names must occur in what is cited, and half of all other words.
    """
    numbers = {_number(n) for n in _NUMBERS.findall(cited)}
    for number in _NUMBERS.findall(sentence):
        if _number(number) not in numbers:
            return f"the number {number} is not in what it cites"
    said = set(re.findall(r"\w+", cited.lower()))
    body = sentence.lstrip("\"'“‘")
    for match in _NAMES.finditer(body):
        word = match.group().lower().removesuffix("'s").removesuffix("’s")
        if match.start() > 0 and not set(re.findall(r"\w+", word)) <= said:
            return f"{match.group()} is not in what it cites"
    if shared(terms(sentence), cited) < COVERED:
        return "most of its words are not in what it cites"
    return None


def _number(text: str) -> str:
    return text.replace(",", "")
