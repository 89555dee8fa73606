"""A question for what somebody says, and a sentence -> how far somebody else says it there.

"What did Moscow say of the raid?" is not answered by what Kiev said of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.records import Span
from rag.nations import LANDS, land
from rag.records import Evidence
from rag.words import stem, telling

OTHER, NOBODY, NEAR = 1.0, 0.5, 0.25
MOST = 6  # names of a speaker that are looked up
LONG = 14  # words before "said" that are more than a name and what it is called
_WHO = r"(?P<who>(?:[\w.’'-]+\ ){1,6}?)"
_DID = r"(?:do|does|did|has|have|had)"
_ENDS = (
    r"(?=\W*$|[,?;]"
    r"|\ (?:how|who|when|where|why|what|which|did|do|does|was|is|were|are|in|on|at|by)\b)"
)
_ASKED = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\baccording\ to\ (?P<who>[^,?;]+?){_ENDS}",
        rf"\bin\ the\ (?:words|view|opinion|eyes)\ of\ (?P<who>[^,?;]+?){_ENDS}",
        r"\b(?:by|in)\ (?P<who>(?:[\w.’'-]+\ ){0,4}?[\w.-]+)[’']s?"
        r"\ (?:account|count|estimate|opinion|reckoning|version|view|words)\b",
        rf"\b{_DID}\ {_WHO}(?<!been\ )(?:sa(?:y|id)|(?:warn|insist|explain|maintain|comment)(?:ed)?"
        r"|(?:argu|estimat|believ|alleg|describ)ed?|suggest(?:ed)?|reckon(?:ed)?|den(?:y|ied)"
        r"|repl(?:y|ied)|tell|told|think|thought|wr[io]te)\b",
        # "How many lives did the storm claim?" and "Why did she call a vote?" ask what was done.
        rf"\b{_DID}\ {_WHO}(?:(?:claim|report|announce|state|declare|promise|confirm)(?:e?d)?"
        r"|admit(?:ted)?)\ (?:that|to\ have|he|she|it|they)\b",
        rf"^\W*what\ {_DID}\ {_WHO}(?:claim|report|announce|state|declare|promise|confirm|admit"
        r"|condemn|call)\b",
    )
]
# Whose words are nobody's: "according to the saved articles", "does anyone say".
_VAIN = frozenset(
    map(
        stem,
        "account anybody anyone article articles author authors critic critics everyone expert"
        " experts law laws know mine monday news nobody observers page people piece plan reader"
        " report reports rule rules saturday saved somebody someone source sources story sunday"
        " text thursday today tuesday wednesday friday week year yesterday".split(),
    )
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
_LANDS = frozenset(map(stem, LANDS))
_SHE = -1.0  # said by a pronoun
_Speaker = frozenset[str]
_Told = Callable[[Sequence[str], str], list[float]]


def speaks(question: str) -> _Told | None:
    """Return what tells how far sentences are another's, None where nobody's words are asked for.

    It takes the sentences of a passage, and its title and publisher. For each sentence it returns 0
    where the one asked for speaks, `NEAR` where that is likely, `NOBODY` where nobody is said to
    speak, or nobody of another country than the one asked for, and `OTHER` where others do.
    """
    who = question[slice(*whose(question))]
    asked = _words(who)
    if not asked:
        return None
    names = _words(" ".join(_named(who)))
    lands = names & _LANDS

    def distance(speaker: _Speaker) -> float:
        if (names or asked) & speaker:
            return 0.0
        if asked & speaker or (lands and not speaker & _LANDS):
            return NOBODY
        return OTHER

    def of(sentences: Sequence[str], number: int) -> list[float]:
        found = []
        for who in _speakers(sentences[number]):
            if speaker := _words(who):
                far = distance(speaker | _known(who, sentences, number))
                called = _CALLED & speaker and not _named(who)
                found.append(
                    min(far, NEAR) if called and names & _words(sentences[number]) else far
                )
            else:
                found.append(_SHE)
        return found

    def told(sentences: Sequence[str], header: str) -> list[float]:
        far, last = [], None
        for own in (of(sentences, number) for number in range(len(sentences))):
            said = [distance for distance in own if distance is not _SHE]
            if said:
                last = min(said)
                far.append(last)
            elif last is None:
                far.append(NEAR if distance(_words(header)) == 0.0 else NOBODY)
            elif own:  # "she said": whoever spoke before
                far.append(last)
            else:
                far.append(NEAR if last <= NEAR else NOBODY)
        return far

    return told


def whose(question: str) -> Span:
    """Return where the question names whose words it asks for, (0, 0) where it does not."""
    for form in _ASKED:
        match = form.search(question)
        if match and not _words(match["who"]) <= _VAIN:
            return match.span("who")
    return 0, 0


def others(question: str, best: Evidence) -> str | None:
    """Return whose words were asked for where the best sentence is by name said to be another's."""
    told = speaks(question)
    hit = best.hit
    if told is None or best.sentence not in hit.sentences:
        return None
    texts = [hit.quote[start - hit.start : end - hit.start] for start, end in hit.sentences]
    at = hit.sentences.index(best.sentence)
    far = told(texts, f"{hit.title or ''} {hit.publisher or ''}")[at]
    if far < OTHER or not any(map(_named, _speakers(texts[at]))):
        return None
    return " ".join(question[slice(*whose(question))].split())


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


def _known(who: str, sentences: Sequence[str], number: int) -> _Speaker:
    """What stands before a speaker's name elsewhere: of "Aydin" that he is Turkish.

    Of "the ministry" whose was named last, up to the sentence of that number.
    """
    named = _named(who)
    keys = named or [word for word in _WORD.findall(who) if stem(word.lower()) in _CALLED]
    held = "\n".join(sentences if named else sentences[: number + 1])
    found: set[str] = set()
    for key in list(dict.fromkeys(keys))[-MOST:]:
        offices = [m[1] for m in re.finditer(rf"({_OFFICE})(?i:{key})\b", held)]
        offices = [office for office in offices if _named(office)]
        found.update(*map(_words, offices if named else offices[-1:]))
    return frozenset(found)


def _named(who: str) -> list[str]:
    """The words with a capital, that of "The" aside."""
    return [name for name in _NAME.findall(who) if telling(name.lower())]


def _words(text: str) -> _Speaker:
    short = _LONG.sub(lambda name: _SHORT[name[0]], text)
    return frozenset(_same(word) for word in _WORD.findall(short) if telling(word.lower()))


def _same(word: str) -> str:
    return stem(word if word == "us" else land(word.lower()))
