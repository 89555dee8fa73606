"""How results look: nothing in a name or a text moves the cursor."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnoted import reports, terminal
from footnoted.__main__ import main
from footnoted.terminal import visible
from index.sources import Skipped
from index.sync import Progress, Report
from rag.records import Answer, Citation, Place, Sentence, Words
from tests.doubles import hit

HOSTILE = "a\x1b[2J\x1b]0;owned\x07b\rc\x08\x9b31m\u202ed\u2028e\u200b\udcff f\tg"
PLACE = Place(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE, 3, 9, HOSTILE)


def answered(**changed: Any) -> Answer:
    about: dict[str, Any] = {
        "question": HOSTILE,
        "status": "answered",
        "confidence": 0.5,
        "sentences": (Sentence(HOSTILE, (1,), (Words((0, 1), (1,)),)),),
        "citations": (Citation(1, PLACE, (PLACE,)),),
        "nearest": (),
        "notices": (HOSTILE,),
    }
    return Answer(**(about | changed))


def harmless(text: str) -> bool:
    return all(c == "\n" or c.isprintable() for c in text)


@given(st.text())
def test_what_is_visible_holds_no_control_character_and_is_else_unchanged(text):
    shown = visible(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    assert visible(shown) == shown
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize(
    "answer",
    [
        answered(),
        answered(status="not_found", sentences=(), citations=(), nearest=(Citation(1, PLACE),)),
    ],
)
def test_an_answers_characters_never_reach_the_terminal_raw(capsys, answer):
    terminal.print_answer(None, answer, as_json=False)
    out, err = capsys.readouterr()
    assert harmless(out) and harmless(err)
    assert "\\x1b[2J" in out and "\\u202e" in out
    terminal.print_answer(HOSTILE, answer, as_json=True)
    out, err = capsys.readouterr()
    assert out.isascii() and harmless(out) and out.count("\n") == 1 and err == ""
    assert json.loads(out)["question"] == HOSTILE


def test_hits_reports_and_status_never_reach_the_terminal_raw(capsys):
    found = hit(HOSTILE, path=HOSTILE, title=HOSTILE, publisher=HOSTILE)
    skipped = (Skipped(HOSTILE, HOSTILE),)
    notes = ((HOSTILE, HOSTILE),)
    report = Report(HOSTILE, 1, 1, 1, 1, 1, 0, 0, 0, 1, 2, skipped, notes)
    for as_json in (False, True):
        terminal.print_hits({"question": HOSTILE}, [found], as_json=as_json)
        reports.print_report(report, as_json=as_json)
        terminal.print_status({"store": HOSTILE}, as_json=as_json)
    out, err = capsys.readouterr()
    assert harmless(out) and err == ""
    assert sum(line.isascii() and line.startswith("{") for line in out.splitlines()) == 3


def test_an_error_never_reaches_the_terminal_raw(capsys):
    named = HOSTILE.encode("utf-8", "ignore").decode()  # what is not UTF-8 is refused sooner
    assert main(["ask", "Why?", "--store", f"/nowhere/{named}"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and harmless(err) and err.count("\n") == 1
    assert err.startswith("footnoted: nothing is indexed in /nowhere/a\\x1b[2J")


def test_an_answer_reads_from_its_sentence_to_its_source(capsys):
    place = Place("b/a.txt", 2, "Light", "The Gazette", "2024-03", 7, 19, "Lamps (all).")
    copy = Place("c.txt", 1, None, None, None, 0, 12, "Lamps (all).")
    sentence = Sentence("Lamps [4].", (1, 2))
    citations = (Citation(1, place, (copy,)), Citation(2, copy))
    terminal.print_answer(
        None, answered(sentences=(sentence,), citations=citations, notices=()), as_json=False
    )
    assert capsys.readouterr().out == (
        "Lamps (4). [1][2]\n"
        "\n"
        "[1] Light, The Gazette, 2024-03 (b/a.txt, characters 7 to 19)\n"
        "    also in c.txt, characters 0 to 12\n"
        "[2] c.txt, characters 0 to 12\n"
    )


def test_a_narrow_terminal_breaks_lines_and_loses_no_word(capsys, monkeypatch):
    for columns in ("1", "20", "1000"):
        monkeypatch.setenv("COLUMNS", columns)
        terminal.print_hits({"question": "?"}, [hit("word " * 40 + "end.")], as_json=False)
        shown = capsys.readouterr().out.split("\n", 1)[1]
        assert "".join(shown.split()) == "word" * 40 + "end."
        assert all(len(line) <= 100 for line in shown.splitlines())


def test_progress_is_drawn_on_no_stream_that_is_not_a_terminal(capsys):
    report = Report("x", 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, (), ())
    steps: list[Progress | Report] = [Progress("reading", 0, 2), Progress("reading", 2, 2), report]
    assert reports.progress(iter(steps)) is report
    assert capsys.readouterr() == ("", "")


def test_a_sentence_that_answers_two_parts_has_all_its_spans_in_json():
    one = Sentence("Six died in March.", (1,), (Words((0, 3), (1,)),))
    two = Sentence("Six died in March.", (1,), (Words((0, 3), (1,)), Words((12, 17), (1,))))
    said = terminal.answer_object(None, answered(sentences=(one, two)))["sentences"]
    assert [sentence["answer"] for sentence in said] == [(0, 3), (0, 3)]
    assert [sentence.get("answers") for sentence in said] == [None, [(0, 3), (12, 17)]]


def test_of_two_answers_in_a_sentence_the_sources_of_the_first_are_counted(capsys):
    place = Place("a.txt", 1, None, None, None, 0, 18, "Six died in March.")
    other = Place("b.txt", 1, None, None, None, 0, 9, "Six died.")
    both = (Words((0, 3), (1, 2)), Words((12, 17), (1,)))
    sentences = (Sentence("Six died in March.", (1, 2), both),)
    citations = (Citation(1, place), Citation(2, other))
    terminal.print_answer(
        None, answered(sentences=sentences, citations=citations, notices=()), as_json=False
    )
    assert "2 independent sources" in capsys.readouterr().out


def test_the_cells_of_a_row_stand_apart(capsys):
    row = "Ann Orr\t\t42\t31.2"
    place = Place("a.html", 1, None, None, None, 0, len(row), row)
    sentence = Sentence(row, (1,), (Words((9, 11), (1,)),))
    terminal.print_answer(
        None, answered(sentences=(sentence,), citations=(Citation(1, place),)), as_json=False
    )
    assert capsys.readouterr().out.startswith("Ann Orr   42   31.2 [1]\n")
