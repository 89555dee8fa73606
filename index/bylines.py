"""A line such as "By Mara Ellison, The Harbour Post, 22 April 2025" -> who says so, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import dates
from index.publishers import PARTICLES, has_news, is_beat, is_name, is_person

LONGEST = 120  # characters
_MARKUP = re.compile(r"^[#>\s]*|[*_`]+")
_KICKER = (
    r"(?:written|exclusive|interview(?:ed)?|analysis|opinion|comment|review(?:ed)?|report|story|words"
    r"|text|posted|(?:live\s)?updates|special\sreport)"
)
_BY = re.compile(
    rf"(?:^|(?<=\. ))(?i:(?:{_KICKER}\s)?by|von|par|por|door|автор|authors?(?=:))[\s:]+(?=\S)"
)
_THEN_BY = re.compile(r"\0\s*(?=(?:by|von|par|por|door)\s)")  # "Posted on 18 April 2023 by ..."
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
# Between what a page only sets apart by its looks: "Mara EllisonApril 18, 2023", "... Published:".
_BETWEEN = re.compile(
    rf"(?<=[a-z])(?={_MONTH}\s\d)|(?<=[a-z])(?=\d\d?\s{_MONTH}\s\d)"
    r"|\s(?=(?i:published|posted)\s?:)"
)
_READ = re.compile(r"(?i)\b\d{1,2}[\s-]min(?:ute)?s?\sread\b")
_ROLE = re.compile(
    r"(?i)(?!by\s)(?:[\w'’&-]+\s){0,4}(?:editor|correspondent|reporter|writer|columnist|critic|journalist"
    r"|photographer|analyst|contributor|producer)(?:[\s-](?:at[\s-]large|in[\s-]chief|in\s\w+))?"
)
_AUTHOR = re.compile(r"(?i)authors?:")  # alone it may be of a book; index/furniture.py knows more
_CITED = re.compile(r"[^,]+, *\0")  # "Hill Voice, 25 March 2025", as one cites a paper
_FOR = re.compile(r"(?P<author>.+?)\s+for\s+(?:the\s+)?(?P<publisher>.+)")
_WITH = re.compile(r"(?i)\s+(?:with|and)\s+")
_PUBLICATION = re.compile(
    r"(?i)(?:publication|publisher|newspaper)\s?:\s|published\s(?:by|in)\s?:?\s(?!\d)"
)
_MOST, _LONGEST_NAME = 5, 6  # names in a line, words in a name
_CUT = re.compile(r"\s*[,|·•—;/]\s*|\s+[–-]\s+|\.\s+(?=[A-Z\0])|\s–\s|\n")
_LABEL = re.compile(
    r"(?i)\b(?:(?:press|news|media)\s+release|(?:first\s+)?(?:published|posted)(?:\s+(?:on|at))?"
    r"|date|source|on|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b[:.]?"
)
_LATER = re.compile(
    r"(?i)\b(?:last\s+)?(?:updated|modified|edited|reviewed|corrected)\b"
    r"[^|;]*?(?=\b(?:first\s+)?(?:published|posted)\b|[|;]|$)"
)
_CLOCK = re.compile(
    r"(?i)(?:\bat\s+)?\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?-i:\(?[A-Z]{2,4}\)?(?![\w.]))?(?:[+-]\d{2}:?\d{2})?|\bT\d{2}:\d{2}\S*"
)
_DATELINE = re.compile(
    r"(?P<head>[^()\n]{0,60}?)\s*(?:\((?P<publisher>[A-Z][A-Za-z.& ]{1,30})\)\s*)?"
    r"(?:--+|[—–]|-(?=\s))"
)
_LED = 200  # characters that a dateline can take, and then some
_BEFORE_DATES = frozenset("on by since until from before after in".split())
_STAFF = re.compile(r"(?i)\s+(?:staff|editors|newsroom|reporters?|correspondents?)\b.*")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, who published it and when, as far as one line says."""

    author: str | None
    publisher: str | None
    published: str | None


