"""A PDF -> its text in paragraphs, the pages they stand on, and what is repeated on each page.

pdfium gives lines as they were set. Lines are joined to paragraphs here, so that a sentence is
whole, and a word that a hyphen parted at a line's end is one again. When the file was made says
nothing of when its text was published: a page printed to PDF carries the day of printing.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2

from index.errors import UnreadableSource
from index.facts import address, fact
from index.parsing.lines import Lines
from index.parsing.paragraphs import Line, paragraphs, rejoined
from index.records import Page

EXTRACTOR = f"footnoted pdf 1, pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}"
_NO_TITLE = re.compile(
    r"(?i)(microsoft \w+ - |untitled|document\d*$|about:blank|https?://|.*\.[a-z]{3,4}$)"
)
_NUMBER = re.compile(r"(?i)[-–—| ]*(page\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?[-–—| ]*")
_EDGE = 3  # lines at a page's top and bottom among which its header and footer are
_OFTEN = 0.3  # of the pages: a header may stand on every other one
_ODD = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]")


def page(data: bytes) -> Page:
    """Return the document's text with the offsets at which its pages begin."""
    document = _opened(data)
    printed: list[list[Line]] = []
    pictures = damaged = 0
    for number in range(len(document)):
        try:
            leaf = document[number]
            printed.append(list(_lines(leaf, number)))
            pictures += not printed[-1] and _has_picture(leaf)
            leaf.close()
        except pypdfium2.PdfiumError:
            printed.append([])
            damaged += 1
    whole = f"of {len(printed)} pages"
    faults = [f"{pictures} {whole} are pictures without text"] if pictures else []
    faults += [f"{damaged} {whole} are damaged"] if damaged else []
    if not any(printed):
        raise UnreadableSource("; ".join(["there is no text in it", *faults]))
    if _is_odd("".join(line.words for lines in printed for line in lines)):
        faults.append("its fonts do not tell their letters; its text may be wrong")
    running = _running(printed)
    told = fact(document.get_metadata_dict().get("Title"))
    title = told if told and not _NO_TITLE.match(told) else _heading(printed[0])
    words = " ".join(line.words for line in sorted(running, key=lambda line: line.number))
    url = address(*re.findall(r"https?://\S+", words))
    text = _composed(printed, running)
    return text.page(title=title, url=url, extractor=EXTRACTOR, note="; ".join(faults) or None)


def _is_odd(letters: str) -> bool:
    return len(_ODD.findall(letters)) > len(letters) * 0.1


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableSource("it is encrypted; save it without its password") from error
        raise UnreadableSource("not readable as PDF: it is damaged or something else") from error


def _has_picture(leaf: Any) -> bool:
    kinds = (pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)
    return next(iter(leaf.get_objects(filter=kinds, max_depth=3)), None) is not None


def _lines(leaf: Any, number: int) -> Iterator[Line]:
    """Yield a page's lines in the order in which they were set, with the place of each."""
    text = leaf.get_textpage()
    height = leaf.get_height() or 1.0
    at = 0
    for words in text.get_text_range().split("\r\n"):
        start = at + len(words) - len(words.lstrip())
        end = at + _units(words.rstrip())
        at += _units(words) + 2
        if start < end:
            first, last = _box(text, start), _box(text, end - 1)
            yield Line(
                words=words.strip(),
                number=number,
                left=first.left,
                right=max(last.right, first.right),
                top=first.top,
                bottom=last.bottom,
                size=max(first.top - first.bottom, 0.1),
                edge=not 0.12 < first.top / height < 0.88,
            )
    text.close()


def _units(words: str) -> int:
    """The length as pdfium counts: letters beyond the first 65,536 are two."""
    return len(words) + sum(letter > "\uffff" for letter in words)


def _box(text: Any, index: int) -> Any:
    box = pypdfium2.raw.FS_RECTF()
    number = pypdfium2.raw.FPDFText_GetCharIndexFromTextIndex(text, index)
    pypdfium2.raw.FPDFText_GetLooseCharBox(text, max(number, 0), ctypes.byref(box))
    return box


def _running(printed: Sequence[Sequence[Line]]) -> set[Line]:
    """The headers and footers: page numbers, and lines that come again at other pages' edges."""
    edges = [
        [ln for ln in (*lines[:_EDGE], *lines[_EDGE:][-_EDGE:]) if ln.edge] for lines in printed
    ]
    often = Counter(like for lines in edges for like in {_like(line) for line in lines})
    least = max(2, len(printed) * _OFTEN)
    return {
        line
        for lines in edges
        for line in lines
        if often[_like(line)] >= least or _NUMBER.fullmatch(line.words)
    }


def _like(line: Line) -> str:
    """The line but for its numbers."""
    return re.sub(r"\d+", "0", line.words)


def _composed(printed: Sequence[Sequence[Line]], running: set[Line]) -> Lines:
    """Put paragraphs together; one that goes on overleaf stays whole, the footer follows it."""
    add = rejoined([line.words for lines in printed for line in lines])
    aside = {number: [ln for ln in lines if ln in running] for number, lines in enumerate(printed)}
    text = Lines()
    starts: dict[int, int] = {}
    for held in paragraphs([ln for lines in printed for ln in lines if ln not in running]):
        words = ""
        for line in held:
            starts.setdefault(line.number, text.end + len(words) + bool(words))
            words = add(words, line.words)
        text.add(words)
        for number in [n for n in aside if n <= held[-1].number]:
            for line in aside.pop(number):
                text.add(add("", line.words), "header or footer")
    for lines in aside.values():
        for line in lines:
            text.add(add("", line.words), "header or footer")
    at = text.end
    for number in reversed(range(len(printed))):  # where nothing stands on a page, the next begins
        at = starts.get(number, at)
        text.leaves.insert(0, at)
    return text


def _heading(lines: Sequence[Line]) -> str | None:
    """The words set in the largest letters of the first page, where these are larger than most."""
    if not lines:
        return None
    largest = max(line.size for line in lines)
    usual = sorted(line.size for line in lines)[len(lines) // 2]
    if largest < usual * 1.15:
        return None
    return fact(" ".join(line.words for line in lines if line.size > largest * 0.95))
