"""Bytes become the characters that were meant, and what is no text is refused."""

from __future__ import annotations

import codecs
import random
import re
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.decoding import Decoded, decode
from index.errors import UnreadableSource
from index.letters import likeness

ENGLISH = (
    "The café’s owner said “we’re open” – and it was. Prices rose to £5 in the naïve quarter.\n"
)
RUSSIAN = "Школа в Северном открылась после ремонта. «Мы рады», — добавил директор школы.\n"
SPANISH = "El año pasado, la compañía anunció más cambios: ¿por qué? «Así será», dijo Peña.\n"
POLISH = "Zażółć gęślą jaźń. Ministerstwo poinformowało, że nowe drony trafią na front.\n"
UKRAINIAN = "Школа у Києві відкрилася після ремонту. Учнів стало більше, ніж торік.\n"


@pytest.mark.parametrize("text", ["plain", ENGLISH, RUSSIAN, "統計局は火曜日に発表した。\n"])
def test_utf8_is_itself(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    text = RUSSIAN + "😀"
    assert decode(mark + text.encode(encoding)) == Decoded(text, encoding, None)


def test_half_a_character_at_the_end_of_utf16_is_shown_and_noted() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "Школа".encode("utf-16-le")[:-1])
    assert decoded.text == "Школ\ufffd"
    assert decoded.note == "1 unreadable byte sequence shown as U+FFFD"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, UKRAINIAN])
def test_utf16_without_a_mark_is_recognised_and_noted(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.note is not None and decoded.note.startswith("encoding guessed: utf")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (UKRAINIAN, "cp1251"),
        (re.sub("[«»—]", "-", RUSSIAN), "koi8-r"),
        (ENGLISH, "cp1252"),
        (SPANISH, "cp1252"),
        (POLISH, "cp1250"),
    ],
    ids=lambda value: value if len(value) < 10 else value.split()[0],
)
@pytest.mark.parametrize("times", [1, 30])
def test_eight_bit_encodings_are_guessed_and_noted(text: str, encoding: str, times: int) -> None:
    decoded = decode((text * times).encode(encoding))
    assert decoded.text == text * times
    assert decoded.note == f"encoding guessed: {decoded.encoding}"


def test_a_bad_byte_in_utf8_costs_one_character_and_is_noted() -> None:
    data = bytearray("He said “we go now” and then left.".encode())
    data[2] = 0xFF
    assert decode(bytes(data)) == Decoded(
        "He\ufffdsaid “we go now” and then left.",
        "utf-8",
        "1 unreadable byte sequence shown as U+FFFD",
    )


def test_line_ends_become_one_newline_and_nul_becomes_visible() -> None:
    decoded = decode(b"one\r\ntwo\rthree\n\rfour\x00 and a good deal more text\r")
    assert decoded.text == "one\ntwo\nthree\n\nfour\ufffd and a good deal more text\n"
    assert decoded.note is None


def test_other_control_characters_and_invisible_ones_stay() -> None:
    text = "a\ttab, a\x0bline, a\x0cpage, a\u200bjoint, a\u00a0blank, a\u2028break, a\x85next\ufeff"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "it is a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "it is a picture"),
        (b"\x1f\x8b\x08\x00" + zlib.compress(ENGLISH.encode()), "it is gzip data"),
        (b"%PDF-1.7\n1 0 obj\n", "it is a PDF"),
        (b"PK\x03\x04" + bytes(50), "it is a zip archive"),
        (random.Random(1).randbytes(5000), "no encoding fits its bytes"),
        (bytes(1000), "it is binary data"),
        (bytes(range(32)) * 20, "it is binary data"),
    ],
)
def test_what_is_no_text_is_refused_with_its_kind(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource, match=f"^not text: {what}$"):
        decode(data)


# The corpus: what people write, in the encodings in which they wrote it before UTF-8.

