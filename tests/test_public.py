"""Public sets, in tiny data of our own in their formats -> questions, cases, claims, outcomes."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import outcomes, public, written
from evals.outcomes import Outcome
from evals.public import (
    articles,
    baselines,
    news,
    newsqa,
    qags,
    qed,
    ramdocs,
    reading,
    realtimeqa,
    rgb,
    rows,
    selqa,
    sets,
    squad2,
    support,
    time_magazine,
    wice,
)
from evals.public.reading import Case, InPassages
from evals.public.support import Claim
from evals.public.wordings import wordings
from evals.suites import Gold, Suite, SuiteError
from index.decoding import decode
from index.records import Span
from index.store import Store
from index.sync import sync
from rag.chain import Chain
from rag.reader import Extractive, Points
from rag.similarity import Similarity
from rag.spans import Reading
from tests.doubles import WordHashing

FERRY = "Title: The ferry sails\nURL: http://a.example/f\nDate: 2031/03/02\nAuthor: \n\n"
ARTICLES = {
    "a.txt": FERRY + "The island of Orr has a ferry.\n\nIt cost $12 million,  said the mayor.\n",
    "b.txt": "Title: Orr waits\nURL: \nDate: 2031/03/04\nAuthor: \n\nTwelve million it cost.",
    "c.txt": "A lantern burns on the pier of Orr all night.",
}
QUIZ = {
    "id": "1_0",
    "question": "What did the ferry cost?",
    "answer": "$12 million",
    "choices": ["$1", "$12 million"],
    "date": "2031/03/05",
    "gold": ["a.txt"],
    "silver": ["b.txt"],
    "passages": [
        {"file": "a.txt", "passage": "The island of Orr has a ferry. It cost $12 million, said"},
        {"file": "b.txt", "passage": "words that it has not"},
    ],
}
STORY = "ORR (News) -- The ferry\n\n\n\nwas built in Velm.\nIt sails on Monday."
CROWD = {
    "id": "n1",
    "question": "Where was it built?",
    "file": "s.txt",
    "answers": [{"answer_start": STORY.index("Velm"), "text": "Velm"}],
}
PARAGRAPH = "The tower of Orr has nine floors. Its keeper was Ada Wren. She kept bees."
SQUAD = {
    "data": [
        {
            "title": "Orr",
            "paragraphs": [
                {
                    "context": PARAGRAPH,
                    "qas": [
                        {
                            "id": "q1",
                            "question": "Who was the keeper of the tower?",
                            "is_impossible": False,
                            "answers": [
                                {"text": "Ada Wren", "answer_start": PARAGRAPH.index("Ada")},
                                {"text": "Wren", "answer_start": PARAGRAPH.index("Wren")},
                                {"text": "Ada Wren", "answer_start": PARAGRAPH.index("Ada")},
                            ],
                        },
                        {
                            "id": "q2",
                            "question": "Who was the owner of the tower?",
                            "is_impossible": True,
                            "answers": [],
                            "plausible_answers": [{"text": "Ada Wren", "answer_start": 49}],
                        },
                    ],
                }
            ],
        }
    ]
}
CHOICE = {
    "question": "Who kept bees?",
    "article": "Orr",
    "section": "Tower",
    "topic": "ART",
    "is_paraphrase": True,
    "candidates": ["The tower stands.", "", " Ada Wren kept bees.", "It rains."],
    "answers": [2],
}
SEARCH = {
    "example_id": -12,
    "title_text": "Orr",
    "url": "",
    "question_text": "who kept the tower",
    "paragraph_text": "The tower stands . Ada Wren kept it .",
    "sentence_starts": [0, 19],
    "original_nq_answers": [
        [{"start": 19, "end": 27, "string": "Ada Wren"}],
        [{"start": 23, "end": 27, "string": "Wren"}, {"start": 4, "end": 9, "string": "tower"}],
    ],
    "annotation": {
        "explanation_type": "single_sentence",
        "selected_sentence": {"start": 19, "end": 37, "string": "Ada Wren kept it ."},
        "answer": [],
    },
}
DOCS = [
    {"id": "1", "text_no": "003", "date": "02/11/63", "text": "THE FERRY OF ORR SAILS . "},
    {"id": "2", "text_no": "004", "date": "02/11/63", "text": "THE TOWER OF ORR FALLS . "},
]
QUERIES = [{"id": "7", "text": "FERRIES OF ORR ."}, {"id": "8", "text": "NOTHING OF ORR ."}]
JUDGED = [{"query": "7", "doc": "1"}, {"query": "7", "doc": "424"}, {"query": "8", "doc": "425"}]
CLAIM = {
    "label": "supported",
    "claim": "The tower of Orr has 9 floors.",
    "evidence": ["Menu", "", "The tower of Orr has 9 floors."],
    "supporting_sentences": [[2]],
    "meta": {"id": "dev1", "claim_title": "Orr", "claim_section": ""},
}
HALF = CLAIM | {
    "label": "partially_supported",
    "claim": "The tower fell in 1203.",
    "meta": {"id": "dev2", "claim_title": "Velm"},
}
VOTED = {
    "article": "the tower of orr has 9 floors.",
    "summary_sentences": [
        {
            "sentence": "The tower has 9 floors.",
            "responses": [
                {"worker_id": n, "response": r} for n, r in enumerate(("yes", "no", "yes"))
            ],
        },
        {
            "sentence": "The tower has 7 floors.",
            "responses": [
                {"worker_id": n, "response": r} for n, r in enumerate(("no", "no", "yes"))
            ],
        },
    ],
}
SNIPPETS = {
    "id": 3,
    "query": "When did the ferry of Orr sail?",
    "answer": [["3 May 2030", "May 3, 2030"]],
    "fakeanswer": "May 9, 2033",
    "positive": ["The ferry of Orr did sail on May 3, 2030.", "Orr says 3 May 2030.", "Same."],
    "positive_wrong": ["The ferry of Orr did sail on May 9, 2033.", "Orr says it.", "Same."],
    "negative": ["The ferry of Orr did sail, they say, on 3 May 2030.", "Orr has a tower."],
}
NAMED = {"id": 4, "query": "Who keeps the tower?", "answer": "Ada Wren", "fakeanswer": "Wren"}
NAMED |= {"positive": ["Ada Wren keeps it."], "positive_wrong": ["Wren keeps it."], "negative": []}
SHARED = {
    "question": "How many live in Orr?",
    "documents": [
        {"text": "Orr in Velm has 300 people.", "type": "correct", "answer": "300"},
        {"text": "Orr, a town of 300 in Velm.", "type": "correct", "answer": "300"},
        {"text": "Orr by the sea has 41 or 42 people.", "type": "correct", "answer": "42"},
        {"text": "Orr has 7,000 people.", "type": "misinfo", "answer": "7,000"},
        {"text": "Orr has 41 people.", "type": "misinfo", "answer": "41"},
        {"text": "Orr is a word.", "type": "noise", "answer": "unknown"},
    ],
    "disambig_entity": ["Orr, Velm", "Orr by the sea", "Orr"],
    "gold_answers": ["300", "42", "55"],
    "wrong_answers": ["7,000", "41", "9"],
}
ALONE = SHARED | {"documents": [SHARED["documents"][-1]], "gold_answers": ["55"]}


def lines(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def zipped(file: Path, texts: Mapping[str, str | bytes]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)


def put(data: Path, name: str, content: bytes) -> Path:
    file = data / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


@cache
def _news() -> bytes:
    """An archive of an article for each that our own questions are about, as long as it need be."""
    ends: dict[str, int] = {}
    for row in map(json.loads, written.QUESTIONS.read_text("utf-8").splitlines()):
        ends[row["file"]] = max([ends.get(row["file"], 0), *(end for _, end in row["answers"])])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, end in ends.items():
            archive.writestr(f"bbc/{name}", f"{name} " + "lantern " * (end // 8 + 1))
    return made.getvalue()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with every set in it."""
    folder = tmp_path / "data"
    put(folder, news.FILES[0], _news())
    zipped(folder / realtimeqa.FILES[0], ARTICLES)
    put(folder, realtimeqa.FILES[1], lines(QUIZ, QUIZ | {"id": "1_1", "passages": []}))
    zipped(folder / newsqa.FILES[0], {"s.txt": STORY, "t.txt": "Another story."})
    put(folder, newsqa.FILES[1], lines(CROWD))
    put(folder, squad2.FILES[0], json.dumps(SQUAD).encode())
    put(folder, selqa.FILES[0], json.dumps([CHOICE, CHOICE | {"is_paraphrase": False}]).encode())
    skipped = {"explanation_type": "multi_sentence"}
    put(folder, qed.FILES[0], lines({"annotation": skipped}, SEARCH))
    for name, records in zip(time_magazine.FILES, (DOCS, QUERIES, JUDGED), strict=True):
        put(folder, name, lines(*records))
    put(folder, wice.FILES[0], lines(CLAIM, HALF))
    put(folder, wice.FILES_CHUNKS[0], lines(CLAIM, HALF, CLAIM | {"evidence": ["Nothing."]}))
    put(folder, qags.FILES[0], lines(VOTED))
    put(folder, rgb.FILES[0], lines(SNIPPETS, NAMED))
    put(folder, ramdocs.FILES[0], lines(SHARED, ALONE))
    return folder


