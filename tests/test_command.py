"""The command line as scripts rely on it: JSON shapes, streams, exit codes, one-line errors."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import footnoted
from footnoted.__main__ import main
from index.store import Store
from tests.doubles import filled

LANTERNS = "The harbour office bought 240 lanterns for the long pier."
BARLEY = "The mill at Orlow stores 1,900 tonnes of “winter” barley."
FERRY = "The night ferry to Quill island carries 85 passengers."
ARTICLES = {
    "gazette/light.txt": "Title: Light\nPublisher: The Pier Gazette\nDate: 2024-03-12\n\n"
    f"{LANTERNS}\n",
    "ledger/grain.txt": f"Title: Grain\nPublisher: Field Ledger\nDate: 2025-04\n\n{BARLEY}\n",
    "ferry.md": f"# A crossing\n\n{FERRY}\n",
}
ASKED = "How many lanterns did the harbour office buy?"
CHEAP = ("--reader", "none")  # what is tested here does not depend on how well it reads
PLACE = ["path", "article", "title", "publisher", "published", "start", "end", "quote"]


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def row(self) -> Any:
        assert self.out.count("\n") == 1
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capsys):
    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            status = main([str(a) for a in arguments])
        except SystemExit as left:  # how argparse ends
            status = int(left.code or 0)
        return Ran(status, *capsys.readouterr())

    return ran


def written(folder: Path, articles: dict[str, str]) -> Path:
    for path, text in articles.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles/ and the store/ made of it."""
    folder = tmp_path_factory.mktemp("command")
    articles = written(folder / "articles", ARTICLES)
    assert main(["index", str(articles), "--store", str(folder / "store")]) == 0
    return folder


@pytest.fixture(autouse=True)
def default_store(made, monkeypatch) -> None:
    monkeypatch.setenv("FOOTNOTED_STORE", str(made / "store"))


def told(ran: Ran, words: str = "") -> bool:
    """An error of ours: status 2, nothing on stdout, one line that says what."""
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("footnoted: ") and "Traceback" not in ran.err
    return words in ran.err


# -- answers and hits


def test_an_answer_as_json_has_the_shape_that_scripts_rely_on(run, made):
    ran = run("ask", ASKED, "--json", "--threshold", 0, *CHEAP)
    assert ran.status == 0 and ran.err == "" and ran.out.isascii()
    row = ran.row
    assert list(row) == [
        *[
            "id",
            "question",
            "status",
            "confidence",
            "text",
            "sentences",
            "groups",
            "citations",
            "nearest",
        ],
        *["notices", "timings_ms"],
    ]
    assert row["id"] is None and row["question"] == ASKED and row["status"] == "answered"
    assert 0 <= row["confidence"] <= 1
    assert row["sentences"][0] == {"text": LANTERNS, "marks": [1]}
    assert row["text"].startswith(f"{LANTERNS} [1]")
    assert row["nearest"] == [] and row["notices"] == []
    assert list(row["citations"][0]) == ["mark", *PLACE, "page", "url", "opening", "also"]
    about = [row["citations"][0][name] for name in ("mark", *PLACE)]
    start = ARTICLES["gazette/light.txt"].index(LANTERNS)
    where = [start, start + len(LANTERNS), LANTERNS]
    assert about == [1, "gazette/light.txt", 1, "Light", "The Pier Gazette", "2024-03-12", *where]
    assert all(value >= 0 for value in row["timings_ms"].values())


def test_a_sentence_says_where_its_answer_stands(run):
    sentences = run("ask", ASKED, "--json", "--threshold", 0).row["sentences"]
    assert sentences and all(len(s["answer"]) == 2 for s in sentences if "answer" in s)
    start, end = sentences[0]["answer"]
    assert 0 <= start < end <= len(sentences[0]["text"])


def test_not_found_is_a_result_with_the_nearest_and_no_sentence(run):
    ran = run("ask", ASKED, "--json", "--threshold", 1, *CHEAP)
    row = ran.row
    assert ran.status == 0 and row["status"] == "not_found"
    assert row["text"] == "Not found in the articles."
    assert row["sentences"] == [] and row["citations"] == []
    assert list(row["nearest"][0]) == ["mark", *PLACE, "page", "url", "opening", "also"]
    assert row["nearest"][0]["quote"] == LANTERNS
    assert (
        row["confidence"] == run("ask", ASKED, "--json", "--threshold", 0, *CHEAP).row["confidence"]
    )


