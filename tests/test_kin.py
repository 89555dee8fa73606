"""The families of a store: worked out at every commit, the same however the files came."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from footnoted.reports import print_report
from footnoted.shown import print_article
from index.kin import renew
from index.store import Store
from index.sync import Report, sync
from tests.doubles import WordHashing, filled

LEAD = (
    "World armies copy the Orlow drill\n"
    "Every army is now watching how the Orlow brigade trains its drone crews, the defence office "
    "said, and eleven of them have sent officers to see it for themselves this spring.\n"
    "The brigade lost four hundred drones in its first month and nine in its last, and its "
    "commander puts that down to a rule that nobody flies twice on the same day.\n"
    "Its workshop mends what comes back with parts that are printed on the spot, which takes two "
    "hours where the maker in the capital wants six weeks and a form in three copies.\n"
)
CARD = "The Daily Ford\n{n} hours ago\n- The Daily Ford\n{title}\n{body}\n"
CARDS = [
    ("Bridge opens", "The new bridge at Marl opened to carts and walkers on Sunday after a year."),
    ("Pears fail", "Growers at Tessel lost half of their pears to blight and will ask for aid."),
    ("Ferry sold", "The night ferry to Quill was sold to a firm that runs two casinos on rafts."),
    ("Mayor stays", "The mayor of Dorn will stay until the count is done, the council voted."),
]


def page(*cards: int) -> str:
    """An aggregator's page: a lead, what the page says of itself, and related articles."""
    related = "\n".join(CARD.format(n=n + 2, title=CARDS[n][0], body=CARDS[n][1]) for n in cards)
    return f"{LEAD}Hashtags\nComments\nNo comments yet...\nRelated Articles\n\n{related}"


def told(seed: int, size: int = 150) -> str:
    chance = random.Random(seed)
    words = [
        f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{n % 90}" for n in range(size)
    ]
    return " ".join(word + ("." if n % 15 == 14 else "") for n, word in enumerate(words)) + "\n"


FILES = {
    "a/one.txt": page(0, 1),
    "b/two.txt": page(2, 3),
    "c/story.txt": told(1),
    "c/edited.txt": told(1).replace("9", "8", 2) + "Subscribe to the Ford today.\n",
    "d/other.txt": told(2),
}


def families(store: Store) -> set[frozenset[tuple[str, int]]]:
    """Families as the places of their articles."""
    found: dict[int, set[tuple[str, int]]] = {}
    with store.snapshot() as snapshot:
        for listed in snapshot.listed():
            if (family := snapshot.family_of(listed.id)) is not None:
                found.setdefault(family, set()).add((listed.path, listed.article.number))
        assert snapshot.families() == len(found)
    assert sorted(found) == list(range(1, len(found) + 1))
    return {frozenset(places) for places in found.values()}


BOTH = {
    frozenset({("a/one.txt", 1), ("b/two.txt", 1)}),
    frozenset({("c/story.txt", 1), ("c/edited.txt", 1)}),
}


def synced(folder: Path, store: Store) -> None:
    for _ in sync(folder, store, WordHashing()):
        pass


def test_the_lead_that_two_aggregator_pages_share_is_one_family(tmp_path):
    store = filled(tmp_path, FILES)
    assert families(store) == BOTH
    with store.snapshot() as snapshot:
        ids = {(found.path, found.article.number): found.id for found in snapshot.listed()}
        assert snapshot.copies_of(ids["a/one.txt", 1]) == ("b/two.txt",)
        assert snapshot.copies_of(ids["a/one.txt", 2]) == ()
        assert snapshot.family_of(ids["d/other.txt", 1]) is None


@pytest.mark.parametrize("seed", [1, 2])
def test_families_are_the_same_in_one_go_and_file_by_file(tmp_path, seed):
    paths = list(FILES)
    random.Random(seed).shuffle(paths)
    store = filled(tmp_path, {paths[0]: FILES[paths[0]]})
    for path in paths[1:]:
        file = tmp_path / "articles" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(FILES[path], encoding="utf-8")
        synced(tmp_path / "articles", store)
    assert families(store) == BOTH


