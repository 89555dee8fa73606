"""Words -> an ISO date as far as it is known: `2025-04-22`, `2025-04` or `2025`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_NAMES = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_MONTHS = {name: n for n, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
PRECISIONS = ("day", "month", "year", "unknown")
_ONE_OR_TWO = "[0-9][0-9]?"  # \\d would take the digits of every script
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}([-/.])(?P<number>{_ONE_OR_TWO})\2(?P<day>{_ONE_OR_TWO})(?!\d)",
        rf"{_YEAR}\s?[年년]\s?(?P<number>{_ONE_OR_TWO})\s?[月월]\s?(?P<day>{_ONE_OR_TWO})\s?[日일]",
        rf"\b(?P<day>{_ONE_OR_TWO})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>{_ONE_OR_TWO})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b(?P<day>{_ONE_OR_TWO})\.\s?(?P<number>{_ONE_OR_TWO})\.\s?{_YEAR}\b(?!\.\d)",
        rf"(?<![\d/])(?P<one>{_ONE_OR_TWO})/(?P<other>{_ONE_OR_TWO})/{_YEAR}(?![\d/])",
        rf"(?<![\d/])(?P<day>{_ONE_OR_TWO})\.?(?:er|º|ª)?\s+(?:de\s+)?(?P<foreign>[^\W\d_]{{3,12}})\.?"
        rf"\s+(?:de\s+|del\s+)?{_YEAR}\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<number>[0-9]{{2}})\b(?!-)",
    )
)
_OLDEST = 1900
_YEARS = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
AGE = re.compile(
    r"(?i)(?P<number>an?|\d{1,3})\s+(?P<unit>second|minute|min|hour|day|week|month|year)s?\s+ago"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, and where it stands there."""

    iso: str
    start: int
    end: int


def find(text: str) -> Found | None:
    """Return the first whole date in `text`, else its first month and year, else None.

    Relative words ("yesterday") are left alone, and so are bare numbers that two shores read
    differently (05/03/2021).
    """
    for form in _FORMS:
        for match in form.finditer(text):
            if iso := _read(match.groupdict()):
                return Found(iso, *match.span())
    return None


def _read(parts: dict[str, str]) -> str | None:
    day = int(parts["day"]) if parts.get("day") else None
    if "one" in parts:
        one, other = int(parts["one"]), int(parts["other"])
        if one <= 12 and other <= 12 and one != other:
            return None
        month, day = min(one, other), max(one, other)
    elif "foreign" in parts:
        from index.foreign import month_of

        month = month_of(parts["foreign"])
    elif parts.get("month"):
        # Regular expressions hold ſ for a kind of s; `Auguſt` is no key.
        month = _MONTHS.get(parts["month"].lower(), 0)
    else:
        month = int(parts["number"])
    try:
        date(int(parts["year"]), month, day or 1)
    except ValueError:
        return None
    return f"{parts['year']}-{month:02}" + (f"-{day:02}" if day else "")


def first_date(text: str) -> str | None:
    """Return the date that `find` finds."""
    found = find(text)
    return found.iso if found else None


def written(iso: str) -> str:
    """Return an ISO date, or the part of one that is known, as people write it."""
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", iso)
    if not match:
        return iso
    year, month, day = match.groups()
    name = month and _NAMES[int(month) - 1].split()[0].title()
    return " ".join(filter(None, (day and str(int(day)), name, year)))


def ago(text: str, captured: str | None) -> str | None:
    """Return what "3 hours ago" means on a page that was captured then, as exact as it is told.

    `captured` is an ISO time; without it there is no saying.
    """
    age = AGE.search(text)
    if captured is None or age is None:
        return None
    number = 1 if age["number"].isalpha() else int(age["number"])
    unit = age["unit"].lower()
    if len(captured) == 10 and unit not in ("day", "week", "month", "year"):
        return None  # of a page saved at an unknown hour
    then = datetime.fromisoformat(captured)
    seconds = {"second": 1, "hour": 3600, "day": 86400, "week": 7 * 86400}.get(unit, 60)
    try:
        if unit in ("month", "year"):
            months = then.year * 12 + then.month - 1 - number * (12 if unit == "year" else 1)
            day = date(months // 12, months % 12 + 1, 1)
        else:
            day = (then - timedelta(seconds=number * seconds)).date()
    except (ValueError, OverflowError):
        return None
    if day.year < _OLDEST:
        return None
    return day.isoformat()[: {"week": 7, "month": 7, "year": 4}.get(unit, 10)]


def moment(text: str | None) -> str | None:
    """Return the ISO time that a text is, or the day that it holds, else None."""
    try:
        return datetime.fromisoformat((text or "").strip()).isoformat()
    except ValueError:
        return first_date(text or "")


def in_address(url: str | None) -> str | None:
    """Return the day or month that a web address has in its path, as /2024/05/17/ has."""
    found = re.search(
        rf"/{_YEAR}[/-](?P<month>[01]?[0-9]|{'|'.join(_MONTHS)})(?:[/-](?P<day>{_ONE_OR_TWO}))?(?![\w])",
        (url or "").lower(),
    )
    if found is None:
        return None
    parts = found.groupdict()
    name = parts.pop("month")
    key = "number" if name.isdigit() else "month"
    return _read({**parts, key: name}) or _read({**parts, key: name, "day": ""})


def published(text: str) -> str | None:
    """Return the date that a field made for one holds; there a year alone counts too.

    Of 05/03/2021 the year is all that is certain.
    """
    years = {match["year"] for match in _YEARS.finditer(text)}
    bare = re.fullmatch(r"[\s\d/]*", text) and len(years) == 1
    return first_date(text) or (years.pop() if bare else None)


def precision(iso: str | None) -> str:
    """Return how exact a date is: one of PRECISIONS."""
    return {10: "day", 7: "month", 4: "year"}[len(iso)] if iso else "unknown"


def bounds(iso: str) -> tuple[str, str]:
    """Return the first and last day that `iso` may stand for: "2025-02" -> 2025-02-01, 2025-02-28.

    Raises ValueError on anything but YYYY, YYYY-MM and YYYY-MM-DD.
    """
    parts = [int(part) for part in re.findall("[0-9]+", iso)]
    try:
        if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", iso):
            raise ValueError(iso)
        first = date(*[*parts, 1, 1][:3])
        month = parts[1] if len(parts) > 1 else 12
        day = parts[2] if len(parts) > 2 else monthrange(first.year, month)[1]
        return first.isoformat(), date(first.year, month, day).isoformat()
    except ValueError as error:
        raise ValueError(f"not a date: {iso!r}; write 2025, 2025-04 or 2025-04-22") from error