def texts(folder: Path) -> dict[str, str]:
    """What the index reads of each file."""
    return {file.name: decode(file.read_bytes()).text for file in folder.iterdir()}


class Knowing:
    """A reader that points at the words it knows, as sure as it is told; else at nothing much."""

    def __init__(self, **words: float) -> None:
        self._words = words
        self.given: list[str] = []

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        self.given.append(text)
        return [self._best(text, sentence) for sentence in sentences]

    def _best(self, text: str, sentence: Span) -> Reading:
        for words, score in self._words.items():
            at = text.find(words.replace("_", " "), *sentence)
            if at >= 0:
                return Reading(score, (at, at + len(words)), score, score)
        return Reading(-5.0, sentence, -5.0, -5.0)


class Broken:
    """A reader that cannot."""

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        raise OSError("no ink")


# The sets


def test_the_map_names_every_room():
    rooms = set(re.findall(r"^(\w+)  +\w", public.__doc__ or "", re.MULTILINE))
    folder = Path(public.__file__ or "").parent
    assert rooms == {file.stem for file in folder.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("name", sets.NAMES)
def test_every_set_opens_as_a_suite_or_as_outcomes(data, tmp_path, name):
    opened = sets.opened(
        name, data, tmp_path / "a", reader=Knowing(), judge=baselines.common_numbers
    )
    if isinstance(opened, Suite):
        assert opened.name == name and opened.questions
        held = texts(opened.articles)
        for question in opened.questions:
            assert {gold.path for gold in question.gold} <= held.keys()
            assert question.line.startswith((str(data), str(written.QUESTIONS)))
            assert bool(question.answers) == (question.kind not in ("unanswerable", "ranking"))
    else:
        found = list(opened)
        assert found and all(isinstance(outcome, Outcome) for outcome in found)
        assert not any(outcome.error for outcome in found)
        assert len({outcome.id for outcome in found}) == len(found)


@pytest.mark.parametrize("name", sets.NAMES)
def test_a_file_that_is_missing_is_named_with_its_set(data, name):
    missing = sets.found(name, data).files[-1]
    (data / missing).unlink()
    with pytest.raises(SuiteError, match=f"has no {missing}, which {name} is read from"):
        sets.found(name, data)


def test_a_set_that_is_not_there_is_answered_with_those_that_are(data):
    with pytest.raises(SuiteError, match="no public set 'squad3'; one of realtimeqa, news, newsqa"):
        sets.found("squad3", data)


@pytest.mark.parametrize("name", sets.NAMES)
@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.97])
def test_a_file_cut_short_is_one_error_that_names_it(data, tmp_path, name, part):
    for file in (data / file for file in sets.found(name, data).files):
        whole = file.read_bytes()
        file.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(SuiteError) as caught:
            sets.opened(name, data, tmp_path / "a", reader=Knowing(), judge=lambda c, e: 1.0)
        told = str(caught.value)
        assert str(file) in told and "\n" not in told
        file.write_bytes(whole)


