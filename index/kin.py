"""The families of what a store holds: worked out from its texts at every commit, and looked up.

A family is known by a number, counted in the order of paths; a passage or an article that has no
copies is in none. All of it can be made again from the texts, by `renew`.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from index.copies import WIDTH, shingles, signature
from index.families import Text, among, candidates, groups

_IDS = "(SELECT value FROM json_each(?))"
_PLACES = f"""
SELECT s.id, p.id, p.article, p."start", p."end"
FROM passages p JOIN articles a ON a.id = p.article JOIN sources s ON s.id = a.source
WHERE %s {_IDS} ORDER BY s.id, p.id
"""


@dataclass(frozen=True, slots=True)
class Kin:
    """The families of a passage: of its own words, and of the article that it stands in."""

    passage: int | None = None
    article: int | None = None


def renew(database: sqlite3.Connection) -> None:
    """Work out all families anew; only passages that have no signature yet are signed."""
    _sign(database)
    rows = database.execute(
        'SELECT g.passage, p.article, s.path, p."start", g.least FROM signatures g '
        "JOIN passages p ON p.id = g.passage JOIN articles a ON a.id = p.article "
        'JOIN sources s ON s.id = a.source ORDER BY s.path, a.number, p."start"'
    ).fetchall()
    flat = np.frombuffer(b"".join(row[4] for row in rows), np.dtype("<u4"))
    signatures = flat.reshape(-1, WIDTH).astype(np.uint32)
    passages = [row[0] for row in rows]
    _store(database, "passage", passages, signatures, passages)
    articles = [row[1] for row in rows]
    firsts = [n for n, article in enumerate(articles) if not n or articles[n - 1] != article]
    if firsts:
        # The least hashes of an article's passages are the article's own.
        signatures = np.minimum.reduceat(signatures, firsts, axis=0)
    ids, begun = [articles[n] for n in firsts], [passages[n] for n in firsts]
    _store(database, "article", ids, signatures, begun)


def _sign(database: sqlite3.Connection) -> None:
    unsigned = [
        row[0]
        for row in database.execute(
            "SELECT id FROM passages WHERE id NOT IN (SELECT passage FROM signatures)"
        )
    ]
    signed = (
        (passage, signature(shingles(text)).astype("<u4").tobytes())
        for passage, _, text in _texts(database, "p.id IN", unsigned)
    )
    database.executemany("INSERT INTO signatures VALUES (?, ?)", signed)


def _store(
    database: sqlite3.Connection,
    what: str,
    ids: Sequence[int],
    signatures: np.ndarray,
    begun: Sequence[int],
) -> None:
    """Write down the families of all passages, or of all articles; `ids` are in reading order.

    Candidates that hang together make the same families for as long as they and their texts are
    the same, so only what is not remembered of the last time is worked out. A text is known by
    the passage it begins with (`begun`): other words are other passages, and no id is used twice.
    """

    def texts(rows: Sequence[int]) -> Mapping[int, Text]:
        wanted = {ids[row]: row for row in rows}
        column = {"passage": "p.id IN", "article": "p.article IN"}[what]
        found: dict[int, list[str]] = {row: [] for row in rows}
        for passage, article, text in _texts(database, column, list(wanted)):
            found[wanted[passage if what == "passage" else article]].append(text)
        return {row: Text("\n".join(parts)) for row, parts in found.items()}

    held = {_key(begun, group): group for group in groups(candidates(signatures))}
    found = dict(database.execute("SELECT key, families FROM kin WHERE what = ?", (what,)))
    kept = {key: json.loads(found[key]) for key in held.keys() & found.keys()}
    new = [held[key] for key in held.keys() - found.keys()]
    known = texts(np.unique(np.concatenate(new)).tolist()) if new else {}
    for key in held.keys() - found.keys():
        families = among(held[key], signatures, known)
        kept[key] = [sorted(begun[row] for row in family) for family in families]
    database.execute("DELETE FROM kin WHERE what = ?", (what,))
    database.executemany(
        "INSERT INTO kin VALUES (?, ?, ?)",
        [(what, key, json.dumps(kept[key])) for key in sorted(kept)],
    )
    place = {passage: row for row, passage in enumerate(begun)}
    made = sorted(
        (
            sorted(place[passage] for passage in family)
            for families in kept.values()
            for family in families
        ),
        key=min,
    )
    database.execute(f"DELETE FROM {what}_families")
    database.executemany(
        f"INSERT INTO {what}_families VALUES (?, ?)",
        [(ids[row], number) for number, family in enumerate(made, 1) for row in family],
    )


def _key(begun: Sequence[int], group: np.ndarray) -> bytes:
    """By which it is known that candidates and their pairs are those of the last time."""
    pairs = np.sort(np.array(begun, np.int64)[group], axis=1)
    return hashlib.sha256(np.unique(pairs, axis=0).astype("<i8").tobytes()).digest()


def _texts(
    database: sqlite3.Connection, column: str, ids: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield passage, article and words; each source's text is loaded once."""
    places = database.execute(_PLACES % column, (json.dumps(ids),)).fetchall()
    for source, group in groupby(places, key=lambda row: row[0]):
        (text,) = database.execute("SELECT text FROM sources WHERE id = ?", (source,)).fetchone()
        for _, passage, article, start, end in group:
            yield passage, article, text[start:end]


