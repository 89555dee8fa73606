"""A page saved as one .mhtml -> the same as the page, with where and when it was saved."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from index.decoding import decode
from index.errors import UnreadableSource
from index.facts import address
from index.parsing import html
from index.parsing.mail import charset, header, parsed, payload
from index.records import Page


def page(data: bytes) -> Page:
    """Return the saved page; frames and pictures in it are left out."""
    whole = parsed(data)
    root = _root(whole)
    decoded = decode(payload(root), html=True, declared=charset(root))
    made = html.page(decoded.text)
    saved_from = address(
        header(whole, "Snapshot-Content-Location"), header(root, "Content-Location")
    )
    return replace(
        made,
        title=made.title or header(whole, "Subject"),
        url=made.url or saved_from,
        captured=made.captured or _saved(whole),
        extractor=f"{html.EXTRACTOR}, mhtml",
        note="; ".join(filter(None, (decoded.note, made.note))) or None,
    )


def _saved(whole: EmailMessage) -> str | None:
    """When the browser saved the page."""
    try:
        return parsedate_to_datetime(header(whole, "Date") or "").isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _root(whole: EmailMessage) -> EmailMessage:
    """The part that is the page: the first that is HTML."""
    for part in whole.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() in (
            "text/html",
            "application/xhtml+xml",
        ):
            return part
    raise UnreadableSource("not readable as MHTML: there is no page in it")
