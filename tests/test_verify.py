"""Every changed value is found, what can be mended is, and nothing is guessed."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import imprint
from index.catalogue import stored
from index.errors import StoreBusy, StoreDamaged, StoreError
from index.repair import repair
from index.seals import manifest_seal
from index.store import DATABASE, Store
from index.sync import Report, sync
from index.verify import verify
from tests.doubles import WordHashing, filled
from tests.test_sources import as_a_user

PEARS = (
    "Title: Pears\nPublisher: The Ledger\nDate: 2025-05-03\nURL: https://x.example/pears\n\n"
    + (
        "Growers lost half of the crop. Rain is to blame. "
        "“We have not seen the like of it in all these forty years,” one of them said."
    )
)
FILES = {"pears.txt": PEARS, "again.txt": PEARS, "bridge.txt": "The old bridge fell on Monday."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text)
    return made


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Store:
    made = Store(tmp_path / "store")
    indexed(folder, made)
    return made


def indexed(folder: Path, store: Store) -> Report:
    *_, report = sync(folder, store, WordHashing())
    assert isinstance(report, Report)
    return report


@contextmanager
def changed(store: Store) -> Iterator[sqlite3.Connection]:
    """Change the database behind the store's back, so that only its rows can tell."""
    database = sqlite3.connect(store.folder / DATABASE)
    yield database
    database.commit()
    database.close()
    imprint.drop(store.folder / DATABASE)


def found(store: Store) -> list[tuple[str, str]]:
    return [(damage.part, damage.what) for damage in verify(store).damage]


def texts(store: Store) -> dict[str, str]:
    with store.snapshot() as snapshot:
        return {path: snapshot.text(path) for path in snapshot.paths()}


# What is found


def test_a_store_is_whole_as_it_was_written_and_with_nothing_in_it(
    store: Store, tmp_path: Path
) -> None:
    verdict = verify(store)
    assert (verdict.generation, verdict.sources, verdict.damage) == (1, 3, ())
    begun = Store(tmp_path / "begun")
    with begun.write():
        pass
    assert verify(begun) == verify(Store(locked(tmp_path / "locked")))
    assert verify(begun).generation == 0


def locked(place: Path) -> Path:
    """What a writer killed at its very start leaves."""
    place.mkdir()
    (place / "lock").touch()
    return place


