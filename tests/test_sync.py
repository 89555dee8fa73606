"""A run brings the store in step with the folder: only what changed, all of it or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import FolderError, StoreBusy, StoreError
from index.records import Hit
from index.store import Store
from index.sync import BATCH, Progress, Report, sync
from tests.doubles import WordHashing
from tests.files import zipped

PEARS = "Growers lost half of the pear crop. Rain is to blame."
BRIDGE = "The old bridge fell on Monday. Nobody was hurt."


class Counting(WordHashing):
    """Counts the texts that it encodes, and stops as Ctrl-C would after `patience` batches."""

    def __init__(self, patience: int = 1_000, counts: int = 1_000) -> None:
        self.encoded: list[str] = []
        self.patience = patience
        self.counts = counts

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many words each text has; what is cut into passages is counted."""
        self.counts -= 1
        assert self.counts >= 0
        return super().count(texts)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text."""
        self.patience -= 1
        if self.patience < 0:
            raise KeyboardInterrupt
        self.encoded += texts
        return super().encode(texts)


class Other(WordHashing):
    """Another encoder than the store was built with."""

    fingerprint = "other/1"


def run(
    folder: Path, store: Store, encoder: WordHashing | None = None, **settings: bool | int
) -> Report:
    *steps, report = sync(folder, store, encoder or WordHashing(), **settings)  # type: ignore[arg-type]
    assert isinstance(report, Report)
    assert all(isinstance(step, Progress) and step.done <= step.total for step in steps)
    return report


def changes(report: Report) -> dict[str, int]:
    names = ("added", "changed", "renamed", "removed", "unchanged", "encoded")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def hits(store: Store) -> list[Hit]:
    with store.snapshot() as snapshot:
        ids, _ = snapshot.rows()
        return snapshot.passages(ids.tolist())


def quotes(store: Store) -> dict[str, str]:
    return {hit.path: hit.quote for hit in hits(store)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "pears.txt").write_text(PEARS)
    (made / "bridge.md").write_text(BRIDGE)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


# In step


def test_a_first_run_adds_every_file_and_reports_the_store(folder: Path, store: Store) -> None:
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "empty.txt").touch()
    (folder / "guess.txt").write_bytes("Школа открылась после ремонта. Мы рады.".encode("cp1251"))
    report = run(folder, store)
    assert changes(report) == {"added": 3, "encoded": 3}
    assert (report.generation, report.files, report.articles, report.passages) == (1, 3, 3, 3)
    assert (report.folder, report.ignored) == (str(folder), 1)
    assert [(s.path, s.reason) for s in report.skipped] == [("empty.txt", "the file is empty")]
    assert report.notes == (("guess.txt", "encoding guessed: cp1251"),)
    assert quotes(store)["pears.txt"] == PEARS


def test_a_second_run_changes_nothing_and_encodes_nothing(folder: Path, store: Store) -> None:
    run(folder, store)
    before = {file.name: file.read_bytes() for file in store.folder.iterdir()}
    encoder = Counting(counts=0)
    report = run(folder, store, encoder)
    assert changes(report) == {"unchanged": 2}
    assert (report.generation, encoder.encoded) == (1, [])
    assert {file.name: file.read_bytes() for file in store.folder.iterdir()} | before == before


def test_one_edited_file_costs_one_files_work(folder: Path, store: Store) -> None:
    for n in range(50):
        (folder / f"{n}.txt").write_text(f"Story {n}.\nIt is told once.")
    run(folder, store)
    (folder / "7.txt").write_text("Story 7.\nIt is told again.")
    encoder = Counting(counts=10)
    report = run(folder, store, encoder)
    assert changes(report) == {"changed": 1, "unchanged": 51, "encoded": 1}
    assert encoder.encoded == ["Story 7. It is told again.\nStory 7.\nIt is told again."]


def test_what_was_added_changed_and_removed_is_what_is_encoded(folder: Path, store: Store) -> None:
    run(folder, store)
    (folder / "pears.txt").write_text(PEARS + "\nMore fell.")
    (folder / "bridge.md").unlink()
    (folder / "new").mkdir()
    (folder / "new/ferry.txt").write_text("The ferry sails again.")
    report = run(folder, store)
    assert changes(report) == {"added": 1, "changed": 1, "removed": 1, "encoded": 2}
    assert (report.generation, report.files) == (2, 2)
    assert quotes(store) == {
        "pears.txt": PEARS + "\nMore fell.",
        "new/ferry.txt": "The ferry sails again.",
    }


def test_a_renamed_file_is_not_encoded_again(folder: Path, store: Store) -> None:
    run(folder, store)
    (folder / "pears.txt").rename(folder / "fruit.txt")
    encoder = Counting()
    report = run(folder, store, encoder)
    assert changes(report) == {"renamed": 1, "unchanged": 1}
    assert encoder.encoded == []
    assert quotes(store) == {"fruit.txt": PEARS, "bridge.md": BRIDGE}


def test_a_renamed_file_is_not_even_read_again(folder: Path, store: Store) -> None:
    run(folder, store)
    before = {hit.path: hit.passage for hit in hits(store)}
    (folder / "pears.txt").rename(folder / "fruit.txt")
    report = run(folder, store, Counting(counts=0))
    assert changes(report) == {"renamed": 1, "unchanged": 1}
    after = {hit.path: hit.passage for hit in hits(store)}
    assert after == {"fruit.txt": before["pears.txt"], "bridge.md": before["bridge.md"]}


def test_a_folder_of_files_and_an_archive_can_be_renamed(folder: Path, store: Store) -> None:
    (folder / "a").mkdir()
    (folder / "a/old.zip").write_bytes(zipped({"1.txt": "The ferry sails.", "2.txt": "So be it."}))
    (folder / "pears.txt").rename(folder / "a/pears.txt")
    run(folder, store)
    (folder / "a").rename(folder / "b")
    assert changes(run(folder, store, Counting(counts=0))) == {"renamed": 3, "unchanged": 1}
    assert set(quotes(store)) == {"b/old.zip/1.txt", "b/old.zip/2.txt", "b/pears.txt", "bridge.md"}


def test_another_kind_of_name_is_another_reading(folder: Path, store: Store) -> None:
    run(folder, store)
    (folder / "pears.txt").rename(folder / "pears.html")
    assert changes(run(folder, store)) == {"added": 1, "removed": 1, "unchanged": 1}


def test_each_file_that_is_gone_gives_its_name_to_one(folder: Path, store: Store) -> None:
    (folder / "twin.txt").write_text(PEARS)
    run(folder, store)
    (folder / "pears.txt").unlink()
    for name in ("x.txt", "y.txt"):
        (folder / name).write_text(PEARS)
    assert changes(run(folder, store)) == {"renamed": 1, "added": 1, "unchanged": 2}
    assert set(quotes(store)) == {"bridge.md", "twin.txt", "x.txt", "y.txt"}


def test_equal_files_are_encoded_once(folder: Path, store: Store) -> None:
    for number in range(5):
        (folder / f"copy{number}.txt").write_text(PEARS)
    report = run(folder, store)
    assert changes(report) == {"added": 7, "encoded": 2}
    assert len(quotes(store)) == 7


def test_a_file_that_cannot_be_read_any_more_leaves_the_answers(folder: Path, store: Store) -> None:
    run(folder, store)
    (folder / "pears.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = run(folder, store)
    assert changes(report) == {"removed": 1, "unchanged": 1}
    assert [(s.path, s.reason) for s in report.skipped] == [
        ("pears.txt", "not text: it is a picture")
    ]
    assert quotes(store) == {"bridge.md": BRIDGE}


def test_web_pages_are_read_like_the_rest(folder: Path, store: Store) -> None:
    (folder / "page.html").write_text(f"<nav>News</nav><p>{PEARS}</p>")
    assert run(folder, store).files == 3
    assert quotes(store)["page.html"] == PEARS


def test_of_a_packed_folder_only_what_changed_in_it_is_encoded(folder: Path, store: Store) -> None:
    members = {"a.txt": "The ferry sails.", "b.txt": "The mill burned.", "c.jpg": "x"}
    (folder / "old.zip").write_bytes(zipped(members))
    report = run(folder, store)
    assert changes(report) == {"added": 4, "encoded": 4} and report.ignored == 1
    assert quotes(store)["old.zip/a.txt"] == "The ferry sails."
    assert changes(run(folder, store)) == {"unchanged": 4}
    (folder / "old.zip").write_bytes(zipped({**members, "b.txt": "The mill stands."}))
    encoder = Counting()
    assert changes(run(folder, store, encoder)) == {"changed": 1, "unchanged": 3, "encoded": 1}
    assert encoder.encoded == ["The mill stands.\nThe mill stands."]
    (folder / "old.zip").rename(folder / "new.zip")
    assert changes(run(folder, store)) == {"renamed": 2, "unchanged": 2}
    (folder / "new.zip").write_bytes(b"PK\x03\x04")
    report = run(folder, store)
    assert changes(report) == {"removed": 2, "unchanged": 2}
    assert [(s.path, s.reason) for s in report.skipped] == [
        ("new.zip", "not readable as zip archive: it is damaged")
    ]


def test_the_walls_are_told_when_a_parser_was_used(folder: Path, store: Store) -> None:
    assert run(folder, store).walls == ()
    (folder / "page.html").write_text(f"<p>{PEARS}</p>")
    assert "wall clock" in run(folder, store).walls
    assert run(folder, store).walls == ()


def test_a_larger_file_is_skipped_unless_it_is_asked_for(folder: Path, store: Store) -> None:
    report = run(folder, store, largest=len(PEARS) - 1)
    assert [s.path for s in report.skipped] == ["pears.txt"]
    assert changes(run(folder, store, largest=len(PEARS))) == {
        "added": 1,
        "unchanged": 1,
        "encoded": 1,
    }


def test_every_hit_slices_back_from_its_source(folder: Path, store: Store) -> None:
    (folder / "long.txt").write_text("\ufeff" + "\r\n".join(f"Line {n} 😀." for n in range(500)))
    run(folder, store, tokens=40)
    with store.snapshot() as snapshot:
        for hit in hits(store):
            text = snapshot.text(hit.path)
            assert text[hit.start : hit.end] == hit.quote
            assert hit.sentences[0][0] == hit.start and hit.sentences[-1][1] == hit.end


def test_progress_is_told_in_order_and_to_the_end(folder: Path, store: Store) -> None:
    (folder / "long.txt").write_text("\n".join(f"Word{n} is here." for n in range(3 * BATCH)))
    *steps, _ = sync(folder, store, WordHashing(), tokens=8)
    told = [(s.stage, s.done, s.total) for s in steps if isinstance(s, Progress)]
    reading = [step for step in told if step[0] == "reading"]
    assert reading == [("reading", n, 3) for n in range(4)]
    encoding = [done for stage, done, _ in told[4:] if stage == "encoding"]
    assert encoding == sorted(encoding) and len(encoding) >= 4
    assert told[-1][1] == told[-1][2] == len(hits(store))


# Folders without articles


def test_an_empty_folder_is_an_error_until_the_store_knows_it(folder: Path, store: Store) -> None:
    with pytest.raises(FolderError, match=r"there are no articles in .* \(.txt, .md, .html, .*\)$"):
        run(empty(folder), store)
    run(folder, store)
    for file in folder.iterdir():
        file.unlink()
    assert changes(run(folder, store)) == {"removed": 2}
    assert hits(store) == []


def empty(folder: Path) -> Path:
    made = folder.parent / "empty"
    made.mkdir()
    return made


def test_a_folder_of_only_skipped_files_is_a_store_of_nothing(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/empty.txt").touch()
    (tmp_path / "a/link.txt").symlink_to("nowhere")
    report = run(tmp_path / "a", store)
    assert (report.files, report.passages, len(report.skipped)) == (0, 0, 2)
    with store.snapshot() as snapshot:
        assert snapshot.nearest(WordHashing().encode(["pears"])[0], 5) == []
        assert snapshot.lexical(["pears"], 5) == []
        assert snapshot.years() is None


def test_a_store_inside_the_folder_is_not_indexed(folder: Path) -> None:
    store = Store(folder / "store")
    run(folder, store)
    (folder / "store/notes.txt").write_text("not an article")
    report = run(folder, store)
    assert (report.files, report.ignored) == (2, 0)


def test_the_folder_itself_is_no_place_for_the_store(folder: Path) -> None:
    with pytest.raises(StoreError, match="holds the articles; name another folder"):
        run(folder, Store(folder))
    assert sorted(file.name for file in folder.iterdir()) == ["bridge.md", "pears.txt"]


# Another folder, another encoder


def test_a_store_of_another_folder_is_refused_unless_rebuilt(folder: Path, store: Store) -> None:
    run(folder, store)
    other = empty(folder)
    (other / "ferry.txt").write_text("The ferry sails again.")
    with pytest.raises(StoreError, match=f"holds the articles of {folder}, not of {other}; "):
        run(other, store)
    assert quotes(store) == {"pears.txt": PEARS, "bridge.md": BRIDGE}
    assert changes(run(other, store, rebuild=True)) == {"added": 1, "removed": 2, "encoded": 1}
    assert quotes(store) == {"ferry.txt": "The ferry sails again."}


def test_another_encoder_is_refused_with_the_command_unless_rebuilt(
    folder: Path, store: Store
) -> None:
    run(folder, store)
    mend = f"run: footnoted index {folder} --store {store.folder} --rebuild$"
    message = f"'word-hashing/1', not 'other/1'; {mend}"
    with pytest.raises(StoreError, match=message):
        run(folder, store, Other())
    assert changes(run(folder, store, Other(), rebuild=True)) == {"changed": 2, "encoded": 2}
    with store.snapshot() as snapshot:
        assert snapshot.manifest["encoder"] == "other/1"
    with pytest.raises(StoreError, match="not 'word-hashing/1'"):
        run(folder, store)


def test_passages_of_another_size_are_refused_unless_rebuilt(folder: Path, store: Store) -> None:
    run(folder, store)
    with pytest.raises(StoreError, match=r"passages of at most '160', not '12'.*--rebuild$"):
        run(folder, store, tokens=12)
    assert run(folder, store, tokens=12, rebuild=True).passages == 4


def test_a_folder_by_another_name_is_the_same_folder(folder: Path, store: Store) -> None:
    run(folder, store)
    (folder.parent / "link").symlink_to(folder)
    assert changes(run(folder.parent / "link", store)) == {"unchanged": 2}


# Stopped in the middle


def long(folder: Path) -> None:
    (folder / "pears.txt").unlink()
    (folder / "long.txt").write_text("\n".join(f"Word{n} is here." for n in range(4 * BATCH)))


def test_ctrl_c_keeps_the_generation_and_the_vectors_so_far(folder: Path, store: Store) -> None:
    run(folder, store, tokens=8)
    long(folder)
    with pytest.raises(KeyboardInterrupt):
        run(folder, store, Counting(patience=2), tokens=8)
    assert set(quotes(store)) == {"pears.txt", "bridge.md"}
    encoder = Counting()
    report = run(folder, store, encoder, tokens=8)
    assert report.generation == 2
    assert len(encoder.encoded) == report.encoded == len(hits(store)) - 2 - 2 * BATCH
    assert set(quotes(store)) == {"long.txt", "bridge.md"}


def test_a_run_that_nobody_finishes_frees_the_store(folder: Path, store: Store) -> None:
    begun = sync(folder, store, WordHashing())
    next(begun)
    with pytest.raises(StoreBusy):
        run(folder, store)
    begun.close()  # type: ignore[attr-defined]
    assert run(folder, store).generation == 1


RUNNER = """
import functools, os, signal, sqlite3, sys
from pathlib import Path