def test_every_citation_slices_back_out_of_its_file(run, made):
    for threshold in (0, 1):
        row = run(
            "ask", "What does the mill store?", "--json", "--threshold", threshold, *CHEAP
        ).row
        for cited in row["citations"] + row["nearest"]:
            text = (made / "articles" / cited["path"]).read_text("utf-8")
            assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_an_answer_reads_well_in_a_terminal(run):
    ran = run("ask", "How many tonnes does the mill store?", "--threshold", 0, *CHEAP)
    assert ran.status == 0 and ran.err == ""
    assert ran.out.startswith(f"{BARLEY} [1]\n")
    assert "\n[1] Grain, Field Ledger, 2025-04 (ledger/grain.txt, characters " in ran.out
    ran = run("ask", ASKED, "--threshold", 1, *CHEAP)
    assert ran.out.startswith("Not found in the articles. Nearest:\n  The harbour office")


def test_a_hit_is_a_passage_and_its_quote_all_of_it(run, made):
    ran = run("search", "Where is barley?", "-k", 2, "--json", *CHEAP)
    assert ran.status == 0 and ran.err == "" and ran.out.isascii()
    assert list(ran.row) == ["id", "question", "hits"] and ran.row["id"] is None
    hits = ran.row["hits"]
    assert len(hits) == 2 and all(list(hit) == [*PLACE, "score", "also"] for hit in hits)
    assert hits[0]["quote"] == BARLEY and hits[0]["score"] >= hits[1]["score"]
    text = (made / "articles" / hits[0]["path"]).read_text("utf-8")
    assert text[hits[0]["start"] : hits[0]["end"]] == BARLEY


def test_hits_read_well_in_a_terminal(run):
    lines = run("search", "Where is barley?", "-k", 1, *CHEAP).out.splitlines()
    assert lines[0].startswith("1. Grain, Field Ledger, 2025-04 (ledger/grain.txt, characters ")
    assert lines[1] == f"   {BARLEY}"


# -- batches


@pytest.fixture
def batch(tmp_path):
    def file(*rows: object) -> Path:
        lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
        made = Path(tmp_path, "questions.jsonl")
        made.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return made

    return file


def test_a_batch_is_answered_one_line_each_in_order(run, batch):
    file = batch(
        {"id": "one", "question": ASKED},
        "",
        {"id": 2, "question": "Where is “winter” barley?", "note": "other fields are let be"},
        {"id": None, "question": "Who rides the ferry?", "date": "2025-04-01"},
        {"id": ["x", 1.5], "question": ASKED, "date": None},
    )
    ran = run("ask", "--batch", file, "--json", "--threshold", 0, *CHEAP)
    assert ran.status == 0 and ran.err == "" and ran.out.isascii()
    assert [row["id"] for row in ran.rows] == ["one", 2, None, ["x", 1.5]]
    assert ran.rows[1]["question"] == "Where is “winter” barley?"
    assert ran.rows[0]["sentences"] == ran.rows[3]["sentences"]
    again = run("ask", "--batch", file, "--threshold", 0, *CHEAP)  # a batch is JSON in any case
    timeless = [{k: v for k, v in row.items() if k != "timings_ms"} for row in again.rows]
    assert timeless == [{k: v for k, v in r.items() if k != "timings_ms"} for r in ran.rows]


def test_search_prints_for_a_question_what_it_prints_for_a_line(run, batch):
    file = batch({"id": None, "question": ASKED}, {"id": "b", "question": ASKED})
    ran = run("search", "--batch", file, "-k", 2, "--json", *CHEAP)
    alone = run("search", ASKED, "-k", 2, "--json", *CHEAP)
    assert ran.out.splitlines()[0] + "\n" == alone.out
    assert ran.rows[1] == ran.rows[0] | {"id": "b"}


@pytest.mark.parametrize("verb", ["search", "ask"])
def test_an_empty_batch_has_an_empty_result(run, batch, verb):
    assert run(verb, "--batch", batch(), *CHEAP) == Ran(0, "", "")


def paths(row: dict[str, Any]) -> set[str]:
    return {hit["path"] for hit in row["hits"]}


