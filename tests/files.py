"""Small real files of the formats that are read, as bytes; faults in some are on purpose."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage


def pdf(
    *pages: str,
    title: str | None = None,
    encrypted: bool = False,
    picture: bool = False,
    kids: str | None = None,
) -> bytes:
    """Return a PDF, a page for each text, a line set for each of its lines.

    `kids` replaces the list of pages; an `encrypted` one asks for a password.
    """
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    if picture:
        image = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
        image += b" /ColorSpace /DeviceGray /Length 1 >>\nstream\n\x80\nendstream"
        objects.append(image)
    numbers = []
    for text in pages:
        drawn = _drawn(text) + (b" q 100 0 0 100 50 50 cm /I Do Q" if picture else b"")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        things = b"/Font << /F 3 0 R >>" + (b" /XObject << /I 4 0 R >>" if picture else b"")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << %s >> >>" % (len(objects), things)
        )
        numbers.append(len(objects))
    listed = kids or " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{listed}] >>".encode()
    trailer = b""
    if title is not None:
        objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
        trailer += b" /Info %d 0 R" % len(objects)
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >>" % (key, key))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    return numbered(objects, trailer)


def _drawn(text: str) -> bytes:
    lines = [b"BT /F 11 Tf 13 TL 72 740 Td"]
    for line in text.split("\n"):
        words = line.encode("cp1252").replace(b"\\", b"\\\\")
        lines.append(b"(%s) '" % words.replace(b"(", b"\\(").replace(b")", b"\\)"))
    return b"\n".join([*lines, b"ET"])


def numbered(objects: Sequence[bytes], trailer: bytes) -> bytes:
    """Return a PDF of objects, the first its catalogue; `trailer` adds to its last table."""
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R%s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, trailer, len(made))
    )


def zipped(members: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """Return a .zip of the members."""
    made = io.BytesIO()
    way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(made, "w", way) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name) if stored else name, data)
    return made.getvalue()


def tarred(members: Mapping[str, bytes | tarfile.TarInfo]) -> bytes:
    """Return a .tar.gz of the members; a TarInfo stands for itself."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, data in members.items():
            if isinstance(data, tarfile.TarInfo):
                archive.addfile(data)
                continue
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return made.getvalue()


def docx(
    *paragraphs: str, title: str | None = None, parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """Return a .docx of paragraphs ("# ..." a heading); `parts` replace or add to its members."""
    import docx as library

    document = library.Document()
    document.core_properties.title = title or ""
    for words in paragraphs:
        if words.startswith("# "):
            document.add_heading(words[2:], level=1)
        else:
            document.add_paragraph(words)
    made = io.BytesIO()
    document.save(made)
    return replaced(made.getvalue(), parts or {})


def replaced(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file with members put in the place of those of the same name, or added."""
    return zipped({**members(data), **parts})


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(body: str, before: str = "") -> str:
    """Return the XML of a Word document's body, `before` it a document type."""
    return f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'


def epub(
    chapters: Mapping[str, str],
    *,
    contents: Mapping[str, str] | None = None,
    about: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an EPUB of chapters, name -> body; `contents` are its table's name -> title."""
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    items = "".join(f'<item id="c{i}" href="{name}"/>' for i, name in enumerate(chapters))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    if contents is not None:
        items += '<item id="nav" href="nav.xhtml" properties="nav"/>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{about}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    links = "".join(f'<a href="{name}">{title}</a>' for name, title in (contents or {}).items())
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": package,
            "OPS/nav.xhtml": xhtml.format(f"<nav>{links}</nav>"),
            **{f"OPS/{name}": xhtml.format(body) for name, body in chapters.items()},
            **(parts or {}),
        }
    )


def mail(text: str, *, html: str | None = None, **headers: str) -> EmailMessage:
    """Return a message with headers, its text also as HTML where that is given."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def mhtml(page: bytes, *, url: str, charset: str | None = None) -> bytes:
    """Return a page as a browser saves it into one file."""
    kind = "text/html" + (f'; charset="{charset}"' if charset else "")
    return (
        (
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\n"
            f"Subject: The saved page\r\nDate: Tue, 22 Apr 2025 10:00:00 -0000\r\n"
            f'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
            f"Content-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n"
            f"Content-Location: {url}\r\n\r\n"
        ).encode()
        + page
        + b"\r\n--b\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--b--\r\n"
    )


def lines_of_json(*records: object) -> bytes:
    """Return records as a .jsonl file."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def packed(data: bytes) -> bytes:
    """Return data as a .gz file."""
    return gzip.compress(data)


def unpacked(data: bytes) -> bytes:
    """Return what a .gz file holds."""
    return gzip.decompress(data)
