"""The verbs that change a store, or find that it changed, as a terminal and a script see them."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from footnoted import reports
from footnoted.__main__ import main
from index.store import Store
from index.sync import Progress, Report
from tests.doubles import filled

LANTERNS = "The harbour office bought 240 lanterns."
REPORT = Report("x", 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, (), ())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path, {"a.txt": LANTERNS, "b.txt": "The ferry sails."})


def flipped(store: Store, file: str) -> None:
    data = (store.folder / file).read_bytes()
    (store.folder / file).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def test_verify_and_repair_say_what_they_found_and_did(store, capsys):
    place = ["--store", str(store.folder)]
    assert main(["verify", *place]) == 0
    assert capsys.readouterr().out == "whole: generation 1, 2 files, 2 vectors\n"
    flipped(store, "vectors-1.faiss")
    assert main(["verify", *place]) == 1
    assert capsys.readouterr().out == "damaged: vectors-1.faiss: it is damaged\n"
    assert main(["verify", "--json", *place]) == 1
    row = json.loads(capsys.readouterr().out)
    assert (row["store"], row["whole"], row["generation"]) == (str(store.folder), False, 1)
    assert row["damage"] == [{"part": "vectors-1.faiss", "what": "it is damaged"}]
    assert main(["repair", *place]) == 0
    assert capsys.readouterr().out == "the index of vectors was built again\n"
    assert main(["repair", *place]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"
    assert main(["verify", *place]) == 0


def test_repair_names_what_index_must_bring_back(store, tmp_path, capsys):
    data = (store.folder / "footnoted.sqlite").read_bytes()
    (store.folder / "footnoted.sqlite").write_bytes(data.replace(b"240 lant", b"420 lant"))
    assert main(["repair", "--store", str(store.folder)]) == 1
    out = capsys.readouterr().out
    assert "dropped: a.txt: what was stored of it was damaged\n" in out
    assert out.endswith(f"run: footnoted index {tmp_path / 'articles'}\n")


@pytest.mark.parametrize("verb", ["verify", "repair"])
def test_without_a_store_they_end_with_2(verb, tmp_path, capsys):
    assert main([verb, "--store", str(tmp_path / "none")]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("footnoted: there is no store in ")


def test_a_plan_names_every_path_and_loads_no_encoder(store, tmp_path, capsys):
    articles = tmp_path / "articles"
    (articles / "a.txt").rename(articles / "c.txt")
    (articles / "new.txt").write_text("News.")
    (articles / "empty.txt").touch()
    plan = ["index", str(articles), "--plan", "--store", str(store.folder)]
    assert main([*plan, "--encoder", "/no/such/model"]) == 0
    assert capsys.readouterr().out == (
        "added: new.txt\n"
        "renamed: a.txt -> c.txt\n"
        "skipped: empty.txt: the file is empty\n"
        "would be 1 added, 0 changed, 1 renamed, 0 removed, 1 unchanged; "
        "1 skipped, 0 of other kinds ignored; nothing was written\n"
    )
    assert main([*plan, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["added"], row["renamed"]) == (["new.txt"], [["a.txt", "c.txt"]])


def test_progress_shows_rate_and_time_left(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    steps: Iterator[Progress | Report] = iter([Progress("reading", 0, 9), REPORT])
    assert reports.progress(steps) is REPORT
    assert "reading:   0%" in terminal.getvalue()
    assert "0/9 [00:00<?, ? files/s]" in terminal.getvalue()


def test_a_watched_folder_is_kept_in_step_until_ctrl_c(tmp_path):
    articles, place = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "a.txt").write_text(LANTERNS)
    command = [sys.executable, "-m", "footnoted", "index", articles, "--watch", "--json"]
    with subprocess.Popen(
        [*command, "--store", place],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as watching:
        assert watching.stdout is not None and watching.stderr is not None
        try:
            rounds = (json.loads(line) for line in watching.stdout)
            assert next(rounds)["added"] == 1
            (articles / "b.txt").write_text("The ferry sails.")
            assert next(rounds)["added"] == 1
            with Store(place).write():  # another process writes: told, and tried again
                (articles / "a.txt").rename(articles / "c.txt")
                assert "another index is running" in watching.stderr.readline()
            row = next(rounds)
            assert (row["renamed"], row["unchanged"], row["generation"]) == (1, 1, 3)
        finally:
            watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=120) == 0
        assert watching.stderr.read() == ""