@pytest.mark.parametrize("use", [verify, repair])
def test_where_there_is_no_store_that_is_said(tmp_path: Path, use: type) -> None:
    with pytest.raises(StoreError, match=r"there is no store in .*; run: footnoted index FOLDER$"):
        use(Store(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_verifying_changes_no_byte(store: Store) -> None:
    before = {f.name: f.read_bytes() for f in store.folder.iterdir() if f.stat().st_size}
    verify(store)
    assert {f.name: f.read_bytes() for f in store.folder.iterdir()} | before == {
        f.name: f.read_bytes() for f in store.folder.iterdir()
    }


@pytest.mark.parametrize("closed", [".", DATABASE])
def test_a_store_that_may_only_be_read_is_whole(closed: str) -> None:
    with tempfile.TemporaryDirectory() as common:  # pytest's own is closed to other users
        os.chmod(common, 0o755)
        store = filled(Path(common), FILES)
        place = store.folder / closed
        mode = place.stat().st_mode
        place.chmod(mode & 0o555)
        with as_a_user():
            assert found(store) == []
        place.chmod(mode)


def columns(store: Store) -> list[tuple[str, str]]:
    with store.reading() as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).fetchall()
        return [
            (table, column[1])
            for (table,) in tables
            for column in database.execute(f"PRAGMA table_info({table})")
        ]


def test_a_changed_value_in_any_column_is_found_without_the_files_own_hash(store: Store) -> None:
    pristine = (store.folder / DATABASE).read_bytes()
    empty = []
    for table, column in columns(store):
        with changed(store) as database:
            # Another value of the same kind, so that nothing but its hash can tell.
            value = database.execute(
                f'SELECT "{column}" FROM {table} WHERE "{column}" IS NOT NULL LIMIT 1'
            ).fetchone()
            if value is None:
                empty.append((table, column))
                continue
            database.execute("PRAGMA writable_schema = ON")
            database.execute(
                f'UPDATE OR REPLACE {table} SET "{column}" = ? WHERE "{column}" = ?',
                (other(value[0]), value[0]),
            )
        assert found(store), (table, column)
        for end in ("", "-wal", "-shm"):
            (store.folder / (DATABASE + end)).unlink(missing_ok=True)
        (store.folder / DATABASE).write_bytes(pristine)
    assert not found(store)
    # Of plain text files these are always empty.
    assert set(empty) == {("sources", "note"), ("sources", "extractor"), ("sources", "leaves")}


def other(value: object) -> object:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    return value + 1 if isinstance(value, int) else f"{value}x"


@pytest.mark.parametrize("table", ["sources", "articles", "passages", "furniture", "vectors"])
def test_a_row_that_is_gone_is_found(store: Store, table: str) -> None:
    with changed(store) as database:
        assert database.execute(f"DELETE FROM {table}").rowcount
    assert found(store)


def test_a_byte_where_nothing_is_stored_is_found_by_the_files_own_hash(store: Store) -> None:
    file = store.folder / DATABASE
    data = bytearray(file.read_bytes())
    data[72] ^= 1  # the header's reserved bytes
    file.write_bytes(data)
    assert found(store) == [(DATABASE, "its bytes are not those that were written")]
    assert repair(store).lost == ()
    assert found(store) == []


def test_a_missing_part_is_found_by_name(store: Store) -> None:
    (store.folder / "vectors-1.faiss").unlink()
    assert found(store) == [("vectors-1.faiss", "it is missing")]
    (store.folder / DATABASE).unlink()
    assert found(store) == [(DATABASE, "it is missing")]


# What is mended


def test_the_index_of_vectors_is_built_again_byte_for_byte(store: Store) -> None:
    file = store.folder / "vectors-1.faiss"
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert found(store) == [("vectors-1.faiss", "it is damaged")]
    assert repair(store).done == ("the index of vectors was built again",)
    assert file.read_bytes() == data and found(store) == []


def test_what_is_derived_is_made_again_and_nothing_is_lost(store: Store) -> None:
    for table in ("passage_terms_data", "article_families", "signatures"):
        with changed(store) as database:
            database.execute(f"DELETE FROM {table}")
        assert found(store)
        assert repair(store).lost == ()
        assert found(store) == []
        with store.snapshot() as snapshot:
            (hit,) = snapshot.passages([i for i, _ in snapshot.lexical(["bridge"], 5)])
            assert hit.path == "bridge.txt"
            assert snapshot.families() == 1


def test_a_damaged_source_is_dropped_whole_and_read_again(folder: Path, store: Store) -> None:
    with changed(store) as database:
        database.execute("UPDATE sources SET text = replace(text, 'Monday', 'Friday')")
    assert found(store) == [("bridge.txt", "what is stored of it is damaged")]
    with pytest.raises(StoreDamaged, match=r"where it holds bridge.txt; run: footnoted repair$"):
        texts(store)
    mended = repair(store)
    assert (mended.folder, mended.lost) == (str(folder), ("bridge.txt",))
    assert texts(store) == {"pears.txt": PEARS, "again.txt": PEARS}
    report = indexed(folder, store)
    assert (report.added, report.unchanged, report.encoded) == (1, 2, 0)
    assert texts(store) == FILES and found(store) == []


def test_a_damaged_source_is_not_sealed_anew_under_another_name(folder: Path, store: Store) -> None:
    with changed(store) as database:
        database.execute("UPDATE sources SET text = replace(text, 'Monday', 'Friday')")
    (folder / "bridge.txt").rename(folder / "moved.txt")
    with pytest.raises(StoreDamaged, match=r"where it holds bridge.txt; run: footnoted repair$"):
        indexed(folder, store)
    assert repair(store).lost == ("bridge.txt",)
    indexed(folder, store)
    assert texts(store)["moved.txt"] == FILES["bridge.txt"] and found(store) == []


def test_a_damaged_store_of_another_version_is_left_as_it_is(store: Store) -> None:
    with changed(store) as database:
        database.execute("UPDATE manifest SET value = '0' WHERE key = 'schema'")
        seal = manifest_seal(database)
        database.execute("UPDATE manifest SET value = ? WHERE key = 'seal'", (seal,))
        database.execute("UPDATE sources SET text = replace(text, 'Monday', 'Friday')")
    (store.folder / "vectors-1.faiss").write_bytes(b"")
    before = (store.folder / DATABASE).read_bytes()
    with pytest.raises(StoreError, match="written by another version"):
        repair(store)
    assert (store.folder / DATABASE).read_bytes() == before


def test_a_file_is_looked_up_without_a_look_at_all_others(tmp_path: Path, folder: Path) -> None:
    def steps(store: Store) -> int:
        counted = [0]
        with store.reading() as database:
            database.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 1)
            assert stored(database, "bridge.txt").text == FILES["bridge.txt"]
            database.set_progress_handler(None, 1)
        return counted[0]

    few, many = Store(tmp_path / "few"), Store(tmp_path / "many")
    indexed(folder, few)
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Pear tree number {number} was cut.")
    indexed(folder, many)
    assert steps(many) < 1.2 * steps(few)