CORPUS = {
    "en": "The ferry’s captain said “we’re late” – and it was £5 a head in the naïve café.\n",
    "fr": "L’école a rouvert après les travaux; où sont passés les garçons, déjà là à huit ?\n",
    "de": "Die Brücke über den Fluss hatte größere Schäden, sagte der Bürgermeister.\n",
    "es": SPANISH,
    "pt": "A prefeitura não informou quando começam as obras; são três ruas, disse João.\n",
    "pl": POLISH,
    "cs": "Škola byla otevřena, žáci se vrátili do tříd. Příští týden přijde déšť, řekl ředitel.\n",
    "hu": "Az iskolát újra megnyitották, a diákok örültek. A főút újra járható, közölték.\n",
    "ru": "Школа открылась после ремонта. Мы рады, - добавил директор. В среду пошёл снег.\n",
    "uk": UKRAINIAN,
    "el": "Το σχολείο άνοιξε ξανά. Οι μαθητές ήταν χαρούμενοι, είπε ο διευθυντής την Παρασκευή.\n",
    "tr": "Okul tadilattan sonra açıldı. Öğrenciler çok mutluydu, şehirde yağmur bekleniyor.\n",
    "he": "בית הספר נפתח מחדש לאחר השיפוץ. התלמידים שמחו מאוד, אמר המנהל.\n",
    "ar": "أعيد افتتاح المدرسة بعد أعمال الترميم. وقال المدير إن التلاميذ سعداء.\n",
    "lt": "Mokykla vėl atidaryta, mokiniai džiaugėsi. Tiltas bus uždarytas, šįvakar lis.\n",
    "th": "โรงเรียนเปิดอีกครั้งหลังการซ่อมแซม นักเรียนดีใจมาก ผู้อำนวยการกล่าว\n",
    "ja": "学校は改修工事の後に再開した。校長は「生徒はとても喜んでいる」と話した。\n",
    "zh": "学校在维修之后重新开放。校长说，学生们非常高兴。大桥将关闭至星期五。\n",
    "zt": "學校在維修之後重新開放。校長說，學生們非常高興。大橋將關閉至星期五。\n",
    "ko": "학교가 보수 공사를 마치고 다시 문을 열었다. 교장은 학생들이 기뻐한다고 말했다.\n",
}
WRITTEN_IN = [
    *[(language, encoding) for language in CORPUS for encoding in ("utf-8", "utf-8-sig", "utf-16",
      "utf-16-le", "utf-16-be", "utf-32")],
    *[(language, "cp1252") for language in ("en", "fr", "de", "es", "pt")],
    *[(language, "cp1250") for language in ("pl", "cs", "hu")],
    *[(language, "iso8859-2") for language in ("pl", "cs", "hu")],
    *[("ru", encoding) for encoding in ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")],
    ("uk", "cp1251"), ("uk", "koi8-u"), ("el", "cp1253"), ("el", "iso8859-7"), ("tr", "cp1254"),
    ("he", "cp1255"), ("ar", "cp1256"), ("lt", "cp1257"), ("th", "cp874"), ("ja", "shift_jis"),
    ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("zh", "gb18030"), ("zh", "gbk"), ("zt", "big5"),
    ("ko", "euc_kr"),
]  # fmt: skip
EIGHT_BIT = [(lang, encoding) for lang, encoding in WRITTEN_IN if not encoding.startswith("utf")]


@pytest.mark.parametrize(("language", "encoding"), WRITTEN_IN)
@pytest.mark.parametrize("times", [2, 50])
def test_the_corpus_comes_back_exactly_whatever_it_was_written_in(
    language: str, encoding: str, times: int
) -> None:
    text = CORPUS[language] * times
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert not (encoding in dict(EIGHT_BIT).values() and encoding != "iso2022_jp") or decoded.note


def test_the_corpus_is_in_more_than_a_dozen_encodings() -> None:
    assert len({encoding for _, encoding in WRITTEN_IN}) >= 24


@pytest.mark.parametrize(("language", "encoding"), EIGHT_BIT)
def test_a_page_that_says_what_it_is_in_is_read_so_without_a_note(
    language: str, encoding: str
) -> None:
    decoded = decode(page(encoding, CORPUS[language], encoding), html=True)
    assert decoded.text.endswith(CORPUS[language])
    assert decoded.note is None


@pytest.mark.parametrize(
    ("language", "encoding", "wrong"),
    [
        ("ru", "cp1251", "iso-8859-1"),
        ("ru", "koi8-r", "windows-1251"),
        ("ru", "cp1251", "koi8-r"),
        ("fr", "cp1252", "windows-1251"),
        ("pl", "cp1250", "iso-8859-1"),
        ("ja", "shift_jis", "iso-8859-1"),
        ("el", "cp1253", "windows-1252"),
        ("zh", "gbk", "utf-8"),
        ("fr", "cp1252", "gb2312"),
    ],
)
def test_a_wrong_declaration_is_seen_through_and_noted(
    language: str, encoding: str, wrong: str
) -> None:
    text = CORPUS[language] * 3
    decoded = decode(page(wrong, text, encoding), html=True)
    assert decoded.text.endswith(text)
    assert decoded.note is not None


def test_utf8_under_a_wrong_declaration_is_noted_too() -> None:
    decoded = decode(page("windows-1251", RUSSIAN, "utf-8"), html=True)
    assert decoded.note == "says that it is cp1251, read as utf-8"
    assert decode(page("windows-1251", "plain", "utf-8"), html=True).note is None


@pytest.mark.parametrize(("language", "encoding"), EIGHT_BIT)
@pytest.mark.parametrize("bad", [0x81, 0x98, 0xFF])
def test_one_bad_byte_costs_no_more_than_its_line(language: str, encoding: str, bad: int) -> None:
    if encoding == "iso2022_jp":  # seven bits: then it is something else
        return
    lines = [CORPUS[language].encode(encoding)] * 6
    lines[3] = lines[3][:20] + bytes([bad]) + lines[3][21:]
    read = decode(b"".join(lines)).text.split("\n")
    assert sum(line + "\n" == CORPUS[language] for line in read) >= 5


def test_an_xml_declaration_names_the_encoding_of_a_page() -> None:
    text = "<?xml version='1.0' encoding='windows-1251'?><html><p>Да, мы рады.</p></html>"
    decoded = decode(text.encode("cp1251"), html=True)
    assert (decoded.text, decoded.encoding, decoded.note) == (text, "cp1251", None)


def test_a_mails_header_names_the_encoding_of_its_text() -> None:
    decoded = decode("Да.".encode("koi8-r"), declared="KOI8-R")
    assert (decoded.text, decoded.encoding, decoded.note) == ("Да.", "koi8-r", None)


def test_a_few_bytes_at_the_end_of_a_long_file_decide_its_encoding() -> None:
    text = "Plain words, line after line.\n" * 20_000 + CORPUS["fr"]
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("seed", range(30))
def test_random_bytes_are_no_text_in_any_encoding(seed: int) -> None:
    with pytest.raises(UnreadableSource, match=r"^not text: "):
        decode(random.Random(seed).randbytes(3000))


def test_a_text_looks_like_its_own_language_more_than_like_what_other_encodings_make_of_it() -> (
    None
):
    for language, encoding in EIGHT_BIT:
        if encoding == "iso2022_jp":
            continue
        right = likeness(CORPUS[language])
        wrong = likeness(CORPUS[language].encode(encoding).decode("cp437"))
        assert right >= 0.9 > wrong, (language, encoding)
    assert likeness("plain words") == 1.0


def page(charset: str, text: str, encoding: str) -> bytes:
    return f"<html><head><meta charset='{charset}'></head><p>{text}".encode(encoding)


def test_a_web_page_is_read_as_it_declares() -> None:
    decoded = decode(page("windows-1251", "Да.", "cp1251"), html=True)
    assert (decoded.text[-3:], decoded.encoding, decoded.note) == ("Да.", "cp1251", None)


def test_latin1_in_a_web_page_means_what_browsers_take_it_for() -> None:
    assert decode(page("ISO-8859-1", "“é”", "cp1252"), html=True).text.endswith("“é”")


def test_a_plain_file_declares_nothing() -> None:
    assert decode(page("koi8-r", RUSSIAN * 3, "cp1251")).text.endswith(RUSSIAN)


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "rot13", "base64", "no-such", "\\"])
def test_a_declaration_that_no_page_means_is_not_believed(charset: str) -> None:
    data = page(charset, "\\u0041 +AGE- naïve café, straße, Ünal", "cp1252")
    assert "\\u0041 +AGE- naïve café, straße, Ünal" in decode(data, html=True).text


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(page("windows-1251", RUSSIAN, "utf-8"), html=True).encoding == "utf-8"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_with_a_mark_comes_back_but_for_line_ends_and_nul(text: str) -> None:
    controls = sum((c < " " and c not in "\t\n\x0c\r") or c == "\x7f" for c in text)
    if controls > len(text) * 0.2:
        return
    as_promised = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert decode(codecs.BOM_UTF8 + text.encode()).text == as_promised


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_text_or_refused_by_name(data: bytes, html: bool) -> None:
    try:
        text = decode(data, html=html).text
    except UnreadableSource as refused:
        assert str(refused).startswith("not text: ")
    else:
        assert "\r" not in text and "\0" not in text
        text.encode()