def kin(database: sqlite3.Connection, passages: Sequence[int]) -> dict[int, Kin]:
    """Return the families of those of the passages that are in any."""
    found = database.execute(
        "SELECT p.id, f.family, g.family FROM passages p "
        "LEFT JOIN passage_families f ON f.passage = p.id "
        "LEFT JOIN article_families g ON g.article = p.article "
        f"WHERE p.id IN {_IDS} AND (f.family IS NOT NULL OR g.family IS NOT NULL)",
        (json.dumps(list(passages)),),
    )
    return {row: Kin(own, article) for row, own, article in found}


def relatives(
    database: sqlite3.Connection, of: Kin, most: int, among: Sequence[int] | None = None
) -> list[int]:
    """Return up to `most` passages of the same words, then others of its article's copies.

    Both by path and place.
    """
    limit = "" if among is None else f"AND +p.id IN {_IDS}"
    ids = () if among is None else (json.dumps(list(among)),)
    found = database.execute(
        "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article "
        "JOIN sources s ON s.id = a.source "
        "WHERE (p.id IN (SELECT passage FROM passage_families WHERE family = ?) "
        f"OR p.article IN (SELECT article FROM article_families WHERE family = ?)) {limit} "
        "ORDER BY p.id NOT IN (SELECT passage FROM passage_families WHERE family = ?1), "
        's.path, a.number, p."start" LIMIT ?',
        (of.passage, of.article, *ids, most),
    )
    return [row[0] for row in found]


def family_of(database: sqlite3.Connection, article: int) -> int | None:
    """Return the number of an article's family, None where it has no copies."""
    row = database.execute(
        "SELECT family FROM article_families WHERE article = ?", (article,)
    ).fetchone()
    return int(row[0]) if row else None


def copies_of(database: sqlite3.Connection, article: int) -> tuple[str, ...]:
    """Return the paths in which an article's copies stand, sorted."""
    found = database.execute(
        "SELECT DISTINCT s.path FROM article_families f JOIN articles a ON a.id = f.article "
        "JOIN sources s ON s.id = a.source WHERE f.article != ?1 "
        "AND f.family = (SELECT family FROM article_families WHERE article = ?1) ORDER BY s.path",
        (article,),
    )
    return tuple(row[0] for row in found)


def count(database: sqlite3.Connection) -> int:
    """Return how many families of articles there are."""
    row = database.execute("SELECT count(DISTINCT family) FROM article_families").fetchone()
    return int(row[0])
