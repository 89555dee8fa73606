"""What a web page says of itself: title, publisher, date, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from index.dates import published
from index.facts import address, fact

# Browsers and SingleFile write where a page was saved from into a comment at its beginning.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)"
)


def about(tree: Any, text: str) -> dict[str, str | None]:
    """Return title, publisher, published and url from JSON-LD, meta tags, <title> and <time>."""
    title = publisher = date = url = None
    for item in _json_ld(tree):
        title = title or fact(item.get("headline"))
        date = date or published(fact(item.get("datePublished")) or "")
        owner = item.get("publisher")
        owner = owner[0] if isinstance(owner, list) and owner else owner
        publisher = publisher or fact(owner.get("name") if isinstance(owner, dict) else owner)
        main = item.get("mainEntityOfPage")
        url = url or address(main.get("@id") if isinstance(main, dict) else main, item.get("url"))
    metas = {
        str(m.get("property") or m.get("name") or "").lower(): m.get("content") or ""
        for m in reversed(list(tree.iter("meta")))
    }
    title = title or fact(metas.get("og:title"))
    publisher = publisher or fact(metas.get("og:site_name"))
    for name in ("article:published_time", "date", "dc.date", "pubdate", "publishdate"):
        date = date or published(metas.get(name, ""))
    heading = tree.find(".//h1")
    title = title or fact(heading.text_content() if heading is not None else None)
    title = title or fact(tree.findtext(".//title"))
    for moment in tree.iter("time"):
        date = date or published(moment.get("datetime") or "")
    url = address(_canonical(tree), metas.get("og:url")) or url or _saved_from(text)
    return {"title": title, "publisher": publisher, "published": date, "url": url}


def _canonical(tree: Any) -> str | None:
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next((str(link.get("href")) for link in links if link.get("href")), None)


def _saved_from(text: str) -> str | None:
    found = _SAVED_FROM.search(text[:4000])
    return address(found[1] or found[2]) if found else None


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
