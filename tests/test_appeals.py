"""A publisher's appeal stays in its article, below its news, and is found when asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoder import MiniLM
from index.store import Store
from index.sync import sync
from rag.chain import Chain
from rag.reader import Extractive
from rag.records import Answer

NEWS = """\
Ledger wins the right to print
The Field Ledger won its case against the press office of Orlow on Tuesday. The court ordered
the office to hand back the printing licence that it took in March.
The editor, Ida Venn, said the paper would be printed again from Monday. Its readers had
waited for eleven weeks.
The press office said it would study the judgment and had no further comment.
"""
APPEAL = """\
A message from The Field Ledger:
Dear readers, our paper is under pressure. The press office of Orlow has called the Field Ledger
hostile. If you can, support us with 5 crowns a month. Your support keeps our presses running.
"""


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    folder: Path = tmp_path_factory.mktemp("appeals")
    (folder / "articles").mkdir()
    text = NEWS.replace("\nthe office", " the office").replace("\nwaited", " waited")
    (folder / "articles" / "ledger.txt").write_text(text + APPEAL, encoding="utf-8")
    store, encoder = Store(folder / "store"), MiniLM()
    for _ in sync(folder / "articles", store, encoder):
        pass
    return Chain(store=store, encoder=encoder, reader=Extractive())


def first(answer: Answer) -> str:
    return answer.sentences[0].text if answer.sentences else answer.nearest[0].place.quote


def test_an_appeal_is_a_part_of_its_article_and_a_passage_of_its_own(chain: Chain) -> None:
    with chain.store.snapshot() as snapshot:
        (listed,) = snapshot.listed()
        text = snapshot.text("ledger.txt")
        quotes = [hit.quote for hit in snapshot.passages_of("ledger.txt")]
    assert listed.article.publisher == "The Field Ledger"
    assert text[listed.article.start : listed.article.end].endswith("keeps our presses running.")
    assert [quote.startswith("A message from") for quote in quotes] == [False, True]


@pytest.mark.parametrize(
    "question",
    ["What did the court order the press office to do?", "What did the press office say?"],
)
def test_news_goes_before_an_appeal(chain: Chain, question: str) -> None:
    hits = chain.search(question, k=5)
    assert not hits[0].quote.startswith("A message from")
    assert "support" not in first(chain.ask(question))


def test_an_appeal_is_found_when_someone_asks_about_it(chain: Chain) -> None:
    question = "How many crowns a month does the Field Ledger ask its readers for?"
    assert "5 crowns a month" in first(chain.ask(question))
