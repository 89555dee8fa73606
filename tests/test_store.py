"""The store: one generation or the next, for every reader, whatever is killed or damaged."""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from index.articles import layout
from index.errors import StaleGeneration, StoreBusy, StoreError
from index.passages import passages
from index.records import Page, Source
from index.snapshot import Snapshot
from index.store import DATABASE, SCHEMA, Store
from index.where import Where
from index.write import Write, vector_key
from tests.doubles import WordHashing

ENCODER = WordHashing()
ABOUT = {
    "folder": "/articles",
    "encoder": ENCODER.fingerprint,
    "encoder_name": ENCODER.name,
    "dim": str(ENCODER.dim),
    "passage_tokens": "160",
    "reading": "1",
}
PEARS = (
    "Pears fail\nBy Ann Bell, The Ledger, 3 May 2025\n"
    "Growers lost half of the crop. Rain is to blame."
)
BRIDGE = (
    "Bridge falls\nBy Cy Dean, Eastern Wire, 7 June 2024\nThe old bridge fell on Monday 😀. Ой."
)


def prepare(write: Write, files: dict[str, str]) -> None:
    """Stage files in place of those of the same name; an empty text removes one."""
    known = write.digests()
    write.remove(path for path in files if path in known)
    for path, text in files.items():
        if not text:
            continue
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(path, "text/plain", "utf-8", digest, Page(text))
        plan = layout(source)
        made = passages(source, plan, count=ENCODER.count, budget=ENCODER.budget)
        encoded = [f"{p.header}\n{text[p.start : p.end]}" for p in made]
        keys = [vector_key(ENCODER.fingerprint, words) for words in encoded]
        write.keep(keys, ENCODER.encode(encoded))
        write.stage(source, plan, made, keys)


def put(store: Store, files: dict[str, str]) -> int:
    with store.write() as write:
        prepare(write, files)
        return write.commit(ABOUT)


def nearest(snapshot: Snapshot, text: str, where: Where | None = None) -> list[str]:
    found = snapshot.nearest(ENCODER.encode([text])[0], 5, where)
    return [hit.path for hit in snapshot.passages([i for i, _ in found])]


def lexical(snapshot: Snapshot, *terms: str, where: Where | None = None) -> list[str]:
    found = snapshot.lexical(terms, 5, where)
    return [hit.path for hit in snapshot.passages([i for i, _ in found])]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def filled(store: Store) -> Store:
    put(store, {"pears.txt": PEARS, "wire/bridge.txt": BRIDGE})
    return store


# What is kept


def test_what_was_staged_comes_back_the_same(filled: Store) -> None:
    source = Source("wire/bridge.txt", "text/plain", "utf-8", "", Page(BRIDGE))
    (made,) = passages(source, layout(source), count=ENCODER.count, budget=ENCODER.budget)
    with filled.snapshot() as snapshot:
        (hit,) = (h for h in snapshot.passages(range(10)) if h.path == source.path)
        article, text = snapshot.article(source.path, 1)
        assert snapshot.text(source.path) == text == BRIDGE
        assert [article] == list(layout(source).articles)
        assert (hit.start, hit.end, hit.sentences) == (made.start, made.end, made.sentences)
        assert hit.quote == BRIDGE[made.start : made.end]
        about = (hit.article, hit.title, hit.publisher, hit.published)
        assert about == (1, "Bridge falls", "Eastern Wire", "2024-06-07")
        assert snapshot.paths() == ["pears.txt", "wire/bridge.txt"]
        assert snapshot.years() == ("2024", "2025")
        assert snapshot.count() == {
            "files": 2,
            "articles": 2,
            "passages": 2,
            "publishers": 2,
            "dated_articles": 2,
        }
        assert snapshot.manifest.items() >= ABOUT.items()


