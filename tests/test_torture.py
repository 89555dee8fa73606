"""Killed anywhere, out of room, damaged in any bit: the store is one generation or the next.

`make torture` goes through all of it, `make test` through a sample drawn with a seed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import FootnotedError, StoreDamaged
from index.repair import repair
from index.store import Store
from index.verify import verify
from tests.torture.sweep import AFTER, BEFORE, held, indexed, laid

TOP = Path(__file__).parents[1]
WHOLE = bool(os.environ.get("FOOTNOTED_TORTURE"))


def swept(how: str, place: Path, count: int, **environment: str) -> dict[str, dict[str, int]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.sweep", how, str(place), str(count)],
        cwd=TOP,
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, dict[str, int]] = json.loads(done.stdout)
    return told


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="no C compiler here")
def test_killed_at_any_write_fsync_or_rename_the_store_is_one_generation(tmp_path: Path) -> None:
    killer = tmp_path / "killer.so"
    source = Path(__file__).parent / "torture" / "killer.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", killer, source, "-ldl"], check=True)
    told = swept("kill", tmp_path, 0 if WHOLE else 8, LD_PRELOAD=str(killer))
    # The killer saw what SQLite does, not only what Python does; a run that finds nothing changed
    # writes its report.
    for (state, sweep), least in zip(told.items(), (50, 50, 5), strict=True):
        assert sweep["steps"] > least, state
        assert sweep["killed"] == (sweep["steps"] if WHOLE else 8)


def test_killed_at_any_moment_the_store_is_one_generation(tmp_path: Path) -> None:
    count = 200 if WHOLE else 5
    for sweep in swept("moments", tmp_path, count).values():
        assert sweep["moments"] == count and sweep["killed"] > 0


def test_where_files_may_not_grow_the_store_is_one_generation(tmp_path: Path) -> None:
    for sweep in swept("limited", tmp_path, 0 if WHOLE else 5).values():
        assert sweep["tried"] > 2


def can_mount() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    return (
        subprocess.run(["mount", "--fake", "-t", "tmpfs", "x", "/tmp"], check=False).returncode == 0
    )


@pytest.mark.skipif(not can_mount(), reason="nobody may mount a small disk here")
def test_on_a_full_disk_the_store_is_one_generation(tmp_path: Path) -> None:
    for sweep in swept("full", tmp_path, 0 if WHOLE else 5).values():
        assert sweep["tried"] > 2


def test_every_flipped_bit_is_found_and_mended_and_never_shown(tmp_path: Path) -> None:
    articles, base = tmp_path / "articles", tmp_path / "base"
    indexed(laid(articles, BEFORE), base)
    indexed(laid(articles, AFTER), base)
    draw, work = random.Random(8), tmp_path / "work"
    files = sorted(file.name for file in base.iterdir() if file.stat().st_size)
    kept = [name for name in files if not name.endswith("-shm")]
    assert kept == ["footnoted.sqlite", "footnoted.sqlite.sha256", "vectors-2.faiss"]
    for name in kept:
        size = (base / name).stat().st_size
        for _ in range(300 if WHOLE else 8):
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(base, work)
            place, bit = draw.randrange(size), draw.randrange(8)
            data = bytearray((work / name).read_bytes())
            data[place] ^= 1 << bit
            (work / name).write_bytes(data)
            where = f"bit {bit} of byte {place} of {name}"
            assert verify(Store(work)).damage, where
            try:
                assert held(work) == AFTER, where
            except FootnotedError as error:
                assert "damaged" in str(error) or "cannot be used" in str(error), (where, error)
            mended(work, articles, where)


def mended(store: Path, articles: Path, where: str) -> None:
    before = (store / "footnoted.sqlite").read_bytes()
    try:
        done = repair(Store(store))
    except StoreDamaged as error:
        assert "delete it and run: footnoted index FOLDER" in str(error), where
        assert (store / "footnoted.sqlite").read_bytes() == before, where
        return
    assert not verify(Store(store)).damage, where
    assert held(store) == {path: AFTER[path] for path in AFTER.keys() - set(done.lost)}, where
    if done.lost:
        report = indexed(articles, store)
        assert report.added == len(done.lost), where
        assert held(store) == AFTER, where
