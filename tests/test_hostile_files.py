"""Whatever lies in a folder is indexed right or skipped for a named reason, and the rest is read.

All of it is generated here: some eighty kinds of files that are broken, lie about themselves, or
were made to do harm.
"""

from __future__ import annotations

import os
import random
import re
import socket
import struct
import sys
import tarfile
import threading
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest

from index.contents import contents
from index.errors import UnreadableSource
from index.parsing import verdict
from index.parsing.child import parse, unpack, walls
from index.sources import Found, read_bytes
from index.store import Store
from index.sync import Progress, Report, sync
from tests import files
from tests.doubles import WordHashing

STORY = "The ferry sails again on Monday. Nine boats lie in the harbour. Rain is to blame."
DEEP, LONG = range(200), bytes(9999)
SECRET = "the secret of another file"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha ha '>{}]>".format(
    "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
)


def entity(place: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY xxe SYSTEM "{place}">]>'


def word(body: str, before: str = "") -> bytes:
    return files.docx("", parts={"word/document.xml": files.document(body, before)})


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def link(kind: bytes, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo("link.txt" if kind != tarfile.CHRTYPE else "device.txt")
    made.type, made.linkname = kind, target
    return made


def locked(data: bytes) -> bytes:
    """A zip file whose members say that they are encrypted."""
    made = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), data):
            made[found.start() + offset] |= 1
    return bytes(made)


def with_method(data: bytes, method: int) -> bytes:
    """A zip file whose members say that they are packed in another way."""
    made = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        for found in re.finditer(re.escape(mark), data):
            struct.pack_into("<H", made, found.start() + offset, method)
    return bytes(made)


def linked_zip() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        about = zipfile.ZipInfo("link.txt")
        about.external_attr = 0o120777 << 16
        archive.writestr(about, "/etc/passwd")
        archive.writestr("good.txt", STORY)
    return made.getvalue()


