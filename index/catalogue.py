"""What a store holds, file by file and article by article, for whoever wants to look."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from index import dates, kin
from index.errors import StoreDamaged, StoreError
from index.records import Article, Span
from index.seals import is_whole

_ARTICLES = """
SELECT a.id, s.path, (SELECT count(*) FROM passages p WHERE p.article = a.id),
       f.family, a.number, a."start", a."end", a.title, a.publisher, a.published, a.url
FROM articles a JOIN sources s ON s.id = a.source
LEFT JOIN article_families f ON f.article = a.id
WHERE s.path %s ?
ORDER BY s.path, a.number
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """An article with the path of its file, how many passages it has, and its id in the store.

    `family` is the number of its family, `copies` are the paths where the others of it stand.
    """

    id: int
    path: str
    passages: int
    article: Article
    family: int | None = None
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was read: its text, and which of it is what."""

    path: str
    media_type: str
    encoding: str
    sha256: str
    note: str | None
    extractor: str | None
    text: str
    articles: tuple[Listed, ...]
    furniture: tuple[tuple[int, int, str], ...]
    passages: tuple[Span, ...]


def listed(
    database: sqlite3.Connection, *, path: str | None = None, file: str | None = None
) -> Iterator[Listed]:
    """Yield all articles by path and number, or those of one path, or where the glob fits."""
    # Each by itself: a file that is looked up must not cost a look at all others.
    how, what = ("GLOB", "*" if file is None else file) if path is None else ("=", path)
    for row in database.execute(_ARTICLES % how, (what,)):
        number, path, passages, family = row[:4]
        copies = () if family is None else kin.copies_of(database, number)
        yield Listed(number, path, passages, Article(*row[4:]), family, copies)


def stored(database: sqlite3.Connection, path: str) -> Stored:
    """Return a file as it was read; raises StoreError where there is none of that path."""
    row = database.execute(
        "SELECT id, media_type, encoding, sha256, note, extractor, text FROM sources "
        "WHERE path = ?",
        (path,),
    ).fetchone()
    if row is None:
        raise StoreError(f"{path} is not in the store")
    media_type, encoding, sha256, note, extractor, text = row[1:]
    furniture = database.execute(
        'SELECT "start", "end", why FROM furniture WHERE source = ? ORDER BY "start"', row[:1]
    ).fetchall()
    spans = database.execute(
        'SELECT p."start", p."end" FROM passages p JOIN articles a ON a.id = p.article '
        'WHERE a.source = ? ORDER BY p."start"',
        row[:1],
    ).fetchall()
    return Stored(
        path=path,
        media_type=media_type,
        encoding=encoding,
        sha256=sha256,
        note=note,
        extractor=extractor,
        text=text,
        articles=tuple(listed(database, path=path)),
        furniture=tuple(furniture),
        passages=tuple(spans),
    )


def check(database: sqlite3.Connection, path: str) -> None:
    """Raise StoreDamaged where what is stored of a source is not what was written."""
    found = database.execute("SELECT id FROM sources WHERE path = ?", (path,)).fetchone()
    if found is not None and not is_whole(database, found[0]):
        raise StoreDamaged(f"the store is damaged where it holds {path}; run: footnoted repair")


def coverage(database: sqlite3.Connection) -> dict[str, int]:
    """Return how many articles have a title, a publisher, and a date of which precision."""
    about = dict.fromkeys(("title", "publisher", *dates.PRECISIONS), 0)
    about["title"], about["publisher"] = database.execute(
        "SELECT count(title), count(publisher) FROM articles"
    ).fetchone()
    for published, number in database.execute(
        "SELECT published, count(*) FROM articles GROUP BY published"
    ):
        about[dates.precision(published)] += number
    return about
