"""Nearest rows, exactly, from a file that is believed only when it is whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import StoreError
from index.runtime import sha256
from index.vectors import Vectors

DIM = 16


def rows(n: int) -> np.ndarray:
    made = np.random.default_rng(3).normal(size=(n, DIM)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def built(n: int) -> tuple[Vectors, np.ndarray, np.ndarray]:
    ids = np.arange(n, dtype=np.int64) * 7 + 2**40  # ids are the store's own, not places in a list
    return Vectors.build(ids, rows(n)), ids, rows(n)


def test_a_row_finds_itself_first_at_score_one() -> None:
    vectors, ids, all_rows = built(50)
    for i, row in zip(ids, all_rows, strict=True):
        ((first, score),) = vectors.nearest(row, 1)
        assert first == i
        assert score == pytest.approx(1.0, abs=1e-3)


def test_the_nearest_are_those_of_all_cosines_best_first() -> None:
    vectors, ids, all_rows = built(50)
    cosines = all_rows @ all_rows[0]
    found = vectors.nearest(all_rows[0], 10)
    assert [i for i, _ in found] == [int(ids[n]) for n in np.argsort(-cosines)[:10]]
    assert [s for _, s in found] == pytest.approx(np.sort(cosines)[::-1][:10].tolist(), abs=1e-3)


def test_equal_rows_come_in_the_order_of_their_ids() -> None:
    same = np.repeat(rows(1), 5, axis=0)
    vectors = Vectors.build(np.array([9, 3, 7, 1, 5], np.int64), same)
    assert [i for i, _ in vectors.nearest(same[0], 5)] == [1, 3, 5, 7, 9]


def test_among_limits_the_ids_and_never_the_search() -> None:
    vectors, ids, all_rows = built(50)
    some = [int(i) for i in ids[40:]]
    found = vectors.nearest(all_rows[0], 20, some)
    assert sorted(i for i, _ in found) == some
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert vectors.nearest(all_rows[0], 20, [1, 2]) == []
    assert vectors.nearest(all_rows[0], 20, []) == []


@pytest.mark.parametrize("k", [0, -1])
def test_none_asked_is_none_given(k: int) -> None:
    vectors, _, all_rows = built(5)
    assert vectors.nearest(all_rows[0], k) == []


def test_more_asked_than_there_are_is_all() -> None:
    vectors, ids, all_rows = built(5)
    assert len(vectors) == 5
    assert sorted(i for i, _ in vectors.nearest(all_rows[0], 100)) == ids.tolist()


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    vectors = Vectors.build(np.array([], np.int64), np.zeros((0, DIM), np.float32))
    again = Vectors.open(tmp_path / "v", vectors.write(tmp_path / "v"))
    assert again.nearest(rows(1)[0], 3) == []


def test_write_then_open_is_the_identity(tmp_path: Path) -> None:
    vectors, _, all_rows = built(50)
    digest = vectors.write(tmp_path / "v.faiss")
    assert digest == sha256(tmp_path / "v.faiss")
    again = Vectors.open(tmp_path / "v.faiss", digest)
    for row in all_rows:
        assert again.nearest(row, 5) == vectors.nearest(row, 5)
    assert [file.name for file in tmp_path.iterdir()] == ["v.faiss"]


@pytest.mark.parametrize("where", [0, 100, -1])
def test_a_flipped_bit_is_refused(tmp_path: Path, where: int) -> None:
    file = tmp_path / "v.faiss"
    digest = built(50)[0].write(file)
    data = bytearray(file.read_bytes())
    data[where] ^= 1
    file.write_bytes(data)
    with pytest.raises(StoreError, match=r"v.faiss is damaged$"):
        Vectors.open(file, digest)


@pytest.mark.parametrize("data", [b"", b"IxM2", b"not an index at all"])
def test_a_file_that_is_no_index_is_refused_even_by_its_own_hash(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "v.faiss").write_bytes(data)
    with pytest.raises(StoreError, match=r"v.faiss cannot be read$"):
        Vectors.open(tmp_path / "v.faiss", sha256(tmp_path / "v.faiss"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none cannot be read$"):
        Vectors.open(tmp_path / "none", "")


def test_a_write_that_fails_names_the_file_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").mkdir()
    (tmp_path / "v.faiss" / "in").write_text("the way")
    with pytest.raises(StoreError, match=r"cannot write .*v.faiss: "):
        built(5)[0].write(tmp_path / "v.faiss")
    assert [file.name for file in tmp_path.iterdir()] == ["v.faiss"]
