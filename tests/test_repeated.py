"""Lines that a publisher prints again and again are furniture, whichever way the files came."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from index.articles import layout
from index.errors import StoreDamaged
from index.records import Page, Part, Source
from index.repair import repair
from index.repeated import prints
from index.store import Store
from index.sync import Report, sync
from index.verify import verify
from tests.doubles import WordHashing

CREED = "The Harbour Post is printed on paper from its own mill."
LABEL = "Harbour living"
Told = dict[str, Any]


class Counting(WordHashing):
    """Keeps the texts that it encodes."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Any) -> Any:
        """Return one unit vector per text."""
        self.encoded += texts
        return super().encode(texts)


def story(seed: int, *added: str, publisher: str = "Harbour Post", first: str = "") -> str:
    """An article of four lines of its own, and those that are added at its end."""
    draw = random.Random(seed)
    lines = [
        " ".join(
            f"{draw.choice('bdfgklmnprst')}{draw.choice('aeiou')}{draw.choice('bdfgklmnprst')}"
            f"{draw.choice('aeiou')}n"
            for _ in range(20)
        ).capitalize()
        + "."
        for _ in range(4)
    ]
    head = f"Title: Story {seed}\nPublisher: {publisher}\n\n"
    return head + "\n".join([*([first] if first else []), *lines, *added]) + "\n"


def laid(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, store: Path, encoder: WordHashing | None = None) -> Report:
    *_, report = sync(folder, Store(store), encoder or WordHashing(), tokens=60)
    assert isinstance(report, Report)
    return report


def told(store: Path) -> Told:
    """All that is stored of each file but ids."""
    with Store(store).snapshot() as snapshot:
        ids, rows = snapshot.rows()
        vectors = dict(zip(ids.tolist(), (row.tobytes() for row in rows), strict=True))
        return {
            path: (
                [listed.article for listed in stored.articles],
                stored.furniture,
                [
                    (hit.start, hit.end, hit.sentences, vectors[hit.passage])
                    for hit in snapshot.passages_of(path)
                ],
                sorted(
                    (hit.start, hit.end)
                    for hit in snapshot.passages([n for n, _ in snapshot.lexical(["mill"], 99)])
                    if hit.path == path
                ),
            )
            for path, stored in ((path, snapshot.stored(path)) for path in snapshot.paths())
        }


def repeated(store: Path) -> dict[str, list[str]]:
    """The repeated lines that are marked, by file, where there are any."""
    found = {}
    with Store(store).snapshot() as snapshot:
        for path in snapshot.paths():
            stored = snapshot.stored(path)
            marks = [(start, end) for start, end, why in stored.furniture if why == "repeated"]
            if marks:
                found[path] = [stored.text[start:end] for start, end in marks]
            for start, end in marks:
                assert all(e <= start or end <= s for s, e in stored.passages)
    return found


def of(tmp_path: Path, *texts: str) -> list[str]:
    """What is marked in the files of one folder, each line once."""
    folder = laid(tmp_path / "articles", {f"{n}.txt": text for n, text in enumerate(texts)})
    run(folder, tmp_path / "store")
    return sorted({line for lines in repeated(tmp_path / "store").values() for line in lines})


def test_the_fifth_file_makes_a_line_furniture_and_the_fourth_left_unmakes_it(tmp_path):
    folder, store, encoder = tmp_path / "articles", tmp_path / "store", Counting()
    laid(folder, {f"{n}.txt": story(n, CREED) for n in range(4)})
    run(folder, store, encoder)
    assert repeated(store) == {}
    before, encoder.encoded = told(store), []
    laid(folder, {"4.txt": story(4, CREED)})
    report = run(folder, store, encoder)
    assert repeated(store) == {f"{n}.txt": [CREED] for n in range(5)}
    assert (report.added, report.unchanged, report.generation) == (1, 4, 2)
    # The line stood in the last passage of each file: that alone is encoded again.
    assert report.encoded == len(encoder.encoded) == 4 + len(told(store)["4.txt"][2])
    assert not verify(Store(store)).damage
    (folder / "4.txt").unlink()
    run(folder, store)
    assert repeated(store) == {} and told(store) == before
    assert not verify(Store(store)).damage


