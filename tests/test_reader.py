"""The reader: sentences as evidence, whatever its weights are worth."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from evals.export_reader import export
from index.errors import ReaderError
from index.packing import unpack
from index.runtime import sha256, weights
from rag.reader import DATA, Extractive, again_alone, ranked, reader, sigmoid
from rag.records import Evidence
from rag.similarity import Similarity
from rag.spans import best_spans
from tests.doubles import WordHashing, hit

ASKED = "How many lanterns did the harbour office buy?"
LANTERNS = hit(
    "The harbour office bought 240 lanterns for the long pier.",
    "They are to be hung before the herring season.",
    passage=1,
    path="b.txt",
    start=40,
)
FERRY = hit("The night ferry carries 85 passengers.", passage=2, path="a.txt", start=3)
GRAIN = hit("The mill stores barley.", "Its owner sold 300 tonnes.", passage=3, path="c.txt")


@pytest.fixture(scope="module")
def extractive() -> Extractive:
    return Extractive()


def of(passage: int, evidence: list[Evidence]) -> list[Evidence]:
    return [item for item in evidence if item.hit.passage == passage]


def test_a_passage_reads_the_same_whatever_is_read_beside_it(extractive):
    together = extractive.read(ASKED, [FERRY, LANTERNS, GRAIN])
    for alone in (FERRY, LANTERNS, GRAIN):
        assert of(alone.passage, together) == extractive.read(ASKED, [alone])
    assert extractive.read(ASKED, [GRAIN, LANTERNS, FERRY]) == together


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), max_size=5
    ),
    st.integers(0, 1000),
)
def test_each_sentence_is_evidence_once_and_its_answer_stands_inside(extractive, sentences, start):
    read = hit(*sentences, start=start) if sentences else hit("One.", start=start)
    evidence = extractive.read(ASKED, [read])
    assert sorted(item.sentence for item in evidence) == sorted(read.sentences)
    for item in evidence:
        assert item.text == read.quote[item.sentence[0] - start : item.sentence[1] - start]
        if item.answer is not None:
            assert item.sentence[0] <= item.answer[0] < item.answer[1] <= item.sentence[1]
        assert math.isfinite(item.score)


def test_evidence_comes_best_first(extractive):
    scores = [item.score for item in extractive.read(ASKED, [FERRY, LANTERNS, GRAIN])]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Which town is bigger, Kelmar or Visk?", "Kelmar is a bigger town than Visk."),
        ("Who is older, Ada Holm or Bea Morrow?", "Ada Holm is older than Bea Morrow."),
        ("Was the ferry red or blue?", "The ferry was blue."),
    ],
)
def test_a_question_of_choice_is_answered_in_its_own_words(extractive, question, sentence):
    best, *_ = extractive.read(question, [hit(sentence, "It has a long pier.")])
    assert best.text == sentence
    assert extractive.chances(question, [best])[0] > extractive.threshold


def test_a_long_question_leaves_the_passage_its_room(extractive):
    for question in (ASKED * 80, "灯" * 4000, "lantern " * 500, ". " * 1999 + "a"):
        for item in extractive.read(question, [LANTERNS]):
            assert item.answer is not None


def test_what_lies_beyond_the_readers_reach_is_ranked_and_has_no_answer(extractive):
    long = hit(*[f"Lamp {n} was hung on the pier by the men." for n in range(100)])
    evidence = sorted(extractive.read(ASKED, [long]), key=lambda item: item.sentence)
    assert len(evidence) == 100
    read = [item.answer is not None for item in evidence]
    assert read == sorted(read, reverse=True)
    assert read[0] and not read[-1]
    assert min(e.score for e in evidence if e.answer) > max(
        e.score for e in evidence if not e.answer
    )


def test_nothing_read_is_no_evidence_and_no_confidence(extractive):
    for one in (extractive, Similarity(WordHashing())):
        assert one.read(ASKED, []) == []
        assert one.chances(ASKED, []) == []


@pytest.mark.parametrize("one", ["extractive", "similarity"])
def test_chances_are_chances_and_grow_with_the_score(extractive, one):
    chosen = extractive if one == "extractive" else Similarity(WordHashing())
    item = Evidence(LANTERNS, LANTERNS.sentences[0], None, 0.0)
    items = [replace(item, score=s) for s in (-1e6, -5, 0, 0.5, 5, 1e6)]
    chances = chosen.chances(ASKED, items)
    assert chances == sorted(chances)
    assert chances == pytest.approx([chosen.chances(ASKED, [item])[0] for item in items])
    assert chances[0] == pytest.approx(0) and chances[-1] == pytest.approx(1)
    assert 0 <= chosen.threshold <= 1


def test_the_odds_of_one_passage_move_all_chances_and_keep_their_order(extractive):
    item = Evidence(LANTERNS, LANTERNS.sentences[0], None, 0.0, odds=-4.0)
    other = replace(item, score=-1.0, odds=6.0)
    alone = extractive.chances(ASKED, [item])
    together = extractive.chances(ASKED, [item, other])
    assert abs(together[0] - alone[0]) > 0.01
    assert together[0] > together[1]


def test_the_best_sentence_read_alone_moves_all_chances(extractive):
    answers, other = (Evidence(LANTERNS, span, None, 0.0) for span in LANTERNS.sentences[:2])
    assert answers.text.startswith("The harbour office bought 240")
    sure, unsure = (
        extractive.chances(ASKED, pair) for pair in ([answers, other], [other, answers])
    )
    assert min(sure) > max(unsure) + 0.01
    assert again_alone(extractive, ASKED, answers.text) > again_alone(extractive, ASKED, other.text)


def test_the_odds_of_a_passage_count_every_span_and_the_mark_of_none():
    logits = np.array([[2.0, 1.0], [0.0, 0.0], [3.0, -1.0], [0.5, 4.0], [0.0, 0.0]])
    offsets = [(0, 0), (0, 3), (0, 4), (5, 9), (0, 0)]
    found = best_spans("Nine came", logits, [0, 0, 1, 1, 1], offsets, [(0, 9)])
    starts, ends = (math.log(sum(map(math.exp, row))) for row in ((3.0, 0.5), (-1.0, 4.0)))
    assert found[0].score == pytest.approx(3.0 + 4.0 - 3.0)
    assert found[0].odds == pytest.approx(starts + ends - 3.0)


def test_similarity_puts_the_sentence_with_the_questions_words_first():
    evidence = Similarity(WordHashing()).read(ASKED, [FERRY, LANTERNS, GRAIN])
    assert evidence[0].text == "The harbour office bought 240 lanterns for the long pier."
    assert len(evidence) == 5
    assert all(item.answer is None for item in evidence)


def test_equal_scores_are_ranked_by_file_and_place():
    items = [
        Evidence(LANTERNS, LANTERNS.sentences[1], None, 0.5),
        Evidence(LANTERNS, LANTERNS.sentences[0], None, 0.5),
        Evidence(FERRY, FERRY.sentences[0], None, 0.5),
        Evidence(GRAIN, GRAIN.sentences[0], None, 0.7),
    ]
    assert ranked(items) == [items[3], items[2], items[1], items[0]]


def test_the_sigmoid_is_whole_at_its_ends():
    assert sigmoid(-1e9) == 0.0 and sigmoid(0) == 0.5 and sigmoid(1e9) == 1.0


def test_a_user_names_a_reader(tmp_path):
    assert isinstance(reader("none", WordHashing()), Similarity)
    with pytest.raises(ReaderError, match=r"there is no reader at .*elsewhere; use --reader none"):
        reader(str(tmp_path / "elsewhere"), WordHashing())
    with pytest.raises(ReaderError, match="no reader at"):
        reader(str(tmp_path), WordHashing())


ABOUT = json.dumps({"weights": {}, "slope": 1, "intercept": 0, "threshold": 0.5})


@pytest.mark.parametrize(
    ("weights", "about"),
    [
        (b"", ABOUT),
        (b"not safetensors", ABOUT),
        (b"\xff" * 4096, ABOUT),
        (b"x", None),
        (b"x", "{"),
        (b"x", "[]"),
        (b"x", '{"weights": {}}'),
        (b"x", '{"weights": {}, "slope": "steep", "intercept": 0, "threshold": 0.5}'),
    ],
)
def test_a_file_that_is_no_reader_is_told_by_name(tmp_path, weights, about):
    file = tmp_path / "own.safetensors"
    file.write_bytes(weights)
    if about is not None:
        file.with_suffix(".json").write_text(about)
    with pytest.raises(ReaderError, match=r"own\.safetensors"):
        Extractive(file)


def test_weights_of_another_shape_are_told_by_name(tmp_path):
    file = tmp_path / "own.safetensors"
    data = (DATA / "reader.safetensors").read_bytes()
    file.write_bytes(data[: len(data) // 2])
    file.with_suffix(".json").write_text(ABOUT)
    with pytest.raises(ReaderError, match=r"own\.safetensors"):
        Extractive(file)


def test_what_ships_is_the_mean_of_the_runs_it_is_made_of(tmp_path):
    rng = np.random.default_rng(3)
    name = "bert.encoder.layer.0.attention.self.query.weight"
    runs = [{name: rng.normal(size=(6, 6)).astype(np.float32),
             "bert.embeddings.word_embeddings.weight": np.ones((6, 6), np.float32)}
            for _ in range(2)]  # fmt: skip
    for number, run in enumerate(runs):
        (tmp_path / str(number)).mkdir()
        save_file(run, tmp_path / str(number) / "model.safetensors")
    export([tmp_path / "0", tmp_path / "1"], tmp_path / "reader.safetensors")
    shipped = unpack(weights(tmp_path / "reader.safetensors"))
    mean = (runs[0][name] + runs[1][name]) / 2
    assert list(shipped) == [name.removeprefix("bert.")]
    assert shipped[name.removeprefix("bert.")] == pytest.approx(mean, abs=0.02)
    about = json.loads((tmp_path / "reader.json").read_text("utf-8"))
    assert about["sha256"] == sha256(tmp_path / "reader.safetensors")
