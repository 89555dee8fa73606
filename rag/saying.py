"""A sentence -> who speaks in it, as words: "Kiev said", "according to the owner", "she says"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.nations import land
from rag.words import stem, telling

MOST = 6  # names of a speaker that are looked up
LONG = 14  # words before "said" that are more than a name and what it is called
Speaker = frozenset[str]  # their words, endings aside, a country by its name
_SPEAKS = re.compile(
    r"""(?ix) \b(?: (?P<source>according\ to)
    | said | says? | told | tells? | admit(?:s|ted) | (?:den|repl)(?:ies|ied) | speaks?\ of
    | spoken?\ of | believe[sd]? | wr(?:ites|ote) | thinks | shown | vow(?:s|ed)
    | call(?:s|ed)\ (?:it|for|on|that)
    | (?P<noun>claims|estimates|notes|promises|reports|states|demands)
    | (?:acknowledg|argu|alleg|announc|assert|accus|add|blam|claim|complain|conced|conclud|condemn
        |confirm|criticis|criticiz|declar|demand|describ|dismiss|emphasis|emphasiz|estimat|explain
        |insist|maintain|not|pledg|point|predict|promis|recall|reject|report|reveal|stat|stress
        |suggest|threaten|urg|warn|welcom)(?:ed|es|s) )\b"""
)
# "The states that bought", "in recent reports": nobody says so.
_THINGS = re.compile(
    r"(?i)(?:\b(?:the|these|those|such|some|many|all|other|several|recent|no|of|in|on|by|from|to|for"
    r"|their|its|his|her|our|united|member|media|press|news)\s+|^\W*)$"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_ASIDE = re.compile(r"[,;:“”\"—–]")
_SUBJECT_ENDS = re.compile(
    r"[,.;:!?“”\"—–(]|\b(?:that|on|in|at|as|when|while|after|before|had|has|have|was|were|is|are"
    r"|will|would|could|to|by|with|and)\b"
)
# "Said the flight director, Ana Ruiz": the name stands behind what he is.
_APPOSED = re.compile(
    r"[^,.;:!?“”\"—–(A-ZÀ-ÞА-Я]{1,60},\s+(?:[A-ZÀ-ÞА-Я][\w.’'-]*\s?){1,4}(?=[,.;“”\"]|$)"
)
_RELATIVE = re.compile(r"\W*(?:who|which|whose)\b")
_ADVERB = re.compile(r"[a-z]{3,}ly|later|earlier|already|again|still|soon|meanwhile|instead")
_NAME = re.compile(r"\b[A-ZÀ-ÞА-Я][^\W_]*")
_WORD = re.compile(r"[^\W_]+")
# What stands before a name and says whose it is: "Turkish coast guard commander Kemal".
_OFFICE = (
    r"(?:(?:[A-ZÀ-ÞА-Я][\w’'-]*|admiral|adviser|ambassador|army|chairman|chief|coast|commander|defen[cs]e"
    r"|deputy|director|envoy|foreign|former|general|governor|guard|head|lawmaker|leader|mayor"
    r"|military|minister|ministry|navy|of|officer|official|police|president|press|prime|secretary"
    r"|senator|spokes\w+|state|the|vice)\s+){1,9}"
)
# What a speaker named in the same sentence is called: "Ashgrove will build it, the company said."
CALLED = frozenset(
    stem(word)
    for word in (
        "agency bank command company firm government group maker ministry office organisation"
        " organization party spokesman spokeswoman"
    ).split()
)
_SHORT = {
    "United States": "America",
    "White House": "America",
    "State Department": "America",
    "United Kingdom": "Britain",
    "Downing Street": "Britain",
    "European Union": "Europe",
    "European Commission": "Europe",
    "United Nations": "UN",
}
_LONG = re.compile("|".join(_SHORT))


def speakers(sentence: str) -> list[str]:
    """Who speaks in a sentence, each as the words that say so; a pronoun's say nothing."""
    found = []
    for match in _SPEAKS.finditer(sentence):
        before, behind = sentence[: match.start()], sentence[match.end() :]
        if match["source"]:
            found.append(" ".join(behind.split(",")[0].split()[:10]))
        elif not _PASSIVE.search(before) and not (match["noun"] and _THINGS.search(before)):
            found.append(_subject(before.strip(), behind))
    return found


def _subject(before: str, behind: str) -> str:
    """Who says it: what stands before "said", or behind it where that ends the quoted words."""
    parts = [part for part in _ASIDE.split(before) if part.strip()]
    ended = not before or before[-1] in ',"”'
    apart = (ended and len(parts) > 1) or (parts and _RELATIVE.match(parts[-1]))
    own = " ".join(parts[-2:] if apart else parts[-1:])
    if ended:
        apposed = _APPOSED.match(behind)
        after = apposed[0] if apposed else _SUBJECT_ENDS.split(behind)[0]
        own = f"{own if len(own.split()) < LONG else ''} {after}"
    return " ".join(word for word in own.split() if not _ADVERB.fullmatch(word))


def known(who: str, sentences: Sequence[str], number: int) -> Speaker:
    """What stands before a speaker's name elsewhere: of "Aydin" that he is Turkish.

    Of "the ministry" whose was named last, up to the sentence of that number.
    """
    own = named(who)
    keys = own or [word for word in _WORD.findall(who) if stem(word.lower()) in CALLED]
    held = "\n".join(sentences if own else sentences[: number + 1])
    found: set[str] = set()
    for key in list(dict.fromkeys(keys))[-MOST:]:
        offices = [m[1] for m in re.finditer(rf"({_OFFICE})(?i:{key})\b", held)]
        offices = [office for office in offices if named(office)]
        found.update(*map(words, offices if own else offices[-1:]))
    return frozenset(found)


def named(who: str) -> list[str]:
    """The words with a capital, that of "The" aside."""
    return [name for name in _NAME.findall(who) if telling(name.lower())]


def words(text: str) -> Speaker:
    """Return the telling words of a text as a speaker's: "Moscow" is Russia, "Greek" Greece."""
    short = _LONG.sub(lambda name: _SHORT[name[0]], text)
    return frozenset(_same(word) for word in _WORD.findall(short) if telling(word.lower()))


def _same(word: str) -> str:
    return stem(word if word == "us" else land(word.lower()))