def test_a_file_is_renamed_and_laid_anew_in_one_run(tmp_path):
    folder = laid(tmp_path / "articles", {f"{n}.txt": story(n, CREED) for n in range(4)})
    store = tmp_path / "store"
    run(folder, store)
    (folder / "3.txt").rename(folder / "moved.txt")
    laid(folder, {"4.txt": story(4, CREED)})
    assert run(folder, store).renamed == 1
    run(folder, tmp_path / "whole")
    assert len(repeated(store)) == 5 and told(store) == told(tmp_path / "whole")
    assert not verify(Store(store)).damage


@pytest.mark.parametrize("seed", range(3))
def test_file_by_file_comes_to_the_same_store_as_all_at_once(tmp_path, seed):
    draw = random.Random(seed)
    folder, store = tmp_path / "articles", tmp_path / "store"
    names = [f"{n}.txt" for n in range(14)]
    marked = set()
    for step in range(9):
        for name in draw.sample(names, 3 if step else 9):
            if step and (folder / name).exists() and draw.random() < 0.4:
                (folder / name).unlink()
                continue
            lines = [line for line in (CREED, LABEL) if draw.random() < 0.6]
            number, publisher = draw.randrange(40), draw.choice(["Harbour Post", "HARBOUR  post"])
            laid(folder, {name: story(number, *lines, publisher=publisher)})
        run(folder, store)
        run(folder, tmp_path / f"whole{step}")
        assert told(store) == told(tmp_path / f"whole{step}")
        marked.add(tuple(sorted({m for lines in repeated(store).values() for m in lines})))
    assert len(marked) > 1
    assert not verify(Store(store)).damage


def test_what_is_marked_in_a_page_of_several_articles_goes_by_each_ones_publisher(tmp_path):
    card = "Related Articles\nHarbour Post\n2 hours ago\n- Harbour Post\nA card\n"
    page = story(9, CREED, publisher="Wire") + card + story(8).split("\n\n")[1] + CREED + "\n"
    texts = [story(n, CREED) for n in range(4)]
    assert of(tmp_path, *texts, page) == [CREED]
    assert repeated(tmp_path / "store")["4.txt"] == [CREED]  # in the card, not in the lead


def test_copies_of_one_text_count_once(tmp_path):
    words = story(1, CREED, LABEL)
    copies = [words.replace(old, "Elsewhere") for old in words.split()[5:10]]
    assert of(tmp_path, words, *copies) == []


def test_a_line_of_few_of_a_publishers_articles_is_none(tmp_path):
    texts = [story(n, CREED) for n in range(5)] + [story(n) for n in range(10, 16)]
    assert of(tmp_path, *texts) == []


def test_articles_without_a_publisher_are_not_held_together(tmp_path):
    texts = [story(n, CREED).split("\n\n")[1] for n in range(6)]
    assert of(tmp_path, *texts) == []


def test_the_records_of_one_export_are_one_file(tmp_path):
    import json

    records = [{"text": story(n, CREED).split("\n\n")[1], "source": "Post"} for n in range(9)]
    laid(tmp_path / "articles", {"export.json": json.dumps(records)})
    run(tmp_path / "articles", tmp_path / "store")
    assert repeated(tmp_path / "store") == {}


@pytest.mark.parametrize(
    "line",
    [
        "Attendance: 4,000",
        "“We are with you,” the mayor said again.",
        '"No comment" was all that the office said.',
        "The mayor said:",
        "* * *",
        "No",
        f"{CREED[:-1]} {'that stands above the weir of the old town ' * 4}.",
    ],
)
def test_what_may_be_news_is_never_furniture_however_often_it_stands(tmp_path, line):
    assert of(tmp_path, *(story(n, line) for n in range(6))) == []


def test_a_file_of_many_articles_is_gone_through_once():
    class Counted(tuple):  # type: ignore[type-arg]
        times = 0

        def __iter__(self) -> Any:
            Counted.times += 1
            return super().__iter__()

    texts = [f"Advertisement\n{story(n).split(chr(10), 3)[3]}{CREED}\n" for n in range(40)]
    starts = [sum(map(len, texts[:n])) for n in range(41)]
    parts = tuple(Part(*span, f"Story {n}", "Post") for n, span in enumerate(pairwise(starts)))
    plan = layout(Source("a.json", "text/plain", "utf-8", "", Page("".join(texts), parts=parts)))
    assert len(plan.articles) == len(plan.furniture) == 40
    counted = replace(plan, furniture=Counted(plan.furniture), appeals=Counted(plan.appeals))
    made = prints("a.json", "".join(texts), counted)
    assert [len(found.lines) for found in made] == [5] * 40
    assert Counted.times == 2


