"""Our own questions on news -> what to train the reader on, to choose by and to report.

Half of them no article answers, though the one that they are about seems to. Only the questions and
the places of their answers are kept here; the articles are read from the folder of data.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.public import rows
from evals.reader_pool import NEWS
from evals.suites import SuiteError
from index.decoding import decode
from index.errors import UnreadableSource

QUESTIONS = Path(__file__).parent / "written.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """A question about an article, and every place (start, end) in its text that answers it.

    `line` is where it was read.
    """

    question: str
    file: str
    article: str
    answers: tuple[tuple[int, int], ...]
    line: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles, `texts` by their file name ("business/053.txt"), and the questions on them."""

    texts: Mapping[str, str]
    questions: tuple[Written, ...]


def load(folder: Path, questions: Path | None = None) -> tuple[Part, Part, Part]:
    """Return what to train on (six articles of eight), to choose by and to report (one each).

    Raises SuiteError where `folder` does not hold the articles that the questions are about.
    """
    articles = _texts(folder / NEWS)
    asked = []
    for row in rows.lines(questions or QUESTIONS):
        file, spans = row.text("file"), row.field("answers")
        text = articles.get(file, "")
        if any(not 0 <= start < end <= len(text) for start, end in spans) or not text:
            raise SuiteError(f"{folder / NEWS} has no article {file} as the questions know it")
        places = tuple((start, end) for start, end in spans)
        asked.append(Written(row.text("question"), file, text, places, row.place))
    learn, choose, report = (
        Part(
            {file: text for file, text in articles.items() if _part(file) == part},
            tuple(item for item in asked if _part(item.file) == part),
        )
        for part in range(3)
    )
    return learn, choose, report


def _part(file: str) -> int:
    drawn = hashlib.sha256(file.encode()).digest()[0] % 8
    return {0: 1, 4: 2}.get(drawn, 0)


def _texts(file: Path) -> dict[str, str]:
    """The news, newlines as the questions count them, a text that stands twice once."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".txt"))
            read = {"/".join(n.split("/")[-2:]): decode(archive.read(n)).text for n in names}
    except (OSError, zipfile.BadZipFile, zlib.error, UnreadableSource) as error:
        raise SuiteError(f"cannot read {file}: {error}") from error
    first = {text: name for name, text in reversed(read.items())}
    return {name: text for name, text in read.items() if first[text] == name}
