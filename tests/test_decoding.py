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