left = sys.argv[3:]

def saw(event):
    if left and event.startswith(left[0]):
        left.pop(0)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

class Watched(sqlite3.Connection):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.set_trace_callback(saw)

sqlite3.connect = functools.partial(sqlite3.connect, factory=Watched)
sys.addaudithook(lambda event, args: event in ("os.rename", "os.remove") and saw(event))

from index.store import Store
from index.sync import sync
from tests.doubles import WordHashing

for step in sync(Path(sys.argv[1]), Store(Path(sys.argv[2])), WordHashing(), tokens=8):
    saw(step.__class__.__name__)
"""
MANIFEST = "INSERT OR REPLACE INTO manifest"


@pytest.mark.parametrize(
    ("moments", "generation"),
    [
        (["Progress"], 1),
        (["INSERT OR REPLACE INTO vectors"] * 100, 1),
        (["BEGIN", "COMMIT", "BEGIN", "COMMIT"], 1),
        (["DELETE FROM sources"], 1),
        (["INSERT INTO passage_terms"] * 100, 1),
        (["DELETE FROM vectors"], 1),
        (["os.rename"], 1),
        ([MANIFEST] * 3, 1),
        ([MANIFEST, "COMMIT"], 1),
        ([MANIFEST, "COMMIT", "os.remove"], 2),
        (["Report"], 2),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_kill_9_at_any_moment_leaves_one_generation_or_the_next(
    folder: Path, store: Store, moments: list[str], generation: int
) -> None:
    run(folder, store, tokens=8)
    before = quotes(store)
    long(folder)
    # An old one and half of a new one, as killed runs leave them, to be tidied up.
    (store.folder / "vectors-0.faiss").touch()
    (store.folder / "vectors-2.faiss.new").touch()
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(folder), str(store.folder), *moments],
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    with store.snapshot() as snapshot:
        assert snapshot.generation == generation
        found = snapshot.nearest(WordHashing().encode([BRIDGE])[0], 1)
        assert [hit.path for hit in snapshot.passages([found[0][0]])] == ["bridge.md"]
    assert (quotes(store) == before) == (generation == 1)
    report = run(folder, store, tokens=8)
    assert report.generation == 2
    assert set(quotes(store)) == {"bridge.md", "long.txt"}
    assert len(hits(store)) == report.passages
    if generation == 1:
        left = {file.name for file in store.folder.glob("vectors*")}
        assert left == {"vectors-2.faiss"}
