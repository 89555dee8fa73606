"""Folder -> store: what was added, changed, renamed or removed, in one commit."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.articles import layout
from index.changes import Changes
from index.contents import read as source_of
from index.cuts import Cut, cut
from index.encoder import Encoder, batches
from index.errors import FolderError, StoreError, UnreadableSource
from index.formats import format_of, kinds
from index.marks import Marks
from index.passages import PASSAGE_TOKENS
from index.repeated import Print, prints
from index.sources import LARGEST, Skipped, check_folder
from index.store import Store
from index.write import Write

log = logging.getLogger(__name__)

BATCH = 64  # passages encoded between two saves of their vectors
READING = "11"  # counts changes of how files are read; another number reads all files again


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come: `done` of `total` files or passages."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """What an index run did; the counts are of the store after it.

    `walls` are those that stood around the parsers, where any file was parsed.
    """

    folder: str
    generation: int
    files: int
    articles: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    encoded: int
    ignored: int
    skipped: tuple[Skipped, ...]
    notes: tuple[tuple[str, str], ...]
    walls: tuple[str, ...] = ()
    renamed: int = 0
    families: int = 0


def sync(
    folder: Path,
    store: Store,
    encoder: Encoder,
    *,
    rebuild: bool = False,
    tokens: int = PASSAGE_TOKENS,
    largest: int = LARGEST,
) -> Iterator[Progress | Report]:
    """Bring a store in step with a folder; yields Progress as it goes, the Report last.

    `rebuild` forgets what the store held, also another encoder's or folder's articles; a file of
    more than `largest` bytes is skipped. Raises FolderError, StoreError (another folder, another
    encoder) and EncoderError; then the store is as it was.
    """
    folder = check_folder(folder)
    if store.folder.resolve() == folder:
        raise StoreError(f"{folder} holds the articles; name another folder with --store")
    with store.write(anew=rebuild) as write:
        about = {
            "folder": str(folder),
            "encoder": encoder.fingerprint,
            "encoder_name": encoder.name,
            "dim": str(encoder.dim),
            "passage_tokens": str(tokens),
            "reading": READING,
        }
        if not rebuild:
            _check_same(write, about, store.folder)
        known = write.digests()
        again = rebuild or write.manifest.get("reading") != READING
        leave = store.folder.resolve()
        changes = Changes(folder, known, leave=leave, largest=largest, again=again)
        if not changes.files and not changes.skipped and not known:
            raise FolderError(f"there are no articles in {folder} ({kinds()})")
        staged: list[Cut] = []
        printed: dict[str, tuple[Print, ...]] = {}
        for number, fresh in changes.walk():
            yield Progress("reading", number, len(changes.files))
            for content in fresh:
                try:
                    source = source_of(content)
                except UnreadableSource as error:
                    changes.skipped.append(Skipped(content.path, str(error)))
                    continue
                plan = layout(source)
                printed[source.path] = prints(source.path, source.text, plan)
                staged.append(cut(source, plan, encoder, tokens))
        yield Progress("reading", len(changes.files), len(changes.files))
        read = {made.source.path for made in staged}
        removed = changes.removed(read)
        gone = {*removed, *(read & known.keys())}
        marks = Marks(
            write.prints(),
            gone,
            [p for own in printed.values() for p in own],
            was=write.manifest.get("repeated"),
            recount=write.manifest.get("recount") == "1",
        )
        for at, made in enumerate(staged):
            if (plan := marks.on(made.source, made.layout)) != made.layout:
                staged[at] = cut(made.source, plan, encoder, tokens)
        relaid = [
            cut(source, marks.on(source, plan), encoder, tokens)
            for source, plan in map(write.read_again, marks.stale())
        ]
        texts = {key: text for made in (*staged, *relaid) for key, text in made.texts()}
        missing = sorted(write.missing(texts))
        for done, keys in enumerate(batches(missing, BATCH)):
            yield Progress("encoding", done * BATCH, len(missing))
            write.keep(keys, encoder.encode([texts[key] for key in keys]))
        yield Progress("encoding", len(missing), len(missing))
        did: dict[str, Any] = {
            "added": len(read - known.keys()),
            "changed": len(read & known.keys()),
            "removed": len(removed),
            "renamed": len(changes.renamed),
            "unchanged": len(changes.same),
            "encoded": len(missing),
            "ignored": changes.ignored,
            "skipped": tuple(sorted(changes.skipped, key=lambda s: s.path)),
            "notes": tuple((made.source.path, n) for made in staged if (n := made.source.note)),
            "walls": _walls() if any(_is_parsed(path) for path in read) else (),
        }
        about |= {"last": json.dumps(did, default=asdict), "recount": "0"}
        never = write.manifest.get("faiss_file") is None
        if removed or changes.renamed or staged or relaid or never or again:
            about["repeated"] = marks.kept()
            write.remove(gone)
            for old, new in changes.renamed.items():
                write.rename(old, new)
            for made in relaid:
                write.relay(made.source.path, made.layout, made.passages, made.keys)
            for made in staged:
                own = printed[made.source.path]
                write.stage(made.source, made.layout, made.passages, made.keys, own)
            generation = write.commit(about)
        else:
            generation = write.base
            write.note(about)
    with store.snapshot() as snapshot:
        counts, families = snapshot.count(), snapshot.families()
    yield Report(
        folder=str(folder),
        generation=generation,
        files=counts["files"],
        articles=counts["articles"],
        passages=counts["passages"],
        families=families,
        **did,
    )


def _is_parsed(path: str) -> bool:
    kind = format_of(path)
    return kind is not None and kind.room is not None


def _walls() -> tuple[str, ...]:
    from index.parsing.child import walls

    return walls()


def _check_same(write: Write, about: dict[str, str], place: Path) -> None:
    """Refuse a store of another folder, encoder or passage size, and name what mends it."""
    built = write.manifest
    if "generation" not in built:
        return
    check_folders(built, about["folder"], place)
    for key, what in (("encoder", "the encoder"), ("passage_tokens", "passages of at most")):
        if built[key] != about[key]:
            raise StoreError(
                f"{place} was built with {what} {built[key]!r}, not {about[key]!r}; "
                f"run: footnoted index {about['folder']} --store {place} --rebuild"
            )


def check_folders(built: dict[str, str], folder: str, place: Path) -> None:
    """Raise StoreError where a store was built of another folder."""
    if built["folder"] != folder:
        raise StoreError(
            f"{place} holds the articles of {built['folder']}, not of {folder}; "
            "name another store with --store, or add --rebuild to replace it"
        )
