"""A question for what somebody says, and a sentence -> how far somebody else says it there.

"What did Moscow say of the raid?" is not answered by what Kiev said of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.records import Span
from rag.nations import land
from rag.records import Evidence
from rag.words import stem, telling

OTHER, NOBODY, NEAR = 1.0, 0.5, 0.25
LONG = 14  # words before "said" that are more than a name and what it is called
# "According to the article" asks for nobody's words.
_ASKED = re.compile(
    r"""(?ix) \baccording\ to\ (?!(?:the|this|that|an?)\ (?:piece|article|story|text|page)\b)
        (?P<source>[^,?;]+)
    | \bin\ the\ (?:words|view|opinion|eyes)\ of\ (?P<view>[^,?;]+)
    | \b(?:do|does|did|has|have|had)\ (?P<who>(?:[\w.’'-]+\ ){1,6}?) (?<!been\ )
        (?:say|said|(?:claim|report|announce|state|argue|warn|insist|declare|estimate|believe
        |suggest|reckon|explain|allege|maintain|confirm|promise|accuse|blame|describe|call|comment
        |condemn|demand|dismiss)(?:e?d)?|admit(?:ted)?\ (?:that|he|she|it|they)|den(?:y|ied)
        |repl(?:y|ied)|tell|told|think|thought|wr[io]te)\b
    | \b(?:by|in)\ (?P<own>(?:[\w.’'-]+\ ){0,4}?[\w.-]+)[’']s?\ (?:account|count|estimate|opinion
        |reckoning|version|view|words)\b"""
)
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
_CALLED = frozenset(
    stem(word)
    for word in (
        "agency bank command company firm government group maker ministry office organisation"
        " organization party spokesman spokeswoman"
    ).split()
)
_Speaker = frozenset[str]
_Told = Callable[[Sequence[str], int, str], float]


def speaks(question: str) -> _Told | None:
    """Return what tells how far a sentence is another's, None where nobody's words are asked for.

    It takes the sentences of a passage, the position of one from 0, and the passage's title and
    publisher. It returns 0 where the one asked for speaks, `NEAR` where that is likely, `NOBODY`
    where nobody is said to speak and `OTHER` where others do.
    """
    who = question[slice(*whose(question))]
    asked = _words(who)
    if not asked:
        return None
    names = asked & _words(" ".join(_NAME.findall(who)))

    def distance(speaker: _Speaker, beside: _Speaker = frozenset()) -> float:
        if (names or asked) & speaker:
            return 0.0
        if _CALLED & speaker and names & beside:
            return NEAR
        return NOBODY if asked & speaker else OTHER

    def of(number: int, sentences: Sequence[str]) -> list[float]:
        said = [who for who in _speakers(sentences[number]) if _words(who)]
        beside = _words(sentences[number])
        return [distance(_words(who) | _office(who, sentences), beside) for who in said]

    def told(sentences: Sequence[str], number: int, header: str) -> float:
        own = of(number, sentences)
        if own:
            return min(own)
        she = bool(_speakers(sentences[number]))  # "she said": whoever spoke before
        for earlier in reversed(range(number)):
            before = of(earlier, sentences)
            if before and she:
                return min(before)
            if before:
                return NEAR if min(before) <= NEAR else NOBODY
        return NEAR if distance(_words(header)) == 0.0 else NOBODY

    return told


def whose(question: str) -> Span:
    """Return where the question names whose words it asks for, (0, 0) where it does not."""
    match = _ASKED.search(question)
    return match.span(next(k for k, part in match.groupdict().items() if part)) if match else (0, 0)


def others(question: str, best: Evidence) -> str | None:
    """Return whose words were asked for where the best sentence is said to be another's."""
    told = speaks(question)
    hit = best.hit
    if told is None or best.sentence not in hit.sentences:
        return None
    texts = [hit.quote[start - hit.start : end - hit.start] for start, end in hit.sentences]
    at = hit.sentences.index(best.sentence)
    far = told(texts, at, f"{hit.title or ''} {hit.publisher or ''}") == OTHER
    return " ".join(question[slice(*whose(question))].split()) if far else None


def _speakers(sentence: str) -> list[str]:
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
        own = f"{own if len(own.split()) < LONG else ''} {_SUBJECT_ENDS.split(behind)[0]}"
    return " ".join(word for word in own.split() if not _ADVERB.fullmatch(word))


def _office(who: str, sentences: Sequence[str]) -> _Speaker:
    """What stands before a speaker's name elsewhere: of "Aydin" that he is Turkish."""
    held = "\n".join(sentences)
    found: set[str] = set()
    for name in dict.fromkeys(_NAME.findall(who)):
        for match in re.finditer(rf"({_OFFICE}){name}\b", held):
            found |= _words(match[1])
    return frozenset(found)


def _words(text: str) -> _Speaker:
    return frozenset(_same(word) for word in _WORD.findall(text) if telling(word.lower()))


def _same(word: str) -> str:
    return stem(word if word == "us" else land(word.lower()))
