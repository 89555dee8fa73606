"""A claim -> supported, contradicted or without evidence, with the words that say so."""

from __future__ import annotations

import json

import pytest

from footnoted.__main__ import main
from index.encoder import encoder
from index.store import Store
from index.sync import sync
from rag.checking import against_text, among
from rag.reader import reader
from rag.support import Support, exact

ARTICLE = """Title: Lanterns for the long pier
Publisher: Harbour Post
Date: 3 March 2025

The harbour office of Quill bought 240 lanterns for the long pier in March. The lamps were made by
Orlow Glass, a firm with 85 workers. Captain Marsh said that the old lamps had failed in the storm.
The office has not decided who will hang them.
"""
TRUE = "The harbour office of Quill bought 240 lanterns."
FALSE = "The harbour office of Quill bought 900 lanterns for the long pier in March."
UNSAID = "The parliament of Torvia ratified a treaty about zinc in 1987."


@pytest.fixture(scope="module")
def support():
    named = encoder(None)
    return Support(named, reader(None, named))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checking")
    (folder / "articles").mkdir()
    (folder / "articles" / "a.txt").write_text(ARTICLE)
    made = Store(folder / "store")
    for _ in sync(folder / "articles", made, encoder(None)):
        pass
    return made


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(TRUE, "supported"), (FALSE, "contradicted"), (UNSAID, "no_evidence")],
)
def test_the_articles_speak_for_a_claim_against_it_or_not_at_all(store, support, claim, verdict):
    found = among(claim, store=store, encoder=encoder(None), support=support)
    assert found.verdict == verdict
    assert (found.score >= 0.5) == (verdict == "supported")
    assert bool(found.citations) == (verdict != "no_evidence")
    with store.snapshot() as snapshot:
        for citation in found.citations:
            place = citation.place
            assert snapshot.text(place.path)[place.start : place.end] == place.quote
            assert "240 lanterns" in place.quote


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(TRUE, "supported"), (FALSE, "contradicted"), (UNSAID, "no_evidence")],
)
def test_a_text_speaks_in_the_same_way(support, claim, verdict):
    found = against_text(claim, ARTICLE, support)
    assert found.verdict == verdict
    for citation in found.citations:
        assert ARTICLE[citation.place.start : citation.place.end] == citation.place.quote


def test_a_text_without_words_supports_nothing(support):
    assert against_text(TRUE, " \n", support).verdict == "no_evidence"


def test_numbers_names_and_denials_are_compared_exactly():
    held = "Torvia did not buy 1,500 drones from Kelmar."
    found = exact("Torvia bought 1,500 drones from Oslo", held, held)
    assert found["numbers"] == 1.0 and found["denial"] == -1.0 and found["names"] == 0.5
    assert exact("It bought 2 million", held, held)["numbers"] == 0.0


def test_the_verb_marks_each_sentence_of_a_draft(store, tmp_path, capsys):
    draft = tmp_path / "draft.txt"
    draft.write_text(f"{TRUE} {FALSE}\n\n{UNSAID}\n")
    ask = ["check", str(draft), "--store", str(store.folder)]
    assert main(ask) == 0
    shown = capsys.readouterr().out
    assert f"+ {TRUE}" in shown and "x The harbour" in shown and "? The parliament" in shown
    assert main([*ask, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["verdict"] for row in rows] == ["supported", "contradicted", "no_evidence"]
    assert rows[0]["citations"][0]["path"] == "a.txt" and rows[2]["citations"] == []


def test_the_verb_reads_claims_with_and_without_a_text(store, tmp_path, capsys):
    file = tmp_path / "claims.jsonl"
    claims = [{"id": 1, "claim": TRUE}, {"id": 2, "claim": TRUE, "text": "Two goats crossed."}]
    file.write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    assert main(["check", "--batch", str(file), "--store", str(store.folder)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [(1, "supported"), (2, "no_evidence")]
    assert set(rows[0]) == {"id", "claim", "verdict", "score", "citations"}


@pytest.mark.parametrize(
    ("line", "told"),
    [('{"id": 1}', 'not an object with "id" and "claim"'),
     ('{"id": 1, "claim": "a", "text": 5}', "claim and text must be texts")],
)  # fmt: skip
def test_a_line_that_is_no_claim_is_named(tmp_path, capsys, line, told):
    file = tmp_path / "claims.jsonl"
    file.write_text(line + "\n")
    assert main(["check", "--batch", str(file)]) == 2
    assert f"claims.jsonl, line 1: {told}" in capsys.readouterr().err
    assert main(["check"]) == 2
    assert "give one DRAFT, or --batch FILE" in capsys.readouterr().err