def test_a_set_has_another_digest_when_a_byte_of_it_changes(data):
    before = sets.digest("newsqa", data)
    assert before == sets.digest("newsqa-read", data) != sets.digest("qed", data)
    put(data, newsqa.FILES[1], lines(CROWD | {"id": "n2"}))
    assert sets.digest("newsqa", data) != before


def test_a_reader_of_spans_reads_any_text_and_another_gives_way_to_likeness():
    words = WordHashing()
    assert isinstance(sets.reads(Knowing(), words), InPassages)
    assert isinstance(sets.reads(Similarity(words), words), baselines.Nearest)
    assert issubclass(Extractive, Points)


# Rows and articles


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"id": "a"}\n\n{"id": \n', ", line 3: Expecting value"),
        (b'{"id": "a"}\n[]\n', ", line 2: [] is no object"),
        (b'{"id": "a"}\n{"id": "\xff"}\n', ", line 2: it is not UTF-8"),
        (b'{"id": "a"}\n{}\n', ", line 2: missing field 'id'"),
        (b'{"id": "a"}\n{"id": " "}\n', ", line 2: id must be a text, not ' '"),
        (b'{"id": "a"}\n{"id": 5}\n', ", line 2: id must be a text, not 5"),
        (b'{"id": "\\ud800"}\n', ", line 1: id must be a text"),
        (b"[" * 100_000, ", line 1: "),
        (b"", " holds no records"),
        (b"\n \n", " holds no records"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_its_file(tmp_path, content, told):
    file = put(tmp_path, "a.jsonl", content)
    with pytest.raises(SuiteError) as caught:
        [row.text("id") for row in rows.lines(file)]
    assert str(caught.value).startswith(f"{file}{told}")


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("texts", "a"), ("texts", ["a", 5]), ("whole", -1), ("whole", True), ("whole", "1"),
        ("wholes", 3), ("wholes", [1, -1]), ("flag", 1), ("row", []), ("rows", {}), ("rows", [5]),
    ],
)  # fmt: skip
def test_a_field_of_another_type_is_named_with_its_place(method, value):
    with pytest.raises(SuiteError, match=r"^f, line 4(, n( 1)?)?: "):
        getattr(rows.Row({"n": value}, "f, line 4"), method)("n")


def test_a_line_separator_within_a_text_ends_no_line(tmp_path):
    file = put(tmp_path, "a.jsonl", '{"t": "one\u2028two\x85three"}\n'.encode())
    assert rows.lines(file)[0].text("t") == "one\u2028two\x85three"


def test_an_error_in_one_piece_of_json_has_its_line(tmp_path):
    with pytest.raises(SuiteError, match=r"a\.json, line 3: "):
        rows.whole(put(tmp_path, "a.json", b'[\n {"a": 1},\n {"a": }\n]'))