FILTERS = [
    ({"file": "ledger/*"}, {"ledger/grain.txt"}),
    ({"publisher": "the pier gazette"}, {"gazette/light.txt"}),
    ({"since": "2025"}, {"ledger/grain.txt"}),
    ({"until": "2024-03"}, {"gazette/light.txt"}),
    ({"since": "2024-03-12", "until": "2025-04-01"}, {"gazette/light.txt", "ledger/grain.txt"}),
    ({"publisher": "Nobody"}, set()),
]


def test_filters_are_flags_and_the_same_as_fields_of_a_line(run, batch):
    rows = [{"id": n, "question": ASKED, **where} for n, (where, _) in enumerate(FILTERS)]
    found = run("search", "--batch", batch(*rows), *CHEAP).rows
    assert [paths(row) for row in found] == [left for _, left in FILTERS]
    for where, left in (FILTERS[0], FILTERS[4]):
        flags = [word for name, value in where.items() for word in (f"--{name}", value)]
        assert paths(run("search", ASKED, "--json", *flags, *CHEAP).row) == left


def test_a_lines_filter_goes_before_the_flags(run, batch):
    asked = {"id": 1, "question": ASKED}
    rows = [asked | {"file": "ferry*"}, asked, asked | {"file": None, "since": None}]
    ran = run("search", "--batch", batch(*rows), "--file", "ledger/*", *CHEAP)
    assert [paths(row) for row in ran.rows] == [{"ferry.md"}, *[{"ledger/grain.txt"}] * 2]


NOWHERE = 'No file matches "nowhere/*".'


def test_a_filter_that_leaves_nothing_finds_nothing_and_is_told(run):
    ran = run("ask", ASKED, "--json", "--threshold", 0, "--file", "nowhere/*", *CHEAP)
    assert ran.row["status"] == "not_found" and ran.row["nearest"] == []
    assert ran.row["notices"] == [NOWHERE]
    ran = run("ask", ASKED, "--threshold", 0, "--file", "nowhere/*", *CHEAP)
    assert ran == Ran(0, "Not found in the articles.\n", f"footnoted: {NOWHERE}\n")
    assert run("search", ASKED, "--file", "nowhere/*", *CHEAP) == Ran(
        0, "", f"footnoted: {NOWHERE}\n"
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("nonsense", "not JSON"),
        ('{"id": NaN, "question": "Why?"}', "not JSON"),
        ('{"id": 1e999, "question": "Why?"}', "a number is too large"),
        ('{"id": [-1e999], "question": "Why?"}', "a number is too large"),
        ("[" * 100_000, "not JSON"),
        ("[]", 'not an object with "id" and "question"'),
        ('"Why?"', 'not an object with "id" and "question"'),
        ({"id": 1}, 'not an object with "id" and "question"'),
        ({"question": "Why?"}, 'not an object with "id" and "question"'),
        ({"id": 1, "question": 5}, 'not an object with "id" and "question"'),
        ({"id": 1, "question": " "}, "the question is empty"),
        ({"id": 1, "question": "x" * 1_000_000}, "the question has 1,000,000 characters; at most"),
        ({"id": 1, "question": "Why \ud800?"}, "the question is not valid UTF-8"),
        ({"id": 1, "question": "Why?", "since": "soon"}, "not a date: 'soon'; write 2025, 2025-04"),
        ({"id": 1, "question": "Why?", "until": "2025-13"}, "not a date: '2025-13'"),
        ({"id": 1, "question": "Why?", "file": 5}, "file must be a text, not 5"),
        ({"id": 1, "question": "Why?", "since": 0}, "since must be a text, not 0"),
        ({"id": 1, "question": "Why?", "publisher": []}, "publisher must be a text, not []"),
        ({"id": 1, "question": "Why?", "file": False}, "file must be a text, not False"),
        ({"id": 1, "question": "Why?", "until": ""}, "until is empty; leave it out to have all"),
        ({"id": 1, "question": "Why?", "publisher": "\udfff"}, "publisher is not valid UTF-8"),
    ],
)
def test_a_batch_line_that_is_wrong_is_named_before_any_is_answered(run, batch, line, why):
    file = batch({"id": 0, "question": ASKED}, "", line)
    ran = run("ask", "--batch", file, "--json")
    assert told(ran, f"{file}, line 3: {why}")
    assert len(ran.err) < 500


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda file: None, "No such file"),
        (lambda file: file.mkdir(), "Is a directory"),
        (lambda file: file.write_bytes(b"\xff\xfe\x00"), "it is not UTF-8"),
    ],
)
def test_a_batch_that_cannot_be_read_is_told(run, tmp_path, make, why):
    file = tmp_path / "q.jsonl"
    make(file)
    assert told(run("search", "--batch", file), f"cannot read {file}: {why}")