def test_a_passage_finds_itself_first_at_score_one_and_by_its_words(filled: Store) -> None:
    with filled.snapshot() as snapshot:
        for hit in snapshot.passages(range(10)):
            header = f"{hit.title}. {hit.publisher}. {hit.published}"
            vector = ENCODER.encode([f"{header}\n{hit.quote}"])[0]
            ((first, score),) = snapshot.nearest(vector, 1)
            assert first == hit.passage
            assert score == pytest.approx(1.0, abs=1e-3)
        assert lexical(snapshot, "bridge", "nothing") == ["wire/bridge.txt"]
        assert lexical(snapshot, "growers") == lexical(snapshot, "LEDGER") == ["pears.txt"]
        assert snapshot.lexical_articles(["growing", "grower"], 5).keys() == {1}  # by the stem
        assert snapshot.articles_of([1, 2, 99]) == {1: 1, 2: 2}


@pytest.mark.parametrize(
    "term", ['"', 'a"b', "*", "NEAR(", "AND", "header:x", "-", "^", "{a}", "'"]
)
def test_a_term_is_a_word_and_never_a_query(filled: Store, term: str) -> None:
    with filled.snapshot() as snapshot:
        assert lexical(snapshot, term) == []
        assert lexical(snapshot, term, "bridge") == ["wire/bridge.txt"]
        assert snapshot.lexical([], 5) == snapshot.lexical([term], 0) == []


def test_passages_come_in_the_order_asked_and_unknown_ones_not_at_all(filled: Store) -> None:
    with filled.snapshot() as snapshot:
        assert [hit.passage for hit in snapshot.passages([2, 77, 1])] == [2, 1]
        assert snapshot.passages([]) == []


def test_hundreds_of_thousands_of_ids_are_no_limit(filled: Store) -> None:
    many = range(400_000)  # SQLite takes 32,766 or 250,000 variables
    with filled.snapshot() as snapshot:
        assert [hit.passage for hit in snapshot.passages(many)] == [1, 2]
        assert len(snapshot.articles_of(many)) == 2


def test_what_is_not_in_the_store_is_named(filled: Store) -> None:
    with filled.snapshot() as snapshot:
        with pytest.raises(StoreError, match=r"^none.txt is not in the store$"):
            snapshot.text("none.txt")
        with pytest.raises(StoreError, match=r"^article 2 of pears.txt is not in the store$"):
            snapshot.article("pears.txt", 2)


def test_what_is_removed_leaves_no_words_vectors_or_ids_behind(filled: Store) -> None:
    put(filled, {"pears.txt": ""})
    put(filled, {"new.txt": "Ferries sail\nThe ferry sails again."})
    with filled.snapshot() as snapshot:
        assert lexical(snapshot, "growers", "pears") == []
        assert sorted(nearest(snapshot, PEARS)) == ["new.txt", "wire/bridge.txt"]
        assert [hit.passage for hit in snapshot.passages(range(10))] == [2, 3]
    with sqlite3.connect(filled.folder / DATABASE) as database:
        assert database.execute("SELECT count(*) FROM vectors").fetchone() == (2,)
        for table in ("passage_terms", "article_terms"):  # against the texts themselves
            database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    database.close()


def test_replacing_a_text_keeps_the_word_indexes_true(filled: Store) -> None:
    for number in range(3):
        put(filled, {"wire/bridge.txt": BRIDGE + f" Again, 😀 {number}.\n" * (number + 1)})
    with sqlite3.connect(filled.folder / DATABASE) as database:
        for table in ("passage_terms", "article_terms"):
            database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    database.close()


# Filters


