"""Words -> an ISO date as far as it is known: `2025-04-22`, `2025-04` or `2025`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
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
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
PRECISIONS = ("day", "month", "year", "unknown")
_ONE_OR_TWO = "[0-9][0-9]?"  # \\d would take the digits of every script
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}([-/.])(?P<number>{_ONE_OR_TWO})\2(?P<day>{_ONE_OR_TWO})(?!\d)",
        rf"\b(?P<day>{_ONE_OR_TWO})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>{_ONE_OR_TWO})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<number>[0-9]{{2}})\b(?!-)",
    )
)


def first_date(text: str) -> str | None:
    """Return the first whole date in `text`, else its first month and year, else None.

    Relative words ("yesterday") and bare numbers (05/03/2021, read differently on two shores)
    are left alone.
    """
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            name = parts.get("month")
            # Regular expressions hold ſ for a kind of s; `Auguſt` is no key.
            month = _MONTHS.get(name.lower(), 0) if name else int(parts["number"])
            day = int(parts["day"]) if parts.get("day") else None
            try:
                date(int(parts["year"]), month, day or 1)
            except ValueError:
                continue
            return f"{parts['year']}-{month:02}" + (f"-{day:02}" if day else "")
    return None


def published(text: str) -> str | None:
    """Return the date that a field made for one holds; there a year alone counts too."""
    year = re.fullmatch(rf"\s*{_YEAR}\s*", text)
    return year["year"] if year else first_date(text)


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