def test_a_batch_may_have_a_byte_order_mark_and_other_line_ends(run, tmp_path):
    file = tmp_path / "q.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"id": 1, "question": "barley"}\r\n{"id": 2, "question": "ferry"}'
    )
    assert [row["id"] for row in run("search", "--batch", file, *CHEAP).rows] == [1, 2]


# -- wrong usage


@pytest.mark.parametrize("question", ["", " \n", "?!", "x" * 4001, "a\udcff"])
@pytest.mark.parametrize("verb", ["ask", "search"])
def test_a_question_that_cannot_be_asked_is_told(run, verb, question):
    assert told(run(verb, question), "the question ")


@pytest.mark.parametrize("verb", ["ask", "search"])
def test_one_question_or_a_batch_is_needed_and_not_both(run, batch, verb):
    assert told(run(verb), "give one QUESTION, or --batch FILE")
    assert told(run(verb, ASKED, "--batch", batch()), "give one QUESTION, or --batch FILE")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["search", "q", "-k", "0"], "a number from 1 to 1000, not '0'"),
        (["search", "q", "-k", "many"], "a number from 1 to 1000, not 'many'"),
        (["ask", "q", "--threshold", "1.5"], "a number from 0 to 1, not '1.5'"),
        (["ask", "q", "--threshold", "nan"], "a number from 0 to 1, not 'nan'"),
        (["chat", "--port", "70000"], "a number from 0 to 65535, not '70000'"),
        (["ask", "q", "--colour"], "unrecognized arguments: --colour"),
        (["ask", "one", "two"], "unrecognized arguments: two"),
        (["bake"], "invalid choice: 'bake'"),
        (["ask", "q", "--a\nb\x1b[31m"], "unrecognized arguments: --a b\\x1b[31m"),
        (["index"], "the following arguments are required: FOLDER"),
        (["index", ""], "a folder has a name"),
        (["status", "--store", ""], "argument --store: a folder has a name"),
        (["eval", "adopt", ""], "argument SUITE: a folder has a name"),
        (["ask", "q", "--encoder", ""], "argument --encoder: it is empty; leave it out, or give"),
        (["ask", "q", "--reader", ""], "argument --reader: it is empty"),
        (["ask", "q", "--model", ""], "argument --model: it is empty"),
        (["chat", "--token", ""], "argument --token: it is empty"),
    ],
)
def test_wrong_usage_says_what_is_right_in_one_line_on_stderr(run, arguments, why):
    ran = run(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert re.match(r"footnoted( \w+)?: .* \(see footnoted( \w+)? --help\)\n$", ran.err)
    assert why in ran.err


def test_no_verb_is_wrong_usage_and_shows_the_verbs(run):
    ran = run()
    assert ran.status == 2 and ran.out == ""
    assert all(verb in ran.err for verb in ("index", "search", "ask", "status", "chat", "eval"))


def test_the_version_is_the_packages(run):
    assert run("--version") == Ran(0, f"footnoted {footnoted.__version__}\n", "")


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (("--model", "gpt"), "a model is named PROVIDER:NAME"),
        (("--reader", "/nowhere/reader"), "there is no reader at /nowhere/reader"),
        (("--since", "yesterday"), "not a date: 'yesterday'"),
        (("--since", ""), "since is empty; leave it out to have all"),
        (("--publisher", ""), "publisher is empty"),
        (("--file", "\udcff"), "file is not valid UTF-8"),
    ],
)
def test_what_is_named_and_not_there_is_told(run, flags, why):
    assert told(run("ask", ASKED, *flags), why)


# -- the store


def test_status_says_what_the_store_holds(run, made):
    ran = run("status", "--json")
    assert ran.status == 0 and ran.err == ""
    row = ran.row
    assert row["store"] == str(made / "store") and row["folder"] == str(made / "articles")
    assert (row["files"], row["articles"], row["passages"]) == (3, 3, 3)
    assert (row["publishers"], row["dated_articles"], row["generation"]) == (2, 2, 1)
    assert row["encoder"] == "all-MiniLM-L6-v2"
    plain = run("status")
    assert f"folder: {made / 'articles'}\n" in plain.out and "passages: 3\n" in plain.out


