"""The answer of a quiz -> how else an article may word it."""

from __future__ import annotations

import re
from fractions import Fraction

from evals.measures import normalised

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = {"$": ("dollars",), "£": ("pounds",), "€": ("euros",), "%": ("percent", "per cent")}
_AMOUNT = re.compile(
    rf"([$£€]?)(\d[\d,]*(?:\.\d+)?)(?:\s({'|'.join(_SCALES)}))?(%?)", re.IGNORECASE
)
_WITHIN = re.compile(r"(?<![\w.,$£€%-])\d+(?![\w.,%-])")
_OFFICE = re.compile(r"(?:president|minister|lady|king|queen|pope|(?:rep|sen|gov|lt|dr)\.)\s")


def wordings(answer: str) -> tuple[str, ...]:
    """Return the answer and its other wordings, no two the same once normalised.

    A number stands in digits or in words, with or without its unit; who is named with an office
    is known without it.

    >>> wordings("$14 million")[:4]
    ('$14 million', '14,000,000', 'fourteen million', '14 million dollars')
    >>> wordings("70%")
    ('70%', 'seventy', '70 percent', '70 per cent', 'seventy percent', 'seventy per cent')
    >>> wordings("Lanterns over 9 feet")
    ('Lanterns over 9 feet', 'Lanterns over nine feet')
    >>> wordings("Former Prime Minister Ada Wren")
    ('Former Prime Minister Ada Wren', 'Ada Wren')
    """
    found = [answer]
    if amount := _AMOUNT.fullmatch(answer):
        numbers = _numbers(amount[2], (amount[3] or "").lower())
        units = _UNITS.get(amount[1] or amount[4], ())
        found += [*numbers, *(f"{number} {unit}" for number in numbers for unit in units)]
    else:
        found.append(_WITHIN.sub(lambda match: spelled(int(match[0]))[0], answer))
        offices = list(_OFFICE.finditer(answer.lower()))
        if offices and " " in (name := answer[offices[-1].end() :].strip()):
            found.append(name)
    once: dict[str, str] = {}
    for wording in found:
        once.setdefault(normalised(wording), wording)
    return tuple(once.values())


def _numbers(digits: str, scale: str) -> list[str]:
    """A number and its scale, as given, in digits alone, in words."""
    value = Fraction(digits.replace(",", ""))
    found = [f"{digits} {scale}".strip()]
    whole = value * _SCALES.get(scale, 1)
    if whole.denominator == 1:
        found.append(f"{whole.numerator:,}")
    if value.denominator == 1:
        found += [f"{words} {scale}".strip() for words in spelled(value.numerator)]
    elif scale and value.denominator == 2:
        found.append(f"{spelled(int(value))[0]} and a half {scale}")
    return found


def spelled(number: int) -> tuple[str, ...]:
    """Return a number from 0 to 999,999 in words, with and without "and"; greater ones in digits.

    >>> spelled(46), spelled(153), spelled(400_000)
    (('forty-six',), ('one hundred and fifty-three', 'one hundred fifty-three'), \
('four hundred thousand',))
    """
    if number >= 10**6:
        return (f"{number:,}",)
    return tuple(dict.fromkeys(_spelled(number, joint) for joint in (" and ", " ")))


def _spelled(number: int, joint: str) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        rest = number % 10
        return _TENS[number // 10] + (f"-{_ONES[rest]}" if rest else "")
    if number < 1000:
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (joint + _spelled(rest, joint) if rest else "")
    rest = number % 1000
    gap = joint if rest < 100 else " "
    more = gap + _spelled(rest, joint) if rest else ""
    return f"{_spelled(number // 1000, joint)} thousand{more}"