@pytest.mark.parametrize(
    ("where", "paths"),
    [
        (Where(file="*.txt"), ["pears.txt", "wire/bridge.txt"]),
        (Where(file="wire/*"), ["wire/bridge.txt"]),
        (Where(file="[p]ears.tx?"), ["pears.txt"]),
        (Where(file="[p"), []),
        (Where(file="PEARS.txt"), []),
        (Where(file="' OR 1=1 --"), []),
        (Where(publisher="the  LEDGER"), ["pears.txt"]),
        (Where(publisher="Ledger"), ["pears.txt"]),
        (Where(publisher="The Eastern Wire"), ["wire/bridge.txt"]),
        (Where(publisher="The"), []),
        (Where(publisher="Ledge"), []),
        (Where(since="2025-01-01"), ["pears.txt"]),
        (Where(until="2024-12-31"), ["wire/bridge.txt"]),
        (Where(since="2024-06-07", until="2024-06-07"), ["wire/bridge.txt"]),
        (Where(since="2024-06-08", until="2025-05-02"), []),
        (Where(file="pears*", publisher="Eastern Wire"), []),
        (Where(), ["pears.txt", "wire/bridge.txt"]),
    ],
)
def test_a_filter_holds_for_both_searches(filled: Store, where: Where, paths: list[str]) -> None:
    with filled.snapshot() as snapshot:
        assert sorted(nearest(snapshot, "half of the bridge", where)) == paths
        assert sorted(lexical(snapshot, "half", "bridge", where=where)) == paths


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (None, ()),
        (Where(publisher="Ledger", since="2025-01-01"), ()),
        (Where(publisher="Nobody"), ('No article is by "Nobody".',)),
        (
            Where(file="no/*", publisher="Nobody", until="2025-12-31"),
            ('No file matches "no/*".', 'No article is by "Nobody".'),
        ),
        (Where(since="2031-01-01"), ("No article is of 2031-01-01 or later.",)),
        (Where(until="1999-12-31"), ("No article is of 1999-12-31 or earlier.",)),
        (Where(file="pears*", publisher="Eastern Wire"), ("No article meets all of the filters.",)),
    ],
)
def test_of_filters_that_let_in_nothing_it_is_told_which(
    filled: Store, where: Where | None, told: tuple[str, ...]
) -> None:
    with filled.snapshot() as snapshot:
        assert snapshot.unmet(where) == told


def test_a_publisher_is_found_in_any_case_of_any_script(store: Store) -> None:
    put(store, {"a.txt": "Title: Школа\nPublisher: Северный Листок\nОткрылась школа."})
    with store.snapshot() as snapshot:
        assert nearest(snapshot, "школа", Where(publisher="СЕВЕРНЫЙ листок")) == ["a.txt"]


def test_an_article_known_by_its_month_lies_in_every_range_that_touches_it(store: Store) -> None:
    text = "Title: Pears\nDate: 2025-04\n\nGrowers lost half.\n"
    put(store, {"a.txt": text, "undated.txt": "Growers lost all."})
    with store.snapshot() as snapshot:
        for where, paths in (
            (Where(since="2025-04-30"), ["a.txt"]),
            (Where(until="2025-04-01"), ["a.txt"]),
            (Where(since="2025-05-01"), []),
            (Where(until="2025-03-31"), []),
        ):
            assert nearest(snapshot, "growers", where) == paths


# Generations


def test_generations_count_from_one(store: Store) -> None:
    assert [put(store, {"a.txt": f"Text number {n}."}) for n in range(3)] == [1, 2, 3]
    with store.snapshot() as snapshot:
        assert snapshot.generation == 3
        assert snapshot.text("a.txt") == "Text number 2."
    files = sorted(file.name for file in store.folder.glob("vectors*"))
    assert files == ["vectors-3.faiss"]


def test_a_reader_keeps_its_generation_while_a_writer_commits(filled: Store) -> None:
    with filled.snapshot() as before:
        for number in range(3):  # so often that the generation's FAISS file is gone, too
            put(filled, {"pears.txt": f"Ferry {number}", "wire/bridge.txt": ""})
        assert before.generation == 1
        assert before.text("pears.txt") == PEARS
        assert nearest(before, PEARS)[0] == "pears.txt"
        assert lexical(before, "bridge") == ["wire/bridge.txt"]
        with filled.snapshot() as after:
            assert after.generation == 4
            assert after.paths() == ["pears.txt"]
            assert nearest(after, PEARS) == ["pears.txt"]
        assert sorted(nearest(before, PEARS)) == ["pears.txt", "wire/bridge.txt"]


def test_what_is_not_committed_is_gone_but_its_vectors_stay(filled: Store) -> None:
    with pytest.raises(KeyboardInterrupt), filled.write() as write:
        prepare(write, {"pears.txt": "Ferry sails."})
        raise KeyboardInterrupt
    with filled.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.text("pears.txt")) == (1, PEARS)
    key = vector_key(ENCODER.fingerprint, "Ferry sails.\nFerry sails.")
    with filled.write() as write:
        assert write.missing([key, b"unknown"]) == {b"unknown"}


