"""Suites -> scores: known where everything is known, and worse where something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import relevance, results
from evals.run import measure
from evals.scores import SAYS, scores
from evals.suites import Suite, load
from footnoted.__main__ import main
from index.store import Store
from rag.chain import Chain
from rag.reader import Reader
from rag.similarity import Similarity
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


def measured(made: Path, suite: str, reader: Reader, threshold: float = 0.3):
    loaded: Suite = load(made / suite)
    chain = Chain(Store(made / "store"), WordHashing(), reader, threshold=threshold)
    return measure(loaded, chain)


def scored(made: Path, suite: str, reader: Reader, threshold: float = 0.3) -> dict[str, float]:
    found = scores(measured(made, suite, reader, threshold).outcomes)
    return {name: score.value for name, score in found.items()}


def test_where_all_is_right_every_score_is_whole(made):
    found = scored(made, "known", Similarity(WordHashing()))
    sure = {name: found.pop(name) for name in ("aurc", "calibration_error")}
    pointed = {name: found.pop(name) for name in ("span_em", "span_f1", "squad_em", "squad_f1")}
    low = {name for name, value in found.items() if value == 0.0}
    assert low == {"refused_wrong", "doubted_wrong", "failed"}
    assert set(found.values()) == {0.0, 1.0}
    assert sure["aurc"] == pytest.approx(1 / 9)  # the third of three is the unanswerable one
    # Without a reader the whole sentence counts as pointed at: one word of seven, of eight.
    assert pointed["span_em"] == 0.0 and 0.2 < pointed["span_f1"] < 0.25
    assert pointed["squad_em"] == pytest.approx(1 / 3)


def test_where_every_answer_is_another_the_scores_say_so(made):
    found = scored(made, "wrong", Similarity(WordHashing()))
    assert found["passage_first"] == found["article_first"] == 0.0
    assert found["passage_in_five"] == 1.0 and found["passage_mrr10"] == 0.5
    assert found["passage_ndcg10"] == pytest.approx(0.6309, abs=1e-4)
    assert found["first_sentence_holds"] == 0.0 and found["first_citation_gold"] == 0.0
    assert found["citation_precision"] == found["citation_recall"] == 0.0
    assert found["accuracy"] == pytest.approx(1 / 3)
    assert found["exact"] == found["covered"] == 1.0


def test_a_reader_that_never_or_always_doubts_is_seen_through(made):
    never, always = (scored(made, "known", Sure(sure)) for sure in (1.0, 0.0))
    assert never["refused_right"] == 0.0 and never["refused_wrong"] == 0.0
    assert always["refused_right"] == 1.0 and always["refused_wrong"] == 1.0
    assert "refused_precision" not in never and always["refused_precision"] == 1 / 3
    assert never["auroc"] == always["auroc"] == 0.5
    assert always["first_sentence_holds"] == 1.0  # what it would have said is measured all the same
    assert always["accuracy"] == 1 / 3 and never["accuracy"] == 2 / 3


def test_whether_right_or_wrong_answers_are_told_to_be_unsure_is_measured_apart(made):
    sure, unsure = (scored(made, "known", Sure(chance)) for chance in (0.6, 0.4))
    assert sure["doubted_right"] == sure["doubted_wrong"] == 0.0
    assert unsure["doubted_right"] == unsure["doubted_wrong"] == 1.0
    refused = scored(made, "known", Sure(0.2))
    assert not {"doubted_right", "doubted_wrong"} & set(refused)
    assert "doubted_wrong" not in scored(made, "wrong", Sure(0.4))  # nothing there is right


def test_that_answers_differ_is_sourced_only_where_publisher_and_date_are_right(tmp_path):
    said = {
        "c.txt": "Title: One\nPublisher: Quay Post\nDate: 2024-03-01\n\nThe dock has 40 cranes.\n",
        "d.txt": "Title: Two\nPublisher: Sea Wire\nDate: 2023\n\nThe dock has 25 cranes.\n",
    }
    filled(tmp_path, said)

    def share(*publishers: str | None) -> float | None:
        question = asked("1", "How many cranes has the dock?", "40")
        question["kind"], question["answers"] = "conflict", [["40"], ["25"]]
        question["gold"] = [
            {"path": path, "quote": f"The dock has {number} cranes.", "answer": place}
            | ({"publisher": publishers[place]} if publishers[place] else {})
            for place, (path, number) in enumerate([("c.txt", 40), ("d.txt", 25)])
        ]
        name = str(publishers)
        written(tmp_path / name, [question])
        return scored(tmp_path, name, Sure(1.0)).get("answers_sourced")

    assert share("Quay Post", "Sea Wire") == 1.0
    assert share("Quay Post", "Another") == 0.5
    assert share(None, None) is None  # nothing is known of what would be right


def test_a_planted_fault_of_one_character_is_caught(made):
    assert scored(made, "known", Sure(1.0))["exact"] == 1.0
    assert scored(made, "known", Shifting(1.0))["exact"] == 0.0


class Failing(Sure):
    """A reader that breaks on one word."""

    def read(self, question, hits):
        if "ferry" in question or "zinc" in question:
            raise RuntimeError("out of order")
        return super().read(question, hits)


def test_a_question_that_failed_scores_nothing_and_stays_in_the_count(made):
    whole, failed = (measured(made, "known", reader(1.0)).outcomes for reader in (Sure, Failing))
    assert [o.error for o in failed] == [None] + ["RuntimeError: out of order"] * 2
    shown = {"doubted_right", "doubted_wrong"}  # these are of what was shown alone
    assert [set(o.scores) - shown for o in failed] == [set(o.scores) - shown for o in whole]
    assert set(failed[2].scores.values()) == {0.0}
    low = {name for name, value in failed[1].scores.items() if value != 0.0}
    assert low == {"refused_wrong"} and failed[1].scores["refused_wrong"] == 1.0
    found = scores(failed)
    assert found["failed"].value == pytest.approx(2 / 3)
    assert found["passage_first"].value == 0.5 and found["passage_first"].n == 2
    assert found["auroc"].value == 0.25  # the unanswerable one counts as fully sure


def test_two_runs_give_the_same_results_but_for_their_speed(made):
    two = [
        results.document([measured(made, "known", Similarity(WordHashing()))], {"reader": "none"})
        for _ in range(2)
    ]
    speeds = [found.pop("speed") for found in two]
    assert json.dumps(two[0]) == json.dumps(two[1])
    assert speeds[0]["known"]["stages_ms"].keys() == {"retrieve", "read", "write", "total"}
    assert speeds[0]["known"]["latency_ms"].keys() == {"1", "2", "3"}
    text = json.dumps(two[0])
    assert str(made) not in text and "timings" not in text


def test_every_score_is_explained(made):
    found = measured(made, "known", Sure(1.0)).outcomes
    assert {name for o in found for name in o.scores} <= set(SAYS)


def test_the_command_measures_in_a_store_of_its_own(made, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("FOOTNOTED_STORE", str(made / "nowhere"))
    suites = [str(made / "known"), str(made / "answerable")]
    assert main(["eval", *suites, "--reader", "none", "--json", "--out", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1 and err.startswith("footnoted: wrote results.json and")
    scores = json.loads(out, parse_constant=pytest.fail)
    assert list(scores) == ["known", "answerable"]
    assert scores["known"]["exact"] == scores["known"]["passage_first"] == 1.0
    assert "auroc" not in scores["answerable"] and "refused_right" not in scores["answerable"]
    assert not (made / "nowhere").exists()
    written = results.read(tmp_path / "results.json")
    assert written["suites"]["known"]["asked"] == 3
    assert written["speed"]["known"]["cold_start_s"] > 0
    assert [q["id"] for q in written["suites"]["known"]["questions"]] == ["1", "2", "3"]


def test_the_command_prints_one_row_a_score_and_one_column_a_suite(made, tmp_path, capsys):
    suite = str(made / "answerable")
    assert main(["eval", suite, "--reader", "none", "--out", str(tmp_path)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["answerable"]
    assert ["asked", "2"] in rows and ["exact", "1.000", "1.00", "to", "1.00"] in rows


def test_what_is_no_suite_is_told_in_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["eval", "nowhere"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("footnoted: nowhere is not a suite: cannot read ")
    assert err.count("\n") == 1


def test_gold_that_the_articles_do_not_hold_is_told_in_one_line(
    made, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    questions = [asked("1", "Why?", "85", "a.txt", "Words that stand nowhere.")]
    folder = written(tmp_path / "lost", questions)
    ask = ["eval", str(folder), "--articles", str(made / "articles"), "--reader", "none"]
    assert main(ask) == 2
    assert capsys.readouterr().err == (
        f"footnoted: {folder / 'questions.jsonl'}, line 1: "
        "a.txt does not hold the gold words 'Words that stand nowhere.'\n"
    )


def test_results_that_could_not_be_written_are_told_of_before_anything_is_asked(
    made, tmp_path, capsys
):
    questions = [asked("1", "Why?", "85", "a.txt", "Words that stand nowhere.")]
    folder = written(tmp_path / "lost", questions)  # once read, this would be told instead
    out = tmp_path / "file" / "results"
    out.parent.touch()
    articles = ["--articles", str(made / "articles"), "--reader", "none"]
    assert main(["eval", str(folder), *articles, "--out", str(out)]) == 2
    assert capsys.readouterr().err == f"footnoted: cannot write to {out}: Not a directory\n"


def test_a_ranking_counts_each_article_once_at_its_first_passage():
    paths = ("a.txt", "a.txt", "b.txt", "c.txt")
    found = [relevance.Passage(n, path, 1, 0, 9) for n, path in enumerate(paths)]
    right = {("a.txt", 1), ("c.txt", 1)}
    assert relevance.whole(found, right) == {"article_map": pytest.approx((1 + 2 / 3) / 2)}
    assert relevance.whole([], right) == {"article_map": 0.0}
