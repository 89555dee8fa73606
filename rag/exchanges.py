"""A claim and a sentence that it mostly copies -> the words that it puts for others.

A false claim is most often a true sentence with one thing changed: a number, a name or a word
here; who did it to whom in rag/roles.py, how many they were in rag/quantities.py. In texts that
merely share words it means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import SequenceMatcher

from rag.likeness import numbers_and_words
from rag.words import stem

COPIED = 0.6  # the share of a claim's words, in order, that makes it one sentence's with changes
LONGEST = 120  # telling words of a sentence; comparing takes their cube at worst
ALIKE = 0.62  # the least cosine of two words that may say the same
OPPOSITES = {
    a: b
    for pair in (
        "first last,before after,largest smallest,biggest smallest,highest lowest,most least,"
        "more fewer,north south,east west,northern southern,eastern western,increase decrease,"
        "increased decreased,rise fall,won lost,win lose,early late,earliest latest,old new,"
        "oldest youngest,can cannot,could couldn't,is isn't,was wasn't,did didn't,does doesn't,"
        "are aren't,were weren't,above below,began ended,begin end,start stop,started stopped,"
        "buy sell,bought sold,major minor,maximum minimum,inside outside,male female,"
        "support oppose,supported opposed,allowed forbidden,positive negative,gain lose"
    ).split(",")
    for a, b in (pair.split(), pair.split()[::-1])
}
# What a vector takes for alike and yet says another thing: two of a line, the two of a pair.
_LINES = """
red blue green yellow white black brown grey orange purple
north south east west
spring summer autumn winter
day week month year decade century
daily weekly monthly yearly
father mother son daughter brother sister husband wife uncle aunt
boy girl man woman
buy sell purchase
morning afternoon evening night
"""
_PAIRS = """
import export,open close,cheap expensive,arrive depart,arrive leave,attack defend,accept reject,
accept refuse,confirm deny,minority majority,left right,upper lower,small large,small big,
high low,long short,strong weak,
fast slow,young old,warm cold,easy hard,safe dangerous,better worse,legal illegal,guilty innocent,
alive dead,victory defeat,success failure,buyer seller,lender borrower,employer employee,
stay leave,stay left,remain leave,remain left,enter leave,enter left,join leave,join left,
live die,survive die,pass fail,built destroy,build destroy,create destroy,appear vanish,
strengthen weaken,widen narrow,expand shrink,grew shrank,add remove,include exclude,
improve worsen,praise condemn,praise criticise,praise criticize,hire fire,peace war,ally enemy,
profit loss,free jail,found lost,kept lost,tighten loosen,encourage discourage,approve reject,
convict acquit,convict clear,accept decline,demand offer,paid demanded,paid offered,
upheld overturned,upheld quashed,approve block,survive kill,continue end,resign dismiss,
lent borrow,loan borrow,back oppose
"""
# One word, by stems, where endings do not show it.
_ALSO = {"buy": "purchas", "bought": "purchas", "acquir": "purchas", "sold": "sell", "rose": "rise",
         "fell": "fall", "lost": "lose", "won": "win", "left": "leav", "kept": "keep",
         "built": "build", "grew": "grow", "northern": "north", "southern": "south",
         "eastern": "east", "western": "west", "men": "man", "women": "woman"}  # fmt: skip
_ASUNDER = [
    frozenset(_ALSO.get(key, key) for key in map(stem, words))
    for words in (
        *OPPOSITES.items(),
        *(line.split() for line in _LINES.strip().split("\n")),
        *(pair.split() for pair in _PAIRS.replace("\n", "").split(",")),
    )
]
_KNOWN = frozenset[str]().union(*_ASUNDER)
_ENDINGS = ("er", "r", "est", "st", "li")  # of "slower", "later", "slowest", "latest", "slowly"
_WORD = re.compile(r"[^\W_]+")


def exchanged(claim: Sequence[str], sentences: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Return the words of a claim that is one of the sentences but for these, and that one's words.

    Of two texts in other words that means nothing, and none are returned; in what is otherwise
    copied it is how false claims differ most: of those made by rule it found four in five.
    """
    best, most, nearest = None, 0, claim
    if len(claim) > LONGEST:
        return []
    for sentence in sentences:
        if len(sentence) > LONGEST or len(set(claim) & set(sentence)) <= most:
            continue
        match = SequenceMatcher(None, claim, sentence, autojunk=False)
        size = sum(block.size for block in match.get_matching_blocks())
        if size > most:
            best, most, nearest = match, size, sentence
    if best is None or most < COPIED * len(claim):
        return []
    return [
        (" ".join(claim[at:to]), " ".join(nearest[start:end]))
        for tag, at, to, start, end in best.get_opcodes()
        if tag == "replace" and to - at <= 2 and end - start <= 2
        if not set(claim[at:to]) <= set(nearest)  # else it was only moved
        if not set(nearest[start:end]) <= set(claim)
    ]