def test_the_flag_goes_before_the_environment_and_that_before_the_users_own_place(
    run, made, tmp_path, monkeypatch
):
    assert run("status", "--store", made / "store").status == 0
    assert told(run("status", "--store", tmp_path / "none"), f"in {tmp_path / 'none'}; run: ")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("FOOTNOTED_STORE")
    assert told(run("status"), "nothing is indexed in ")
    assert run("index", written(tmp_path / "own", {"a.txt": FERRY})).status == 0
    place = Path(run("status", "--json").row["store"])
    assert place.is_relative_to(tmp_path) and "footnoted" in place.parts


@pytest.mark.parametrize("verb", [("ask", ASKED), ("search", ASKED), ("status",), ("chat",)])
def test_a_missing_or_empty_store_is_told_with_what_makes_one(run, tmp_path, verb):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "none"):
        why = f"nothing is indexed in {place}; run: footnoted index FOLDER"
        assert told(run(*verb, "--store", place), why)
        assert not place.exists() or not any(place.iterdir())


def test_an_empty_folder_given_as_a_store_is_a_new_store(run, tmp_path):
    articles = written(tmp_path / "articles", {"a.txt": FERRY})
    (tmp_path / "store").mkdir()
    assert run("index", articles, "--store", tmp_path / "store").status == 0


def test_a_folder_of_something_else_is_no_store(run, made, tmp_path):
    other = written(tmp_path / "other", {"letter.txt": "Dear reader."})
    for verb in (("ask", ASKED), ("status",), ("index", made / "articles")):
        why = f"{other} is not a store and not empty; name another with --store"
        assert told(run(*verb, "--store", other), why)
        assert told(run(*verb, "--store", other / "letter.txt"), "letter.txt is not a ")
    assert [file.name for file in other.iterdir()] == ["letter.txt"]


def test_a_damaged_store_is_told(run, tmp_path):
    (tmp_path / "footnoted.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    for verb in (("ask", ASKED), ("status",)):
        assert told(run(*verb, "--store", tmp_path), f"the store {tmp_path} cannot be used: ")


def test_a_store_made_by_another_encoder_is_refused_with_what_mends_it(run, tmp_path):
    filled(tmp_path, {"a.txt": FERRY})
    why = "was built with the encoder 'word-hashing/1', not 'all-MiniLM-L6-v2"
    for verb in (("ask", ASKED), ("search", ASKED), ("index", tmp_path / "articles")):
        ran = run(*verb, "--store", tmp_path / "store", *(CHEAP if verb[0] != "index" else ()))
        assert told(ran, why)
        mend = f"index {tmp_path / 'articles'} --store {tmp_path / 'store'} --rebuild"
        assert f"run: footnoted {mend}" in ran.err
    ran = run("index", tmp_path / "articles", "--rebuild", "--store", tmp_path / "store")
    assert ran.status == 0
    assert run("status", "--store", tmp_path / "store", "--json").row["files"] == 1


# -- index


def test_indexing_again_encodes_only_what_changed_and_removed_files_leave(run, tmp_path):
    articles = written(tmp_path / "articles", ARTICLES)
    store = ("--store", tmp_path / "store")
    ran = run("index", articles, *store)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "3 files, 3 articles, 3 passages: "
        "3 added, 0 changed, 0 removed, 0 unchanged; 3 passages encoded\n"
    )
    row = run("index", articles, "--json", *store).row
    assert (row["unchanged"], row["encoded"], row["generation"]) == (3, 0, 1)
    (articles / "ledger" / "grain.txt").unlink()
    written(articles, {"ferry.md": f"# A crossing\n\n{FERRY} Two goats came too.\n"})
    row = run("index", articles, "--json", *store).row
    counted = [row[name] for name in ("added", "changed", "removed", "unchanged", "encoded")]
    assert counted == [0, 1, 1, 1, 1] and row["skipped"] == [] and row["files"] == 2
    hits = run("search", "tonnes of barley", "--json", *store, *CHEAP).row
    assert paths(hits) == {"gazette/light.txt", "ferry.md"}
    assert run("ask", "goats", "--json", "--threshold", 0, *store, *CHEAP).row["citations"]


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(run, tmp_path):
    articles = written(tmp_path / "articles", {"good.txt": FERRY, "empty.txt": "", "c.jpg": "x"})
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (articles / "loop.txt").symlink_to("loop.txt")
    (articles / "out.txt").symlink_to("/etc/hostname")
    (articles / "two\nlines.txt").write_text("")
    (articles / os.fsdecode(b"bad\xff.txt")).write_text(FERRY)
    ran = run("index", articles, "--store", tmp_path / "store")
    assert ran.status == 1 and ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0].startswith("1 files, 1 articles, 1 passages: 1 added")
    assert lines[1] == "1 files of other kinds ignored"
    skipped = dict(line.removeprefix("skipped: ").split(": ", 1) for line in lines[2:])
    assert list(skipped) == sorted(skipped)
    assert set(skipped) == {
        *["bad\\udcff.txt", "binary.txt", "empty.txt", "loop.txt", "out.txt", "two\\nlines.txt"]
    }
    assert skipped["empty.txt"] == "the file is empty"
    row = run("index", articles, "--store", tmp_path / "store", "--json")
    assert row.status == 1 and row.out.isascii() and len(row.row["skipped"]) == 6


