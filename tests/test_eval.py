"""Suites -> scores: known where everything is known, and worse where something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.run import measure, summary
from evals.suites import Suite, load
from footnoted.__main__ import main
from rag.chain import Chain
from rag.reader import Reader, Similarity
from tests.doubles import Shifting, Sure, WordHashing, filled

LANTERNS = "The harbour office bought 240 lanterns for the long pier."
FERRY = "The night ferry to Quill island carries 85 passengers."
ARTICLES = {
    "a.txt": f"Title: Light\nDate: 2024\n\n{LANTERNS}\n",
    "b.txt": f"Title: Sea\nDate: 2024\n\n{FERRY}\n",
}


def asked(id: str, question: str, answer: str | None, path: str = "", quote: str = ""):
    gold = [{"path": path, "quote": quote, "answer": 0}] if answer else []
    kind = "single" if answer else "unanswerable"
    answers = [[answer]] if answer else []
    return {"id": id, "question": question, "kind": kind, "answers": answers, "gold": gold}


KNOWN = [
    asked("1", "How many lanterns did the harbour office buy?", "240", "a.txt", LANTERNS),
    asked("2", "How many passengers does the night ferry carry?", "85", "b.txt", FERRY),
]
UNKNOWN = [asked("3", "Which parliament ratified zinc tariffs?", None)]
# The first two answered wrongly on purpose: the gold is the other file's.
WRONG = [
    asked("1", "How many lanterns did the harbour office buy?", "85", "b.txt", FERRY),
    asked("2", "How many passengers does the night ferry carry?", "240", "a.txt", LANTERNS),
]


def written(folder: Path, questions) -> Path:
    folder.mkdir()
    (folder / "articles.txt").write_text("../articles\n")
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    (folder / "questions.jsonl").write_text(lines)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eval")
    filled(folder, ARTICLES)
    written(folder / "known", KNOWN + UNKNOWN)
    written(folder / "wrong", WRONG + UNKNOWN)
    written(folder / "answerable", KNOWN)
    return folder


def scored(made: Path, suite: str, reader: Reader, threshold: float = 0.3) -> dict[str, float]:
    from index.store import Store

    loaded: Suite = load(made / suite)
    return summary(
        measure(loaded, Chain(Store(made / "store"), WordHashing(), reader, threshold=threshold))
    )


def test_where_all_is_right_every_score_is_whole(made):
    assert scored(made, "known", Similarity(WordHashing())) == {
        "questions": 3,
        "unanswerable": 1,
        "passage_first": 1.0,
        "passage_in_five": 1.0,
        "passage_mrr10": 1.0,
        "first_sentence_holds": 1.0,
        "first_citation_gold": 1.0,
        "exact": 1.0,
        "auroc": 1.0,
        "refused_right": 1.0,
        "refused_wrong": 0.0,
    }


def test_where_every_answer_is_another_the_scores_say_so(made):
    scores = scored(made, "wrong", Similarity(WordHashing()))
    assert scores["passage_first"] == 0.0
    assert scores["passage_in_five"] == 1.0 and scores["passage_mrr10"] == 0.5
    assert scores["first_sentence_holds"] == 0.0 and scores["first_citation_gold"] == 0.0
    assert scores["exact"] == 1.0


def test_a_reader_that_never_or_always_doubts_is_seen_through(made):
    never, always = (scored(made, "known", Sure(sure)) for sure in (1.0, 0.0))
    assert never["refused_right"] == 0.0 and never["refused_wrong"] == 0.0
    assert always["refused_right"] == 1.0 and always["refused_wrong"] == 1.0
    assert never["auroc"] == always["auroc"] == 0.5
    assert always["first_sentence_holds"] == 1.0  # what it would have said is measured all the same


def test_a_planted_fault_of_one_character_is_caught(made):
    assert scored(made, "known", Sure(1.0))["exact"] == 1.0
    assert scored(made, "known", Shifting(1.0))["exact"] == 0.0


def test_the_command_measures_in_a_store_of_its_own(made, capsys, monkeypatch):
    monkeypatch.setenv("FOOTNOTED_STORE", str(made / "nowhere"))
    suites = [str(made / "known"), str(made / "answerable")]
    assert main(["eval", *suites, "--reader", "none", "--json"]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1 and err == ""
    scores = json.loads(out, parse_constant=pytest.fail)
    assert list(scores) == ["known", "answerable"]
    assert scores["known"]["questions"] == 3 and scores["known"]["exact"] == 1.0
    assert scores["known"]["passage_first"] == 1.0
    assert scores["answerable"]["auroc"] is None
    assert scores["answerable"]["refused_right"] is None
    assert not (made / "nowhere").exists()


def test_the_command_prints_one_row_a_score_and_one_column_a_suite(made, capsys):
    assert main(["eval", str(made / "answerable"), "--reader", "none"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["answerable"]
    assert ["questions", "2"] in rows and ["exact", "1.000"] in rows


@pytest.mark.parametrize("name", ["compare", "adopt", "nowhere"])
def test_what_is_no_suite_is_told_in_one_line(tmp_path, capsys, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert main(["eval", name]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"footnoted: {name} is not a suite: cannot read ")
    assert err.count("\n") == 1


def test_gold_that_the_articles_do_not_hold_is_told_in_one_line(made, tmp_path, capsys):
    questions = [asked("1", "Why?", "85", "a.txt", "Words that stand nowhere.")]
    folder = written(tmp_path / "lost", questions)
    ask = ["eval", str(folder), "--articles", str(made / "articles"), "--reader", "none"]
    assert main(ask) == 2
    assert capsys.readouterr().err == (
        "footnoted: a.txt does not hold the gold words 'Words that stand nowhere.'\n"
    )
