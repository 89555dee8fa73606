"""An .eml -> its message, an .mbox -> its messages, each an article with sender and date."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from index.decoding import decode
from index.errors import UnreadableSource
from index.facts import address, fact
from index.parsing import html
from index.parsing.lines import Lines
from index.parsing.paragraphs import unwrapped
from index.records import Page

EXTRACTOR = "footnoted mail 1"
_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n")
_SHOWN = ("From", "To", "Cc", "Date")
_FOOTER = re.compile(
    r"(?i).*\b(unsubscribe|view (this|it)?.{0,20}in (your|a) browser"
    r"|you(’re|'re| are) receiving this"
    r"|(manage|update) (your )?(e?mail )?(preferences|subscription)).*"
)
_LONGEST_FOOTER = 200  # characters
_POOR = 0.3  # of the HTML's words: plain text with fewer only says that there is HTML
_FAULTS = (LookupError, ValueError, TypeError, AttributeError, MessageError, OverflowError)


def page(data: bytes) -> Page:
    """Return the text of all messages; each begins with its subject and its headers."""
    text, unread = Lines(), _Unread()
    for message in _messages(data):
        _add(text, message, unread)
    if not text.parts:
        raise UnreadableSource(unread.reason or "there is no message with text in it")
    return text.page(extractor=EXTRACTOR, note=unread.note)


class _Unread:
    """What in the messages was not read, or read by a guess."""

    def __init__(self) -> None:
        self.attached: list[str] = []
        self.guesses: dict[str, int] = {}
        self.reason: str | None = None

    @property
    def note(self) -> str | None:
        """What a reader should know, in one line."""
        told = [f"{why} ({n} times)" if n > 1 else why for why, n in self.guesses.items()]
        if self.attached:
            names = ", ".join(self.attached[:3]) + ", ..." * (len(self.attached) > 3)
            told.append(f"{len(self.attached)} attached files not read: {names}")
        return "; ".join(filter(None, (*told, self.reason))) or None

    def guess(self, why: str | None) -> None:
        """Keep count of a note."""
        if why:
            self.guesses[why] = self.guesses.get(why, 0) + 1


def parsed(data: bytes) -> EmailMessage:
    """Return the message that some bytes are; there is none that the parser refuses."""
    return email.message_from_bytes(data, policy=default)


def _messages(data: bytes) -> Iterator[EmailMessage]:
    begins = list(_BEGINS.finditer(data)) if data.startswith(b"From ") else []
    if not begins:
        yield parsed(data)
        return
    ends = [found.start() for found in begins[1:]] + [len(data)]
    for found, end in zip(begins, ends, strict=True):
        body = data[found.end() : end]
        # A line of the message that began with "From " was given a mark; more marks, one more.
        yield parsed(re.sub(rb"(?m)^>(>*From )", rb"\1", body))


def _add(text: Lines, message: EmailMessage, unread: _Unread) -> None:
    """Add a message as an article, and after it those that it carries whole."""
    start = text.end
    subject = header(message, "Subject")
    text.add(subject or "")
    for name in _SHOWN:
        if value := header(message, name):
            text.add(f"{name}: {value}", "header")
    before = text.end
    carried: list[EmailMessage] = []
    for page in list(_pages(message, unread, carried)):
        _add_body(text, page)
    if text.end > before or (subject and not carried):
        name, mailbox = parseaddr(header(message, "From") or "")
        text.add_part(
            start,
            text.end,
            title=subject,
            publisher=fact(name or mailbox),
            published=_date(message),
            url=address((header(message, "Archived-At") or "").strip("<> ")),
        )
    for each in carried:
        _add(text, each, unread)


def _add_body(text: Lines, page: Page) -> None:
    whys = {start: why for start, _, why in page.furniture}
    at = 0
    for line in page.text.split("\n"):
        footer = len(line) <= _LONGEST_FOOTER and _FOOTER.fullmatch(line)
        text.add(line, whys.get(at) or ("mail footer" if footer else None))
        at += len(line) + 1


def header(message: EmailMessage, name: str) -> str | None:
    """Return a header on one line, whatever is wrong with it."""
    raw = next((str(v) for n, v in message.raw_items() if n.lower() == name.lower()), None)
    if raw is None:
        return None
    if re.search("[\udc80-\udcff]", raw):  # bytes that should have been encoded
        try:
            return fact(decode(raw.encode("utf-8", "surrogateescape")).text)
        except (UnreadableSource, UnicodeEncodeError):
            return fact(raw)
    try:
        return fact(str(message[name]))
    except _FAULTS:
        return fact(raw)


def _date(message: EmailMessage) -> str | None:
    """The day in the sender's own time."""
    try:
        return parsedate_to_datetime(header(message, "Date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _pages(part: EmailMessage, unread: _Unread, carried: list[EmailMessage]) -> Iterator[Page]:
    """Yield the texts of a message as one would read them; what is `carried` goes into the list."""
    kind = part.get_content_type()
    children = part.get_payload() if part.is_multipart() else None
    if isinstance(children, list) and kind == "message/rfc822":
        carried += [child for child in children if isinstance(child, EmailMessage)]
    elif kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        unread.reason = "a message is encrypted"
    elif isinstance(children, list):
        inside = [child for child in children if isinstance(child, EmailMessage)]
        if kind == "multipart/alternative":
            yield from _best([list(_pages(child, unread, carried)) for child in inside])
        else:
            only = kind in ("multipart/related", "multipart/signed")  # the rest is pictures, a seal
            for child in inside[:1] if only else inside:
                yield from _pages(child, unread, carried)
    elif kind in ("text/plain", "text/html") and not part.is_attachment():
        if (page := _text(part, kind, unread)) is not None:
            yield page
    else:
        unread.attached.append(fact(_file_name(part)) or kind)


def _file_name(part: EmailMessage) -> str | None:
    try:
        return part.get_filename()
    except _FAULTS:
        return None


def _best(ways: list[list[Page]]) -> list[Page]:
    """The first of the ways in which one text was sent, unless it says much less than another."""
    sizes = [sum(len(page.text) for page in way) for way in ways]
    best = max(sizes, default=0)
    return next((way for way, size in zip(ways, sizes, strict=True) if size >= _POOR * best), [])


def _text(part: EmailMessage, kind: str, unread: _Unread) -> Page | None:
    data = payload(part)
    if not data.strip():
        return None
    try:
        decoded = decode(data, html=kind == "text/html", declared=charset(part))
        if kind == "text/html":
            page = html.page(decoded.text, judged=False)
        else:
            page = Page(unwrapped(_flowed(part, decoded.text)))
    except UnreadableSource as error:
        unread.guess(f"a part was not read: {error}")
        return None
    unread.guess(decoded.note)
    return page


def payload(part: EmailMessage) -> bytes:
    """Return the bytes of a part, its transfer encoding undone."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def charset(part: EmailMessage) -> str | None:
    """Return the encoding that a part says it is in."""
    try:
        return part.get_content_charset()
    except _FAULTS:
        return None


def _flowed(part: EmailMessage, text: str) -> str:
    """Join the lines that end in a blank, where the message says that these go on (RFC 3676)."""
    try:
        flowed = part["Content-Type"].params.get("format", "").lower() == "flowed"
    except _FAULTS:
        flowed = False
    return re.sub(r"(?m)(?<!^--) \n(?![>\n])", " ", text) if flowed else text
