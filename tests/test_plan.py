"""A plan says what an index run then does, and touches nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import FolderError, StoreError
from index.plan import Plan, plan
from index.store import Store
from index.sync import Report, sync
from tests.doubles import WordHashing


def planned(folder: Path, store: Store, *, rebuild: bool = False) -> Plan:
    *steps, made = plan(folder, store, rebuild=rebuild)
    assert isinstance(made, Plan) and steps
    return made


def run(folder: Path, store: Store) -> Report:
    *_, report = sync(folder, store, WordHashing())
    assert isinstance(report, Report)
    return report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for name in ("a", "b", "c", "d"):
        (made / f"{name}.txt").write_text(f"Story {name} is told.")
    return made


def test_of_a_new_store_all_is_planned_and_nothing_made(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    store = Store(tmp_path / "none" / "store")
    made = planned(folder, store)
    assert made.added == ("a.txt", "b.txt", "c.txt", "d.txt")
    assert [(s.path, s.reason) for s in made.skipped] == [("empty.txt", "the file is empty")]
    assert (made.generation, made.ignored, made.unchanged) == (0, 1, 0)
    assert not (tmp_path / "none").exists()


def test_each_change_is_named_and_then_done(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    run(folder, store)
    (folder / "a.txt").write_text("Story a is told otherwise.")
    (folder / "b.txt").rename(folder / "moved.txt")
    (folder / "c.txt").unlink()
    (folder / "new.txt").write_text("A new one.")
    before = {file.name: file.read_bytes() for file in store.folder.iterdir()}
    made = planned(folder, store)
    assert (made.added, made.changed, made.removed) == (("new.txt",), ("a.txt",), ("c.txt",))
    assert (made.renamed, made.unchanged, made.generation) == ((("b.txt", "moved.txt"),), 1, 1)
    assert {f.name: f.read_bytes() for f in store.folder.iterdir()} == before
    report = run(folder, store)
    done = report.added, report.changed, report.renamed, report.removed, report.unchanged
    assert done == (1, 1, 1, 1, 1)
    assert planned(folder, store).unchanged == 4


def test_a_rebuild_is_planned_as_one(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    run(folder, store)
    assert len(planned(folder, store, rebuild=True).changed) == 4


def test_what_index_refuses_is_refused(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    run(folder, store)
    other = tmp_path / "other"
    with pytest.raises(FolderError, match="there is no folder"):
        planned(other, store)
    other.mkdir()
    with pytest.raises(StoreError, match=f"holds the articles of {folder}, not of {other}; "):
        planned(other, store)
    with pytest.raises(StoreError, match="is not a store and not empty"):
        planned(folder, Store(folder))