@pytest.mark.parametrize(
    "name", ["../a.txt", "sub/a.txt", "C:\\a.txt", ".a.txt", "a.exe", "sub/", ".txt"]
)
def test_an_archive_writes_nothing_but_text_files_beside_one_another(tmp_path, name):
    zipped(tmp_path / "a.zip", {name: "words"})
    with pytest.raises(SuiteError, match="not the plain name of a text file"):
        articles.archive(tmp_path / "a.zip")


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\x00", b"%PDF-1.4", b"\xe4"])
def test_what_the_index_would_not_read_as_it_is_is_an_error(tmp_path, content):
    zipped(tmp_path / "a.zip", {"a.txt": content})
    with pytest.raises(SuiteError, match=r"a\.zip, a\.txt: "):
        articles.archive(tmp_path / "a.zip")


def test_an_archive_that_is_none_or_empty_is_an_error(tmp_path):
    zipped(tmp_path / "a.zip", {})
    with pytest.raises(SuiteError, match="holds no articles"):
        articles.archive(tmp_path / "a.zip")
    with pytest.raises(SuiteError, match="is damaged: File is not a zip file"):
        articles.archive(put(tmp_path, "b.zip", b"words"))
    with pytest.raises(SuiteError, match="cannot read"):
        articles.archive(tmp_path / "c.zip")


WORDS = st.lists(
    st.tuples(
        st.text("aé–𝄞.B", min_size=1, max_size=4),
        st.sampled_from([" ", "\n", "\r\n", "\r", "\n\r", "\0", "\r\n\r\n", "  "]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.booleans(), st.data())
def test_a_span_slices_back_exactly_from_what_the_index_reads(words, marked, data):
    text = "\ufeff" * marked + "".join(word + gap for word, gap in words) + "plain words " * 20
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = marked + sum(len(word + gap) for word, gap in words[:first])
    size = sum(len(word + gap) for word, gap in words[first : last + 1]) - len(words[last][1])
    answer = {"text": text[start : start + size], "answer_start": start}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        zipped(folder / newsqa.FILES[0], {"s.txt": text.encode()})
        put(folder, newsqa.FILES[1], lines(CROWD | {"answers": [answer]}))
        suite = newsqa.suite(folder, folder / "a")
        (gold,) = suite.questions[0].gold
        read = texts(suite.articles)["s.txt"]
        (case,) = newsqa.cases(folder)
    assert read[gold.start : gold.end] == articles.plain(answer["text"])
    assert (case.text, case.gold) == (read, ((gold.start, gold.end),))


# Collections


def test_realtimeqa_has_its_articles_and_windows_for_gold(data, tmp_path, caplog):
    suite = realtimeqa.suite(data, tmp_path / "a")
    one, other = suite.questions
    held = texts(suite.articles)
    assert held == ARTICLES
    assert [g.path for g in one.gold if g.start < 0] == ["a.txt", "b.txt"]
    (window,) = (g for g in one.gold if g.start >= 0)
    words = held["a.txt"][window.start : window.end]
    assert words == "The island of Orr has a ferry.\n\nIt cost $12 million,  said"
    assert "line 1, passages 2: b.txt does not hold the passage; left out" in caplog.text
    assert {"$12 million", "twelve million"} <= set(one.answers[0])
    assert other.gold == one.gold[:2] and one.group is None
    store = Store(tmp_path / "store")
    for _ in sync(suite.articles, store, WordHashing()):
        pass
    with store.snapshot() as snapshot:
        article, _ = snapshot.article("a.txt", 1)
        assert (article.title, article.published) == ("The ferry sails", "2031-03-02")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"gold": ["d.txt"]}, "there is no article 'd.txt'"),
        ({"gold": [], "silver": []}, "it has no gold article"),
        ({"passages": [{"file": "d.txt", "passage": "x"}]}, "there is no article 'd.txt'"),
        ({"answer": ""}, "answer must be a text"),
        ({}, "the id '1_0' occurs twice"),
    ],
)
def test_a_quiz_that_names_what_is_not_there_is_named(data, tmp_path, changed, told):
    put(data, realtimeqa.FILES[1], lines(QUIZ, QUIZ | changed))
    with pytest.raises(SuiteError) as caught:
        realtimeqa.suite(data, tmp_path / "a")
    assert ", line 2" in str(caught.value) and told in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "others"),
    [
        ("$6", {"six", "6 dollars", "six dollars"}),
        ("70%", {"seventy", "70 percent", "seventy per cent"}),
        ("3.5 million", {"3,500,000", "three and a half million"}),
        ("153", {"one hundred fifty-three", "one hundred and fifty-three"}),
        ("1.35 billion", {"1,350,000,000"}),
        ("4.7", set()),
        ("Pier-7", set()),
        ("Lanterns over 9 feet", {"Lanterns over nine feet"}),
        ("Former Gov. Dr. Ada Wren", {"Ada Wren"}),
        ("President Wren", set()),
        ("The pier", set()),
    ],
)
def test_an_answer_counts_in_words_without_its_unit_and_without_the_office(answer, others):
    found = wordings(answer)
    assert found[0] == answer and others <= set(found)
    assert bool(others) == (len(found) > 1)


@given(st.text(max_size=30))
def test_any_answer_is_its_own_first_wording(answer):
    assert wordings(answer)[0] == answer


