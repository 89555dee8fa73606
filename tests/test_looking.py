"""What a store holds, as a reader and as a script see it: articles, show, status."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from footnoted.__main__ import main
from index.errors import FootnotedError
from index.plan import plan
from index.store import Store
from index.sync import Report, sync
from index.verify import verify
from tests.doubles import WordHashing, filled

PEARS = "Growers in the valley lost half of the crop. Rain is to blame."
FILES = {
    "ledger/pears.txt": f"Pears fail\nThe Field Ledger | 3 May 2025\n{PEARS}\nComments\n",
    "ledger/quinces.txt": "Title: Quinces\nDate: 2024\n\nThe quinces stayed small this year.\n",
    "wire.txt": "Toll bridge\nTraffic moved again.\nRelated Articles\nEastern Wire\n2 days ago\n"
    "- Eastern Wire\nA ferry\nThe ferry is back in service.\n",
}
FIELDS = ["path", "article", "title", "publisher", "published", "precision", "url"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("looking"), FILES).folder


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def told(store: Path, *words: str, to: io.StringIO | None = None) -> str:
    out = to or io.StringIO()
    with redirect_stdout(out):
        assert main([*words, "--store", str(store)]) == 0
    return out.getvalue()


def rows(store: Path, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told(store, *words, "--json").splitlines()]


def stored(folder: Path, files: Mapping[str, str]) -> Path:
    return filled(folder, files).folder


# articles


def test_each_article_is_an_object_on_a_line_of_its_own(made: Path) -> None:
    found = rows(made, "articles")
    assert [(r["path"], r["article"], r["title"], r["publisher"]) for r in found] == [
        ("ledger/pears.txt", 1, "Pears fail", "The Field Ledger"),
        ("ledger/quinces.txt", 1, "Quinces", None),
        ("wire.txt", 1, "Toll bridge", None),
        ("wire.txt", 2, "A ferry", "Eastern Wire"),
    ]
    for row in found:
        assert list(row) == [*FIELDS, "start", "end", "passages", "family", "copies"]
        assert row["passages"] == 1


def test_a_date_comes_with_its_precision(made: Path) -> None:
    assert [(r["published"], r["precision"]) for r in rows(made, "articles")] == [
        ("2025-05-03", "day"),
        ("2024", "year"),
        (None, "unknown"),
        (None, "unknown"),
    ]


def test_articles_of_some_files_alone_can_be_listed(made: Path) -> None:
    found = rows(made, "articles", "--file", "ledger/*")
    assert [row["path"] for row in found] == ["ledger/pears.txt", "ledger/quinces.txt"]
    assert rows(made, "articles", "--file", "none/*") == []


@pytest.mark.parametrize(
    ("file", "why"), [("\udcff*", "file is not valid UTF-8"), ("", "file is empty; leave it out")]
)
def test_a_glob_that_could_let_nothing_in_is_told(
    made: Path, capsys: pytest.CaptureFixture[str], file: str, why: str
) -> None:
    assert main(["articles", "--file", file, "--store", str(made)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"footnoted: {why}") and err.count("\n") == 1


def test_a_reader_sees_an_article_on_a_line(made: Path) -> None:
    lines = told(made, "articles").splitlines()
    assert lines[0].startswith(
        "ledger/pears.txt 1: Pears fail | The Field Ledger | 2025-05-03 (characters "
    )
    assert "Quinces | publisher unknown | 2024 (the year) (" in lines[1]
    assert lines[1].endswith("1 passage)")


# show


def test_a_file_is_shown_as_it_was_read(made: Path) -> None:
    (row,) = rows(made, "show", "ledger/pears.txt")
    assert list(row)[:5] == ["path", "media_type", "encoding", "sha256", "note"]
    assert (row["media_type"], row["encoding"]) == ("text/plain", "utf-8")
    assert re.fullmatch("[0-9a-f]{64}", row["sha256"])
    text = row["text"]
    assert text == FILES["ledger/pears.txt"]
    assert row["articles"] == rows(made, "articles", "--file", "ledger/pears.txt")
    marked = {text[start:end]: why for start, end, why in row["furniture"]}
    assert marked["Comments"] == "page furniture"
    assert any(text[start:end].endswith(PEARS) for start, end in row["passages"])


def test_a_reader_sees_each_article_under_its_head(made: Path) -> None:
    shown = told(made, "show", "wire.txt")
    assert shown.startswith("wire.txt: text/plain, utf-8\n\n1. Toll bridge | publisher unknown | ")
    assert "\n2. A ferry | Eastern Wire | date unknown\nA ferry\nThe ferry is back" in shown
    assert "\x1b" not in shown


def test_furniture_is_dimmed_on_a_terminal_alone(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = told(made, "show", "ledger/pears.txt", to=Terminal())
    assert "\x1b[2mComments\x1b[0m" in shown
    assert "\x1b[1m" in shown and f"\n{PEARS}\n" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in told(made, "show", "ledger/pears.txt", to=Terminal())


def test_nothing_in_a_text_that_is_shown_moves_the_cursor(tmp_path: Path) -> None:
    text = "A\x1b[2J title\nWords \u202egnorw\u202c and \u200bnothing\u00a0else.\tEnd.\n"
    shown = told(stored(tmp_path, {"a.txt": text}), "show", "a.txt")
    assert "A\\x1b[2J title" in shown
    assert "Words \\u202egnorw\\u202c and \\u200bnothing else.   End.\n" in shown


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("pears", "nearest: ledger/pears.txt"),
        ("ledger/quince.txt", "nearest: ledger/quinces.txt"),
        ("ledger\\pears.txt", "nearest: ledger/pears.txt, "),
        ("?!", "list them with: footnoted articles"),
    ],
)
def test_a_path_that_is_not_there_is_told_with_the_nearest(
    made: Path, capsys: pytest.CaptureFixture[str], asked: str, named: str
) -> None:
    assert main(["show", asked, "--store", str(made)]) == 2
    assert f"footnoted: {asked} is not in the store; {named}" in capsys.readouterr().err


# status


def test_status_tells_how_much_is_known_of_the_articles(made: Path) -> None:
    (row,) = rows(made, "status")
    assert row["coverage"] == {
        **{"title": 4, "publisher": 2},
        **{"day": 1, "month": 0, "year": 1, "unknown": 2},
    }
    assert "\ncoverage: title 4, publisher 2, day 1, month 0, year 1, unknown 2\n" in told(
        made, "status"
    )


def indexed(folder: Path, store: Path) -> dict[str, Any]:
    *_, report = sync(folder, Store(store), WordHashing())
    assert isinstance(report, Report)
    return dict(json.loads(json.dumps(asdict(report))))


def test_status_carries_all_that_the_last_run_reported(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", stored(tmp_path, FILES)
    (articles / "empty.txt").touch()
    (articles / "photo.jpg").touch()
    (articles / "wire.txt").rename(articles / "renamed.txt")
    (articles / "ledger/quinces.txt").write_bytes("Школа открылась. Мы рады.".encode("cp1251"))
    for generation, unchanged in ((2, 1), (2, 3)):
        report = indexed(articles, store)
        assert (report["generation"], report["unchanged"]) == (generation, unchanged)
        (row,) = rows(store, "status")
        assert row.items() >= report.items()
        assert (row["ignored"], row["skipped"]) == (
            1,
            [{"path": "empty.txt", "reason": "the file is empty"}],
        )
    assert not verify(Store(store)).damage


def test_status_names_on_a_line_what_the_last_run_skipped(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", stored(tmp_path, FILES)
    assert "\nlast run: 3 added, 0 changed, 0 renamed, 0 removed, 0 unchanged\n" in told(
        store, "status"
    )
    assert told(store, "status").endswith("\nskipped: nothing\n")
    for name in "abcde":
        (articles / f"{name}.txt").touch()
    indexed(articles, store)
    assert told(store, "status").endswith(
        "\nlast run: 0 added, 0 changed, 0 renamed, 0 removed, 3 unchanged\nskipped: a.txt (the "
        "file is empty), b.txt (the file is empty), c.txt (the file is empty), and 2 more\n"
    )


def test_a_plan_and_a_refused_run_leave_the_last_report_as_it_was(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", stored(tmp_path, FILES)
    before = rows(store, "status")
    (articles / "new.txt").write_text("News.")
    for _ in plan(articles, Store(store)):
        pass
    (tmp_path / "other").mkdir()
    with pytest.raises(FootnotedError):
        indexed(tmp_path / "other", store)
    assert rows(store, "status") == before


def test_a_run_that_found_the_same_as_the_last_writes_nothing(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", stored(tmp_path, FILES)
    indexed(articles, store)
    before = {file.name: file.read_bytes() for file in store.iterdir()}
    with Store(store).snapshot() as snapshot:
        indexed(articles, store)
        assert snapshot.generation == 1
    assert {file.name: file.read_bytes() for file in store.iterdir()} == before


def test_a_reader_is_not_disturbed_when_the_last_report_changes(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", stored(tmp_path, FILES)
    with Store(store).snapshot() as snapshot:
        assert snapshot.last()["added"] == 3
        indexed(articles, store)
        assert snapshot.last()["added"] == 3 and len(snapshot.vectors.nearest(
            snapshot.rows()[1][0], 9, None)) == 4  # fmt: skip
        with Store(store).snapshot() as later:
            assert (later.last()["added"], later.generation) == (0, 1)
    assert not verify(Store(store)).damage
