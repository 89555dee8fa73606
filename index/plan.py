"""A folder and a store -> what an index run would do, with nothing written and nothing encoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.changes import Changes
from index.contents import read
from index.errors import UnreadableSource
from index.sources import LARGEST, Skipped, check_folder
from index.store import Store
from index.sync import READING, Progress, check_folders


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change, by path; `renamed` are pairs of the old and the new one."""

    folder: str
    generation: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    unchanged: int
    ignored: int
    skipped: tuple[Skipped, ...]


def plan(
    folder: Path, store: Store, *, rebuild: bool = False, largest: int = LARGEST
) -> Iterator[Progress | Plan]:
    """Say what `sync` would do; yields Progress as it goes, the Plan last.

    What is new is read, and where it has to be, parsed: only then is it known what is skipped.
    Whether the store was built by the same encoder is left to `sync`, since none is loaded here.
    """
    folder = check_folder(folder)
    store.check()
    known, generation, again = _known(store, str(folder), rebuild)
    leave = store.folder.resolve()
    changes = Changes(folder, known, leave=leave, largest=largest, again=again)
    readable: set[str] = set()
    for number, fresh in changes.walk():
        yield Progress("reading", number, len(changes.files))
        for content in fresh:
            try:
                readable.add(read(content).path)
            except UnreadableSource as error:
                changes.skipped.append(Skipped(content.path, str(error)))
    yield Progress("reading", len(changes.files), len(changes.files))
    yield Plan(
        folder=str(folder),
        generation=generation,
        added=tuple(sorted(readable - known.keys())),
        changed=tuple(sorted(readable & known.keys())),
        renamed=tuple(sorted(changes.renamed.items())),
        removed=tuple(sorted(changes.removed(readable))),
        unchanged=len(changes.same),
        ignored=changes.ignored,
        skipped=tuple(sorted(changes.skipped, key=lambda s: s.path)),
    )


def _known(store: Store, folder: str, rebuild: bool) -> tuple[dict[str, str], int, bool]:
    """What the store holds, its generation, and whether all files would be read again."""
    if not store.is_filled:
        return {}, 0, rebuild
    with store.snapshot() as snapshot:
        if not rebuild:
            check_folders(snapshot.manifest, folder, store.folder)
        again = rebuild or snapshot.manifest.get("reading") != READING
        return snapshot.digests(), snapshot.generation, again