def test_our_own_questions_on_news_are_asked_of_the_articles_kept_for_reporting(tmp_path):
    told = [f"tech/{n:03d}.txt" for n in range(24)]
    zipped(tmp_path / news.FILES[0], {f"bbc/{name}": f"{STORY}\r\n{name}" for name in told})
    at = STORY.index("Velm")
    asked = [
        {"file": name, "question": question, "answers": spans}
        for name in told
        for question, spans in (("Who spoke?", [[at, at + 4]]), ("Who was silent?", []))
    ]
    learn, choose, report = written.load(tmp_path, put(tmp_path, "asked.jsonl", lines(*asked)))
    suite = news.asked("news", report, tmp_path / "a")
    assert {gold.path for question in suite.questions for gold in question.gold} == {
        file.replace("/", "-") for file in report.texts
    }
    assert len(suite.questions) == 2 * len(report.texts) < len(learn.questions)
    assert [(q.kind, q.answers) for q in suite.questions[:2]] == [
        ("single", (("Velm",),)),
        ("unanswerable", ()),
    ]
    assert choose.texts.keys().isdisjoint(report.texts)


def test_the_set_of_news_is_what_is_kept_for_reporting(data, tmp_path):
    suite, report = news.suite(data, tmp_path / "a"), written.load(data)[2]
    assert [q.question for q in suite.questions] == [q.question for q in report.questions]


@pytest.mark.parametrize("text", ["Velm", ""])
def test_other_news_than_the_questions_know_is_named(data, tmp_path, text):
    zipped(data / news.FILES[0], {"bbc/tech/000.txt": text})
    with pytest.raises(SuiteError, match=r"bbc\.zip"):
        news.suite(data, tmp_path / "a")


def test_newsqa_is_asked_of_all_its_stories_and_grouped_by_story(data, tmp_path):
    suite = newsqa.suite(data, tmp_path / "a")
    (question,) = suite.questions
    assert (question.group, question.answers) == ("s.txt", (("Velm",),))
    store = Store(tmp_path / "store")
    for _ in sync(suite.articles, store, WordHashing()):
        pass
    (found,) = outcomes.ask(suite, Chain(store, WordHashing(), Similarity(WordHashing())))
    assert (found.error, found.group) == (None, "s.txt")
    assert [gold.quote for gold in found.gold] == ["Velm"]
    assert found.scores["article_first"] == found.scores["exact"] == 1.0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"file": "u.txt"}, "line 1: there is no article 'u.txt'"),
        ({"answers": []}, "line 1: it has no answer"),
        (
            {"answers": [{"answer_start": 3, "text": "Velm"}]},
            "line 1, answers 1: 'Velm' does not stand at 3 of s.txt",
        ),
    ],
)
def test_an_answer_that_is_not_where_it_is_said_to_be_is_named(data, tmp_path, changed, told):
    put(data, newsqa.FILES[1], lines(CROWD | changed))
    with pytest.raises(SuiteError, match=re.escape(told)):
        newsqa.suite(data, tmp_path / "a")


def test_time_ranks_whole_files_and_leaves_out_judgements_of_what_is_missing(data, tmp_path):
    suite = time_magazine.suite(data, tmp_path / "a")
    (query,) = suite.questions
    assert (query.id, query.kind, query.answers) == ("7", "ranking", ())
    assert query.gold == (Gold("001.txt", -1, -1, 0),)
    assert texts(suite.articles) == {"001.txt": DOCS[0]["text"], "002.txt": DOCS[1]["text"]}


def test_a_judgement_of_no_query_and_a_number_that_is_none_are_named(data, tmp_path):
    put(data, time_magazine.FILES[2], lines(*JUDGED, {"query": "9", "doc": "1"}))
    with pytest.raises(SuiteError, match=r"qrels\.jsonl, line 4: there is no query '9'"):
        time_magazine.suite(data, tmp_path / "a")
    put(data, time_magazine.FILES[0], lines(DOCS[0], DOCS[1] | {"id": "../2"}))
    with pytest.raises(SuiteError, match=r"line 2: id must be a number, not '\.\./2'"):
        time_magazine.suite(data, tmp_path / "a")
    put(data, time_magazine.FILES[0], lines(*DOCS, DOCS[0]))
    with pytest.raises(SuiteError, match="line 3: the id '1' occurs twice"):
        time_magazine.suite(data, tmp_path / "a")


def test_rgb_is_asked_with_true_snippets_with_false_ones_and_with_none(data, tmp_path):
    true, false, none = (
        make(data, tmp_path / make.__name__)
        for make in (rgb.suite, rgb.suite_false, rgb.suite_refusal)
    )
    positive, wrong, negative = (SNIPPETS[n] for n in ("positive", "positive_wrong", "negative"))
    assert isinstance(positive, list) and isinstance(wrong, list) and isinstance(negative, list)
    held = texts(true.articles)
    assert set(held.values()) == {*positive, *negative, "Ada Wren keeps it."}
    one, other = true.questions
    assert [held[gold.path] for gold in one.gold] == positive
    assert one.answers == (("3 May 2030", "May 3, 2030"),) and other.answers == (("Ada Wren",),)
    assert (one.kind, one.never) == ("single", ())
    assert set(texts(false.articles).values()) == {*held.values(), *wrong, "Wren keeps it."}
    # Word for word the same, "Same." is one file and true; a right answer holds "Wren".
    assert [q.never for q in false.questions] == [("May 9, 2033",), ()]
    assert {q.kind for q in false.questions} == {"conflict"}
    assert set(texts(none.articles).values()) == {"Orr has a tower."}
    assert [(q.kind, q.answers, q.gold) for q in none.questions] == [("unanswerable", (), ())] * 2