def test_a_label_is_furniture_at_an_articles_edge_and_a_heading_within_it(tmp_path):
    def divided(n: int) -> str:
        lines = story(n, CREED, LABEL, first="Skip to the news").splitlines()
        return "\n".join([*lines[:6], "Delaware", CREED, *lines[6:]])

    assert of(tmp_path, *map(divided, range(6))) == [LABEL, "Skip to the news", CREED]


def test_a_title_and_a_byline_are_never_furniture(tmp_path):
    titled = [story(n).replace(f"Title: Story {n}", "Title: The tide today") for n in range(6)]
    headed = [text.replace("\n\n", "\n\n# The tide today\nBy Mara Ellison\n") for text in titled]
    assert of(tmp_path, *headed) == []
    with Store(tmp_path / "store").snapshot() as snapshot:
        assert {one.article.title for one in snapshot.listed()} == {"The tide today"}


def test_where_such_lines_are_more_than_a_quarter_of_an_article_none_is_marked(tmp_path):
    brief = f"Title: Brief\nPublisher: Harbour Post\n\nThe weir held all night.\n{CREED}\n"
    assert of(tmp_path, *(story(n, CREED) for n in range(6)), brief) == [CREED]
    assert "6.txt" not in repeated(tmp_path / "store")


def test_an_appeal_stays_in_its_article(tmp_path):
    plea = ("A message from Harbour Post:", "Please give what you can to keep our mill running.")
    assert of(tmp_path, *(story(n, CREED, *plea) for n in range(6))) == [CREED]


def test_a_damaged_file_is_not_laid_anew(tmp_path):
    folder = laid(tmp_path / "articles", {f"{n}.txt": story(n, CREED) for n in range(4)})
    store = tmp_path / "store"
    run(folder, store)
    data, words = (store / "footnoted.sqlite").read_bytes(), story(3).split(".\n")[1].encode()
    (store / "footnoted.sqlite").write_bytes(data.replace(words, words.swapcase()))
    laid(folder, {"4.txt": story(4, CREED)})
    with pytest.raises(StoreDamaged, match=r"where it holds 3.txt; run: footnoted repair$"):
        run(folder, store)
    assert "3.txt" in [found.part for found in verify(Store(store)).damage]
    assert repair(Store(store)).lost == ("3.txt",)
    run(folder, store)
    assert len(repeated(store)) == 5 and not verify(Store(store)).damage


@pytest.mark.parametrize("left", ["x'0102'", "'no lines'", "7"])
def test_damaged_lines_are_told_as_damage(tmp_path, left):
    folder = laid(tmp_path / "articles", {f"{n}.txt": story(n, CREED) for n in range(2)})
    store = tmp_path / "store"
    run(folder, store)
    with closing(sqlite3.connect(store / "footnoted.sqlite")) as database, database:
        database.execute(f"UPDATE prints SET lines = {left} WHERE article = 1")
    laid(folder, {"2.txt": story(2, CREED)})
    with pytest.raises(StoreDamaged, match=r"the lines of 'harbour post'; run: footnoted repair$"):
        run(folder, store)
    assert repair(Store(store)).lost == ("0.txt",)
    run(folder, store)
    assert not verify(Store(store)).damage


def test_what_a_repair_dropped_counts_no_more(tmp_path):
    folder = laid(tmp_path / "articles", {f"{n}.txt": story(n, CREED) for n in range(5)})
    store = tmp_path / "store"
    run(folder, store)
    assert len(repeated(store)) == 5
    data, words = (store / "footnoted.sqlite").read_bytes(), story(4).split(".\n")[1].encode()
    (store / "footnoted.sqlite").write_bytes(data.replace(words, words.swapcase()))
    assert repair(Store(store)).lost == ("4.txt",)
    (folder / "4.txt").unlink()
    run(folder, store)
    assert repeated(store) == {}
    run(folder, tmp_path / "whole")
    assert told(store) == told(tmp_path / "whole")
    assert not verify(Store(store)).damage
