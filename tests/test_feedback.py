"""What a reader said of an answer is kept, and becomes a case after a look."""

from __future__ import annotations

import io
import json

import pytest

from evals.adopt import adopt
from evals.suites import load
from footnoted.__main__ import main
from index.errors import StoreError
from rag import feedback
from rag.chain import Chain
from rag.feedback import FILE
from tests.doubles import Sure, WordHashing, filled
from tests.test_eval import ARTICLES, FERRY, LANTERNS


@pytest.fixture
def store(tmp_path):
    return filled(tmp_path, ARTICLES)


@pytest.fixture
def answer(store):
    asked = "How many lanterns did the harbour office buy?"
    return Chain(store, WordHashing(), Sure(1.0)).ask(asked)


def typed(*lines):
    left = list(lines)
    return lambda prompt: left.pop(0)


def test_what_a_reader_said_is_read_back_as_it_was_kept(store, answer):
    place = answer.citations[0].place
    said = feedback.keep(store.folder, answer, "wrong", correct=place, note="\u202eno\n")
    other = feedback.keep(store.folder, answer, "right", history=["Before?"])
    assert feedback.load(store.folder) == [said, other] and said.id != other.id
    assert said.correct is not None and said.correct.quote == LANTERNS
    assert said.sentences[0] == LANTERNS and other.history == ("Before?",)
    with store.snapshot() as snapshot:
        words = said.citations[0]
        assert snapshot.text(words.path)[words.start : words.end] == words.quote


def test_a_torn_last_line_is_left_out_and_a_wrong_one_is_named(store, answer):
    said = feedback.keep(store.folder, answer, "wrong")
    file = store.folder / FILE
    with file.open("a") as log:
        log.write('{"id": "to')
    assert feedback.load(store.folder) == [said]
    file.write_text("{}\n")
    with pytest.raises(StoreError, match=r"feedback\.jsonl, line 1"):
        feedback.load(store.folder)


def test_nothing_said_is_nothing_to_look_at(store, tmp_path):
    lines: list[str] = []
    assert adopt(store, tmp_path / "mine", ask=typed(), say=lines.append) == 0
    assert lines == ["nothing to look at"]


def test_an_adopted_answer_is_a_case_that_the_suite_then_asks(store, answer, tmp_path, capsys):
    feedback.keep(store.folder, answer, "wrong")
    feedback.keep(store.folder, answer, "wrong")
    feedback.keep(store.folder, answer, "wrong")
    suite = tmp_path / "mine"
    shown: list[str] = []
    count = adopt(
        store, suite, ask=typed("x", "a", "1", "240 | 240 lanterns", "u", "l"), say=shown.append
    )
    assert count == 2 and "A: " + LANTERNS in shown
    cases = load(suite).questions
    assert [c.kind for c in cases] == ["single", "unanswerable"]
    assert cases[0].answers == (("240", "240 lanterns"),) and cases[0].gold[0].quote == LANTERNS
    assert load(suite).articles == tmp_path / "articles"
    ask = ["eval", str(suite), "--reader", "none", "--json", "--out", str(tmp_path / "out")]
    assert main(ask) == 0
    assert json.loads(capsys.readouterr().out)["mine"]["first_sentence_holds"] == 1.0
    # Only what was put off comes again.
    assert adopt(store, suite, ask=typed("d"), say=shown.append) == 0
    assert adopt(store, suite, ask=typed(), say=shown.append) == 0


def test_the_words_a_reader_pointed_at_are_the_gold(store, answer, tmp_path):
    with store.snapshot() as snapshot:
        hit = snapshot.passages_of("b.txt")[0]
    from rag.records import place

    correct = place(hit, hit.sentences[0])
    assert correct.quote == FERRY
    feedback.keep(store.folder, answer, "wrong", correct=correct, history=["Which boats?"])
    adopt(store, tmp_path / "mine", ask=typed("a", "85"), say=lambda line: None)
    case = load(tmp_path / "mine").questions[0]
    assert (case.kind, case.history) == ("followup", ("Which boats?",))
    assert (case.gold[0].path, case.gold[0].quote) == ("b.txt", FERRY)


def test_the_command_adopts_from_the_store_named(store, answer, tmp_path, capsys, monkeypatch):
    feedback.keep(store.folder, answer, "wrong", note="\x1b[2J")
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert main(["eval", "adopt", str(tmp_path / "mine"), "--store", str(store.folder)]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "note: \\x1b[2J" in out
    assert main(["eval", "adopt"]) == 2
    assert capsys.readouterr().err.startswith("footnoted: adopt takes the suite to add to")
