"""Two results side by side: what changed, and whether chance could have done it."""

from __future__ import annotations

import json

import pytest

from evals.compare import differences, flips, table, unlike
from evals.settings import Settings, varied
from footnoted.__main__ import main
from index.errors import QuestionError
from tests.doubles import filled
from tests.test_eval import ARTICLES, KNOWN, UNKNOWN, written


def made(right, name="s", digest="d"):
    questions = [
        {
            "id": str(n),
            "question": f"Question {n}?",
            "group": str(n),
            "scores": {"accuracy": float(good), "refused_wrong": float(not good)},
        }
        for n, good in enumerate(right)
    ]
    suite = {"questions_sha256": digest, "articles_sha256": "a", "questions": questions}
    return {"format": 1, "suites": {name: suite}}


def test_a_change_of_many_questions_is_told_from_chance():
    one, other = made([0] * 20 + [1] * 20), made([1] * 40)
    found = {d.score: d for d in differences(one, other)}
    assert found["accuracy"].gap.value == 0.5 and found["accuracy"].sure
    assert found["accuracy"].better and found["refused_wrong"].better
    lines = table(list(found.values())).split("\n")
    assert lines[0].split()[:5] == ["s", "accuracy", "0.500", "->", "1.000"]
    assert lines[0].endswith("* better")


def test_one_question_won_and_one_lost_is_chance():
    one, other = made([0, 1] * 20), made([1, 0] + [0, 1] * 19)
    found = differences(one, other)
    assert not any(d.sure for d in found) and "*" not in table(found)
    assert [(f.id, f.won) for f in flips(one, other)] == [("0", True), ("1", False)]


def test_only_questions_that_both_have_are_compared():
    one, other = made([1, 1, 0]), made([0, 1], digest="e")
    assert differences(one, other)[0].gap.n == 2
    assert unlike(one, other) == ["s: the questions differ; only questions in both are compared"]
    assert unlike(one, made([1], "t")) == ["s: only in the one", "t: only in the other"]


def test_the_command_compares_two_files(tmp_path, capsys):
    files = []
    for name, right in (("a", [0] * 20), ("b", [1] * 20)):
        files.append(str(tmp_path / f"{name}.json"))
        (tmp_path / f"{name}.json").write_text(json.dumps(made(right)))
    assert main(["eval", "compare", *files]) == 0
    out, err = capsys.readouterr()
    assert err == "" and out.count("won  s ") == 20 and "* better" in out
    assert main(["eval", "compare", files[0]]) == 2
    assert capsys.readouterr().err.startswith("footnoted: compare takes two files")
    (tmp_path / "a.json").write_text("{}")
    assert main(["eval", "compare", *files]) == 2
    assert "a.json is no results.json" in capsys.readouterr().err


def test_every_combination_of_two_sweeps_is_measured():
    found = list(varied(Settings(), ["reads=4,8", "near=0.5,1"]))
    assert [label for label, _ in found] == [
        "reads=4 near=0.5",
        "reads=4 near=1.0",
        "reads=8 near=0.5",
        "reads=8 near=1.0",
    ]
    assert found[1][1] == Settings(reads=4, near=1.0)


@pytest.mark.parametrize(
    ("sweep", "told"),
    [
        ("reads", "cannot vary 'reads'; write NAME=VALUE"),
        ("colour=1", "with a NAME of encoder, reader"),
        ("reads=", "cannot vary"),
        ("reads=a", "reads takes a whole number from 1, not 'a'"),
        ("reads=8,0", "reads takes a whole number from 1, not '0'"),
        ("passage_tokens=-3", "passage_tokens takes a whole number from 1, not '-3'"),
        ("most=1.5", "most takes a whole number from 1, not '1.5'"),
        ("dense=nan", "dense takes a number from 0, not 'nan'"),
        ("lexical=inf", "lexical takes a number from 0, not 'inf'"),
        ("article=-1", "article takes a number from 0, not '-1'"),
        ("near=2", "near takes a number from 0 to 1, not '2'"),
        ("threshold=1.5", "threshold takes a number from 0 to 1, not '1.5'"),
        ("reader=none,", "reader takes a name, not ''"),
    ],
)
def test_a_sweep_that_means_nothing_is_told(sweep, told):
    with pytest.raises(QuestionError) as caught:
        list(varied(Settings(), [sweep]))
    assert told in str(caught.value)


def test_a_reader_that_is_not_there_is_told_before_the_one_before_it_is_measured(tmp_path, capsys):
    filled(tmp_path, ARTICLES)
    suite = written(tmp_path / "known", KNOWN + UNKNOWN)
    assert main(["eval", str(suite), "--vary", f"reader=none,{tmp_path / 'no'}"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"footnoted: there is no reader at {tmp_path / 'no'}")


def test_the_command_prints_a_row_for_each_setting(tmp_path, capsys):
    filled(tmp_path, ARTICLES)
    suite = written(tmp_path / "known", KNOWN + UNKNOWN)
    ask = ["eval", str(suite), "--reader", "none", "--vary", "passage_tokens=64,96"]
    assert main(ask) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["known", "passage_tokens=64", "passage_tokens=96"]
    assert rows[0][1:3] == ["accuracy", "passage_first"] and len(rows[1]) == len(rows[0]) + 1
