"""Public sets by name, from a folder that the user names."""

from __future__ import annotations

import json

import pytest

from evals import results
from footnoted.__main__ import main

PIER = "The harbour office bought 240 lanterns for the long pier. Captain Marsh hung them."


@pytest.fixture
def data(tmp_path):
    asked = [
        {"id": "1", "question": "How many lanterns were bought?", "is_impossible": False,
         "answers": [{"text": "240", "answer_start": PIER.index("240")}]},
        {"id": "2", "question": "How many goats were bought?", "is_impossible": True,
         "answers": []},
    ]  # fmt: skip
    paragraphs = [{"context": PIER, "qas": asked}]
    folder = tmp_path / "data" / "squad2"
    folder.mkdir(parents=True)
    slice_ = {"data": [{"title": "Pier", "paragraphs": paragraphs}]}
    (folder / "slice.json").write_text(json.dumps(slice_))
    return tmp_path / "data"


def test_a_set_is_measured_beside_the_plain_ways(data, tmp_path, capsys, monkeypatch):
    ask = ["eval", "squad2", "--data", str(data), "--out", str(tmp_path / "out"), "--baselines"]
    assert main([*ask, "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)["squad2"]
    assert scores["first_sentence_holds"] == 1.0 and scores["failed"] == 0.0
    assert scores["auroc"] in (0.0, 0.5, 1.0)
    found = results.read(tmp_path / "out" / "results.json")
    assert set(found["baselines"]["squad2"]) == {"similarity", "bm25"}
    assert found["suites"]["squad2"]["asked"] == 2
    monkeypatch.setenv("FOOTNOTED_DATA", str(data))
    assert main(["eval", "squad2", "--json", "--out", str(tmp_path / "out")]) == 0
    assert json.loads(capsys.readouterr().out)["squad2"] == scores


def test_plain_ways_to_judge_show_their_balanced_accuracy(tmp_path, capsys):
    def summed(number):
        said = [(f"The office of pier {number} bought {240 + number} lanterns.", "yes"),
                (f"The office of pier {number} bought {900 + number} goats.", "no")]  # fmt: skip
        article = f"The office of pier {number} bought {240 + number} lanterns. It rained."
        votes = [{"sentence": s, "responses": [{"response": r}]} for s, r in said]
        return {"article": article, "summary_sentences": votes}

    folder = tmp_path / "data" / "qags"
    folder.mkdir(parents=True)
    lines = "".join(json.dumps(summed(number)) + "\n" for number in range(8))
    (folder / "cnndm.jsonl").write_text(lines)
    out = tmp_path / "out"
    ask = ["eval", "qags", "--data", str(tmp_path / "data"), "--out", str(out), "--baselines"]
    assert main(ask) == 0
    found = results.read(out / "results.json")["baselines"]["qags"]
    assert set(found) == {"similarity", "words", "numbers"}
    # Each by a threshold of its own: 0.5 would let pass what shares most of its words.
    assert [scores["balanced_accuracy"]["value"] for scores in found.values()] == [1.0] * 3
    shown = capsys.readouterr().out
    head, *rows = shown[shown.index("\nqags  ") + 1 :].splitlines()
    place = head.split().index("balanced_accuracy")
    for row in rows[1:4]:
        assert float(row.split()[1 + 4 * (place - 1)]) == 1.0
    page = (out / "report.html").read_text("utf-8")
    assert "the threshold that is best for the other" in page


def test_without_a_folder_a_set_is_skipped_and_named(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("FOOTNOTED_DATA", raising=False)
    assert main(["eval", "squad2", "qags", "--json", "--out", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {}
    told = "footnoted: squad2, qags skipped: name the folder of the public sets with --data\n"
    assert told in err


def test_a_file_that_is_not_there_is_told_in_one_line(data, tmp_path, capsys):
    assert main(["eval", "qags", "--data", str(data), "--out", str(tmp_path)]) == 2
    told = f"footnoted: {data} has no qags/cnndm.jsonl, which qags is read from\n"
    assert capsys.readouterr().err == told
