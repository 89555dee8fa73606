"""A .json or .jsonl export -> its records, each an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from index.dates import published
from index.errors import UnreadableSource
from index.facts import address, fact
from index.parsing import html
from index.parsing.lines import Lines
from index.records import Page

EXTRACTOR = "footnoted exports 1"
_TEXT = ("text", "content", "body", "articleBody", "content_html", "content_text", "html")
_TITLE = ("title", "headline", "name")
_DATE = ("date", "published", "date_published", "published_at", "publishedAt", "datePublished")
_PUBLISHER = ("source", "publisher", "site", "site_name", "feed")
_URL = ("url", "link", "permalink")
_MARKUP = re.compile(r"(?i)<(p|div|br|h[1-6]|ul|ol|table|article|section|body|html)\b[^>]*>")
_TOLD = 3  # records whose fault is told one by one


def page(text: str) -> Page:
    """Return the text of all records; a record begins with its title."""
    lines = Lines()
    faults: list[str] = []
    records = 0
    for place, record in _records(text, faults):
        records += 1
        if not _add(lines, record):
            faults.append(f"{place} has no text")
    if not lines.parts:
        reason = "no record in it has a text, content or body"
        raise UnreadableSource(reason if records else f"not readable as JSON: {faults[0]}")
    return lines.page(extractor=EXTRACTOR, note=_note(faults))


def _note(faults: list[str]) -> str | None:
    more = f", and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
    return f"not read: {', '.join(faults[:_TOLD])}{more}" if faults else None


def _records(text: str, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (where it is, record) for each in the file, whichever way they are listed."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) == 1:
            faults.append(_fault(error))
            return
        for number, line in lines:
            try:
                yield from _dicts(f"line {number}", json.loads(line))
            except ValueError:
                faults.append(f"line {number} is not JSON")
        return
    listed = [whole] if isinstance(whole, dict) and _first(whole, _TEXT) else _list(whole)
    for number, record in enumerate(listed, start=1):
        yield from _dicts(f"record {number}", record)


def _fault(error: ValueError) -> str:
    return (
        str(error).split(":")[0].lower() if isinstance(error, json.JSONDecodeError) else "a number"
    )


def _list(whole: object) -> list[object]:
    """The longest list of records in a file: itself, or under one of its names."""
    if isinstance(whole, list):
        return whole
    lists = [v for v in whole.values() if isinstance(v, list)] if isinstance(whole, dict) else []
    lists = [v for v in lists if any(isinstance(record, dict) for record in v)]
    return max(lists, key=len, default=[whole])


def _dicts(place: str, record: object) -> Iterator[tuple[str, dict[str, Any]]]:
    yield place, record if isinstance(record, dict) else {}


def _first(record: dict[str, Any], names: tuple[str, ...]) -> object:
    """The first of the fields that says something; names are read in any case."""
    fields = {key.lower(): value for key, value in reversed(record.items())}
    found = (fields.get(name.lower()) for name in names)
    return next((value for value in found if value not in (None, "", [], {})), None)


def _add(lines: Lines, record: dict[str, Any]) -> bool:
    """Add a record as an article; return whether there was a text in it."""
    body = _first(record, _TEXT)
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str) or not body.strip():
        return False
    title, publisher = fact(_first(record, _TITLE)), _first(record, _PUBLISHER)
    if isinstance(publisher, dict):
        publisher = _first(publisher, ("name", "title"))
    start = lines.end
    if title and not body.lstrip().startswith(title):
        lines.add(title)
    if _MARKUP.search(body):
        try:
            lines.add_page(html.page(body, judged=False))
        except UnreadableSource:
            return False
    else:
        lines.add(body)
    date = _first(record, _DATE)
    lines.add_part(
        start,
        lines.end,
        title=title,
        publisher=fact(publisher),
        published=published(str(date)[:100]) if isinstance(date, str | int) else None,
        url=address(_first(record, _URL)),
    )
    return True
