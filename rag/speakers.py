"""A question for what somebody says, and a sentence -> how far somebody else says it there.

"What did Moscow say of the raid?" is not answered by what Kiev said of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.records import Span
from rag.nations import LANDS
from rag.records import Evidence
from rag.saying import CALLED, Speaker, known, named, speakers, words
from rag.words import stem

OTHER, NOBODY, NEAR = 1.0, 0.5, 0.25
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
_LANDS = frozenset(map(stem, LANDS))
_SHE = -1.0  # said by a pronoun
_Told = Callable[[Sequence[str], str], list[float]]


def speaks(question: str) -> _Told | None:
    """Return what tells how far sentences are another's, None where nobody's words are asked for.

    It takes the sentences of a passage, and its title and publisher. For each sentence it returns 0
    where the one asked for speaks, `NEAR` where that is likely, `NOBODY` where nobody is said to
    speak, or nobody of another country than the one asked for, and `OTHER` where others do.
    """
    who = question[slice(*whose(question))]
    asked = words(who)
    if not asked:
        return None
    names = words(" ".join(named(who)))
    lands = names & _LANDS

    def distance(speaker: Speaker) -> float:
        if (names or asked) & speaker:
            return 0.0
        if asked & speaker or (lands and not speaker & _LANDS):
            return NOBODY
        return OTHER

    def of(sentences: Sequence[str], number: int) -> list[float]:
        found = []
        for who in speakers(sentences[number]):
            if speaker := words(who):
                far = distance(speaker | known(who, sentences, number))
                called = CALLED & speaker and not named(who)
                found.append(min(far, NEAR) if called and names & words(sentences[number]) else far)
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
                far.append(NEAR if distance(words(header)) == 0.0 else NOBODY)
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
        if match and not words(match["who"]) <= _VAIN:
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
    if far < OTHER or not any(map(named, speakers(texts[at]))):
        return None
    return " ".join(question[slice(*whose(question))].split())