def test_files_of_other_kinds_alone_are_no_fault(run, tmp_path):
    articles = written(tmp_path / "articles", {"a.txt": FERRY, "b.jpg": "", "c": ""})
    assert run("index", articles, "--store", tmp_path / "store").status == 0


def test_a_folder_that_cannot_be_indexed_is_told(run, tmp_path):
    store = ("--store", tmp_path / "store")
    (tmp_path / "empty").mkdir()
    file = tmp_path / "a.txt"
    file.write_text(FERRY)
    assert told(run("index", tmp_path / "none", *store), f"there is no folder {tmp_path / 'none'}")
    assert told(run("index", file, *store), f"{file} is a file; name the folder")
    assert told(run("index", tmp_path / "empty", *store), "there are no articles in ")
    assert told(run("index", tmp_path, "--store", tmp_path), "")


def test_a_store_of_another_folder_is_refused_by_name(run, made, tmp_path):
    other = written(tmp_path / "other", {"a.txt": FERRY})
    ran = run("index", other)
    assert told(ran, f"holds the articles of {made / 'articles'}, not of {other}")
    assert run("status", "--json").row["files"] == 3


def test_a_second_index_while_one_runs_is_told(run, made):
    with Store(made / "store").write():
        ran = run("index", made / "articles")
        assert told(ran, f"another index is running on {made / 'store'} (process {os.getpid()})")
        assert run("search", ASKED, "--json", *CHEAP).status == 0  # readers go on


# -- whole processes


def process(*arguments: object, env: dict[str, str] | None = None) -> list[str]:
    return [sys.executable, "-m", "footnoted", *map(str, arguments)]


