import math

import numpy as np
import pytest

from footnoted.__main__ import main
from index.errors import ReaderError
from index.records import Hit
from index.runtime import minilm
from rag.reader import Calibrated, Reader, reader
from tests.doubles import WordHashing

TEXT = "The harbour took 42 ships. Nobody counted the boats in winter."
HIT = Hit(
    passage=1,
    path="a.txt",
    article=0,
    title=None,
    publisher=None,
    published=None,
    start=7,
    end=7 + len(TEXT),
    quote=TEXT,
    sentences=((7, 33), (34, 7 + len(TEXT))),
    score=1.0,
)


def saved(folder, kind, **settings):
    """A model of the kind with two small layers and weights of no training, as a user has one."""
    import torch
    import transformers

    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=30522,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        **settings,
    )
    model = getattr(transformers, kind)(config)
    model.save_pretrained(folder)
    transformers.AutoTokenizer.from_pretrained(minilm()).save_pretrained(folder)
    return str(folder), model


@pytest.fixture(scope="module")
def answering(tmp_path_factory):
    return saved(tmp_path_factory.mktemp("answering"), "BertForQuestionAnswering")


@pytest.fixture(scope="module")
def ranking(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ranking")
    return saved(folder, "BertForSequenceClassification", num_labels=1)


def test_a_model_that_answers_points_at_the_words_that_it_marks_highest(answering):
    import torch
    import transformers

    name, model = answering
    read: Reader = reader(name, WordHashing())
    assert isinstance(read, Calibrated)
    found = read.read("How many ships?", [HIT])
    code = transformers.AutoTokenizer.from_pretrained(name)(
        "How many ships?", TEXT, return_offsets_mapping=True, return_tensors="pt"
    )
    offsets, kinds = code.pop("offset_mapping")[0].tolist(), code.sequence_ids(0)
    with torch.no_grad():
        out = model.eval()(**code)
    start, end = out.start_logits[0].numpy(), out.end_logits[0].numpy()
    marks = [
        (start[i] + end[j] - start[0] - end[0], (offsets[i][0] + 7, offsets[j][1] + 7))
        for i in range(len(kinds))
        for j in range(i, len(kinds))
        if kinds[i] == kinds[j] == 1 and (offsets[j][1] <= 26 or offsets[i][0] >= 27)
    ]
    best, span = max(marks)
    assert found[0].answer == span
    assert found[0].score == pytest.approx(best, abs=1e-5)
    assert read.chances("How many ships?", found)[0] == pytest.approx(
        1 / (1 + math.exp(-best)), abs=1e-5
    )


def test_a_long_question_leaves_the_passage_its_room_in_a_named_model(answering):
    found = reader(answering[0], WordHashing()).read("ships " * 900, [HIT])
    assert all(item.answer for item in found)


def test_a_cross_encoder_ranks_sentences_by_themselves_and_by_their_passage(ranking):
    from sentence_transformers import CrossEncoder

    name, _ = ranking
    read = reader(name, WordHashing())
    assert not isinstance(read, Calibrated)
    found = {item.text: item.score for item in read.read("How many ships?", [HIT])}
    raw = CrossEncoder(name)
    sentences = [TEXT[:26], TEXT[27:]]
    sure = raw.predict([("How many ships?", text) for text in (TEXT, *sentences)], batch_size=1)
    whole, *alone = np.log(sure / (1 - sure))  # its own sigmoid, undone
    assert found == pytest.approx(
        {text: (score + whole) / 2 for text, score in zip(sentences, alone, strict=True)}, abs=1e-4
    )


def test_a_model_of_another_kind_is_refused_by_name(tmp_path):
    with pytest.raises(ReaderError, match="BertModel; a reader is a model for extractive"):
        reader(saved(tmp_path / "plain", "BertModel")[0], WordHashing())
    classes = saved(tmp_path / "classes", "BertForSequenceClassification", num_labels=3)[0]
    with pytest.raises(ReaderError, match="gives 3 scores"):
        reader(classes, WordHashing())
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{}")
    with pytest.raises(ReaderError, match="cannot load the reader"):
        reader(str(tmp_path / "broken"), WordHashing())


def test_reading_pairs_takes_a_named_model_that_points_and_refuses_one_that_ranks(
    answering, ranking, tmp_path, capsys
):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"id": 1, "question": "How many ships?", "text": "It took 42 ships."}\n')
    assert main(["read", "--batch", str(pairs), "--reader", answering[0]]) == 0
    assert '"quote"' in capsys.readouterr().out
    assert main(["read", "--batch", str(pairs), "--reader", ranking[0]]) == 2
    assert "needs a reader that points at words" in capsys.readouterr().err
