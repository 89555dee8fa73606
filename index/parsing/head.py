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
_CUT = re.compile(r"\s+[|–—»·:-]+\s+|\s*[|»]\s*")
_ALIKE = 0.5  # of the shorter title's words are in the longer: they are of one story
_LONGEST_NAME = 5  # words of a publisher's name at the end of a title


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
    if claimed and named and _letters(claimed) == _letters(named):
        claimed = None  # some sites give each page their own name
    tab = fact(tree.findtext(".//title"))
    headings = [heading for h in tree.iter("h1") if (heading := _heading(h))]
    told = [h for h in headings if _alike(h, claimed or "") or not _is_name(h, tab, named)]
    title = _title(told, claimed, tab)
    if title not in headings or title != tab:  # else the tab says the headline and no more
        named = named or _named_in(tab, title, url)
    return {
        "title": _without_name(title, named, url),
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


def _title(headings: list[str], claimed: str | None, tab: str | None) -> str | None:
    """The headline that the reader sees, if it is one: the largest letters may be the site's name.

    It is where what is claimed or the tab's title is like it. Else the two of them decide, and
    where these contradict each other the page.
    """
    parts = _CUT.split(tab) if tab else []
    of_tab = max(parts, key=len, default=None)
    for told in (claimed, of_tab):
        if told and (alike := [heading for heading in headings if _alike(heading, told)]):
            return alike[0]
    if claimed and of_tab and _alike(claimed, of_tab):
        return claimed
    if headings and (claimed or not _reads_as_title(of_tab or "")):
        return headings[0]
    return tab if tab and (not claimed or _reads_as_title(of_tab or tab)) else claimed


def _reads_as_title(words: str) -> bool:
    """Whether a tab's title tells of a story: that of a site is short."""
    return len(words.split()) > _LONGEST_NAME - 1


def _is_name(heading: str, tab: str | None, publisher: str | None) -> bool:
    """Whether a heading is the site's name: the publisher's, or what the tab has beside a title."""
    parts = [part for part in _CUT.split(tab or "") if part]
    beside = [part for part in parts if part != max(parts, key=len)]
    letters = _letters(heading)
    name = _letters(publisher or "")
    return (
        letters in map(_letters, beside)
        or (bool(name) and letters in name)
        or (bool(name) and letters.startswith(name) and len(heading.split()) <= _LONGEST_NAME)
    )


def _alike(one: str, other: str) -> bool:
    words = [set(re.findall(r"\w+", text.lower())) for text in (one, other)]
    least = min(map(len, words))
    return least > 0 and len(words[0] & words[1]) >= _ALIKE * least


def _letters(words: str) -> str:
    return "".join(re.findall(r"\w", words.lower()))


def _site(url: str | None) -> str:
    """The telling part of an address's host: nytimes of www.nytimes.com."""
    return _letters(max((host(url) or "").split(".")[:-1], key=len, default=""))


def _is_site(name: str, url: str | None) -> bool:
    """Whether a name can be the site's: its letters are in the name in this order, or it begins so.

    The New York Times has nytimes, Sputnik International begins as sputniknews.
    """
    letters, site = _letters(name), _site(url)
    if not letters or not site:
        return False
    at = iter(letters)
    return all(letter in at for letter in site) or site.startswith(_letters(name.split()[0])[:12])


def _named_in(tab: str | None, title: str | None, url: str | None) -> str | None:
    """The publisher, where the tab says "Title - Publisher"."""
    parts = _CUT.split(tab) if tab else []
    if len(parts) < 2 or not title or not _alike(title, parts[0] if len(parts) == 2 else tab or ""):
        return None
    name = parts[-1].strip()
    return name if len(name.split()) <= _LONGEST_NAME and _is_site(name, url) else None


def _without_name(title: str | None, publisher: str | None, url: str | None) -> str | None:
    """The title without the publisher's name that follows it in the tab."""
    if title is None:
        return None
    cuts = list(_CUT.finditer(title))
    if not cuts or not cuts[-1].start():
        return title
    end = title[cuts[-1].end() :]
    letters = _letters(end)
    same = publisher and letters and letters in _letters(publisher)
    same = same or (publisher and _letters(publisher) and _letters(publisher) in letters)
    near = _site(url) and letters.startswith(_site(url))
    short = len(end.split()) <= _LONGEST_NAME
    return title[: cuts[-1].start()].strip() if short and (same or near) else title


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
