"""Each format is read as what it is: its words, its articles, what it says of them, its pages."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.articles import layout
from index.contents import Content, read
from index.errors import UnreadableSource
from index.formats import FORMATS, format_of, is_archive
from index.parsing.lines import Lines
from index.parsing.paragraphs import rejoined, unwrapped
from index.records import Article, Page, Source
from index.store import Store
from index.sync import sync
from tests import files
from tests.doubles import WordHashing

ROOT = Path(__file__).parents[1]
FIRST = "The harbour board voted nine to two on Tuesday to dredge the eastern channel."
SECOND = "Work begins in March and is to end before the autumn storms, the board said."
THIRD = "Fishing boats will use the western channel until then, and pay no fee for it."
STORY = f"{FIRST} {SECOND}"
SET = (  # the same as it stands in a column of print
    "The harbour board voted nine to two on Tuesday to dredge the east-\n"
    "ern channel. Work begins in March and is to end before the autumn\n"
    "storms, the board said."
)


def got(name: str, data: bytes) -> Source:
    return read(Content(name, data))


def articles(source: Source) -> list[tuple[str, Article]]:
    return [(source.text[a.start : a.end], a) for a in layout(source).articles]


def about(source: Source) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(a.title, a.publisher, a.published, a.url) for _, a in articles(source)]


def marked(source: Source) -> dict[str, str]:
    return {source.text[start:end]: why for start, end, why in layout(source).furniture}


# Which files are read


@pytest.mark.parametrize(
    ("name", "room"),
    [
        *[(f"a{end}", format.room) for end, format in FORMATS.items()],
        ("A.PDF", "pdf"),
        ("a.tar.gz.txt", None),
        ("a.b.docx", "word"),
    ],
)
def test_a_file_is_known_by_the_end_of_its_name(name: str, room: str | None) -> None:
    format = format_of(name)
    assert format is not None and format.room == room


@pytest.mark.parametrize("name", ["pdf", ".pdf", "a.pdf.bak", "a.doc", "a.gz", "a", "txt"])
def test_a_file_of_another_kind_is_of_none(name: str) -> None:
    assert format_of(name) is None and not is_archive(name)


@pytest.mark.parametrize("name", ["a.zip", "A.ZIP", "a.tar.gz", "a.tgz"])
def test_a_packed_folder_is_known_too(name: str) -> None:
    assert is_archive(name) and format_of(name) is None


@pytest.mark.parametrize(
    ("name", "data", "extractor"),
    [
        ("a.txt", STORY.encode(), None),
        ("a.html", f"<p>{STORY}".encode(), "trafilatura"),
        ("a.mht", files.mhtml(STORY.encode(), url="x"), "mhtml"),
        ("a.pdf", files.pdf(STORY[:80]), "pypdfium2 5"),
        ("a.docx", files.docx(STORY), "python-docx 1"),
        ("a.epub", files.epub({"a.xhtml": STORY}), "epub 1"),
        ("a.eml", bytes(files.mail(STORY)), "mail 1"),
        ("a.json", files.lines_of_json({"text": STORY}), "exports 1"),
    ],
)
def test_what_made_a_text_is_told_with_its_version(
    name: str, data: bytes, extractor: str | None
) -> None:
    told = got(name, data).page.extractor
    assert told is extractor is None or (told and extractor and extractor in told)


# PDF


def test_the_lines_of_a_pdf_become_paragraphs_with_whole_words() -> None:
    source = got("a.pdf", files.pdf(f"Channel to be dredged\n\n{SET}\n\n{THIRD}"))
    assert source.text == f"Channel to be dredged\n{STORY}\n{THIRD}\n"
    assert (source.media_type, source.encoding) == ("application/pdf", "binary")
    assert about(source)[0][0] == "Channel to be dredged"


def test_a_place_in_a_pdf_has_a_page() -> None:
    source = got("a.pdf", files.pdf(FIRST, "", f"{SECOND}\n\n{THIRD}"))
    third = source.text.index(SECOND)
    assert source.page.leaves == (0, third, third)


def test_a_paragraph_goes_on_overleaf_and_the_page_turns_within_it() -> None:
    above, below = SET.split(" Work")
    source = got("a.pdf", files.pdf(f"{above} Work", f"{below.strip()}\n\nNine boats wait."))
    assert source.text == f"{STORY}\nNine boats wait.\n"
    assert source.page.leaves == (0, source.text.index("begins"))


def test_what_stands_on_every_page_is_furniture() -> None:
    pages = [f"The Harbour Post, 22 April\n\n{words}" for words in (FIRST, SECOND, THIRD)]
    source = got("a.pdf", files.pdf(*pages))
    assert marked(source) == {"The Harbour Post, 22 April": "header or footer"}
    assert source.text.count("The Harbour Post") == 3


def test_two_words_parted_at_a_hyphen_that_is_theirs_keep_it() -> None:
    add = rejoined(["a state-of-the-", "art plan", "another state-of-the-art plan", "Franco-"])
    assert add("a state-of-the-", "art plan") == "a state-of-the-art plan"
    assert add("a Franco-", "British one") == "a Franco- British one"
    assert add("a deci\ufffesion", "of the coun-") == "a deci\ufffesion of the coun-"
    assert add("", "a deci\ufffesion of a ﬁne") == "a decision of a fine"
    assert add("coun-", "cil house") == "council house"


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("The title told", "The title told"),
        ("Microsoft Word - draft.docx", "Channel to be dredged"),
        ("untitled", "Channel to be dredged"),
        ("story_final.indd", "Channel to be dredged"),
    ],
)
def test_the_title_of_a_pdf_is_the_one_it_tells_unless_a_program_made_it_up(
    told: str, title: str
) -> None:
    data = files.pdf(f"Channel to be dredged\n\n{SET}", title=told)
    assert about(got("a.pdf", data))[0][0] == title


def test_pages_of_pictures_are_told_and_a_pdf_of_nothing_else_is_refused() -> None:
    reason = "^there is no text in it; 2 of 2 pages are pictures without text$"
    with pytest.raises(UnreadableSource, match=reason):
        got("a.pdf", files.pdf("", "", picture=True))
    note = got("a.pdf", files.pdf(FIRST, "", picture=True)).note
    assert note == "1 of 2 pages are pictures without text"


def test_a_damaged_page_costs_no_other() -> None:
    data = files.pdf(FIRST, SECOND, THIRD)
    source = got("a.pdf", data.replace(b"/Type /Page /Parent", b"/Type /Pagf /Parent", 1))
    assert source.text == f"{SECOND}\n{THIRD}\n"
    assert source.note == "1 of 3 pages are damaged"
    assert source.page.leaves == (0, 0, len(SECOND) + 1)


def test_letters_that_a_font_does_not_tell_are_reported() -> None:
    assert "may be wrong" in str(got("a.pdf", files.pdf("\x05\x06\x07 nine boats")).note)


# Word


def test_a_word_document_is_its_paragraphs_headings_and_rows_in_order() -> None:
    row = "<w:tr>{}</w:tr>".format(
        "".join(f"<w:tc><w:p><w:r><w:t>{w}</w:t></w:r></w:p></w:tc>" for w in ("Pears", "40"))
    )
    body = (
        f"<w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p><w:tbl>{row}</w:tbl>"
        f"<w:p><w:r><w:t>{SECOND}</w:t><w:br/><w:t>{THIRD}</w:t></w:r></w:p>"
    )
    data = files.docx("", parts={"word/document.xml": files.document(body)})
    assert got("a.docx", data).text == f"{FIRST}\nPears\t40\n{SECOND}\n{THIRD}\n"


def test_what_was_struck_out_is_left_out_and_what_was_put_in_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>Nine </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:sdt><w:sdtContent><w:r><w:t>boats"
        "</w:t></w:r></w:sdtContent></w:sdt><w:hyperlink><w:r><w:t> sailed.</w:t></w:r>"
        "</w:hyperlink></w:p>"
    )
    data = files.docx("", parts={"word/document.xml": files.document(body)})
    assert got("a.docx", data).text == "Nine new boats sailed.\n"


def test_the_notes_of_a_word_document_stand_at_its_end() -> None:
    notes = (
        f"<w:footnotes {files.WORD}><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
        f"<w:footnote w:id='1'><w:p><w:r><w:t>{THIRD}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    relation = (
        '<Relationship Id="n1" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    plain = files.docx(FIRST)
    parts = {"word/footnotes.xml": notes}
    for name in ("word/_rels/document.xml.rels",):
        whole = files.members(plain)[name].decode()
        parts[name] = whole.replace("</Relationships>", relation)
    kinds = files.members(plain)["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = kinds.replace(
        "</Types>",
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    assert got("a.docx", files.replaced(plain, parts)).text == f"{FIRST}\n{THIRD}\n"


def test_the_day_on_which_a_template_was_made_is_no_date_of_publication() -> None:
    data = files.docx("# Channel to be dredged", STORY, title="From the template")
    assert about(got("a.docx", data)) == [("Channel to be dredged", None, None, None)]
    byline = "By Mara Ellison, The Harbour Post, 22 April 2025"
    dated = files.docx("# Channel to be dredged", byline, STORY)
    assert about(got("a.docx", dated))[0][1:3] == ("The Harbour Post", "2025-04-22")


def test_a_word_document_with_a_damaged_part_is_read_and_the_damage_told() -> None:
    data = files.docx("# Channel to be dredged", STORY, parts={"word/styles.xml": "<w"})
    source = got("a.docx", data)
    assert source.text == f"Channel to be dredged\n{STORY}\n"
    assert source.note == "damaged; its text was read, its title and its notes may be missing"


# EPUB

BOOK = (
    "<dc:title>The Year</dc:title><dc:publisher>The Harbour Post</dc:publisher>"
    "<dc:date>2025-04-22T10:00:00Z</dc:date>"
)


def test_the_chapters_of_a_book_are_articles_in_the_order_of_reading() -> None:
    chapters = {
        "two.xhtml": f"<h1>Dredging</h1><p>{FIRST}</p>",
        "one.xhtml": f"<p>{SECOND}</p>",
        "three.xhtml": f"<p>{THIRD}</p>",
    }
    source = got("a.epub", files.epub(chapters, contents={"three.xhtml": "Fish"}, about=BOOK))
    assert [(words, a.title) for words, a in articles(source)] == [
        (f"Dredging\n{FIRST}\n{SECOND}", "The Year: Dredging"),  # one.xhtml goes on with it
        (THIRD, "The Year: Fish"),
    ]
    assert {told[1:3] for told in about(source)} == {("The Harbour Post", "2025-04-22")}


def test_elements_that_xml_closes_at_once_do_not_swallow_a_chapter() -> None:
    source = got("a.epub", files.epub({"a.xhtml": f'<a id="x"/><script/><p>{FIRST}</p>'}))
    assert source.text == f"{FIRST}\n"


def test_a_book_with_its_shops_lock_is_refused_and_one_with_locked_fonts_is_read() -> None:
    lock = '<encryption><CipherReference URI="{}"/></encryption>'
    chapters = {"a.xhtml": f"<p>{FIRST}</p>"}
    fonts = {"META-INF/encryption.xml": lock.format("OPS/font.otf")}
    assert got("a.epub", files.epub(chapters, parts=fonts)).text == f"{FIRST}\n"
    text = {"META-INF/encryption.xml": lock.format("OPS/a.xhtml")}
    with pytest.raises(UnreadableSource, match=r"^it is encrypted by its shop \(DRM\)$"):
        got("a.epub", files.epub(chapters, parts=text))


def test_missing_chapters_are_told() -> None:
    data = files.epub({"a.xhtml": f"<p>{FIRST}</p>", "b.xhtml": "<p>b</p>"})
    members = {k: v for k, v in files.members(data).items() if k != "OPS/b.xhtml"}
    assert got("a.epub", files.zipped(members)).note == "1 of 2 chapters are missing in the file"


# Mail

SENT = {
    "Subject": "Channel to be dredged",
    "From": "The Harbour Post <news@post.example>",
    "Date": "Tue, 22 Apr 2025 23:30:00 -0500",
}


def test_a_mail_is_an_article_with_subject_sender_and_the_senders_date() -> None:
    source = got("a.eml", bytes(files.mail(STORY, **SENT, Archived_At="<https://post.example/1>")))
    assert about(source) == [
        ("Channel to be dredged", "The Harbour Post", "2025-04-22", "https://post.example/1")
    ]
    assert source.text.startswith("Channel to be dredged\nFrom: The Harbour Post <news@")
    assert source.text.endswith(f"\n{STORY}\n")
    assert set(marked(source).values()) == {"header", "title"}


def test_a_mail_of_no_possible_day_is_read_without_a_date() -> None:
    data = bytes(files.mail(STORY, **SENT))
    for day in (
        b"Tue, 22 Apr 99999999999999999999 10:00:00 +0000",
        b"22 Apr 2025 10:00 +" + b"9" * 20,
    ):
        (told,) = about(got("a.eml", re.sub(rb"(?m)^Date: .*$", b"Date: " + day, data)))
        assert told[0] == "Channel to be dredged" and told[2] is None


def test_the_plain_text_of_a_mail_is_preferred_unless_it_only_says_that_there_is_html() -> None:
    html = f"<p>{STORY}</p><p>Unsubscribe</p>"
    both = got("a.eml", bytes(files.mail(STORY, html=html, **SENT)))
    assert "Unsubscribe" not in both.text
    poor = got("a.eml", bytes(files.mail("See the HTML.", html=html, **SENT)))
    assert STORY in poor.text and marked(poor)["Unsubscribe"] == "mail footer"


def test_lines_broken_at_a_margin_are_whole_again_and_others_stay_as_they_are() -> None:
    wrapped = (
        SET.replace("east-\nern", "eastern\n") + "\n\n- a point\n- another\n\n> quoted\n-- \nM"
    )
    made = unwrapped(f"{SET}\n{SET}\n")
    assert made.startswith("The harbour board voted nine to two on Tuesday to dredge the east- ern")
    assert unwrapped(wrapped).endswith("\n\n- a point\n- another\n\n> quoted\n-- \nM")
    poem = "Nine boats\nwent out\nand came\nback in."
    assert unwrapped(poem) == poem


def test_the_messages_of_a_mailbox_are_articles() -> None:
    second = files.mail(f"{THIRD}\nFrom then on, none.", Subject="Fish", From="a@b.example")
    data = b"From x\n" + bytes(files.mail(STORY, **SENT)) + b"\n\nFrom y\n"
    data += bytes(second).replace(b"\nFrom then", b"\n>From then")
    source = got("a.mbox", data)
    assert [told[:3] for told in about(source)] == [
        ("Channel to be dredged", "The Harbour Post", "2025-04-22"),
        ("Fish", "a@b.example", None),
    ]
    assert source.text.endswith("\nFrom then on, none.\n")


def test_a_mail_carried_in_a_mail_is_an_article_of_its_own_and_attachments_are_told() -> None:
    message = files.mail(FIRST, **SENT)
    message.add_attachment(files.mail(SECOND, Subject="Carried", From="a@b.example"))
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="map.pdf")
    source = got("a.eml", bytes(message))
    assert [told[0] for told in about(source)] == ["Channel to be dredged", "Carried"]
    assert source.note == "1 attached files not read: map.pdf"


def test_an_encrypted_mail_is_refused_with_the_reason() -> None:
    data = b'Content-Type: multipart/encrypted; boundary="b"\n\n--b\n\nx\n--b--\n'
    with pytest.raises(UnreadableSource, match=r"^a message is encrypted$"):
        got("a.eml", data)


@pytest.mark.parametrize("charset", ["koi8-r", "iso-2022-jp", "utf-8", "x-unknown", None])
def test_a_mail_is_read_in_the_encoding_it_names_or_in_the_one_it_is_in(
    charset: str | None,
) -> None:
    text = "学校は再開した。" if charset == "iso-2022-jp" else "Школа открылась после ремонта."
    named = charset if charset and charset != "x-unknown" else "koi8-r"
    kind = f'text/plain; charset="{charset}"' if charset else "text/plain"
    head = f"Subject: =?utf-8?q?Caf=C3=A9?=\nContent-Type: {kind}\n\n".encode()
    source = got("a.eml", head + text.encode(named))
    assert source.text == f"Café\n{text}\n"


def test_a_subject_of_bare_bytes_is_read_too() -> None:
    head = "Subject: Школа открылась после ремонта\n\n".encode("koi8-r")
    assert about(got("a.eml", head + STORY.encode()))[0][0] == "Школа открылась после ремонта"


# A page in one file


def test_a_page_saved_in_one_file_is_the_page_with_the_address_it_came_from() -> None:
    page = f"<html><head><title>T</title></head><body><p>{STORY}</p><nav>News</nav></body></html>"
    source = got("a.mhtml", files.mhtml(page.encode(), url="https://post.example/a?b=1"))
    assert source.page.captured == "2025-04-22T10:00:00"
    assert about(source) == [("T", "post.example", None, "https://post.example/a?b=1")]
    assert marked(source) == {"News": "nav"}
    assert source.media_type == "multipart/related"


def test_a_page_in_one_file_is_read_in_the_encoding_that_its_part_names() -> None:
    page = "<p>Школа открылась после ремонта. Мы рады.</p>".encode("cp1251")
    source = got("a.mhtml", files.mhtml(page, url="https://a.example/", charset="windows-1251"))
    assert source.text == "Школа открылась после ремонта. Мы рады.\n"
    assert source.note is None


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://post.example/a">', "https://post.example/a"),
        ('<meta property="og:url" content="https://post.example/b">', "https://post.example/b"),
        ("<!-- saved from url=(0022)https://post.example/c -->", "https://post.example/c"),
        ("<!--\n Page saved with SingleFile\n url: https://post.example/d\n-->", None),
        ('<link rel="canonical" href="/relative">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="https://post.example/&quot;><b">', None),
    ],
)
def test_the_address_of_a_page_is_the_one_it_gives_itself(head: str, url: str | None) -> None:
    source = got("a.html", f"<html><head>{head}</head><body><p>{STORY}</p></body></html>".encode())
    expected = url or ("https://post.example/d" if "SingleFile" in head else None)
    assert about(source)[0][3] == expected


# Exports


def test_the_records_of_an_export_are_articles_with_what_their_fields_say() -> None:
    source = got(
        "a.jsonl",
        files.lines_of_json(
            {"title": "Dredging", "text": STORY, "url": "https://a.example/1",
             "date": "2025-04-22", "source": "The Harbour Post"},
            {"Headline": "Fish", "content": f"<p>{THIRD}</p><nav>News</nav>",
             "published": 2024, "publisher": {"name": "Field Ledger"}},
        ),
    )  # fmt: skip
    assert about(source) == [
        ("Dredging", "The Harbour Post", "2025-04-22", "https://a.example/1"),
        ("Fish", "Field Ledger", "2024", None),
    ]
    assert [words for words, _ in articles(source)] == [f"Dredging\n{STORY}", f"Fish\n{THIRD}"]
    assert marked(source) == {"News": "nav"}


@pytest.mark.parametrize(
    "listed",
    ["[{0}, {0}]", '{{"count": 2, "articles": [{0}, {0}]}}', "{0}\n\n{0}\n", "{0}\r\n{0}"],
)
def test_records_are_found_however_they_are_listed(listed: str) -> None:
    source = got("a.json", listed.format('{"body": "Nine boats sailed.\\r\\nOne sank."}').encode())
    assert source.text == "Nine boats sailed.\nOne sank.\n" * 2
    assert len(articles(source)) == 2


def test_records_without_text_are_told_and_the_others_read() -> None:
    data = files.lines_of_json({"text": FIRST}, {"title": "x"}, [1]) + b"{broken\n" * 3
    note = "not read: line 2 has no text, line 3 has no text, line 4 is not JSON, and 2 more"
    assert got("a.jsonl", data).note == note


def test_half_a_character_in_an_export_is_shown_as_such() -> None:
    source = got("a.json", b'{"text": "a\\ud800b \\ud83d\\ude00 c\\u0000d", "title": "\\udfffT"}')
    assert source.text == "T\na\ufffdb 😀 c\ufffdd\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"name": "app", "version": 1}', "no record in it has a text, content or body"),
        (b"[1, 2]", "no record in it has a text, content or body"),
        (b'{"text": "a"', "not readable as JSON: expecting ',' delimiter"),
        (b"9" * 5000, "no record in it has a text, content or body|not readable as JSON: a number"),
    ],
)
def test_json_that_is_no_export_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=f"^({reason})$"):
        got("a.json", data)


# The text that is put together


def test_lines_know_where_everything_is() -> None:
    lines = Lines()
    assert lines.add("one") == (0, 3)
    assert lines.add(" \n") == (4, 4)
    inner = Page("x\ny\n", furniture=((2, 3, "nav"),))
    assert lines.add_page(inner) == (4, 8)
    lines.add("two\r\nthree\0", "foot")
    lines.add_part(0, 4, title="T")
    lines.add_part(8, 8)
    page = lines.page(title="All")
    assert page.text == "one\nx\ny\ntwo\nthree\ufffd\n"
    assert page.furniture == ((6, 7, "nav"), (8, 18, "foot"))
    assert [(p.start, p.end, p.title) for p in page.parts] == [(0, 4, "T")]
    assert replace(page, text="").title == "All"


# What the store keeps of them


def test_a_hits_page_and_its_articles_address_are_in_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(files.pdf(FIRST, "", f"{SECOND}\n\n{THIRD}"))
    canonical = '<link rel="canonical" href="https://post.example/a">'
    (folder / "a.html").write_text(f"<html><head>{canonical}</head><body><p>{STORY}</body></html>")
    (folder / "a.txt").write_text(f"Title: Dredging\nURL: https://post.example/t\n\n{STORY}")
    (folder / "b.txt").write_text(STORY)
    store = Store(tmp_path / "store")
    for _ in sync(folder, store, WordHashing()):
        pass
    with store.snapshot() as snapshot:
        text = snapshot.text("a.pdf")
        pages = {words: snapshot.page_of("a.pdf", text.index(words)) for words in (FIRST, SECOND)}
        assert pages == {FIRST: 1, SECOND: 3}
        assert snapshot.page_of("a.pdf", len(text) - 1) == 3
        assert snapshot.page_of("a.txt", 0) is None
        paths = ("a.html", "a.txt", "a.pdf", "b.txt")
        assert [snapshot.article(path, 1)[0].url for path in paths] == [
            "https://post.example/a",
            "https://post.example/t",
            None,
            None,
        ]
        assert snapshot.article("a.html", 1)[0].url == "https://post.example/a"


def test_the_libraries_of_the_formats_are_loaded_in_the_child_alone() -> None:
    code = (
        "import sys; from index.contents import Content, read; from tests import files;"
        "read(Content('a.pdf', files.pdf('Nine boats.')));"
        "read(Content('a.html', b'<p>Nine boats.')); read(Content('a.eml', b'\\n\\nNine boats.'));"
        "print({'docx', 'email.parser', 'lxml', 'pypdfium2', 'trafilatura'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