def byline(line: str, captured: str | None = None) -> Byline | None:
    """Return what a byline says, None where the line is something else.

    In a byline nothing stands but names and a date, each set apart; a sentence or a headline that
    merely holds a date is none. "3 hours ago" counts from when the page was `captured`.
    """
    words = " ".join(_MARKUP.sub("", line).replace("\t", " | ").split())
    if not words or len(words) > LONGEST:
        return None
    if found := _PUBLICATION.match(words):
        return _in(words[found.end() :], captured)
    told, published = _without_date(_LATER.sub("", _BETWEEN.sub(" | ", words)), captured)
    by = bool(_BY.search(told)) and not ("\0" not in told and _AUTHOR.match(told))
    if not by and "\0" not in told and not _LATER.match(words):
        return None
    told = _LABEL.sub(" ", _READ.sub(" ", _CLOCK.sub(" ", told)))
    parts = [part.strip(" .:()") for part in _CUT.split(_THEN_BY.sub("\0 | ", told))]
    if any("\0" in part and part != "\0" for part in parts):
        return None
    names = [part for part in parts if part not in ("", "\0") and not _ROLE.fullmatch(part)]
    if len(names) > _MOST or not all(_is_name(_BY.sub("", name)) for name in names):
        return None
    author, publisher = _shared(names, cited=_CITED.fullmatch(told.strip()) is not None)
    return Byline(author, publisher, published)


def _in(words: str, captured: str | None) -> Byline | None:
    """What a line says that names where an article was published."""
    told, published = _without_date(words, captured)
    names = [part.strip(" .:()") for part in _CUT.split(_LABEL.sub(" ", told))]
    names = [name for name in names if name not in ("", "\0")]
    if len(names) != 1 or not is_name(names[0]):
        return None
    return Byline(None, names[0], published)


def is_writer(line: str) -> bool:
    """Whether a line is a person's name and what they do or where: "Ann Orr, courts reporter"."""
    name, *rest = _CUT.split(_MARKUP.sub("", line).strip()) if len(line) <= LONGEST else [""]
    return is_person(name) and bool(rest) and all(_ROLE.fullmatch(r) or is_beat(r) for r in rest)


def dateline(line: str) -> Byline | None:
    """Return what a sentence is led by: "KELMAR, 22 April 2025 (Eastern Wire) - The mayor ..."."""
    found = _DATELINE.match(line.lstrip()[:_LED])
    if found is None:
        return None
    head = dates.find(found["head"])
    places = (found["head"][: head.start] if head else found["head"]).strip(" ,")
    if places and not all(_is_name(place) for place in places.split(", ")):
        return None
    if places.lower() in _BEFORE_DATES:
        return None
    if head is None and found["publisher"] is None:
        return None
    return Byline(None, found["publisher"], head.iso if head else None)


def _without_date(words: str, captured: str | None) -> tuple[str, str | None]:
    """The line with a mark in place of its date or age, and what that is."""
    if found := dates.find(words):
        return f"{words[: found.start]}\0{words[found.end :]}", found.iso
    return dates.AGE.sub("\0", words, count=1), dates.ago(words, captured)


def _is_name(words: str) -> bool:
    each = _STAFF.sub("", words).split()
    if not 0 < len(each) <= _LONGEST_NAME or (each[0][0].islower() and "." not in each[0]):
        return False
    # Few languages begin each word of a name with a capital.
    small = [word for word in each if word[0].islower() and word not in PARTICLES]
    return not words.isascii() or not any("." not in word for word in small)


def _shared(names: list[str], *, cited: bool) -> tuple[str | None, str | None]:
    """The author and the publisher among the names of a line.

    One name alone that may be a person's is the publisher's where the line is `cited` so.
    """
    written = next((name for name in names if _BY.match(name)), None)
    sits = [name for name in names if written and is_beat(name)]
    others = [name for name in names if name is not written and name not in sits]
    author = _BY.sub("", written) if written else None
    if written is None and others and (found := _FOR.fullmatch(others[0])):
        return found["author"], found["publisher"]
    if author and (found := _FOR.fullmatch(author)):
        return found["author"], found["publisher"]
    if author and _STAFF.search(author):
        return None, _STAFF.sub("", author)
    publishers = [name for name in others if has_news(name)] if not written else others
    alone = not written and not publishers and len(others) == 1
    if alone and not cited and is_person(others[0]):
        return others[0], None
    publisher = next(iter(publishers or others), None)
    rest = [name for name in others if name is not publisher]
    if not written and rest:
        author = rest[0]
    return author, _WITH.split(publisher)[0] if publisher else None
