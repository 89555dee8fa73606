"""Our own questions on news -> pairs: the answer stands where it is said to, the other has none."""

from __future__ import annotations

import json
import random
import zipfile

import pytest

from evals import written
from evals.nearmisses import passage, written_pairs
from evals.reader_pool import Neighbours
from evals.written import Written, load

ARTICLE = (
    "Quill buys lanterns\n\n"
    "The harbour office of Quill bought 240 lanterns in the spring, said Mara Venn.\n\n"
    "The old lamps had been sold to a museum. Nobody said what the museum paid for them.\n\n"
    "A ferry named after the town sank off the long mole in 1911. It was raised a year later.\n"
)
ELSEWHERE = [
    "Saltmere has no lanterns at all, its harbour office said on a dark evening of last week.",
    "Orlow bought a ferry in the spring and named it after the mayor, who did not care for it.",
]
AT = ARTICLE.index("240")
ANSWERED = Written("How many lanterns did Quill buy?", "tech/001.txt", ARTICLE, ((AT, AT + 3),))
UNANSWERED = Written("What did the museum pay for Quill's lamps?", "tech/001.txt", ARTICLE, ())


@pytest.mark.parametrize("seed", range(30))
def test_a_pair_has_its_answer_and_a_passage_without_one(seed):
    made = list(written_pairs([ANSWERED, UNANSWERED], Neighbours(ELSEWHERE), seed))
    assert len(made) == 2
    assert made == list(written_pairs([ANSWERED, UNANSWERED], Neighbours(ELSEWHERE), seed))
    for right, wrong in made:
        assert wrong.answer is None
        if right.question == UNANSWERED.question:
            assert right.answer is None
            assert right.text in ARTICLE
        else:
            assert right.answer is not None
            assert right.text[slice(*right.answer)] == "240"
            assert "240" not in wrong.text or wrong.question != right.question
        assert right.text.strip()
        assert wrong.text.strip()


@pytest.mark.parametrize("seed", range(10))
def test_a_passage_is_of_whole_sentences_around_its_answer(seed):
    text, (start, end) = passage(ARTICLE, (AT, AT + 3), random.Random(seed))
    assert text[start:end] == "240"
    assert text in ARTICLE
    at = ARTICLE.index(text)
    assert at == 0 or ARTICLE[:at].rstrip() != ARTICLE[:at]
    assert text.rstrip()[-1] == "."


def test_questions_are_split_by_their_article(tmp_path):
    names = [f"tech/{n:03d}.txt" for n in range(40)]
    with zipfile.ZipFile(tmp_path / "bbc.zip", "w") as archive:
        for name in names:
            archive.writestr(f"bbc/{name}", ARTICLE.replace("\n", "\r\n") + name)
        archive.writestr("bbc/tech/999.txt", ARTICLE + names[0])  # the first again
    rows = [
        {"file": name, "question": asked.question, "answers": [list(s) for s in asked.answers]}
        for name in names
        for asked in (ANSWERED, UNANSWERED)
    ]
    file = tmp_path / "written.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    parts = load(tmp_path, file)
    assert all(part.questions for part in parts)
    assert sum(len(part.questions) for part in parts) == len(rows)
    for part in parts:
        assert {item.file for item in part.questions} <= set(part.texts)
        for item in part.questions:
            assert all(item.article[start:end] == "240" for start, end in item.answers)
    assert sum(len(part.texts) for part in parts) == len(names)


def test_the_questions_that_ship_are_well_formed():
    rows = [json.loads(line) for line in written.QUESTIONS.read_text("utf-8").splitlines()]
    assert len({(row["file"], row["question"]) for row in rows}) == len(rows)
    unanswered = [row for row in rows if not row["answers"]]
    assert 0.4 < len(unanswered) / len(rows) < 0.6
    assert all(row["why"] for row in unanswered)
    assert all(0 <= s < e for row in rows for s, e in row["answers"])