def ran_alone(*arguments: object, **changed: str) -> Ran:
    done = subprocess.run(
        process(*arguments),
        capture_output=True,
        encoding="utf-8",
        env=os.environ | changed,
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def loaded(*arguments: object) -> set[str]:
    """Return the names of all top modules that a verb has loaded when it ends."""
    code = (
        "import sys\n"
        "from footnoted.__main__ import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    print(*{m.split('.')[0] for m in sys.modules}, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0 and done.stdout
    return set(done.stderr.split())


def test_help_loads_nothing_heavy():
    modules = loaded("--help")
    assert "argparse" in modules
    heavy = {"numpy", "onnxruntime", "tokenizers", "faiss", "langchain", "langchain_core"}
    assert not modules & (heavy | {"torch", "gradio", "nltk", "sqlite3", "index", "rag"})


def test_asking_loads_no_framework_and_no_splitter():
    modules = loaded("ask", ASKED, "--threshold", "0")
    assert {"onnxruntime", "faiss"} <= modules
    heavy = {"langchain", "langchain_core", "langchain_openai", "sentence_transformers", "torch"}
    assert not modules & (heavy | {"nltk", "gradio", "trafilatura", "onnx", "tiktoken", "lxml"})


def test_a_process_ends_with_the_status_and_keeps_its_streams_apart(tmp_path):
    assert ran_alone("status").status == 0
    ran = ran_alone("status", FOOTNOTED_STORE=str(tmp_path))
    assert (ran.status, ran.out) == (2, "") and ran.err.count("\n") == 1
    articles = written(tmp_path / "articles", {"a.txt": FERRY, "b.txt": ""})
    ran = ran_alone("index", articles, FOOTNOTED_STORE=str(tmp_path / "store"))
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines()[-1] == "skipped: b.txt: the file is empty"


def test_a_terminal_without_an_articles_letters_shows_their_numbers():
    ran = ran_alone("search", "winter barley", "-k", "1", *CHEAP, PYTHONIOENCODING="ascii")
    assert ran.status == 0 and ran.err == ""
    assert "\\u201cwinter\\u201d barley" in ran.out


def test_a_reader_of_the_output_that_goes_away_is_no_fault(batch):
    file = batch(*[{"id": n, "question": ASKED} for n in range(3)])
    read, write = os.pipe()
    os.close(read)
    command = process("search", "--batch", file, *CHEAP)
    with os.fdopen(write, "wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, timeout=300)
    assert (done.returncode, done.stderr) == (0, b"")


def closed(streams: str, *arguments: object) -> Ran:
    """Run a process some of whose streams the shell has closed."""
    command = ["sh", "-c", f'exec "$@" {streams}', "sh", *process(*arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_closed_stream_is_no_fault_and_no_file_takes_its_place(tmp_path):
    store = ("--store", tmp_path / "store")
    assert closed("<&- >&- 2>&-", "index", written(tmp_path / "a", ARTICLES), *store).status == 0
    assert closed(">&-", "status", *store) == Ran(0, "", "")
    assert closed(">&-", "verify", *store) == Ran(0, "", "")
    ran = closed("2>&-", "verify", *store)
    assert ran.status == 0 and ran.out.startswith("whole: generation 1, 3 files")
    assert closed("2>&-", "status", "--store", tmp_path / "none") == Ran(2, "", "")


def importing(module: str, failure: str) -> Ran:
    """Run a process in which the import of a module ends in a failure."""
    code = (
        "import sys\n"
        "class Failing:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}:\n            raise {failure}\n"
        "sys.meta_path.insert(0, Failing())\n"
        "from footnoted.__main__ import main\n"
        "sys.exit(main(['search', 'barley']))\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("module", ["footnoted.parser", "argparse", "logging", "numpy", "faiss"])
def test_ctrl_c_while_modules_are_imported_is_told_in_one_line(module):
    assert importing(module, "KeyboardInterrupt") == Ran(130, "", "footnoted: interrupted\n")


def test_a_library_that_cannot_be_imported_is_told_in_one_line():
    # What numpy makes of Ctrl-C.
    ran = importing("numpy", "ImportError('cannot load module')")
    assert told(ran, "footnoted: ImportError: cannot load module")


def drawn(terminal: int) -> Iterator[bytes]:
    """Yield what a process writes to its terminal, until it closes it."""
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # Linux says so at the end
            return
        if not data:
            return
        yield data


def test_an_index_interrupted_in_the_middle_leaves_the_store_as_it_was(run, tmp_path):
    articles = written(tmp_path / "articles", ARTICLES)
    store = ("--store", tmp_path / "store")
    assert run("index", articles, *store).status == 0
    before = run("search", ASKED, "--json", *store, *CHEAP).out
    written(articles, {f"new/{n}.txt": f"Lamp {n} hangs by gate {n * 7}.\n" for n in range(150)})
    terminal, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))  # a bar has no place on one without columns
    command = process("index", articles, *store)
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=theirs,
        # Where the tests run in the background, Ctrl-C is ignored, and so by every child.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as indexing:
        os.close(theirs)
        shown = b""
        for data in drawn(terminal):
            if b"encoding" not in shown and b"encoding" in shown + data:
                indexing.send_signal(signal.SIGINT)
            shown += data
        assert indexing.stdout is not None
        out = indexing.stdout.read()
    os.close(terminal)
    assert indexing.returncode == 130 and out == b""
    assert shown.endswith(b"footnoted: interrupted\r\n") and b"Traceback" not in shown
    assert run("status", "--json", *store).row["generation"] == 1
    assert run("search", ASKED, "--json", *store, *CHEAP).out == before
    for n in range(1, 150):
        (articles / "new" / f"{n}.txt").unlink()
    assert run("index", articles, "--json", *store).row["added"] == 1
