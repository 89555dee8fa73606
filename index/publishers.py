"""A name -> whether it is a newspaper's, a person's, or that of a section."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "of the for and with in at on to & de del der van von la le du di da al und et y bin".split()
)
_WORD = (
    r"(?:the|post|times|news|courier|ledger|gazette|herald|daily|wire|journal|review|tribune"
    r"|today|press|agency|magazine|observer|guardian|telegraph|chronicle|mail|weekly|bulletin"
    r"|reuters|dispatch|sentinel|examiner|standard|online|radio|tv|monitor|mercury|echo|globe|argus"
    r"|inquirer|enquirer|express|mirror|independent|advertiser|digest|broadcasting|monthly|quarterly"
    r"|beacon|bugle|listok|zeitung)"
)
_NEWS = re.compile(rf"(?i)\b{_WORD}\b|\.[a-z]{{2,3}}$")
_LAST = re.compile(rf"(?i){_WORD}")
_PERSON = re.compile(
    r"[^\W\d_a-z][\w'’-]+(?:\s[A-Z]\.)?(?:\s(?:van|von|de|da|del|der|den|la|le|al|bin|el))*"
    r"(?:\s[^\W\d_a-z][\w'’-]+){1,2}"
)
_SECTIONS = frozenset(
    """analysis arts books breaking business city comment culture economy editorial election
    elections environment exclusive explainer fashion features film finance food front health home
    international interview latest letters lifestyle live local markets media money music national
    news obituaries obituary opinion page politics property region release report review reviews
    science special sport sports story tech technology television travel updates us uk video weather
    world blog press update investigation profile
    big long read verdict briefing essay debate question""".split()
)
_BEATS = frozenset(
    "court courts council hall parliament assembly senate stadium arena park".split()
)
_MOST, _LONGEST = 5, 40  # words and characters of a publisher's name
_SECTION = 3  # words of a section's, small ones aside


def has_news(name: str) -> bool:
    """Whether a word in a name is one that newspapers and agencies have in theirs."""
    return bool(_NEWS.search(name))


def is_person(name: str) -> bool:
    """Whether a name reads as a person's, and nothing in it as a newspaper's."""
    return bool(_PERSON.fullmatch(name)) and not has_news(name) and not name.startswith("The ")


def is_name(line: str) -> bool:
    """Whether a line can be a publisher's name: a few words, capitals first, and no section's."""
    words = line.split()
    if not 0 < len(words) <= _MOST or len(line) > _LONGEST or not words[0][0].isupper():
        return False
    if not all(re.fullmatch(r"[^\W\d_][\w'’.&-]*|&", word) for word in words):
        return False
    great = [word for word in words if word.lower() not in PARTICLES]
    sections = [word.lower() in _SECTIONS for word in great]
    return bool(great) and all(word[0].isupper() for word in great) and not all(sections)


def is_section(line: str) -> bool:
    """Whether a line is a section's name: one word, or a few with a section's among them."""
    words = [word for word in line.strip("*_# ").split() if word.lower() not in PARTICLES]
    if not 0 < len(words) <= _SECTION or not all(word.isalpha() for word in words):
        return False
    if not all(word[0].isupper() for word in words):
        return False
    return len(words) == 1 or any(word.lower() in _SECTIONS for word in words)


def is_carrier(line: str) -> bool:
    """Whether a line beside a day names who published: a newspaper, or "The Bellringer"."""
    return is_paper(line) or (line.startswith("The ") and is_name(line))


def is_beat(name: str) -> bool:
    """Whether a name is that of where a reporter sits, which publishes nothing: "Crown Court"."""
    return bool(name) and name.split()[-1].lower() in _BEATS


def is_paper(line: str) -> bool:
    """Whether a line is a newspaper's name and nothing else: "The Harbour Post"."""
    words = line.split()
    return len(words) > 1 and is_name(line) and bool(_LAST.fullmatch(words[-1]))