def test_a_commit_that_fails_leaves_the_generation_as_it_was(filled: Store) -> None:
    with pytest.raises(StoreError, match=r"none.txt is not in the store"), filled.write() as write:
        prepare(write, {"pears.txt": "Ferry sails."})
        write.remove(["none.txt"])
        write.commit(ABOUT)
    with filled.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.text("pears.txt")) == (1, PEARS)
    assert put(filled, {}) == 2


def test_a_passage_without_its_vector_is_not_committed(filled: Store) -> None:
    with pytest.raises(StoreError, match="has no vector"), filled.write() as write:
        prepare(write, {"pears.txt": "Ferry sails."})
        with sqlite3.connect(filled.folder / DATABASE) as database:
            database.execute("DELETE FROM vectors")
        database.close()
        write.commit(ABOUT)


def test_a_lost_race_is_told_and_changes_nothing(filled: Store) -> None:
    with (
        pytest.raises(StaleGeneration, match="run the same command again"),
        filled.write() as write,
    ):
        with sqlite3.connect(filled.folder / DATABASE) as database:
            database.execute("UPDATE manifest SET value = '7' WHERE key = 'generation'")
        database.close()
        write.commit(ABOUT)


# One writer

HOLDER = """
import sys
from pathlib import Path
from index.store import Store
with Store(Path(sys.argv[1])).write() as write:
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_refused_and_a_killed_one_frees_the_store(filled: Store) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(filled.folder)],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"writing\n"
        with pytest.raises(StoreBusy, match=rf"\(process {holder.pid}\); wait for it to end$"):
            put(filled, {})
        with filled.snapshot() as snapshot:
            assert snapshot.generation == 1
        os.kill(holder.pid, signal.SIGKILL)
    assert put(filled, {}) == 2


def test_a_second_writer_in_the_same_process_is_refused(filled: Store) -> None:
    with filled.write(), pytest.raises(StoreBusy), Store(filled.folder).write():
        pass


# The derived index


@pytest.mark.parametrize("damage", ["missing", "empty", "flipped", "a folder"])
def test_a_damaged_faiss_file_is_built_again_from_the_store(
    filled: Store, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = filled.folder / "vectors-1.faiss"
    data = file.read_bytes()
    file.unlink()
    if damage == "empty":
        file.touch()
    elif damage == "flipped":
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif damage == "a folder":
        file.mkdir()
    with caplog.at_level(logging.WARNING), Store(filled.folder).snapshot() as snapshot:
        assert nearest(snapshot, PEARS)[0] == "pears.txt"  # no encoder was at hand
    assert "built again from the store" in caplog.text


def test_rows_are_the_vectors_of_all_passages(filled: Store) -> None:
    with filled.snapshot() as snapshot:
        ids, rows = snapshot.rows()
    assert ids.tolist() == [1, 2]
    assert rows.shape == (2, ENCODER.dim) and rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-3)


# What is no store


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    for use in (Store(tmp_path).snapshot, Store(tmp_path).write):
        with pytest.raises(StoreError, match="is not a store and not empty; name another"), use():
            pass
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("place", ["file", "file/below", "loop", "x" * 300])
def test_a_place_where_no_folder_can_be_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    for use in (Store(tmp_path / place).snapshot, Store(tmp_path / place).write):
        with pytest.raises(StoreError, match=place), use():
            pass


def test_an_empty_folder_or_none_is_a_new_store(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "not/there/yet"):
        store = Store(tmp_path / name)
        assert not store.exists
        with pytest.raises(StoreError, match=r"run: footnoted index FOLDER$"), store.snapshot():
            pass
        assert put(store, {"a.txt": "Words."}) == 1


@pytest.mark.parametrize("left", ["lock", DATABASE])
def test_what_a_writer_killed_at_its_start_leaves_is_a_new_store(store: Store, left: str) -> None:
    store.folder.mkdir()
    (store.folder / left).touch()
    with pytest.raises(StoreError, match=r"run: footnoted index FOLDER$"), store.snapshot():
        pass
    assert put(store, {"a.txt": "Words."}) == 1


def test_a_store_opened_and_never_committed_has_nothing_indexed(store: Store) -> None:
    with store.write():
        pass
    with pytest.raises(StoreError, match=r"^nothing is indexed yet; run:"), store.snapshot():
        pass


@pytest.mark.parametrize("where", [0, 20, 5_000, 20_000])
def test_a_damaged_database_is_an_error_of_ours_or_harmless(filled: Store, where: int) -> None:
    file = filled.folder / DATABASE
    data = bytearray(file.read_bytes())
    data[where : where + 3_000] = b"\xa5" * 3_000
    file.write_bytes(data[: len(data)])
    for _ in range(2):
        try:
            with Store(filled.folder).snapshot() as snapshot:
                assert snapshot.text("pears.txt") == PEARS
                nearest(snapshot, PEARS)
                lexical(snapshot, "growers")
        except StoreError as error:
            assert str(filled.folder) in str(error) or "the store is damaged" in str(error)


@pytest.mark.parametrize(
    "data", [b"not a database at all" * 100, b"SQLite format 3\x00" + bytes(500)]
)
def test_a_database_that_is_none_says_what_mends_it(store: Store, data: bytes) -> None:
    store.folder.mkdir()
    (store.folder / DATABASE).write_bytes(data)
    for use in (store.snapshot, store.write):
        with pytest.raises(StoreError, match=r"delete it and run: footnoted index FOLDER$"), use():
            pass


def test_a_database_of_another_program_is_refused_and_left_as_it_was(store: Store) -> None:
    store.folder.mkdir()
    with sqlite3.connect(store.folder / DATABASE) as database:
        database.execute("CREATE TABLE theirs (x)")
    database.close()
    before = (store.folder / DATABASE).read_bytes()
    for use in (store.snapshot, store.write):
        with (
            pytest.raises(StoreError, match="used: it has no manifest, so it is none of ours; "),
            use(),
        ):
            pass
    assert (store.folder / DATABASE).read_bytes() == before


def test_another_schema_is_refused_with_the_command_and_let_go_when_asked(filled: Store) -> None:
    with sqlite3.connect(filled.folder / DATABASE) as database:
        database.execute("UPDATE manifest SET value = '0' WHERE key = 'schema'")
        database.execute("ALTER TABLE sources RENAME TO files")
    database.close()
    for use in (filled.snapshot, filled.write):
        with (
            pytest.raises(
                StoreError,
                match=rf"\(schema 0, not {SCHEMA}\); run: footnoted index /articles "
                rf"--store {filled.folder} --rebuild$",
            ),
            use(),
        ):
            pass
    with filled.write(anew=True) as write:
        prepare(write, {"a.txt": "Words."})
        assert write.commit(ABOUT) == 1
    with filled.snapshot() as snapshot:
        assert snapshot.paths() == ["a.txt"]


def test_anew_keeps_a_store_of_this_schema(filled: Store) -> None:
    with filled.write(anew=True) as write:
        assert write.base == 1


# Places


@pytest.mark.parametrize("name", ["a b", "q?mode=memory#x", "100%25", "é😀", "'; --", "\n"])
def test_a_store_may_have_any_name(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / name / name)
    put(store, {"a.txt": "Words of it."})
    assert (tmp_path / name / name / DATABASE).is_file()
    with Store(tmp_path / name / name).snapshot() as snapshot:
        assert nearest(snapshot, "words") == lexical(snapshot, "words") == ["a.txt"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses to make such a name")
def test_a_store_whose_name_is_not_utf8_is_refused(tmp_path: Path) -> None:
    store = Store(Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9"))))
    for use in (store.snapshot, store.write):
        with pytest.raises(StoreError, match="is not valid UTF-8; name another"), use():
            pass


def test_a_store_that_may_only_be_read_is_read() -> None:
    with tempfile.TemporaryDirectory() as common:  # pytest's own is closed to other users
        os.chmod(common, 0o755)
        store = Store(Path(common) / "store")
        put(store, {"pears.txt": PEARS})
        root = os.geteuid() == 0
        store.folder.chmod(0o555)
        if root:
            os.seteuid(65534)
        try:
            with Store(store.folder).snapshot() as snapshot:
                assert nearest(snapshot, PEARS) == lexical(snapshot, "pears") == ["pears.txt"]
            with pytest.raises(StoreError, match=r"cannot write to .*store: Permission denied"):
                put(store, {})
        finally:
            if root:
                os.seteuid(0)
            store.folder.chmod(0o755)