def test_a_documents_name_says_nothing_of_it_but_its_words():
    assert articles.named("Same.") == articles.named("Same.") != articles.named("Same!")
    assert re.fullmatch(r"[0-9a-f]{16}\.txt", articles.named("Same."))


@pytest.mark.parametrize("answer", [[], [[]], [["a", " "]], [5], 5, " ", None])
def test_an_answer_of_no_wording_is_named(data, tmp_path, answer):
    put(data, rgb.FILES[0], lines(NAMED, SNIPPETS | {"answer": answer}))
    with pytest.raises(SuiteError, match=r"en_fact\.jsonl, line 2: "):
        rgb.suite(data, tmp_path / "a")


def test_ramdocs_has_the_answers_that_documents_give_each_with_its_files(data, tmp_path):
    suite = ramdocs.suite(data, tmp_path / "a")
    (question,) = suite.questions  # no document of the other answers it
    held = texts(suite.articles)
    assert len(held) == 6 and question.kind == "conflict"
    assert question.answers == (("300",), ("42",))
    given = [(gold.answer, gold.start, held[gold.path][:10]) for gold in question.gold]
    assert given == [(0, -1, "Orr in Vel"), (0, -1, "Orr, a tow"), (1, -1, "Orr by the")]
    # A correct document says 41 too, and nobody says 9.
    assert question.never == ("7,000",)


def test_a_document_of_unknown_type_is_named(data, tmp_path):
    odd = {"text": "Orr.", "type": "rumour", "answer": "1"}
    put(data, ramdocs.FILES[0], lines(SHARED, SHARED | {"documents": [odd]}))
    with pytest.raises(SuiteError, match=r"line 2, documents 1: unknown type 'rumour'; one of"):
        ramdocs.suite(data, tmp_path / "a")


# Reading


def test_squad2_scores_the_span_and_tells_what_has_no_answer(data):
    good, bad = squad2.read(data, Knowing(Ada_Wren=2.0))
    assert (good.kind, good.group, good.answerable, good.right) == ("answerable", "Orr", True, 1.0)
    assert good.scores == {"first_sentence_holds": 1.0, "span_em": 1.0, "span_f1": 1.0}
    assert good.confidence == pytest.approx(0.8808, abs=1e-4)
    assert good.shown == ("Its keeper was Ada Wren.",) and good.wanted == ("Ada Wren | Wren",)
    assert [quoted.quote for quoted in good.citations] == ["Ada Wren"]
    assert (bad.kind, bad.answerable, bad.right, bad.scores) == ("unanswerable", False, 0.0, {})


def test_the_best_wording_counts_and_half_of_it_by_half(data):
    (half, _) = squad2.read(data, Knowing(keeper_was_Ada_Wren=1.0))
    assert half.scores["span_f1"] == pytest.approx(2 / 3) and half.scores["span_em"] == 0.0
    assert half.scores["first_sentence_holds"] == 1.0


def test_what_fails_scores_nothing_and_says_why(data):
    good, bad = squad2.read(data, Broken())
    assert good.error == bad.error == "OSError: no ink"
    assert set(good.scores.values()) == {0.0} and (good.right, bad.right) == (0.0, 0.0)
    assert (good.confidence, bad.confidence) == (0.0, 1.0)  # the wrong way round
    assert (good.status, good.shown) == ("failed", ())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"answers": [{"text": "Bo", "answer_start": 0}]}, "answers 1: 'Bo' does not stand at 0"),
        ({"answers": []}, "it is said to have an answer, and has none"),
        ({"is_impossible": "no"}, "is_impossible must be true or false"),
        ({"id": "q2"}, "the id 'q2' occurs twice"),
    ],
)
def test_a_question_of_squad2_that_is_wrong_is_named_by_its_place(data, changed, told):
    altered = json.loads(json.dumps(SQUAD))
    altered["data"][0]["paragraphs"][0]["qas"][0] |= changed
    put(data, squad2.FILES[0], json.dumps(altered).encode())
    with pytest.raises(SuiteError) as caught:
        squad2.read(data, Knowing())
    assert "slice.json, data 1, paragraphs 1, qas " in str(caught.value)
    assert told in str(caught.value)


def test_selqa_is_right_where_a_wanted_sentence_is_chosen(data):
    first, second = selqa.read(data, Knowing(bees=1.0))
    assert [first.kind, second.kind] == ["paraphrase", "original"]
    assert first.scores == {"first_sentence_holds": 1.0} and first.group == "Orr"
    assert first.shown == ("Ada Wren kept bees.",)
    (case, _) = selqa.cases(data)
    found = [case.text[start:end] for start, end in case.sentences]
    assert found == ["The tower stands.", "Ada Wren kept bees.", "It rains."]
    assert [o.scores["first_sentence_holds"] for o in selqa.read(data, Knowing(rains=1.0))] == [
        0,
        0,
    ]


