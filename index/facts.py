"""What a format says of itself, made fit to be stored: a fact on one line, a web address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LONGEST_FACT = 500  # characters of a title or a publisher
_LONGEST_ADDRESS = 2000


def plain(text: str) -> str:
    """Return text with line ends as \\n and each NUL, which no store holds, as U+FFFD."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def whole(text: str) -> str:
    """Return plain text of whole characters: JSON and PDF can spell half a surrogate pair."""
    return plain(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def fact(value: object) -> str | None:
    """Return a fact as one line, or None where there is none."""
    text = value[:_LONGEST_FACT] if isinstance(value, str) else ""
    return " ".join(re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).split()) or None


def folded(name: str | None) -> str | None:
    """Return a name as it is compared with others, whatever its case and blanks, or None."""
    return " ".join(name.casefold().split()) or None if name else None


def address(*values: object) -> str | None:
    """Return the first of the values that is a whole address on the web, or None."""
    for value in values:
        words = value.strip() if isinstance(value, str) else ""
        if len(words) <= _LONGEST_ADDRESS and re.fullmatch(
            r"(?i)https?://[!-~\u00a1-\U0010ffff]+", words
        ):
            return None if re.search('[\ud800-\udfff"<>\\\\^`{|}]', words) else words
    return None


def host(url: str | None) -> str | None:
    """Return the site of an address, cnn.com of https://www.cnn.com/a, or None."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:  # of brackets that hold no address
        return None
