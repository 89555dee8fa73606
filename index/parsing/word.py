"""A .docx -> its text in paragraphs, rows of tables on a line each, notes at the end.

Nothing that it names outside itself (a template, a linked picture) is fetched. What was struck
out is left out, and so are headers and footers. When it was made says nothing of when it was
published: python-docx's own template carries a day of 2013.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from index.errors import UnreadableSource
from index.facts import fact
from index.parsing.lines import Lines
from index.parsing.packed import Packed, xml
from index.records import Page
from index.rows import row

EXTRACTOR = f"footnoted word 2, python-docx {docx.__version__}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# A newer Word's content has a copy for older ones beside it.
_LEFT_OUT = {
    f"{_W}del",
    f"{_W}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_LETTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}p": "",
}
_KIND = "Word document"
# What python-docx raises of a damaged file; most of it is not its own.
_FAULTS = (
    *(OpcError, etree.LxmlError, zipfile.BadZipFile, zlib.error, UnreadableSource),
    *(LookupError, ValueError, TypeError, AttributeError, NotImplementedError, OSError),
)
_HEADINGS = ("title", "heading 1")
_TITLE_AMONG = 5  # paragraphs at the top


def page(data: bytes) -> Page:
    """Return the document's text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # what Office puts around an encrypted document
        raise UnreadableSource("it is encrypted, or a .doc by another name; save it as .docx")
    packed = Packed(data, _KIND)
    note = told = None
    names: dict[str | None, str] = {}
    notes: list[Any] = []
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        names = {style.style_id: (style.name or "").lower() for style in document.styles}
        told = document.core_properties.title
        notes = list(_notes(document))
    except _FAULTS:  # in a picture or a style, it may be, and the text is whole
        body = packed.tree("word/document.xml").find(f"{_W}body")
        note = "damaged; its text was read, its title and its notes may be missing"
    if body is None:
        raise UnreadableSource(f"not readable as {_KIND}: it is damaged")
    text = Lines()
    title = None
    for number, (words, style) in enumerate(_lines(body)):
        text.add(words)
        if title is None and number < _TITLE_AMONG and names.get(style) in _HEADINGS:
            title = fact(words)
    for footnote in notes:
        for words, _ in _lines(footnote):
            text.add(words)
    return text.page(title=title or fact(told), extractor=EXTRACTOR, note=note)


def _notes(document: Any) -> Iterator[Any]:
    """Yield footnotes and endnotes, which python-docx does not know."""
    for kind in ("footnote", "endnote"):
        for relation in document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
                for note in xml(relation.target_part.blob, _KIND).iter(f"{_W}{kind}"):
                    if note.get(f"{_W}type") is None:  # else the line above the notes
                        yield note


def _lines(element: Any) -> Iterator[tuple[str, str | None]]:
    """Yield (words, style) of each paragraph and of each row of a table, in order."""
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in _LEFT_OUT:
            continue
        if node.tag == f"{_W}tr":
            cells = [[line for line in _lines(cell) if line[0].strip()] for cell in _cells(node)]
            whole = row([[words for words, _ in lines] for lines in cells])
            yield from [(whole, None)] if whole else (line for lines in cells for line in lines)
        elif node.tag == f"{_W}p":
            style = node.find(f"{_W}pPr/{_W}pStyle")
            yield _words(node), None if style is None else style.get(f"{_W}val")
            stack += reversed(list(_boxes(node)))
        else:
            stack += reversed(node)


def _cells(row: Any) -> Iterator[Any]:
    return (c for c in row.iter(f"{_W}tc") if next(c.iterancestors(f"{_W}tr")) is row)


def _within(paragraph: Any) -> Iterator[Any]:
    """Yield what a paragraph holds, in order, not what lies in its text boxes."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag not in _LEFT_OUT:
            yield node
            if node.tag != f"{_W}txbxContent":
                stack += reversed(node)


def _words(paragraph: Any) -> str:
    return "".join(
        (node.text or "") if node.tag in (f"{_W}t", _MATH) else _LETTERS.get(node.tag, "")
        for node in _within(paragraph)
    )


def _boxes(paragraph: Any) -> Iterator[Any]:
    return (node for node in _within(paragraph) if node.tag == f"{_W}txbxContent")
