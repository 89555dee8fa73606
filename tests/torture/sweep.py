"""Kills an index run at every step, or starves it of room, and looks at what is left.

Run as `python -m tests.torture.sweep HOW PLACE NUMBER...`, since the killer must be there from the
start. Every run is a fork of this process: the libraries are loaded once.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import faiss  # noqa: F401  loaded once, before the forks; the splitter below

from index.errors import FootnotedError
from index.passages import split
from index.store import Store
from index.sync import Report, sync
from index.verify import verify
from tests.doubles import WordHashing

Held = dict[str, str]

if __name__ == "__main__":
    # nltk loads both where they are installed, 3 s for each sweep, and its splitter needs neither.
    sys.modules.update(dict.fromkeys(("sklearn", "scipy")))  # type: ignore[arg-type]
    split("Once. Twice.")


def story(n: int, size: int, last: str = "") -> str:
    """A text of its own of so many words, which ends with a line that others may have too."""
    told = " ".join(f"w{n}x{k}{'.' * (k % 12 == 11)}" for k in range(size))
    return f"Title: Story {n}\nPublisher: Post\n\n{told}\n{last}"


# The line is furniture in five files before, and none in the three that still have it after.
BEFORE = {f"{n}.txt": story(n, 60, "The Post is printed on Mondays." * (n < 5)) for n in range(9)}
AFTER = {
    **{name: text for name, text in BEFORE.items() if name not in ("0.txt", "1.txt", "2.txt")},
    "2.txt": "Title 2\nStory two was corrected.",
    "moved.txt": BEFORE["1.txt"],
    "copy.txt": BEFORE["8.txt"],
    "new.txt": story(9, 800),
}


def laid(folder: Path, files: Held) -> Path:
    """Make a folder hold these files and no other."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def indexed(folder: Path, store: Path) -> Report:
    """Bring a store in step with a folder."""
    *_, report = sync(folder, Store(store), WordHashing(), tokens=40)
    assert isinstance(report, Report)
    return report


def held(store: Path) -> Held:
    """All that a reader can get out of a store: each text, by passages that slice back."""
    with Store(store).snapshot() as snapshot:
        ids, rows = snapshot.rows()
        for number, row in zip(ids.tolist(), rows, strict=True):
            ((found, score),) = snapshot.nearest(row, 1, None)
            assert score > 0.99, (number, found, score)
        texts = {path: snapshot.text(path) for path in snapshot.paths()}
        for hit in snapshot.passages(ids.tolist()):
            assert texts[hit.path][hit.start : hit.end] == hit.quote
        return texts


def forked(work: Callable[[], object]) -> int:
    """Do `work` in a fork; return its exit status, or minus the signal that ended it."""
    child = os.fork()
    if not child:
        status = 1
        try:
            work()
            status = 0
        except FootnotedError as error:
            status = 2
            print(f"told: {error}", file=sys.stderr)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def looked_at(folder: Path, store: Path, base: Held) -> None:
    """Fail unless the store is one generation or the next, whole, and a second run completes it."""
    generations: list[Held | None] = [base or None, AFTER]
    if (store / "footnoted.sqlite").exists() or (store / "lock").exists():
        verdict = verify(Store(store))
        assert not verdict.damage, verdict
        try:
            assert held(store) in generations
        except FootnotedError as error:
            assert not base and "nothing is indexed" in str(error), error
    else:
        assert not base
    report = indexed(folder, store)
    assert held(store) == AFTER and report.files == len(AFTER)
    verdict = verify(Store(store))
    assert not verdict.damage and verdict.generation == report.generation, verdict


def made(place: Path, *, state: str) -> tuple[Path, Path, Held]:
    """Give the folder to be indexed, the store as it is before, and what that one holds."""
    folder, base = place / "articles", place / "base"
    held = {"first": {}, "next": BEFORE, "again": AFTER}[state]
    if held:
        assert not forked(lambda: indexed(laid(folder, held), base))
    return laid(folder, AFTER), base, held


