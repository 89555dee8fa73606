"""A folder is watched: changes are told once they have come to rest, and none is missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.watch import rests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def told(resting: Iterator[bool], turns: int = 60) -> bool:
    """Whether a change is told within some turns of a second."""
    return any(next(resting) for _ in range(turns))


def test_what_changes_after_the_first_turn_is_told_once(folder: Path) -> None:
    resting = rests(folder, leave=folder.parent / "store")
    assert next(resting) is False
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("One.")
    assert told(resting)
    assert next(resting) is False
    (folder / "below").mkdir()
    assert told(resting)
    (folder / "below/c.txt").write_text("Two.")
    assert told(resting)
    (folder / "a.txt").rename(folder / "z.txt")
    assert told(resting)
    (folder / "z.txt").unlink()
    assert told(resting)


def test_the_store_and_hidden_names_are_passed_over(folder: Path) -> None:
    store = folder / "store"
    store.mkdir()
    resting = rests(folder, leave=store)
    next(resting)
    (store / "vectors-1.faiss").touch()
    (folder / ".a.txt.swp").touch()
    assert not told(resting, turns=2)
