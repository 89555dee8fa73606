"""Floors: what breaks them, what raises them, and that faults planted in the program do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evals import gate, results
from evals.run import measure
from evals.scores import LOW_IS_GOOD
from evals.suites import SuiteError, load
from footnoted.__main__ import main
from rag.chain import Chain
from rag.similarity import Similarity
from tests.doubles import Shifting, WordHashing, filled
from tests.test_eval import ARTICLES, KNOWN, UNKNOWN, written


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    store = filled(folder, ARTICLES)
    written(folder / "known", KNOWN + UNKNOWN)
    return load(folder / "known"), store


def found(suite, reader=None, threshold=0.3, chain=Chain):
    loaded, store = suite
    reader = reader or Similarity(WordHashing())
    asked = chain(store, WordHashing(), reader, threshold=threshold)
    return results.document([measure(loaded, asked)], {})


@pytest.fixture(scope="module")
def floors(suite):
    made, sunk = gate.raised(found(suite), gate.load(gate.FILE.with_name("none.json")))
    assert sunk == []
    return made


def scores_of(lines):
    return {line.split()[1] for line in lines}


def test_floors_hold_for_the_results_they_were_set_on(suite, floors):
    assert gate.broken(found(suite), floors) == []
    assert floors["suites"]["known"]["floors"]["exact"] == {
        "floor": 1.0,
        "slack": 0.0,
        "why": "a promise",
    }


class Dropping(Chain):
    """A chain whose retriever loses every third hit, the first among them."""

    def look(self, question, **asked):
        look = super().look(question, **asked)
        return replace(look, found=tuple(map(self._lost, look.found)))

    @staticmethod
    def _lost(found):
        hits = tuple(hit for n, hit in enumerate(found.hits) if n % 3)
        kept = {hit.passage for hit in hits}
        both = zip(found.evidence, found.chances, strict=True)
        left = [pair for pair in both if pair[0].hit.passage in kept]
        evidence, chances = zip(*left, strict=True) if left else ((), ())
        return replace(found, hits=hits, evidence=evidence, chances=chances)


def tight(floors):
    """The floors without slack, which hides one question of a suite that has three."""
    known = floors["suites"]["known"]
    exact = {
        name: floor
        | {"floor": floor["floor"] + (floor["slack"] if name not in LOW else -floor["slack"])}
        for name, floor in known["floors"].items()
    }
    return floors | {"suites": {"known": known | {"floors": exact}}}


LOW = LOW_IS_GOOD


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"chain": Dropping}, {"passage_first", "passage_mrr10", "first_sentence_holds"}),
        ({"reader": Shifting(1.0)}, {"exact"}),
        ({"threshold": 0.0}, {"refused_right", "accuracy"}),
    ],
    ids=["a third of the hits", "offsets", "threshold"],
)
def test_a_planted_fault_breaks_the_gate_and_the_measure_is_named(suite, floors, fault, named):
    lines = gate.broken(found(suite, **fault), tight(floors))
    assert named <= scores_of(lines)
    assert all(line.startswith("known: ") for line in lines)


def test_other_questions_or_articles_break_the_gate(suite, floors):
    known = floors["suites"]["known"] | {"questions_sha256": "0", "articles_sha256": "0"}
    lines = gate.broken(found(suite), floors | {"suites": {"known": known}})
    assert lines == [
        "known: its questions are not those the floors were set on",
        "known: its articles are not those the floors were set on",
    ]


def test_a_suite_without_floors_and_a_score_that_vanished_break_the_gate(suite, floors):
    assert gate.broken(found(suite), floors | {"suites": {}}) == [
        "known: has no floors; set them with --update-floors"
    ]
    less = found(suite)
    del less["suites"]["known"]["scores"]["auroc"]
    floor = floors["suites"]["known"]["floors"]["auroc"]["floor"]
    assert gate.broken(less, floors) == [f"known: auroc is not measured; its floor is {floor}"]


def test_floors_rise_by_themselves_and_sink_only_with_a_reason(suite, floors):
    worse = found(suite, threshold=0.0)
    _, sunk = gate.raised(worse, tight(floors))
    assert {line.split()[1] for line in sunk} >= {"refused_right", "accuracy"}
    low, sunk = gate.raised(worse, tight(floors), "the threshold goes")
    assert low["regressions"] == [{"why": "the threshold goes", "sunk": sunk}]
    assert low["suites"]["known"]["floors"]["refused_right"]["floor"] < 0
    high, sunk = gate.raised(found(suite), low)
    assert sunk == [] and high["suites"]["known"]["floors"]["refused_right"]["floor"] == -0.5
    assert high["regressions"] == low["regressions"]


def test_a_figure_within_its_slack_leaves_the_floor_where_it_is(suite, floors):
    near = found(suite)
    near["suites"]["known"]["scores"]["auroc"]["value"] -= 0.01
    kept, sunk = gate.raised(near, floors)
    assert sunk == [] and kept["suites"] == floors["suites"]


def test_the_command_sets_floors_and_then_holds_them(suite, tmp_path, capsys):
    loaded, _ = suite
    file = tmp_path / "floors.json"
    ask = ["eval", str(loaded.folder), "--reader", "none", "--out", str(tmp_path / "out")]
    ask += ["--floors", str(file)]
    assert main([*ask, "--update-floors"]) == 0 and file.is_file()
    assert main([*ask, "--gate"]) == 0
    file.write_text(file.read_text().replace(*exact_raised(file)))
    capsys.readouterr()
    assert main([*ask, "--gate"]) == 1
    assert "known: exact 1.0000 is below its floor 1.5\n" in capsys.readouterr().err
    assert main([*ask, "--update-floors"]) == 1
    assert "exact 1.5 -> 1.0" in capsys.readouterr().err and '"floor": 1.5' in file.read_text()
    assert main([*ask, "--update-floors", "--allow-regression", "a test"]) == 0
    assert json.loads(file.read_text())["regressions"][0]["why"] == "a test"


def exact_raised(file):
    floors = json.dumps(
        json.loads(file.read_text())["suites"]["known"]["floors"]["exact"], indent=1
    )
    old = "\n    ".join(floors.split("\n"))
    assert old in file.read_text()
    return old, old.replace("1.0", "1.5")


def test_floors_that_cannot_be_held_are_told_before_anything_is_measured(suite, tmp_path, capsys):
    out, file = tmp_path / "out", tmp_path / "floors.json"
    ask = ["eval", str(suite[0].folder), "--reader", "none", "--out", str(out), "--gate"]
    why = f"there are no floors in {file}; make them with --update-floors"
    assert main([*ask, "--floors", str(file)]) == 2
    assert capsys.readouterr() == ("", f"footnoted: {why}\n")
    file.write_text("[]")
    for more in ([], ["--update-floors"]):
        assert main([*ask, *more, "--floors", str(file)]) == 2
        assert capsys.readouterr().err.startswith(f"footnoted: {file} holds no floors: ")
    assert not out.exists()


NO_DIGESTS = '{"suites": {"a": {"floors": {}}}}'


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"suites": {"a": {"floors": {"b": {}}}}}', NO_DIGESTS]
)
def test_a_file_that_holds_no_floors_is_told(tmp_path, text):
    file = tmp_path / "floors.json"
    file.write_text(text)
    with pytest.raises(SuiteError, match="holds no floors"):
        gate.load(file)