def stream_bomb(size: int) -> bytes:
    """A PDF of one page whose drawing unpacks to many times the file."""
    packed = zlib.compress(b" " * size, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    return files.numbered(objects, b"")


NEVER = r"not readable as|there is no text in it|its parser crashed|reading it took more than"
# Name -> (bytes, the reason why it is skipped, or None where its words are indexed).
FILES: dict[str, tuple[bytes, str | None]] = {
    # what is no text
    "empty.txt": (b"", "the file is empty"),
    "empty.pdf": (b"", "the file is empty"),
    "empty.zip": (b"", "the file is empty"),
    "blank.md": (b" \t\r\n\x0b\n", "there is no text in it"),
    "mark.txt": (b"\xef\xbb\xbf", "there is no text in it"),
    "random.txt": (random.Random(7).randbytes(9000), "not text: no encoding fits its bytes"),
    "random.html": (random.Random(8).randbytes(9000), "not text: no encoding fits its bytes"),
    "random.pdf": (random.Random(9).randbytes(9000), "not readable as PDF: it is damaged or"),
    "random.docx": (random.Random(1).randbytes(9000), "not readable as Word document"),
    "random.epub": (random.Random(2).randbytes(9000), "not readable as EPUB"),
    "random.json": (random.Random(3).randbytes(9000), "not text: no encoding fits its bytes"),
    "random.zip": (random.Random(4).randbytes(9000), "not readable as zip archive"),
    "random.tgz": (b"\x1f\x8b" + random.Random(5).randbytes(9000), "not readable as tar archive"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "not text: it is a picture"),
    "packed.html": (files.packed(page(STORY)), "not text: it is gzip data"),
    "program.md": (b"\x7fELF" + bytes(99), "not text: it is a program"),
    "print.html": (files.pdf(STORY), "not text: it is a PDF"),
    "zeros.txt": (bytes(5000), "not text: it is binary data"),
    "page.pdf": (page(STORY), "not readable as PDF: it is damaged or something else"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + bytes(999), "it is encrypted, or a .doc by another name"),
    "sheet.docx": (files.zipped({"xl/workbook.xml": "<x/>"}), "not readable as Word document"),
    "app.json": (b'{"name": "app"}', "no record in it has a text, content or body"),
    "nest.json": (b"[" * 100_000, "it is nested too deeply|not readable as JSON"),
    # encodings
    "utf16.txt": (STORY.encode("utf-16-le"), None),
    "utf16.html": (b"\xff\xfe" + page(STORY).decode().encode("utf-16-le"), None),
    "lies.html": (
        page(f"<p>Школа открыта. {STORY}", "<meta charset=utf-8>").decode().encode("cp1251"),
        None,
    ),
    "onebad.txt": (STORY.encode() + " “Ferry” – ".encode() + b"\xff", None),
    "controls.txt": (STORY.encode() + b"\x1b[2J\x1b]0;title\x07\x00", None),
    "marks.txt": ((STORY + " e" + "\u0301" * 10_000).encode(), None),
    "line.txt": (STORY.encode() + b" word" * 40_000, None),
    # pages
    "script.html": (
        page("<script>document.write('x')</script><noscript>Turn it on</noscript>"),
        "there is no text in it but what scripts would write; none is run",
    ),
    "attributes.html": (page(f"<p {'a=b ' * 100_000}>{STORY}"), None),
    "names.html": (page(f"<p {' '.join(f'a{i}=b' for i in range(100_000))}>{STORY}"), None),
    "deep.html": (page("<div>" * 5000 + STORY), "not readable as HTML: excessive depth"),
    "less deep.html": (page("<div>" * 700 + STORY), None),
    "inside.html": (page(f"<p>{STORY}&xxe;").replace(b"<!doctype html>", b"<!DOCTYPE html>"), None),
    "furniture.html": (page(f"<nav>{STORY}</nav>"), None),
    "unclosed.html": (f"<p>{STORY}<table><tr><td><b><a href='".encode(), None),
    "nul.html": (page(f"<p>{STORY}\x00</p>"), None),
    "nopage.mhtml": (b"Content-Type: text/plain\n\nwords", "not readable as MHTML: there is no"),
    "page.mhtml": (files.mhtml(page(STORY), url="https://a.example/"), None),
    # PDF
    "picture.pdf": (files.pdf("", picture=True), "there is no text in it; 1 of 1 pages are pict"),
    "blank.pdf": (files.pdf(""), "there is no text in it"),
    "locked.pdf": (files.pdf(STORY, encrypted=True), "it is encrypted; save it without its pass"),
    "loop.pdf": (files.pdf(STORY, kids="2 0 R"), NEVER),
    "nopages.pdf": (files.pdf(), NEVER),
    "head.pdf": (b"%PDF-1.7\n" + bytes(500), NEVER),
    "half.pdf": (files.pdf(STORY)[:300], NEVER),
    "notable.pdf": (files.pdf(STORY).replace(b"startxref", b"startfrex"), None),
    "bomb.pdf": (stream_bomb(50_000_000), NEVER),
    # Word
    "bomb.docx": (word(paragraph("a" * 30_000_000)), "unpacks to more than 100 times its size"),
    "laughs.docx": (word(paragraph(f"{STORY} &i;"), LAUGHS), "not readable as Word document"),
    "template.docx": (files.docx(STORY), None),  # replaced by one with a remote template below
    "bare.docx": (files.docx("", parts={"word/document.xml": "<w/>"}), "not readable as Word"),
    "broken.docx": (files.docx("", parts={"word/document.xml": "<w"}), "not readable as Word"),
    "tables.docx": (
        word("<w:tbl><w:tr><w:tc>" * 70 + paragraph(STORY) + "</w:tc></w:tr></w:tbl>" * 70),
        None,
    ),
    "half.docx": (files.docx(STORY)[:9000], "not readable as Word document: it is damaged"),
    # EPUB
    "nothing.epub": (files.zipped({"mimetype": "application/epub+zip"}), "not readable as EPUB"),
    "nochapters.epub": (files.epub({}), "there is no text in it"),
    "away.epub": (files.epub({"../../../../etc/passwd": "x"}), "there is no text in it"),
    "laughs.epub": (
        files.epub(
            {"a.xhtml": STORY},
            parts={"META-INF/container.xml": f"{LAUGHS}<c><rootfile full-path='&i;'/></c>"},
        ),
        "not readable as EPUB",
    ),
    # mail
    "nothing.eml": (b"", "the file is empty"),
    "noheaders.eml": (f"\n{STORY}".encode(), None),
    "faults.eml": (
        b"Subject: =?x?b?!!\nDate: 99 Foo\nFrom: <<@,;\nContent-Type: text/plain; charset=\xff\n"
        b"Content-Transfer-Encoding: base65\n\n" + STORY.encode(),
        None,
    ),
    "deep.eml": (
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in DEEP)
        + b"\n" + STORY.encode(),
        None,
    ),
    "nothing.mbox": (b"From nobody\n\n", "there is no message with text in it"),
    # exports
    "broken.jsonl": (files.lines_of_json({"text": STORY}) + b"{\n[\n", None),
    # packed folders
    "bomb.zip": (files.zipped({"a.txt": bytes(20_000_000)}), "unpacks to more than 100 times its"),
    "huge.zip": (
        files.zipped({f"{i}.jpg": bytes(45_000_000) for i in range(5)}),
        "unpacks to more than 200,000,000 bytes",
    ),
    "bomb.tgz": (files.tarred({"a.txt": bytes(20_000_000)}), "unpacks to more than 100 times its"),
    "half.zip": (files.zipped({"a.txt": STORY})[:-30], "not readable as zip archive: it is dam"),
    "nothing.tar.gz": (files.packed(b"x" * 2000), "not readable as tar archive: it is damaged"),
}  # fmt: skip
# Archive -> what is in it: member -> (bytes, reason).
ARCHIVES: dict[str, tuple[bytes, dict[str, str | None]]] = {
    "good.zip": (
        files.zipped({"a.txt": STORY, "b/c.html": page(STORY), "photo.jpg": "x", ".hid.txt": "x",
                      "__MACOSX/a.txt": "x", "b/d.pdf": files.pdf(STORY)}),
        {"a.txt": None, "b/c.html": None, "b/d.pdf": None},
    ),
    "good.tar.gz": (
        files.tarred({"./a.txt": STORY.encode(), "b/c.eml": bytes(files.mail(STORY))}),
        {"a.txt": None, "b/c.eml": None},
    ),
    "nested.zip": (
        files.zipped({"a.txt": STORY, "in.zip": files.zipped({"b.txt": STORY}), "b.tgz": "x"}),
        {"a.txt": None, "in.zip": "an archive within an archive", "b.tgz": "an archive within"},
    ),
    "slip.zip": (
        files.zipped({"../up.txt": STORY, "/etc/motd.txt": STORY, "a/../../b.txt": STORY,
                      "C:\\d.txt": STORY, "ok\\e.txt": STORY}),
        {"../up.txt": "its name leads out of", "/etc/motd.txt": "its name leads out of",
         "a/../../b.txt": "its name leads out of", "C:/d.txt": "its name leads out of",
         "ok/e.txt": None},
    ),
    "links.zip": (linked_zip(), {"link.txt": "a link; links are not", "good.txt": None}),
    "links.tgz": (
        files.tarred({"1": link(tarfile.SYMTYPE, "/etc/passwd"), "good.txt": STORY.encode()}),
        {"link.txt": "a link; links are not", "good.txt": None},
    ),
    "hard.tgz": (
        files.tarred({"good.txt": STORY.encode(), "1": link(tarfile.LNKTYPE, "good.txt")}),
        {"good.txt": None, "link.txt": "a link; links are not"},
    ),
    "device.tgz": (files.tarred({"1": link(tarfile.CHRTYPE)}), {"device.txt": "not a regular"}),
    "locked.zip": (locked(files.zipped({"a.txt": STORY})), {"a.txt": "it is encrypted; unpack"}),
    "method.zip": (with_method(files.zipped({"a.txt": STORY}), 99), {"a.txt": "packed in a way"}),
    "damaged.zip": (
        files.zipped({"a.txt": STORY, "b.txt": STORY}, stored=True).replace(b"ferry", b"fairy", 1),
        {"a.txt": "not readable as zip archive: it is damaged", "b.txt": None},
    ),
    "empty member.zip": (files.zipped({"a.txt": ""}), {"a.txt": "the file is empty"}),
    "half.tgz": (
        files.packed(files.unpacked(files.tarred({"a.txt": STORY.encode(), "b.txt": LONG}))[:4000]),
        {"a.txt": None, "": "it is damaged; 1 files before the damage were read"},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What became of the folder."""

    report: Report
    skipped: dict[str, str]
    texts: dict[str, str]
    asked: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "articles"
    folder.mkdir()
    for name, (data, _) in {**FILES, **ARCHIVES}.items():
        (folder / name).write_bytes(data)
    (base / "secret.txt").write_text(SECRET)
    with listening() as (port, asked):
        lay_traps(folder, base / "secret.txt", port)
        lay_oddities(folder, base)
        store = Store(folder / "store")
        *_, report = sync(folder, store, WordHashing())
        assert isinstance(report, Report)
        with store.snapshot() as snapshot:
            texts = {path: snapshot.text(path) for path in snapshot.paths()}
        yield Ran(report, {s.path: s.reason for s in report.skipped}, texts, asked)


class listening:
    """A server that notes whoever asks it for anything."""

    def __enter__(self) -> tuple[int, list[bytes]]:
        self.asked: list[bytes] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return self.server.getsockname()[1], self.asked

    def serve(self) -> None:
        while True:
            client, _ = self.server.accept()
            with client:
                data = client.recv(100)
            if data == b"end":
                return
            self.asked.append(data)

    def __exit__(self, *_: object) -> None:
        with socket.create_connection(self.server.getsockname()) as last:
            last.sendall(b"end")
        self.thread.join()
        self.server.close()


def lay_traps(folder: Path, secret: Path, port: int) -> None:
    """Files that would fetch something, or read another file."""
    url = f"http://127.0.0.1:{port}/x"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" TargetMode="External" Target="{url}" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    parts = {"word/_rels/settings.xml.rels": relations}
    (folder / "template.docx").write_bytes(files.docx(STORY, parts=parts))
    for name, place in (("file", f"file://{secret}"), ("web", url)):
        (folder / f"{name}.docx").write_bytes(word(paragraph(f"{STORY} &xxe;"), entity(place)))
        opf = f'{entity(place)}<p><metadata><title>&xxe;</title></metadata><manifest><item id="c0" '
        opf += 'href="a.xhtml"/></manifest><spine><itemref idref="c0"/></spine></p>'
        book = files.epub({"a.xhtml": f"<p>{STORY}</p>"}, parts={"OPS/book.opf": opf})
        (folder / f"{name}.epub").write_bytes(book)
        fetching = f'<img src="{place}"><link rel=stylesheet href="{place}"><iframe src="{place}">'
        fetching += f'</iframe><object data="{place}"></object><script src="{place}"></script>'
        whole = page(f"<p>{STORY} &xxe;</p>{fetching}", f'<base href="{place}">')
        (folder / f"{name}.html").write_bytes(entity(place).encode() + whole)
        (folder / f"{name}.eml").write_bytes(bytes(files.mail("x", html=whole.decode())))


def lay_oddities(folder: Path, base: Path) -> None:
    """What is no plain file, or has a name that is hard to hold."""
    (folder / "outside.txt").symlink_to(base / "secret.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "dangling.pdf").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(folder / "fifo.pdf")
    with (folder / "sparse.txt").open("wb") as sparse:
        sparse.truncate(1 << 30)
    (folder / "one.txt").write_text(STORY)
    os.link(folder / "one.txt", folder / "same.txt")
    (folder / "folder.pdf").mkdir()
    (folder / "folder.pdf" / "a.txt").write_text(STORY)
    for form in ("NFC", "NFD"):
        (folder / (unicodedata.normalize(form, "é") + ".txt")).write_text(f"{STORY} {form}")
    deep = folder.joinpath(*["d"] * 100)
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(STORY)


# One by one


@pytest.mark.parametrize("name", [name for name, (_, reason) in FILES.items() if reason])
def test_a_file_that_cannot_be_read_is_skipped_for_a_named_reason(ran: Ran, name: str) -> None:
    reason = FILES[name][1]
    assert reason and re.match(reason, ran.skipped[name])
    assert name not in ran.texts


@pytest.mark.parametrize("name", [name for name, (_, reason) in FILES.items() if not reason])
def test_an_odd_file_is_read_all_the_same(ran: Ran, name: str) -> None:
    assert name not in ran.skipped
    assert STORY in ran.texts[name]
    assert not re.search("[\r\0\ud800-\udfff]", ran.texts[name])


@pytest.mark.parametrize("archive", ARCHIVES)
def test_what_is_in_an_archive_is_read_and_cited_below_its_path(ran: Ran, archive: str) -> None:
    expected = ARCHIVES[archive][1]
    found = {p for p in (*ran.texts, *ran.skipped) if p == archive or p.startswith(f"{archive}/")}
    assert found == {f"{archive}/{member}".removesuffix("/") for member in expected}
    for member, reason in expected.items():
        path = f"{archive}/{member}".removesuffix("/")
        if reason:
            assert ran.skipped[path].startswith(reason)
        else:
            assert STORY in ran.texts[path]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("outside.txt", "a symbolic link (to "),
        ("device.txt", "a symbolic link (to /dev/zero); links are not followed"),
        ("dangling.pdf", "a symbolic link that leads to nothing"),
        ("loop.txt", "a symbolic link that leads in a circle"),
        ("fifo.pdf", "not a regular file"),
        ("sparse.txt", "1,073,741,824 bytes; at most 50,000,000 are read"),
    ],
)
def test_what_is_no_plain_file_or_too_large_is_skipped(ran: Ran, name: str, reason: str) -> None:
    assert ran.skipped[name].startswith(reason)


@pytest.mark.parametrize("kind", ["docx", "epub", "html", "eml"])
@pytest.mark.parametrize("trap", ["file", "web"])
def test_nothing_that_a_file_names_is_fetched_or_read(ran: Ran, trap: str, kind: str) -> None:
    assert STORY in ran.texts[f"{trap}.{kind}"]
    assert not any(SECRET in text for text in ran.texts.values())
    assert ran.asked == []


# All together


def test_the_rest_of_the_folder_is_read(ran: Ran) -> None:
    ours = {name for name, (_, reason) in FILES.items() if reason is None}
    assert ours <= ran.texts.keys()
    assert STORY in ran.texts["one.txt"] and ran.texts["same.txt"] == ran.texts["one.txt"]
    assert STORY in ran.texts["folder.pdf/a.txt"] and STORY in ran.texts["d/" * 100 + "deep.txt"]
    twins = [unicodedata.normalize(form, "é") + ".txt" for form in ("NFC", "NFD")]
    if sys.platform != "darwin":  # where both are one name
        assert [ran.texts[twin][-3:] for twin in twins] == ["NFC", "NFD"]
    assert not any(path.startswith("store/") for path in (*ran.texts, *ran.skipped))
    assert len(FILES) + len(ARCHIVES) >= 50


def test_what_was_guessed_or_replaced_is_reported(ran: Ran) -> None:
    notes = dict(ran.report.notes)
    assert notes["utf16.txt"] == "encoding guessed: utf-16-le"
    assert notes["lies.html"] == "encoding guessed: cp1251"
    assert notes["onebad.txt"] == "1 unreadable byte sequence shown as U+FFFD"
    assert notes["broken.jsonl"] == "not read: line 2 is not JSON, line 3 is not JSON"


def test_the_report_says_which_walls_stood(ran: Ran) -> None:
    assert ran.report.walls == walls()
    assert {"wall clock", "processor time"} <= set(ran.report.walls)
    if sys.platform == "linux":
        assert {"memory", "no file written"} <= set(ran.report.walls)


# What happens while a folder is read


def test_files_that_vanish_or_change_their_kind_while_a_folder_is_read_cost_no_other(
    tmp_path: Path,
) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.zip"):
        (tmp_path / name).write_text(STORY)
    steps = sync(tmp_path, Store(tmp_path / "store"), WordHashing())
    assert next(steps) == Progress("reading", 0, 4)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to("c.txt")
    (tmp_path / "d.zip").unlink()
    os.mkfifo(tmp_path / "d.zip")
    *_, report = steps
    assert isinstance(report, Report) and report.files == 1
    assert {s.path: s.reason for s in report.skipped} == {
        "a.txt": "no such file or directory",
        "b.txt": "too many levels of symbolic links",
        "d.zip": "not a regular file",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such file elsewhere")
def test_a_file_that_changes_while_it_is_read_is_refused() -> None:
    # Its size is told as 0, as that of a file which grew since.
    with pytest.raises(UnreadableSource, match=r"^it changed while it was read$"):
        read_bytes(Found("a.txt", Path("/proc/self/status")))


def test_a_larger_file_is_read_when_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    found = Found("a.txt", tmp_path / "a.txt")
    with pytest.raises(UnreadableSource, match=f"^{len(STORY)} bytes; at most 10 are read$"):
        list(contents(found, largest=10))
    assert len(list(contents(found, largest=len(STORY)))) == 1


def test_a_member_that_is_too_large_is_refused_by_name() -> None:
    data = files.zipped({"a.txt": STORY, "b.txt": "Nine boats."})
    made = [(path, bool(text), reason) for path, text, reason, _ in unpack(data, 20)]
    assert made == [
        ("a.txt", False, f"{len(STORY)} bytes; at most 20 are read"),
        ("b.txt", True, None),
    ]


def test_the_second_of_two_members_of_one_name_is_refused() -> None:
    data = files.tarred({"a.txt": b"one", "./a.txt": b"two"})
    assert [(text, reason) for _, text, reason, _ in unpack(data, 99)] == [
        (b"one", None),
        (b"", "the archive holds another file of this name"),
    ]


@pytest.mark.parametrize(
    ("room", "data"),
    [
        ("word", word("<w:p/>" * 500_000)),
        ("html", "<p>a<b>" * 400_000),
        ("exports", '{"text": "' + "a" * 30_000_000 + '"}'),
    ],
)
def test_memory_is_bounded_in_every_room(room: str, data: str | bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"more than \d+ MB|parser crashed|nested too|bomb"):
        parse(room, data, memory=150 << 20)


def test_a_link_farm_costs_its_furniture_and_not_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "SECONDS", 0.05)
    from index.parsing import html

    links = "<li><a href=x>one two three</a></li>" * 3000
    made = html.page(page(f"<p>{STORY}</p><nav>News</nav><ul>{links}</ul>").decode())
    assert made.note == "too many links to tell the article from what surrounds it"
    assert STORY in made.text and made.text.count("one two three\n") == 3000
    assert [made.text[s:e] for s, e, _ in made.furniture] == ["News"]


def attempt(what: str) -> Callable[[], object]:
    return {
        "a connection": lambda: socket.create_connection(("127.0.0.1", 9), timeout=5),
        "a program": lambda: os.system("true"),
        "a file": lambda: Path("/tmp/footnoted-wall-test").write_text("x"),
        "memory": lambda: bytearray(1 << 29),
    }[what]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have fewer walls")
@pytest.mark.parametrize("what", ["a connection", "a program", "a file", "memory"])
def test_a_parser_that_was_broken_into_has_no_way_out(what: str) -> None:
    from index.parsing.walls import wall_in

    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            wall_in(20, 1 << 28)
            attempt(what)()
            os.write(outlet, b"done")
        except (OSError, MemoryError) as error:
            os.write(outlet, type(error).__name__.encode())
        finally:
            os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as told:
        assert told.read() in (b"PermissionError", b"MemoryError", b"OSError")
    os.waitpid(child, 0)