def other_number(said: str, held: str) -> bool:
    """Whether a number was said that is none of those held: "85" for "240", not "two" for "2"."""
    return not numbers_and_words(said)[0] <= numbers_and_words(held)[0]


def spelling(text: str) -> dict[str, str]:
    """Return each word of a text by its stem as it is written, in lower case if it ever is.

    The first word of a text counts as one in lower case: whether it is a name cannot be seen.
    """
    written: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        key = stem(word.lower())
        if key not in written or word.islower():
            written[key] = word.lower() if match.start() == 0 else word
    return written


def other_things(
    changes: Sequence[tuple[str, str]],
    said: Mapping[str, str],
    held: Mapping[str, str],
    cosine: Callable[[str, str], float],
) -> list[tuple[str, str]]:
    """Return those changes that put another thing: not "purchased" for "bought".

    `said` and `held` are the spellings of the claim and of the text. Numbers, names and words
    known to differ are other things; any others are as their cosine, as `cosine` gives it, says.
    """
    return [
        (new, old)
        for new, old in changes
        if other_number(new, old)
        or opposed(new, old)
        or not _plain(written := _spelt(new, said))
        or not _plain(instead := _spelt(old, held))
        or cosine(written, instead) < ALIKE
    ]


def puts_another(new: str, old: str, said: Mapping[str, str], held: Mapping[str, str]) -> bool:
    """Whether a changed word contradicts: not "the whale" for "the animal" where both are told.

    `said` and `held` are the spellings of the claim and of the text.
    """
    if other_number(new, old) or opposed(new, old):
        return True
    return _named(new, said) or not set(new.split()) <= held.keys()


def adds(
    new: str, old: str, said: Mapping[str, str], held: Mapping[str, str], same: Collection[str] = ()
) -> bool:
    """Whether the claim has a word more rather than another for one of the sentence.

    So it is with a name where the sentence has none, but "today", and a word where it has a number,
    and with a word, as one of `same`, that the sentence is known to say too.
    """
    if other_number(new, old) or opposed(new, old):
        return False
    if {*new.split()} <= {*same}:
        return True
    return (_named(new, said) and not _named(old, held)) or old.replace(" ", "").isdigit()


def _named(stems: str, spellings: Mapping[str, str]) -> bool:
    return any(not _spelt(word, spellings).islower() for word in stems.split() if word.isalpha())


def opposed(new: str, old: str) -> bool:
    """Whether words, as stems, are known never to say the same: "sold" for "bought"."""
    ours = {form for word in new.split() for form in _forms(word)}
    theirs = {form for word in old.split() for form in _forms(word)}
    ours, theirs = ours - theirs, theirs - ours
    return any(ours & line and theirs & line for line in _ASUNDER)


def _forms(word: str) -> set[str]:
    """The stem as it is, or as its endings aside it is known: "slow" of "slower" and "slowly"."""
    bases = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    bases |= {base[:-1] for base in bases if base[-2:-1] == base[-1:]}  # "bigger"
    return {_ALSO.get(word, word)} | bases & _KNOWN


def _spelt(stems: str, spellings: Mapping[str, str]) -> str:
    return " ".join(spellings.get(word, word) for word in stems.split())


def _plain(text: str) -> bool:
    return text.islower() and not any(c.isdigit() for c in text)