@pytest.mark.parametrize("answers", [[], [4], [1]])
def test_an_answer_that_is_no_candidate_is_named(data, answers):
    put(data, selqa.FILES[0], json.dumps([CHOICE, CHOICE | {"answers": answers}]).encode())
    with pytest.raises(SuiteError, match=r"selqa\.json, question 2: its answers"):
        selqa.cases(data)
    put(data, selqa.FILES[0], b"{}")
    with pytest.raises(SuiteError, match="holds no list of questions"):
        selqa.cases(data)


def test_qed_counts_single_sentences_and_their_answers(data):
    (case,) = qed.cases(data)
    assert case.wordings == ("Ada Wren", "Wren", "tower") and case.kind == "several sentences"
    assert [case.text[s:e] for s, e in case.sentences] == [
        "The tower stands .",
        "Ada Wren kept it .",
    ]
    (right,) = qed.read(data, Knowing(Wren=1.0))
    assert right.scores == {"first_sentence_holds": 1.0, "span_em": 1.0, "span_f1": 1.0}
    # An answer outside of the sentence that is to be cited is an answer all the same.
    (wrong,) = qed.read(data, Knowing(tower=1.0))
    assert wrong.scores == {"first_sentence_holds": 0.0, "span_em": 1.0, "span_f1": 1.0}


def test_a_sentence_of_qed_that_is_not_where_it_is_said_to_be_is_named(data):
    chosen = {"start": 5, "end": 9, "string": "ower"}
    moved = {**SEARCH, "annotation": {**SEARCH["annotation"], "selected_sentence": chosen}}  # type: ignore[dict-item]
    put(data, qed.FILES[0], lines(moved))
    with pytest.raises(SuiteError, match="line 1: its selected sentence is none of its sentences"):
        qed.cases(data)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("abc .\n", min_size=1, max_size=40), min_size=1, max_size=12),
    st.integers(3, 60),
)
def test_a_text_of_any_length_is_read_whole_in_passages_that_fit(parts, tokens):
    text = " ".join(parts)
    spans = reading.sentences(text)
    if not spans:
        return
    reader, words = Knowing(b=1.0), WordHashing()
    found = InPassages(reader, words.count, tokens=tokens).spans("Why?", text, spans)
    assert len(found) == len(spans)
    for reading_, (start, end) in zip(found, spans, strict=True):
        assert start <= reading_.span[0] < reading_.span[1] <= end
        assert (text[slice(*reading_.span)] == "b") == ("b" in text[start:end])
    for passage in reader.given:
        assert passage in text
        inside = reading.sentences(passage)
        sizes = words.count([passage[start:end] for start, end in inside])
        assert len(sizes) == 1 or sum(sizes) <= tokens


def test_the_reader_that_ships_reads_what_does_not_fit_it_at_once():
    filler = " ".join(f"Nothing happened in the town of Velm on day {n}." for n in range(30))
    text = f"{filler} The keeper of the tower was Ada Wren. {filler}"
    spans = reading.sentences(text)
    case = Case("1", "", "Who kept the tower?", "", "", text, spans, "", ("Ada Wren",), ((0, 1),))
    read = sets.reads(Extractive(), WordHashing())
    (outcome,) = reading.read([case], read)
    assert outcome.error is None and outcome.scores["first_sentence_holds"] == 1.0
    assert outcome.scores["span_f1"] > 0.6
    assert list(reading.read([case], read)) == [outcome]


# Judging


def test_wice_is_judged_by_its_page_or_by_the_best_of_its_chunks(data):
    given: list[tuple[str, str]] = []

    def judge(claim: str, evidence: str) -> float:
        given.append((claim, evidence))
        return 0.9 if claim in evidence else 0.2

    one, other = wice.check(data, judge)
    assert given[0] == (CLAIM["claim"], "Menu\nThe tower of Orr has 9 floors.")
    assert (one.kind, one.confidence, one.right, one.answerable) == ("supported", 0.9, 1.0, None)
    assert (other.kind, other.confidence, other.right) == ("partially_supported", 0.2, 0.0)
    assert one.scores == other.scores == {"supports": 1.0}
    assert (one.group, one.status, other.status) == ("Orr", "supported", "unsupported")
    given.clear()
    assert list(wice.check_chunks(data, judge)) == [one, other]
    assert [evidence[:4] for _, evidence in given] == ["Menu", "Noth", "Menu"]


def test_chunks_of_one_claim_that_disagree_on_it_are_named(data):
    put(data, wice.FILES_CHUNKS[0], lines(CLAIM, CLAIM | {"label": "not_supported"}))
    with pytest.raises(SuiteError, match=r"line 2: its claim or label is not that of .*line 1"):
        wice.chunks(data)
    put(data, wice.FILES[0], lines(CLAIM | {"label": "true"}))
    with pytest.raises(SuiteError, match="line 1: unknown label 'true'; one of supported, "):
        wice.claims(data)