def test_a_damaged_vector_costs_its_sources_and_no_other(folder: Path, store: Store) -> None:
    with changed(store) as database:
        (key,) = database.execute("SELECT vector FROM passages ORDER BY id DESC LIMIT 1").fetchone()
        database.execute("UPDATE vectors SET row = zeroblob(512) WHERE key = ?", (key,))
    mended = repair(store)
    assert 0 < len(mended.lost) < 3 and mended.generation == 2
    assert indexed(folder, store).encoded == 1
    assert texts(store) == FILES and found(store) == []


def test_a_damaged_vector_from_an_interrupted_run_is_not_taken(folder: Path, store: Store) -> None:
    with changed(store) as database:
        key, row, _ = database.execute("SELECT * FROM vectors LIMIT 1").fetchone()
        database.execute("UPDATE vectors SET row = ? WHERE key = ?", (bytes(len(row)), key))
    with store.write() as write:
        assert write.missing([key]) == {key}


def test_a_page_that_cannot_be_read_costs_no_more_than_what_is_on_it(
    folder: Path, store: Store
) -> None:
    file = store.folder / DATABASE
    data = bytearray(file.read_bytes())
    at = data.index(b"The old bridge fell") // 4096 * 4096
    data[at : at + 4096] = bytes(4096)
    file.write_bytes(data)
    assert found(store)
    try:
        repair(store)
    except StoreDamaged as error:
        assert str(error).endswith("delete it and run: footnoted index FOLDER")
        assert file.read_bytes() == data
    indexed(folder, store) if not found(store) else rebuilt(folder, store)
    assert texts(store) == FILES and found(store) == []


def rebuilt(folder: Path, store: Store) -> None:
    *_, report = sync(folder, store, WordHashing(), rebuild=True)
    assert isinstance(report, Report)


def test_a_damaged_manifest_is_not_guessed_and_a_rebuild_replaces_it(
    folder: Path, store: Store
) -> None:
    with changed(store) as database:
        database.execute("UPDATE manifest SET value = '128' WHERE key = 'dim'")
    assert found(store) == [(DATABASE, "the manifest is damaged")]
    before = (store.folder / DATABASE).read_bytes()
    with pytest.raises(StoreDamaged, match=r"its manifest is damaged\); delete it and run: "):
        repair(store)
    with pytest.raises(StoreDamaged, match=r"run: footnoted index FOLDER --rebuild$"):
        texts(store)
    assert (store.folder / DATABASE).read_bytes() == before
    rebuilt(folder, store)
    assert texts(store) == FILES and found(store) == []


def test_a_whole_store_is_left_alone_but_for_what_killed_runs_left(store: Store) -> None:
    assert repair(store).done == ()
    for name in ("vectors-7.faiss", "vectors-2.faiss.new"):
        (store.folder / name).touch()
    imprint.drop(store.folder / DATABASE)
    assert repair(store).done == (
        "vectors-2.faiss.new was deleted",
        "vectors-7.faiss was deleted",
        "the database's imprint was renewed",
    )
    assert (repair(store).done, found(store)) == ((), [])


def test_ids_of_dropped_sources_are_never_used_again(folder: Path, store: Store) -> None:
    def ids() -> dict[str, int]:
        with store.reading() as database:
            return dict(database.execute("SELECT path, id FROM sources"))

    before = ids()
    with changed(store) as database:
        database.execute("UPDATE sources SET note = 'x' WHERE path = 'pears.txt'")
    repair(store)
    indexed(folder, store)
    after = ids()
    assert after.pop("pears.txt") > max(before.values())
    assert after.items() <= before.items()


def test_nothing_is_mended_while_another_writes(store: Store) -> None:
    with store.write(), pytest.raises(StoreBusy):
        repair(store)


def test_a_reader_keeps_its_generation_while_the_store_is_mended(store: Store) -> None:
    with changed(store) as database:
        database.execute("UPDATE sources SET note = 'x' WHERE path = 'pears.txt'")
    with store.snapshot() as snapshot:
        assert repair(store).lost == ("pears.txt",)
        assert "pears.txt" in snapshot.paths()
    assert "pears.txt" not in texts(store)
