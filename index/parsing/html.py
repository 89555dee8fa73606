"""A web page -> its visible text, block by block, and which blocks are furniture.

All visible text is kept, so nothing is lost unseen; trafilatura's verdict (Barbaresi 2021),
aligned to the blocks, and the page's own landmarks say what is no part of the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import trafilatura

from index.dates import published
from index.errors import UnreadableSource
from index.records import Page

_UNSEEN = {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "select",
           "textarea", "canvas", "audio", "video", "math"}  # fmt: skip
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i",
           "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
           "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}  # fmt: skip
_LANDMARKS = {"nav", "footer", "aside", "form", "button", "dialog", "menu"}
_NAMES = re.compile(
    r"(?<![a-z])(?<!has[-_])(?<!with[-_])(?<!no[-_])(?i:cookies?|consent|share|sharing|social|related"
    r"|newsletter|subscribe|promo|sidebar|breadcrumbs?|adverts?|advertisement)(?![a-z])"
)
_UNSEEN_STYLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_LONGEST_FACT = 500  # characters of what a head says of title or publisher
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


def page(text: str) -> Page:
    """Return the page's visible text with its furniture marked and what its head says of it."""
    tree, usual = _tree(text)
    body = tree.find("body")
    blocks = list(_blocks(tree if body is None else body))
    whole, spans = _join([words for words, _ in blocks])
    kept = _verdict(text) if usual else ""
    furniture = []
    for (start, end), (words, landmark) in zip(spans, blocks, strict=True):
        if landmark:
            furniture.append((start, end, landmark))
        elif kept and not _overlaps(words, kept):
            furniture.append((start, end, "around the article"))
    if sum(e - s for s, e, _ in furniture) >= len(whole.strip()):
        furniture = []  # a page of nothing but furniture: then that is what was saved
    title, publisher, date = _about(tree)
    return Page(whole, title, publisher, date, tuple(furniture))


def _tree(text: str) -> tuple[Any, bool]:
    """Return the page's tree, and whether it is within the limits that trafilatura keeps to.

    libxml2 stops at 256 levels or a text of 10 MB, drops the rest and says so only in its log.
    """
    for huge in (False, True):
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=huge, no_network=True)
        try:
            tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
        except (lxml.etree.ParserError, ValueError) as error:
            raise UnreadableSource(f"not readable as HTML: {error}") from error
        except lxml.etree.XMLSyntaxError as error:  # of a parser that recovers from all but this
            raise MemoryError from error
        failed = [e.message for e in parser.error_log if e.level_name == "FATAL"]
        if not failed:
            return tree, not huge
    raise UnreadableSource(f"not readable as HTML: {failed[0].split(',')[0].strip().lower()}")


def _blocks(body: Any) -> Iterator[tuple[str, str | None]]:
    """Yield (visible words, the landmark they stand in or None) for each block, in order."""
    parts: list[str] = []
    # A node is taken twice: when it opens, and to close a block again with the landmark around it.
    stack: list[tuple[Any, str | None, bool]] = [(body, None, False)]
    current: str | None = None

    def flush() -> Iterator[tuple[str, str | None]]:
        words = _SPACE.sub(" ", "".join(parts)).strip(" ")
        parts.clear()
        if words:
            yield words, current

    while stack:
        node, landmark, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if leaving:
            if tag not in _INLINE:
                yield from flush()
                current = landmark
            parts.append(node.tail or "")
            continue
        if tag is None or tag in _UNSEEN or _hidden(node):
            parts.append(node.tail or "")
            continue
        if tag == "br":
            yield from flush()
            parts.append(node.tail or "")
            continue
        inner = landmark
        if tag not in _INLINE:  # a link called "share" stands in the middle of a sentence
            yield from flush()
            current = inner = landmark or _landmark(node, tag)
        parts.append(node.text or "")
        stack.append((node, landmark, True))
        stack += [(child, inner, False) for child in reversed(node)]
    yield from flush()


def _hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(_UNSEEN_STYLE.search(node.get("style") or ""))


def _landmark(node: Any, tag: str) -> str | None:
    if tag in _LANDMARKS:
        return tag
    if tag == "header" and node.getparent().tag == "body" and node.find(".//h1") is None:
        return tag
    found = _NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    # Themes name a wrapper of the whole page by what it also holds: "layout-sidebar".
    if found and tag not in ("body", "main", "article") and node.find(".//h1") is None:
        return found[0].lower()
    return None


def _join(blocks: list[str]) -> tuple[str, list[tuple[int, int]]]:
    spans, at = [], 0
    for words in blocks:
        spans.append((at, at + len(words)))
        at += len(words) + 1
    return "\n".join(blocks) + "\n" * bool(blocks), spans


def _verdict(text: str) -> str:
    """The words that trafilatura takes for the article, spaced by one blank, or nothing."""
    if len(text) > 300_000:  # its time grows with the square of a link farm's size
        return ""
    found = trafilatura.extract(text, include_comments=False, favor_recall=True)
    return _plain(found or "")


def _overlaps(words: str, kept: str) -> bool:
    plain = _plain(words)
    return (
        not plain
        or plain in kept
        or any(piece in kept for piece in (plain[:60], plain[-60:]) if len(piece) == 60)
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _about(tree: Any) -> tuple[str | None, str | None, str | None]:
    """Return (title, publisher, published) from JSON-LD, meta tags, <title> and <time>."""
    title = publisher = date = None
    for item in _json_ld(tree):
        title = title or _word(item.get("headline"))
        date = date or published(_word(item.get("datePublished")) or "")
        owner = item.get("publisher")
        owner = owner[0] if isinstance(owner, list) and owner else owner
        publisher = publisher or _word(owner.get("name") if isinstance(owner, dict) else owner)
    metas = {
        str(m.get("property") or m.get("name") or "").lower(): m.get("content") or ""
        for m in reversed(list(tree.iter("meta")))
    }
    title = title or _word(metas.get("og:title"))
    publisher = publisher or _word(metas.get("og:site_name"))
    for name in ("article:published_time", "date", "dc.date", "pubdate", "publishdate"):
        date = date or published(metas.get(name, ""))
    heading = tree.find(".//h1")
    title = title or _word(heading.text_content() if heading is not None else None)
    title = title or _word(tree.findtext(".//title"))
    for moment in tree.iter("time"):
        date = date or published(moment.get("datetime") or "")
    return title, publisher, date


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            stack = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack += item
            elif isinstance(item, dict):
                stack += [v for k, v in item.items() if k == "@graph"]
                if "Article" in str(item.get("@type")) or "headline" in item:
                    yield item


def _word(value: object) -> str | None:
    """A fact on one line; JSON can spell half a surrogate pair or a NUL, which no store holds."""
    text = value[:_LONGEST_FACT] if isinstance(value, str) else ""
    return " ".join(re.sub("[\x00-\x1f\ud800-\udfff]", " ", text).split()) or None
