"""An EPUB -> its chapters in the order of reading, each an article."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import unquote

from index.dates import published
from index.decoding import decode
from index.errors import UnreadableSource
from index.facts import address, fact
from index.parsing import html
from index.parsing.lines import Lines
from index.parsing.packed import Packed
from index.records import Page

EXTRACTOR = "footnoted epub 1"
_KIND = "EPUB"
_ENCRYPTED = "META-INF/encryption.xml"
# XML may close an element where it opens; in HTML that leaves it open to the end of the page.
_CLOSED = re.compile(
    r"<((?!(?:br|hr|img|meta|link|input|col|wbr|area|base)\b)[a-zA-Z][\w:-]*)([^<>]*)/>"
)
_HEADING = re.compile(r"(?is)<h([1-3])\b[^>]*>(.{1,2000}?)</h\1\s*>")


def page(data: bytes) -> Page:
    """Return the book's text; a chapter begins where the contents or a heading say so."""
    book = Packed(data, _KIND)
    place = _place(book)
    package = book.tree(place)
    told = {name: fact(_text(package, name)) for name in ("title", "publisher")}
    date = published(fact(_text(package, "date")) or "")
    url = address(_text(package, "source"), _text(package, "identifier"))
    manifest = dict(_manifest(package, place))
    spine = [manifest[i] for i in _spine(package) if i in manifest]
    _check_open(book, {name for name, _ in spine})
    titles = dict(_contents(book, manifest))
    text = Lines()
    chapters: list[tuple[int, str | None]] = []
    missing = 0
    for name, is_contents in spine:
        if name not in book.names:
            missing += 1
            continue
        markup = _CLOSED.sub(r"<\1\2></\1>", decode(book.read(name), html=True).text)
        title = titles.get(name) or _heading(markup)
        if title or not chapters:  # else it goes on with the chapter before it
            chapters.append((text.end, title))
        _add(text, markup, is_contents)
    if not text.end:
        raise UnreadableSource("there is no text in it")
    ends = [start for start, _ in chapters[1:]] + [text.end]
    for (start, title), end in zip(chapters, ends, strict=True):
        whole = ": ".join(filter(None, dict.fromkeys((told["title"], title))))
        about = {"title": whole or None, "publisher": told["publisher"]}
        text.add_part(start, end, **about, published=date, url=url)
    note = f"{missing} of {len(spine)} chapters are missing in the file" if missing else None
    return text.page(**told, published=date, url=url, extractor=EXTRACTOR, note=note)


def _add(text: Lines, markup: str, is_contents: bool) -> None:
    try:
        chapter = html.page(markup, judged=False)
    except UnreadableSource:  # a chapter of one picture has no text, and no page of its own
        return
    if not is_contents:
        text.add_page(chapter)
        return
    for line in chapter.text.splitlines():
        text.add(line, "table of contents")


def _place(book: Packed) -> str:
    container = book.tree("META-INF/container.xml")
    for root in _named(container, "rootfile"):
        if path := root.get("full-path"):
            return str(path)
    raise UnreadableSource(f"not readable as {_KIND}: it names no contents")


def _named(tree: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name in any namespace; books of all ages have theirs."""
    return (e for e in tree.iter(f"{{*}}{name}") if isinstance(e.tag, str))


def _text(package: Any, name: str) -> str | None:
    found = next(_named(package, name), None)
    return None if found is None else "".join(found.itertext())


def _manifest(package: Any, place: str) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield (id, (name in the zip file, whether it is the table of contents))."""
    for item in _named(package, "item"):
        name = _resolved(place, item.get("href") or "")
        yield item.get("id") or "", (name, "nav" in (item.get("properties") or "").split())


def _resolved(place: str, reference: str) -> str:
    path = unquote(reference.split("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), path))


def _spine(package: Any) -> Iterator[str]:
    return (item.get("idref") or "" for item in _named(package, "itemref"))


def _check_open(book: Packed, names: set[str]) -> None:
    """Raise UnreadableSource where a shop's lock is on the text; one on fonts does no harm."""
    if _ENCRYPTED in book.names:
        for locked in _named(book.tree(_ENCRYPTED), "CipherReference"):
            if unquote(locked.get("URI") or "") in names:
                raise UnreadableSource("it is encrypted by its shop (DRM)")


def _contents(book: Packed, manifest: dict[str, tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    """Yield (name, title) of each entry in the table of contents, the first of a name last."""
    found = []
    for name, is_contents in manifest.values():
        with suppress(UnreadableSource):  # damaged or missing; the headings are left
            if is_contents:
                found += [
                    (_resolved(name, link.get("href") or ""), "".join(link.itertext()))
                    for nav in _named(book.tree(name), "nav")
                    for link in _named(nav, "a")
                ]
            elif name.endswith(".ncx"):
                found += [
                    (_resolved(name, target.get("src") or ""), _text(point, "text") or "")
                    for point in _named(book.tree(name), "navPoint")
                    for target in list(_named(point, "content"))[:1]
                ]
    return ((name, title) for name, words in reversed(found) if (title := fact(words)))


def _heading(markup: str) -> str | None:
    found = _HEADING.search(markup)
    return fact(unescape(re.sub(r"<[^>]*>", " ", found[2]))) if found else None
