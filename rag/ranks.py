"""A claim and a text -> whether somebody's rank is another: a deputy director for the director."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.antecedents import antecedent, meant
from rag.offices import called, is_role
from rag.words import stem, telling

_RANKS = frozenset(
    "deputy vice assistant associate acting interim shadow junior honorary former ex".split()
)
_PAST = re.compile(r"\b(?:was|were|been|had|once|formerly|former|ex|then|until|served|became)\b")
_SHE = re.compile(
    r"\b(?P<who>he|she) (?:is|was|has been|had been|became|becomes|will be) (?P<is>[^,;:.]+)", re.I
)
_ENDS = re.compile(
    r"\b(?:of|at|in|for|to|who|that|which|from|with|on|when|and|by|as|since|until|before|after)\b"
)
_OWNER = re.compile(r".*['’]s? ")


@dataclass(frozen=True, slots=True)
class _Title:
    name: tuple[str, ...]
    head: str
    words: frozenset[str]
    rank: frozenset[str]


def other_rank(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the claim gives somebody the same office in another rank only, as the sentences say.

    Who is a former one there may have been one, and who is one there may have left since.
    """
    there = list(_titles(sentences))
    for ours in _titles([claim]):
        own = [
            title
            for title in there
            if title.head == ours.head and title.words <= ours.words
            if meant(ours.name, title.name, sentences)
        ]
        past = {"former", "ex"} if _PAST.search(claim) else set[str]()
        ranks = [title.rank - past for title in own]
        if ranks and all(rank != ours.rank - past for rank in ranks):
            return not ours.rank & {"former", "ex"}
    return False


def _titles(sentences: Sequence[str]) -> Iterator[_Title]:
    for number, sentence in enumerate(sentences):
        for name, text in called(sentence):
            yield from _title(name, text)
        for said in _SHE.finditer(sentence):
            if whom := antecedent(sentences, number, said["who"], said.start()):
                yield from _title(whom, said["is"])


def _title(name: tuple[str, ...], text: str) -> Iterator[_Title]:
    phrase = _OWNER.sub("", _ENDS.split(text)[0])
    own = [word.lower() for word in re.findall(r"[^\W\d_]+", phrase)]
    if own and is_role(own[-1]):
        rest = {word for word in own[:-1] if telling(word)}
        yield _Title(
            name, stem(own[-1]), frozenset(map(stem, rest - _RANKS)), frozenset(rest & _RANKS)
        )
