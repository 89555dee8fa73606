"""What is counted, and that the examples in its docstrings are true."""

from __future__ import annotations

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import measures
from evals.measures import auroc, holds, normalised, overlap

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=20)
SPANS = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda t: (t[0], t[0] + t[1]))
CASED = st.text(st.characters(codec="ascii") | st.sampled_from("éЖ“”’—½"))


def test_every_example_in_the_docstrings_is_true():
    failed, tried = doctest.testmod(measures)
    assert failed == 0 and tried >= 5


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The  “Swarm”, of 1,900", "swarm of 1900"),
        ("A 2.5 % rise", "2.5 rise"),
        ("F-16s, an Ｆ", "f 16s f"),
        ("…", ""),
    ],
)
def test_answers_are_compared_without_case_punctuation_and_articles(text, same):
    assert normalised(text) == same


@given(CASED)
def test_what_is_normal_stays_as_it_is(text):
    assert normalised(normalised(text)) == normalised(text)


@given(st.lists(st.from_regex("[a-z]{2,6}|[0-9]{1,4}", fullmatch=True), min_size=1), st.data())
def test_a_text_holds_each_run_of_its_own_words_and_no_part_of_a_word(words, data):
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    text = " ".join(words)
    wording = " ".join(words[first:last])
    assert holds(text, [[wording]]) == bool(normalised(wording))
    assert not holds(text, [["x" + words[0] + "xxxxxx"]])


def test_nothing_is_held_where_nothing_is_asked():
    assert not holds("some text", [])
    assert not holds("some text", [[]])
    assert not holds("", [["the", "", "…"]])
    assert holds("five crowns", [["six"], ["seven", "Five"]])


@given(SPANS, SPANS)
def test_overlap_is_a_share_of_the_second_span(one, other):
    assert 0 <= overlap(one, other) <= 1
    assert overlap(other, other) == 1
    assert (overlap(one, other) > 0) == (overlap(other, one) > 0)


@given(SCORES, SCORES)
def test_the_area_under_the_curve_is_fair_to_both_sides(right, wrong):
    area = auroc(right, wrong)
    assert 0 <= area <= 1
    assert auroc(wrong, right) == pytest.approx(1 - area)
    assert auroc(right, right) == pytest.approx(0.5)
    assert auroc([2.0, 3.0], wrong) == 1


def test_an_area_without_one_of_its_sides_is_no_number():
    assert math.isnan(auroc([], [0.5])) and math.isnan(auroc([0.5], []))


RUNS = st.lists(
    st.tuples(
        st.permutations("abcdefghijkl").map(lambda p: p[:11]),
        st.sets(st.sampled_from("abcdefghijkl"), min_size=1),
    ),
    min_size=1,
    max_size=4,
)


@given(RUNS)
def test_retrieval_measures_are_those_of_ir_measures(runs):
    ir_measures = pytest.importorskip("ir_measures", reason="pip install -e '.[test]'")
    from ir_measures import AP, RR, R, nDCG

    run = [
        ir_measures.ScoredDoc(str(q), document, -rank)
        for q, (ranked, _) in enumerate(runs)
        for rank, document in enumerate(ranked)
    ]
    judged = [
        ir_measures.Qrel(str(q), document, 1)
        for q, (_, relevant) in enumerate(runs)
        for document in relevant
    ]
    ours = {
        RR @ 10: [measures.rr(ranked, relevant) for ranked, relevant in runs],
        R @ 5: [measures.recall(ranked, relevant, 5) for ranked, relevant in runs],
        AP: [measures.ap(ranked, relevant) for ranked, relevant in runs],
        nDCG @ 10: [measures.ndcg(ranked, relevant) for ranked, relevant in runs],
    }
    theirs = ir_measures.calc_aggregate(list(ours), judged, run)
    for measure, values in ours.items():
        assert theirs[measure] == pytest.approx(sum(values) / len(values), abs=1e-6)


@given(SCORES, st.data())
def test_areas_and_errors_keep_their_bounds_and_end_at_the_share_of_wrong_ones(sure, data):
    right = data.draw(st.lists(st.integers(0, 1), min_size=len(sure), max_size=len(sure)))
    assert 0 <= measures.aurc(sure, right) <= 1
    assert 0 <= measures.calibration_error(sure, right) <= 1
    assert measures.aurc([1.0] * len(sure), right) == pytest.approx(1 - sum(right) / len(right))
    coverage, risk = measures.coverage_risk(sure, right)[-1]
    assert coverage == 1.0 and risk == pytest.approx(1 - sum(right) / len(sure))
    assert sum(n for _, _, n in measures.reliability(sure, right)) == len(sure)


def test_no_answer_is_right_where_none_is_wanted():
    assert measures.exact_match("", []) == measures.token_f1("", []) == 1.0
    assert measures.exact_match("swarm", []) == measures.token_f1("swarm", []) == 0.0
    assert measures.token_f1("", ["swarm"]) == 0.0
