"""A question and a text of any length -> its best words, exactly placed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnoted.__main__ import main
from index.encoder import encoder
from index.records import Span
from rag.reader import Extractive
from rag.spans import Reading
from rag.texts import LONGEST, best, in_passages, sentences

ASKED = "How many lanterns did the harbour office buy?"
SAID = "The harbour office bought 240 lanterns for the long pier."
AROUND = "The mill at Orlow stores barley. Two goats crossed with the captain on Sunday. "


@pytest.fixture(scope="module")
def reader():
    return Extractive()


@given(st.text(st.sampled_from("ab .!?\n"), max_size=300) | st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_sentences_lie_in_order_and_hold_every_word(text):
    spans = sentences(text)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(end - start <= LONGEST for start, end in spans)
    left = "".join(text[start:end] for start, end in spans)
    assert [c for c in left if not c.isspace()] == [c for c in text if not c.isspace()]


@pytest.mark.parametrize("times", [0, 1, 60])
def test_the_answer_is_found_wherever_it_stands_in_a_text(reader, times):
    text = AROUND * times + SAID + " " + AROUND * times
    found = best(ASKED, text, reader, encoder(None).count)
    assert "240" in text[slice(*found.span)]
    assert text[slice(*found.sentence)] == SAID
    assert 0.5 < found.score < 1


class Measuring:
    """Marks a sentence by its length, and gives the length of what it read as its odds."""

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return every sentence as its own span."""
        return [
            Reading(end - start, (start, end), len(text), end - start) for start, end in sentences
        ]


def test_the_odds_of_a_text_are_the_mean_of_its_best_passage_and_its_best_sentence_alone():
    text = "One. The second is the longest. Three is here. Four is too."
    spans = sentences(text)

    def count(texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    found = in_passages(ASKED, text, spans, Measuring(), count, room=6)
    longest = max(end - start for start, end in spans)
    assert {r.odds for r in found} == {(len("One. The second is the longest.") + longest) / 2}


def test_a_text_that_does_not_answer_has_its_best_words_and_a_low_score(reader):
    found = best(ASKED, AROUND.strip(), reader, encoder(None).count)
    assert AROUND[slice(*found.span)].strip() and found.score < 0.5


def test_a_sentence_without_end_is_read_to_its_end(reader):
    text = "word " * 2000 + "and the harbour office bought 240 lanterns " + "word " * 2000
    found = best(ASKED, text, reader, encoder(None).count)
    assert "240" in text[slice(*found.span)]


def test_the_verb_reads_a_line_a_pair(tmp_path, capsys):
    file = tmp_path / "pairs.jsonl"
    pairs: list[dict[str, Any]] = [{"id": 1, "question": ASKED, "text": f"é {AROUND}{SAID}"},
             {"id": "b", "question": ASKED, "text": AROUND}]  # fmt: skip
    file.write_text("".join(json.dumps(pair) + "\n" for pair in pairs))
    assert main(["read", "--batch", str(file)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == [1, "b"]
    for row, pair in zip(rows, pairs, strict=True):
        assert set(row) == {"id", "score", "start", "end", "quote", "sentence"}
        assert pair["text"][row["start"] : row["end"]] == row["quote"] != ""
        assert row["sentence"][0] <= row["start"] < row["end"] <= row["sentence"][1]
    assert "240" in rows[0]["quote"] and rows[0]["score"] > rows[1]["score"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            '{"id": 1, "question": "Who?"}',
            'not an object with "id" and "question" and "text"',
        ),
        ('{"id": 1, "question": "Who?", "text": " "}', "question and text need words"),
        ('{"id": 1, "question": "\\udc00?", "text": "a"}', "the question is not valid UTF-8"),
        ('{"id": 1, "question": "Who?", "text": "\\ud800"}', "the text is not valid UTF-8"),
        ("{", "not JSON"),
    ],
)
def test_a_line_that_is_no_pair_is_named_before_any_is_read(tmp_path, capsys, line, told):
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"id": 0, "question": "Who?", "text": "Ann."}\n' + line + "\n")
    assert main(["read", "--batch", str(file)]) == 2
    assert capsys.readouterr() == ("", f"footnoted: {file}, line 2: {told}\n")
