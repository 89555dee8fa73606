"""Folder -> store: what was added, changed, renamed or removed, in one commit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.articles import Layout, layout
from index.changes import Changes
from index.contents import Content
from index.contents import read as source_of
from index.encoder import Encoder, batches
from index.errors import FolderError, StoreError, UnreadableSource
from index.formats import format_of, kinds
from index.passages import PASSAGE_TOKENS, passages
from index.records import Passage, Source
from index.sources import LARGEST, Skipped, check_folder
from index.store import Store
from index.write import Write, vector_key

log = logging.getLogger(__name__)

Made = tuple[Source, Layout, list[Passage]]

BATCH = 64  # passages encoded between two saves of their vectors
READING = "3"  # counts changes of how files are read; another number reads all files again


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
        staged: list[Made] = []
        for number, fresh in changes.walk():
            yield Progress("reading", number, len(changes.files))
            for content in fresh:
                made = _made(content, encoder, tokens)
                if isinstance(made, Skipped):
                    changes.skipped.append(made)
                else:
                    staged.append(made)
        yield Progress("reading", len(changes.files), len(changes.files))
        texts = {
            vector_key(encoder.fingerprint, text): text
            for source, _, cut in staged
            for text in (_encoded_text(source, p) for p in cut)
        }
        missing = sorted(write.missing(texts))
        for done, keys in enumerate(batches(missing, BATCH)):
            yield Progress("encoding", done * BATCH, len(missing))
            write.keep(keys, encoder.encode([texts[key] for key in keys]))
        yield Progress("encoding", len(missing), len(missing))
        read = {source.path for source, _, _ in staged}
        removed = changes.removed(read)
        generation = write.base
        never = write.manifest.get("faiss_file") is None
        if removed or changes.renamed or staged or never or again:
            write.remove([*removed, *(read & known.keys())])
            for old, new in changes.renamed.items():
                write.rename(old, new)
            for source, plan, cut in staged:
                named = [vector_key(encoder.fingerprint, _encoded_text(source, p)) for p in cut]
                write.stage(source, plan, cut, named)
            generation = write.commit(about)
    with store.snapshot() as snapshot:
        counts, families = snapshot.count(), snapshot.families()
    yield Report(
        folder=str(folder),
        generation=generation,
        files=counts["files"],
        articles=counts["articles"],
        passages=counts["passages"],
        added=len(read - known.keys()),
        changed=len(read & known.keys()),
        removed=len(removed),
        unchanged=len(changes.same),
        encoded=len(missing),
        ignored=changes.ignored,
        skipped=tuple(sorted(changes.skipped, key=lambda s: s.path)),
        notes=tuple((s.path, s.note) for s, _, _ in staged if s.note),
        walls=_walls() if any(_is_parsed(path) for path in read) else (),
        renamed=len(changes.renamed),
        families=families,
    )


def _made(content: Content, encoder: Encoder, tokens: int) -> Made | Skipped:
    try:
        source = source_of(content)
    except UnreadableSource as error:
        return Skipped(content.path, str(error))
    plan = layout(source)
    cut = passages(source, plan, count=encoder.count, budget=encoder.budget, tokens=tokens)
    return source, plan, cut


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


def _encoded_text(source: Source, passage: Passage) -> str:
    return f"{passage.header}\n{source.text[passage.start : passage.end]}"
