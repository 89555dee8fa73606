"""A page's title in its tab, and its headings -> the headline and the site's name."""

from __future__ import annotations

import re

from index import publishers
from index.facts import host

_CUT = re.compile(r"\s+[|–—»·:-]+\s+|\s*[|»]\s*")
_ALIKE = 0.5  # of the shorter title's words are in the longer: they are of one story
_LONGEST_NAME = 5  # words of a publisher's name at the end of a title
_BEFORE = re.compile(r"(.{1,40}\S)(?:\s[|–—»·-]\s|\s?[|»]\s?)")
_AFTER = re.compile(r"(?:\s[|–—»·-]\s|\s?[|»]\s?)(\S.{1,40})")


def headline(headings: list[str], claimed: str | None, tab: str | None) -> str | None:
    """Return the headline that the reader sees, if it is one: large letters may name the site.

    It is where what is claimed or the tab's title is like it. Else the two of them decide, and
    where these contradict each other the page.
    """
    parts = _CUT.split(tab) if tab else []
    of_tab = max(parts, key=len, default=None)
    for told in (claimed, of_tab):
        if told and (same := [heading for heading in headings if alike(heading, told)]):
            return same[0]
    if claimed and of_tab and alike(claimed, of_tab):
        return claimed
    if headings and (claimed or not _reads_as_title(of_tab or "")):
        return headings[0]
    return tab if tab and (not claimed or _reads_as_title(of_tab or tab)) else claimed


def _reads_as_title(words: str) -> bool:
    """Whether a tab's title tells of a story: that of a site is short."""
    return len(words.split()) > _LONGEST_NAME - 1


def is_name(heading: str, tab: str | None, publisher: str | None) -> bool:
    """Whether a heading is the site's name: the publisher's, or what the tab has beside a title."""
    parts = [part for part in _CUT.split(tab or "") if part]
    others = [part for part in parts if part != max(parts, key=len)]
    said = letters(heading)
    name = letters(publisher or "")
    return (
        said in map(letters, others)
        or (bool(name) and said in name)
        or (bool(name) and said.startswith(name) and len(heading.split()) <= _LONGEST_NAME)
    )


def alike(one: str, other: str) -> bool:
    """Whether two titles are of one story."""
    words = [set(re.findall(r"\w+", text.lower())) for text in (one, other)]
    least = min(map(len, words))
    return least > 0 and len(words[0] & words[1]) >= _ALIKE * least


def letters(words: str) -> str:
    """Return the letters and figures of a name, by which two spellings of it are one."""
    return "".join(re.findall(r"\w", words.lower()))


def _site(url: str | None) -> str:
    """The telling part of an address's host: nytimes of www.nytimes.com."""
    return letters(max((host(url) or "").split(".")[:-1], key=len, default=""))


def _is_site(name: str, url: str | None) -> bool:
    """Whether a name can be the site's: its letters are in the name in this order, or it begins so.

    The New York Times has nytimes, Sputnik International begins as sputniknews.
    """
    said, site = letters(name), _site(url)
    if not said or not site:
        return False
    at = iter(said)
    return all(letter in at for letter in site) or site.startswith(letters(name.split()[0])[:12])


def named_in(tab: str | None, title: str | None, url: str | None) -> str | None:
    """Return the publisher, where the tab says "Title - Publisher" and the address can be its."""
    parts = _CUT.split(tab) if tab else []
    if len(parts) < 2 or not title or not alike(title, parts[0] if len(parts) == 2 else tab or ""):
        return None
    name = parts[-1].strip()
    return name if len(name.split()) <= _LONGEST_NAME and _is_site(name, url) else None


def beside(tab: str | None, title: str | None) -> str | None:
    """Return the name that a tab has before or after the headline, word for word, and no more.

    For pages without an address by which it could be tried: sections and persons stand there too,
    so what can be one of these is no name.
    """
    if not tab or not title or title not in tab:
        return None
    before, _, after = tab.partition(title)
    if before and after:
        return None
    found = _BEFORE.fullmatch(before) if before else _AFTER.fullmatch(after)
    if found is None or not publishers.is_name(found[1]) or publishers.is_person(found[1]):
        return None
    return found[1]


def without_name(title: str | None, publisher: str | None, url: str | None) -> str | None:
    """Return the title without the publisher's name that follows it in the tab."""
    if title is None:
        return None
    cuts = list(_CUT.finditer(title))
    if not cuts or not cuts[-1].start():
        return title
    end = title[cuts[-1].end() :]
    said, name = letters(end), letters(publisher or "")
    same = bool(name and said) and (said in name or name in said)
    near = bool(_site(url)) and said.startswith(_site(url))
    short = len(end.split()) <= _LONGEST_NAME
    return title[: cuts[-1].start()].strip() if short and (same or near) else title