def test_the_report_counts_families_and_articles_name_their_copies(tmp_path, capsys):
    store = filled(tmp_path, FILES)
    (tmp_path / "articles" / "new.txt").write_text("One passage about nine otters.\n", "utf-8")
    *_, report = sync(tmp_path / "articles", store, WordHashing())
    assert isinstance(report, Report) and report.families == 2
    print_report(report, as_json=False)
    assert capsys.readouterr().out.count("2 families of articles that are copies\n") == 1
    print_report(replace(report, families=1), as_json=False)
    assert "\n1 family of articles" in capsys.readouterr().out
    with store.snapshot() as snapshot:
        for listed in snapshot.listed():
            print_article(listed, as_json=True)
    rows = {
        (r["path"], r["article"]): r
        for r in map(json.loads, capsys.readouterr().out.split("\n")[:-1])
    }
    lead, other = rows["a/one.txt", 1], rows["b/two.txt", 1]
    assert lead["family"] == other["family"] and lead["copies"] == ["b/two.txt"]
    assert (rows["a/one.txt", 2]["family"], rows["a/one.txt", 2]["copies"]) == (None, [])


def test_a_family_of_which_one_is_left_is_none(tmp_path):
    store = filled(tmp_path, FILES)
    (tmp_path / "articles" / "b" / "two.txt").unlink()
    synced(tmp_path / "articles", store)
    assert families(store) == {frozenset({("c/story.txt", 1), ("c/edited.txt", 1)})}


def test_only_what_is_new_is_signed_again(tmp_path):
    store = filled(tmp_path, {"a.txt": told(1), "b.txt": told(2)})
    file = store.folder / "footnoted.sqlite"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE signatures SET least = zeroblob(256)")
    (tmp_path / "articles" / "new.txt").write_text("One passage about nine otters.\n", "utf-8")
    synced(tmp_path / "articles", store)
    with closing(sqlite3.connect(file)) as database:
        (signed,) = database.execute(
            "SELECT count(*) FROM signatures WHERE least != zeroblob(256)"
        ).fetchone()
        (passages,) = database.execute("SELECT count(*) FROM passages").fetchone()
    assert signed == 1 < passages


def test_two_stories_with_one_quotation_are_no_family(tmp_path):
    said = (
        '"Nobody asked us, nobody warned us, and when the water came nobody opened the gates, so '
        "do not ask me to thank anyone for the blankets that were handed out on the second day, "
        'when the old people had already left on foot," she said.\n'
    )
    store = filled(tmp_path, {"a.txt": told(3, 50) + said, "b.txt": said + told(4, 50)})
    assert families(store) == set()


def rows(store: Store) -> dict[str, list[tuple[int, int]]]:
    """The families of passages and articles as they are stored."""
    with closing(sqlite3.connect(store.folder / "footnoted.sqlite")) as database:
        return {
            table: database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("passage_families", "article_families")
        }


@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_of_families_comes_to_what_working_them_out_anew_does(tmp_path, seed):
    draw = random.Random(seed)
    folder, store = tmp_path / "articles", filled(tmp_path, FILES)
    names = [f"{name}.txt" for name in "mnopqrst"]
    several = set()
    for _ in range(9):
        for name in draw.sample(names, 3):
            if (folder / name).exists():
                # Renamed to before or after all others, so that reading order changes too.
                target = draw.choice([None, "0.txt", "zz.txt"])
                (folder / name).rename(folder / target) if target else (folder / name).unlink()
            else:
                told_again = told(draw.randrange(3)).replace("7", draw.choice("789"), 3)
                (folder / name).write_text(told_again + draw.choice(["", told(9, 60)]), "utf-8")
        synced(folder, store)
        remembered = rows(store)
        with closing(sqlite3.connect(store.folder / "footnoted.sqlite")) as database:
            database.execute("DELETE FROM kin")
            renew(database)
            database.commit()
        assert remembered == rows(store)
        several.add(len({family for _, family in remembered["article_families"]}))
    assert len(several) > 1


def test_families_that_nothing_touched_are_not_worked_out_again(tmp_path):
    store = filled(tmp_path, FILES)
    with closing(sqlite3.connect(store.folder / "footnoted.sqlite")) as database, database:
        database.execute("UPDATE kin SET families = '[]'")
    (tmp_path / "articles" / "new.txt").write_text("One passage about nine otters.\n", "utf-8")
    synced(tmp_path / "articles", store)
    assert families(store) == set()
    (tmp_path / "articles" / "c" / "again.txt").write_text(told(1), "utf-8")
    synced(tmp_path / "articles", store)
    paths = ("c/story.txt", "c/edited.txt", "c/again.txt")
    assert families(store) == {frozenset((path, 1) for path in paths)}