def fresh(base: Path, store: Path) -> Path:
    """Put a copy of the base in the store's place; no base, no store."""
    shutil.rmtree(store, ignore_errors=True)
    if base.exists():
        shutil.copytree(base, store)
    return store


def kill(place: Path, *, state: str, count: int) -> dict[str, int]:
    """Kill a run at each of its writes, or at `count` of them, drawn with a seed."""
    killer = ctypes.CDLL(None)
    folder, base, before = made(place, state=state)
    store = place / "store"

    def run(at: int) -> None:
        killer.arm(ctypes.c_long(at), os.fsencode(store))
        indexed(folder, store)
        if not at:
            (place / "counted").write_text(str(killer.counted()))

    fresh(base, store)
    assert not forked(lambda: run(0))
    total = int((place / "counted").read_text())
    chosen: Iterable[int] = range(1, total + 1)
    if count:
        chosen = random.Random(5).sample(range(1, total + 1), min(count, total))
    for at in chosen:
        fresh(base, store)
        assert forked(partial(run, at)) == -9, at
        assert not forked(lambda: looked_at(folder, store, before)), f"killed at {at} of {total}"
    return {"steps": total, "killed": len(list(chosen))}


def moments(place: Path, *, state: str, count: int) -> dict[str, int]:
    """Kill a run at moments drawn with a seed."""
    folder, base, before = made(place, state=state)
    store, draw, killed = place / "store", random.Random(6), 0
    fresh(base, store)
    begun = time.monotonic()
    assert not forked(partial(indexed, folder, store))
    lasts = time.monotonic() - begun
    for number in range(count):
        fresh(base, store)
        wait = draw.random() * lasts * 1.1
        child = os.fork()
        if not child:
            indexed(folder, store)
            os._exit(0)
        time.sleep(wait)
        os.kill(child, 9)
        killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
        assert not forked(lambda: looked_at(folder, store, before)), (
            f"moment {number}: {wait:.4f} s"
        )
    return {"moments": count, "killed": killed}


def limited(place: Path, *, state: str, count: int) -> dict[str, int]:
    """Let no file grow beyond a limit, from nothing up in steps of 4 KiB, until a run succeeds."""
    folder, base, before = made(place, state=state)
    store = place / "store"

    def run(limit: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        indexed(folder, store)

    return _starved(run, folder, base, store, before, count, lambda: None)


def full(place: Path, *, state: str, count: int) -> dict[str, int]:
    """Put the store on a disk of `limit` bytes, from nothing up in steps of 4 KiB."""
    folder, base, before = made(place, state=state)
    disk = place / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk))
    try:
        store = disk / "store"

        def run(limit: int) -> None:
            used = sum(f.stat().st_blocks * 512 for f in disk.rglob("*") if f.is_file())
            _mount("-o", f"remount,size={used + limit + 4096}", str(disk))
            indexed(folder, store)

        def larger() -> None:
            _mount("-o", "remount,size=64m", str(disk))

        return _starved(run, folder, base, store, before, count, larger)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _starved(
    run: Callable[[int], None],
    folder: Path,
    base: Path,
    store: Path,
    before: Held,
    count: int,
    larger: Callable[[], None],
) -> dict[str, int]:
    tried, limit, step = 0, 0, 4096 if not count else 4096 * max(1, 60 // count)
    while True:
        fresh(base, store)
        status = forked(partial(run, limit))
        larger()
        assert status in (0, 2), f"with room for {limit} bytes: status {status}"
        assert not forked(lambda: looked_at(folder, store, before)), f"room for {limit} bytes"
        tried += 1
        if not status:
            return {"tried": tried, "room": limit}
        limit += step


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


if __name__ == "__main__":
    how, place, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    told = {}
    for state in ("first", "next", *(["again"] if how == "kill" else [])):
        below = place / state
        below.mkdir(parents=True)
        sweep = {"kill": kill, "moments": moments, "limited": limited, "full": full}[how]
        told[state] = sweep(below, state=state, count=count)
    print(json.dumps(told))
