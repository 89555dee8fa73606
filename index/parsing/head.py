"""What a web page says of itself: title, publisher, date, address, when it was saved.

A machine reads JSON-LD and meta tags, a reader the headline: where they differ, what the reader
sees holds. Dates come from fields made for them and from the address. htmldate takes them from
any text or script besides: on 181 news pages it dates 17 more, and gives three the day of
something else, up to three years off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

from index import dates
from index.dates import published
from index.facts import address, fact, host
from index.parsing import tabs
from index.parsing.hidden import within_hidden

# Browsers and SingleFile write where and when a page was saved into a comment at its beginning.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)"
)
_SAVED_ON = re.compile(r"saved date:\s*\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})")
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{14})\w*/(https?://\S+)")
_DATES = """
article:published_time article:published og:article:published_time datepublished og:pubdate
parsely-pub-date sailthru.date cxenseparse:recs:publishtime citation_publication_date
dc.date.issued dcterms.issued dc.date dc.date.created dcterms.created date pubdate publishdate
publish-date publish_date publication_date originalpublicationdate date_published
""".split()


def about(tree: Any, text: str) -> dict[str, str | None]:
    """Return title, publisher, published, url and captured, each None where it is not said."""
    described = list(_json_ld(tree))
    items = [item for item in described if _is_article(item)]
    metas = dict(_metas(tree))
    archived = _ARCHIVED.search(text[:4000])
    url = _url(tree, items, metas) or _saved_from(text)
    if url and (found := _ARCHIVED.fullmatch(url)):
        archived, url = found, address(found[2])
    claimed = _first(*(item.get("headline") for item in items), metas.get("og:title"))
    named = _first(*(_owner(item) for item in items), metas.get("og:site_name"))
    named = named.split(" | ")[0] if named else None  # what follows tells of the site
    if claimed and named and tabs.letters(claimed) == tabs.letters(named):
        claimed = None  # some sites give each page their own name
    tab = fact(tree.findtext(".//title"))
    headings = [heading for h in tree.iter("h1") if (heading := _heading(h))]
    told = [h for h in headings if tabs.alike(h, claimed or "") or not tabs.is_name(h, tab, named)]
    title = tabs.headline(told, claimed, tab)
    if title not in headings or title != tab:  # else the tab says the headline and no more
        named = named or tabs.named_in(tab, title, url)
    if not named and not url and title in headings:
        named = tabs.beside(tab, title)
    return {
        "title": tabs.without_name(title, named, url),
        "publisher": host(named) if address(named) else named,
        "published": _published(tree, [*items, *described], metas, url),
        "url": url,
        "captured": _captured(text, archived),
    }


def _first(*values: object) -> str | None:
    """The first value that is a fact, its entities resolved: many are written by machines twice."""
    found = (fact(unescape(value)) for value in values if isinstance(value, str))
    return next((value for value in found if value), None)


def _heading(h1: Any) -> str | None:
    return None if within_hidden(h1) else fact(h1.text_content())


def _owner(item: dict[str, Any]) -> object:
    owner = item.get("publisher")
    owner = owner[0] if isinstance(owner, list) and owner else owner
    return owner.get("name") if isinstance(owner, dict) else owner


def _published(
    tree: Any, items: list[dict[str, Any]], metas: dict[str, str], url: str | None
) -> str | None:
    told = [fact(item.get("datePublished")) for item in items if _is_ours(item)]
    told += [metas.get(name) for name in _DATES]
    told += [_told(each) for each in tree.xpath("//*[contains(@itemprop, 'datePublished')]")]
    found = (published(value[:100]) for value in told if value)
    if date := next((value for value in found if value), None):
        return date
    there = dates.in_address(url)
    times = [moment for moment in tree.iter("time") if not _is_later(moment)]
    seen = (published((moment.get("datetime") or "")[:100]) for moment in times)
    if there and len(there) == 10:
        return there
    first = next((value for value in seen if value), None)
    return first if not there or (first or "").startswith(there) else there


def _is_ours(item: dict[str, Any]) -> bool:
    """Whether what is described can be the page itself, and no picture or comment on it."""
    kind = str(item.get("@type"))
    return _is_article(item) or "WebPage" in kind or "ClaimReview" in kind


def _is_later(node: Any) -> bool:
    """Whether a time is that of a change."""
    kind = f"{node.get('class') or ''} {node.get('itemprop') or ''}".lower()
    return ("modif" in kind or "updat" in kind) and "publish" not in kind


def _told(node: Any) -> str:
    told = (node.get(name) for name in ("content", "datetime", "title"))
    return next((value for value in told if value), None) or str(node.text_content())


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield (name, content) of all meta tags, the last first, so that the first holds."""
    for meta in reversed(list(tree.iter("meta"))):
        for attribute in ("itemprop", "name", "property"):
            for name in (meta.get(attribute) or "").lower().split():
                yield name, meta.get("content") or ""


def _url(tree: Any, items: list[dict[str, Any]], metas: dict[str, str]) -> str | None:
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    canonical = next((str(link.get("href")) for link in links if link.get("href")), None)
    if told := address(canonical, metas.get("og:url")):
        return told
    for item in items:
        main = item.get("mainEntityOfPage")
        if told := address(main.get("@id") if isinstance(main, dict) else main, item.get("url")):
            return told
    return None


def _saved_from(text: str) -> str | None:
    found = _SAVED_FROM.search(text[:4000])
    return address(found[1] or found[2]) if found else None


def _captured(text: str, archived: re.Match[str] | None) -> str | None:
    """When the page was saved, as whoever saved it wrote down."""
    told = _SAVED_ON.search(text[:4000])
    try:
        if told:
            return datetime.strptime(told[1], "%b %d %Y %H:%M:%S GMT%z").isoformat()
        if archived:
            return datetime.strptime(f"{archived[1]}+0000", "%Y%m%d%H%M%S%z").isoformat()
    except ValueError:
        pass
    return None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            stack = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack += item
            elif isinstance(item, dict):
                stack += [v for k, v in item.items() if k == "@graph"]
                yield item


def _is_article(item: dict[str, Any]) -> bool:
    return "Article" in str(item.get("@type")) or "headline" in item