def test_qags_is_supported_where_most_votes_say_so(data):
    one, other = qags.check(data, baselines.common_numbers)
    assert [(o.id, o.kind, o.confidence) for o in (one, other)] == [
        ("1-1", "supported", 1.0),
        ("1-2", "unsupported", 0.0),
    ]
    assert one.group == other.group == "1" and one.scores == {"supports": 1.0}
    doubtful = {"sentence": "x", "responses": [{"response": "maybe"}]}
    put(data, qags.FILES[0], lines(VOTED | {"summary_sentences": [doubtful]}))
    with pytest.raises(
        SuiteError, match="line 1, summary_sentences 1: its votes must be yes or no"
    ):
        qags.claims(data)


@pytest.mark.parametrize("chance", [1.5, -0.1, float("nan")])
def test_a_judge_that_fails_is_counted_as_wrong(data, chance):
    for outcome in wice.check(data, lambda claim, evidence: chance):
        assert outcome.error and outcome.error.startswith("ValueError: the judge gave")
        assert outcome.scores == {"supports": 0.0}
        assert outcome.confidence == 1.0 - (outcome.right or 0.0)


def judged(*chances: tuple[float, int]) -> list[Outcome]:
    blank = Outcome("", "", "", "", {})
    return [
        replace(blank, id=str(n), group=f"text {n}", confidence=chance, right=float(right))
        for n, (chance, right) in enumerate(chances)
    ]


def test_a_judge_that_tells_them_apart_is_right_at_a_threshold_it_did_not_see():
    found = support.figures(judged(*[(0.2, 0), (0.8, 1)] * 10))
    assert found["auroc"].value == found["balanced_accuracy"].value == 1.0
    assert found["balanced_accuracy"].n == 20
    upside_down = support.figures(judged(*[(0.8, 0), (0.2, 1)] * 10))
    assert upside_down["auroc"].value == 0.0 and upside_down["balanced_accuracy"].value <= 0.5


def test_either_half_is_judged_by_the_threshold_of_the_other():
    blank = judged(*[(0.0, 0)] * 40)
    sides = support.halves([outcome.group for outcome in blank]).tolist()
    low, high = {0: 0.1, 1: 0.3}, {0: 0.7, 1: 0.9}  # thresholds 0.2 and 0.8
    found = judged(*[((high if side else low)[n % 2], n % 2) for n, side in enumerate(sides)])
    # By the other's threshold all of the high half is supported and nothing of the low one.
    caught = [side for n, side in enumerate(sides) if n % 2]
    spared = [not side for n, side in enumerate(sides) if not n % 2]
    expected = (sum(caught) / len(caught) + sum(spared) / len(spared)) / 2
    assert support.figures(found)["balanced_accuracy"].value == pytest.approx(expected)
    assert 0 < sum(sides) < 40 and expected < 0.8


def test_a_threshold_is_the_middle_one_of_the_best():
    rows_ = np.array([[0.1, 0], [0.2, 0], [0.6, 1], [0.8, 1]])
    assert support.threshold(rows_) == pytest.approx(0.4)
    assert support.threshold(rows_[:2]) == 0.5  # one class
    assert support.threshold(np.array([[0.3, 0], [0.3, 1]])) == 0.5  # one chance
    assert support.threshold(np.zeros((0, 2))) == 0.5


def test_figures_of_nothing_are_no_numbers():
    found = support.figures([])
    assert all(np.isnan(score.value) and score.n == 0 for score in found.values())


# Baselines


@pytest.mark.parametrize("reader", [baselines.Nearest(WordHashing()), baselines.CommonWords()])
def test_the_nearest_sentence_is_the_one_that_shares_the_questions_rarer_words(reader):
    text = "Orr has a tower. The keeper of the tower was Ada Wren. The tower fell."
    found = reader.spans("Who was the keeper of the tower?", text, reading.sentences(text))
    best = max(found, key=lambda item: item.score)
    assert text[slice(*best.span)] == "The keeper of the tower was Ada Wren."
    assert [item.span for item in found] == list(reading.sentences(text))


def test_bm25_is_what_its_formula_gives():
    text = "one two. one."
    found = baselines.CommonWords().spans("two", text, [(0, 8), (9, 13)])
    # idf = ln(1 + 1.5/1.5); one of 2 words where the mean is 1.5
    share = 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 1.5))
    assert found[0].score == pytest.approx(np.log(2) * share) and found[1].score == 0.0


def test_likeness_is_the_cosine_of_the_nearest_sentence():
    judge = baselines.likeness(WordHashing())
    page = "Menu\nThe tower has nine floors. It rains.\n"
    assert judge("The tower has nine floors.", page) == pytest.approx(1.0)
    assert 0.0 <= judge("Bees make honey.", page) < 0.6
    assert judge("Bees make honey.", "") == 0.0


def test_common_numbers_and_words_are_shares_of_the_claims_own():
    page = "In 1203 the tower had 1,900 bees."
    assert baselines.common_numbers("It had 1900 bees in 1204.", page) == 0.5
    assert baselines.common_numbers("It had bees.", page) == 1.0
    assert baselines.common_words("towers and lanterns", page) == 0.5


def test_a_claim_counts_by_its_best_evidence():
    claim = Claim("1", "a b", "supported", True, "g", ("c", "a b"), "")
    (found,) = support.check([claim], baselines.common_words)
    assert found.confidence == 1.0
