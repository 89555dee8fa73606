"""Evidence -> draft by a chat model: its words, held to the marks that it was offered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from index.errors import ModelError
from rag import prompt
from rag.models import cut_off, stream
from rag.records import Evidence
from rag.writer import Claim, Draft, Quoting

_MARK = re.compile(r"\s*\[\s*\d{1,4}(?:\s*[,;]\s*\d{1,4})*\s*\]")


class Chatting:
    """A chat model's words over numbered evidence; quoting where the model fails."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.name = name

    def write(
        self, question: str, evidence: Sequence[Evidence], chances: Sequence[float]
    ) -> Iterator[str | Draft]:
        """Yield the model's text as it comes, then the Draft; a failure gives the quoting one."""
        offered = prompt.offered(question, evidence, self.name)
        said: list[str] = []
        notice = None
        try:
            about: dict[str, Any] = {}
            for piece in stream(self._model, prompt.messages(question, offered)):
                about |= {k: v for k, v in piece.response_metadata.items() if v}
                if text := _text(piece.content):
                    said.append(text)
                    yield text
            if said and cut_off(self.name, about):
                notice = f"The answer of the model {self.name} was cut off."
        except ModelError as error:
            notice = f"The model {self.name} failed ({error})."
        claims = tuple(_claims("".join(said), len(offered)))
        if any(claim.evidence for claim in claims):
            notices = (notice,) if notice else ()
            yield Draft(claims, tuple(offered), quoted=False, notices=notices)
            return
        if notice is None and prompt.refused("".join(said)):
            notice = f"The model {self.name} found no answer in the passages."
            yield Draft((), tuple(offered), quoted=False, notices=(notice,))
            return
        notice = notice or f"The model {self.name} gave no sentence with a valid citation."
        for draft in Quoting().write(question, evidence, chances):
            if isinstance(draft, Draft):
                notice += " These are the articles' own sentences."
                draft = replace(draft, notices=(notice,))
            yield draft


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(p if isinstance(p, str) else str(p.get("text", "")) for p in parts)


def _claims(text: str, offered: int) -> Iterator[Claim]:
    """Split a model's text into sentences, each with those of its marks that were offered.

    A sentence without any has those of the next one on its line; each is checked for itself.
    """
    from index.passages import split  # loads a sentence splitter, which quoting never needs

    joined = re.sub(rf"\s*\n\s*((?:{_MARK.pattern})+)[ \t.]*(?=\n|$)", r"\1", text)
    for line in joined.split("\n"):
        bare, marks = _bared(line)
        spans = split(bare)
        owned: list[list[int]] = [[] for _ in spans]
        for at, numbers in marks if spans else ():
            owner = sum(1 for start, _ in spans if start < at)
            owned[max(0, owner - 1)] += numbers
        for number in range(len(spans) - 2, -1, -1):
            owned[number] = owned[number] or owned[number + 1]
        for (start, end), numbers in zip(spans, owned, strict=True):
            words = " ".join(bare[start:end].split()).rstrip(" ,;")
            if any(c.isalnum() for c in words) and not prompt.refused(words):
                whole = words if words[-1] in '.!?"”’)' else words + "."
                named = dict.fromkeys(n - 1 for n in numbers if 1 <= n <= offered)
                yield Claim(whole, tuple(named))


def _bared(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """Return a line without bullet, bold and marks, and where which numbers stood in it."""
    line = re.sub(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*", "", line)
    bare, last = "", 0
    marks = []
    for match in _MARK.finditer(line):
        bare += line[last : match.start()]
        marks.append((len(bare), [int(n) for n in re.findall(r"\d+", match.group())]))
        last = match.end()
    return bare + line[last:], marks
