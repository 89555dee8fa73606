"""A folder -> its questions with gold, or the file and line that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals import measures
from evals.suites import KINDS, Gold, Question, SuiteError, bundled, choosing, load, placed
from index.store import Store
from index.sync import sync
from tests.doubles import WordHashing

GOLD = {"path": "a.txt", "start": 4, "end": 9, "answer": 0}
GOOD = {
    "id": "q1",
    "question": "Why?",
    "kind": "single",
    "answers": [["so", "thus"]],
    "gold": [GOLD],
}
EMPTY = {"id": "q2", "question": "Who?", "kind": "unanswerable", "answers": [], "gold": []}


def suite(folder: Path, *lines: object, raw: bytes | None = None) -> Path:
    (folder / "articles").mkdir()
    text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
    (folder / "questions.jsonl").write_bytes(raw if raw is not None else text.encode())
    return folder


def test_a_suite_has_its_folders_name_its_articles_and_its_questions(tmp_path):
    loaded = load(suite(tmp_path, GOOD, "\n", EMPTY))
    assert loaded.name == tmp_path.name
    assert loaded.articles == tmp_path / "articles"
    assert loaded.questions == (
        Question("q1", "Why?", "single", (("so", "thus"),), (Gold("a.txt", 4, 9, 0),)),
        Question("q2", "Who?", "unanswerable", (), ()),
    )


def test_articles_lie_where_the_pointer_or_the_user_says(tmp_path):
    folder = suite(tmp_path, GOOD)
    (tmp_path / "elsewhere").mkdir()
    assert load(folder, tmp_path / "elsewhere").articles == tmp_path / "elsewhere"
    (folder / "articles.txt").write_text("elsewhere\n")
    assert load(folder).articles.resolve() == tmp_path / "elsewhere"
    (folder / "articles.txt").write_text("nowhere\n")
    with pytest.raises(SuiteError, match="has no articles; name their folder with --articles"):
        load(folder)


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def gold(**changed: Any) -> dict[str, Any]:
    changed = {key: value for key, value in (GOLD | changed).items() if value is not None}
    return GOOD | {"gold": [changed]}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{\n", "Expecting"),
        ("[]\n", ""),
        ("5\n", ""),
        (GOOD, "the id 'q1' occurs twice"),
        (GOOD | {"id": "q3", "answer": "so"}, "unknown field 'answer'"),
        (without("answers"), "missing field 'answers'"),
        (without("gold"), "missing field 'gold'"),
        (GOOD | {"id": "q3", "kind": "hard"}, "unknown kind 'hard'; one of single, "),
        (GOOD | {"id": "q3", "kind": ["single"]}, "kind must be a text"),
        (GOOD | {"id": "q3", "question": " "}, "question must be a text, not ' '"),
        (GOOD | {"id": "q3", "question": 5}, "question must be a text, not 5"),
        (GOOD | {"answers": []}, "answers and the kind unanswerable exclude each other"),
        (EMPTY | {"answers": [["so"]]}, "answers and the kind unanswerable exclude each other"),
        (GOOD | {"answers": ["so"]}, "an answer is a list of wordings, not 'so'"),
        (GOOD | {"answers": [[]]}, "an answer is a list of wordings, not []"),
        (GOOD | {"answers": [[" "]]}, "an answer is a list of wordings"),
        (GOOD | {"answers": [[5]]}, "an answer is a list of wordings"),
        (gold(answer=1), "gold names an answer that is not there"),
        (gold(answer=-1), "gold names an answer that is not there"),
        (gold(answer="0"), ""),
        (gold(path=None), "missing field 'path'"),
        (gold(line=3), "unknown field 'line' in gold"),
        (GOOD | {"id": 5}, "id must be a text, not 5"),
        (GOOD | {"history": "Who?"}, "history is a list of texts"),
        (GOOD | {"never": [""]}, "never is a list of texts"),
        (GOOD | {"kind": "followup"}, "a followup needs its history"),
        (gold(start=None), "gold in 'a.txt' has neither offsets nor a quote"),
        (gold(start=9), "gold in 'a.txt' has neither offsets nor a quote"),
        (gold(start="4"), ""),
        (gold(quote=" "), "gold in 'a.txt' has an empty quote"),
        (gold(quote=5), ""),
        (GOOD | {"gold": 5}, ""),
        (GOOD | {"gold": [5]}, ""),
    ],
)
def test_a_line_that_is_wrong_is_named_with_its_file(tmp_path, line, reason):
    folder = suite(tmp_path, GOOD, "\n", line, EMPTY)
    with pytest.raises(SuiteError) as caught:
        load(folder)
    told = str(caught.value)
    assert told.startswith(f"{folder / 'questions.jsonl'}, line 3: ")
    assert reason in told and "\n" not in told


@pytest.mark.parametrize(
    ("raw", "told"), [(b"", "holds no questions"), (b"\n \n", "holds no questions"), (b"\xff", "")]
)
def test_a_file_without_questions_is_no_suite(tmp_path, raw, told):
    with pytest.raises(SuiteError) as caught:
        load(suite(tmp_path, raw=raw))
    assert "questions.jsonl" in str(caught.value) and told in str(caught.value)


def test_a_folder_without_questions_is_no_suite(tmp_path):
    with pytest.raises(SuiteError, match="is not a suite: cannot read "):
        load(tmp_path)


def test_gold_words_are_found_whatever_their_line_ends(tmp_path):
    wanted = Gold("a.txt", -1, -1, 0, "bought 240 lanterns (new)")
    question = Question("q", "Why?", "single", (("so",),), (wanted, Gold("b.txt", 1, 2, 0)))
    text = "The office\nbought  240\nlanterns (new) at once."
    found = placed(question, lambda path: text).gold
    assert text[found[0].start : found[0].end] == "bought  240\nlanterns (new)"
    assert (found[1].start, found[1].end) == (1, 2)
    with pytest.raises(SuiteError, match=r"a\.txt does not hold the gold words 'bought 240"):
        placed(question, lambda path: "nothing of it")


def test_the_bundled_suites_cover_every_kind():
    suites = {suite.name: suite.questions for suite in map(load, bundled())}
    assert list(suites) == ["samples", "hostile", "conversation", "conflict", "plain"]
    assert [folder.name for folder in choosing()] == list(suites)[:4]
    assert {question.kind for found in suites.values() for question in found} == set(KINDS)
    for found in suites.values():
        assert len(found) >= 40
        assert sum(question.kind == "unanswerable" for question in found) >= 8
    assert sum(bool(question.never) for question in suites["hostile"]) >= 40
    assert sum(bool(question.history) for question in suites["conversation"]) >= 40
    assert sum(question.kind == "conflict" for question in suites["conflict"]) >= 20


@pytest.mark.parametrize("folder", bundled(), ids=lambda folder: folder.name)
def test_the_gold_of_a_bundled_suite_is_in_its_articles(folder, tmp_path):
    suite = load(folder)
    store = Store(tmp_path / "store")
    for _ in sync(suite.articles, store, WordHashing()):
        pass
    with store.snapshot() as snapshot:
        for question in suite.questions:
            for gold in placed(question, snapshot.text).gold:
                words = snapshot.text(gold.path)[gold.start : gold.end]
                assert words.strip() and (gold.quote is None or words.split() == gold.quote.split())
            assert bool(question.gold) == bool(question.answers)
            assert not measures.holds(" ".join(question.never), question.answers)
    assert (folder / "about.md").read_text("utf-8").startswith("# ")
