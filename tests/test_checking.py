"""A claim -> supported, contradicted or without evidence, with the words that say so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from footnoted.__main__ import main
from index.encoder import encoder
from index.store import Store
from index.sync import sync
from rag.agreement import answers, asked, covered, exact, told_by_another, words
from rag.checking import against_text, among
from rag.reader import reader
from rag.support import Support

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


def test_the_sentence_that_has_most_of_a_claim_is_cited(support):
    text = (
        "Quill harbour councillors approved a long pier across the bay. The scheme, known as the"
        " Marsh, was passed by 27 votes to 19. Goats swam."
    )
    found = against_text("Quill councillors approved the Marsh by 27 votes to 19.", text, support)
    assert [c.place.quote[:10] for c in found.citations] == ["The scheme"]


def test_a_text_without_words_supports_nothing(support):
    assert against_text(TRUE, " \n", support).verdict == "no_evidence"


def test_numbers_and_names_are_compared_exactly():
    held = "Torvia did not buy 1,500 drones from Kelmar."
    assert exact("Torvia bought 1,500 drones from Oslo", held) == {"numbers": 1.0, "names": 0.5}
    assert exact("It bought 2 million", held)["numbers"] == 0.0


def test_words_are_covered_by_two_neighbouring_sentences():
    lines = [words(line) for line in ("The pier burned.", "It rained.", "Goats fled to Quill.")]
    assert covered(words("The pier burned as it rained"), lines) == 1.0
    assert covered(words("The pier burned and goats fled"), lines) == 0.5
    assert covered(words("The pier burned"), []) == 0.0


def test_a_number_is_one_word_however_it_is_written():
    for text in ("30,000 goats", "Thirty thousand goats", "30 thousand goats"):
        assert words(text) == ["30000", "goat"]
    assert words("fifty-two or 3.75, 4 and 3-1") == ["52", "3.75", "4", "3", "1"]
    assert words("$1.2 million of 10 10") == ["1200000", "10", "10"]


def test_participles_and_verbs_of_two_words_are_the_verb_that_they_mean():
    assert words("Wren was beaten") == words("Wren beat")
    assert words("It turned down the plan") == words("It rejected the plan")
    assert words("It turned left") != words("It rejected left")


MARSH = "Captain Ada Marsh said that the mate Otto Brill had lied."
TO_POST = '"The pier will be built again," captain Ada Marsh told the Post on Friday.'


@pytest.mark.parametrize(
    ("claim", "sentence", "another"),
    [
        ("The mate Otto Brill said that captain Ada Marsh had lied.", MARSH, True),
        ("The mate Otto Brill had lied, said captain Ada Marsh.", MARSH, False),
        ("According to captain Ada Marsh, the mate Otto Brill lied.", MARSH, False),
        ("Otto Brill told Ada Marsh that the pier burned.", "Otto Brill told Ada Marsh.", False),
        ("Otto Brill said that the pier will be built again.", TO_POST, True),
        ("Ada Marsh said the pier will be built again.", TO_POST, False),
        ("The police said that the pier will be built again.", TO_POST, False),
        ("Ada Marsh was told that Otto Brill had lied.", MARSH, False),
        ("Ada Wren, the mayor, said the pier burned.", "The pier burned, said Ada Wren.", False),
        ("Otto Brill said so.", TO_POST, False),
        (
            "Most of the boats sank, according to the Ukrainian Defense Ministry.",
            "Most of the boats sank, according to the Russian Defense Ministry.",
            True,
        ),
        (
            "At a Beijing summit Ada Marsh said that the war will end soon.",
            "Russian captain Ada Marsh said that the war will end soon.",
            False,
        ),
        (
            "Most of the boats sank, according to the Defense Ministry.",
            "Most of the boats sank, according to the Russian Defense Ministry.",
            False,
        ),
        ("The pier burned.", MARSH, False),
    ],
)
def test_words_told_by_another_are_seen(claim, sentence, another):
    assert told_by_another(claim, [sentence]) == another
    assert not told_by_another(claim, [sentence, claim])


def test_what_another_says_is_not_had_from_something_else_that_one_says():
    claim = "Otto Brill said that the pier will be built again."
    assert told_by_another(claim, [TO_POST, "Otto Brill said that the mill is old."])
    assert not told_by_another(claim, [TO_POST, "Otto Brill said the pier will be built again."])


def test_a_claim_is_asked_for_its_own_number_and_names():
    assert asked("Ada Wren sold 240 lamps to Quill.") == [
        ("Ada Wren sold how many lamps to Quill?", "240"),
        ("Ada Wren sold 240 lamps to what?", "Quill"),
    ]
    assert asked("Orr was built in 1920") == [
        ("Orr was built in what year?", "1920"),
        ("who was built in 1920?", "Orr"),
    ]
    assert asked("it rained") == []
    assert answers("the town of Quill", "Quill") == 1.0 and answers("Orr", "Ada Orr") == 0.5


@pytest.mark.parametrize(
    "claim",
    [
        "In March the office of Quill bought 240 lanterns for its pier.",
        "The lamps came from Orlow Glass, which has 85 workers.",
        "Captain Marsh said the old lamps failed in the storm.",
    ],
)
def test_what_a_text_says_in_other_words_is_supported(support, claim):
    assert against_text(claim, ARTICLE, support).verdict == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "The harbour office of Quill bought 241 lanterns for the long pier in March.",
        "The lamps were made by Orlow Glass, a firm with 58 workers.",
        "The lamps were made by Orlow Glass, a firm with 240 workers.",
        "Captain Marsh said that the old lamps had burned in the storm.",
        "The harbour office of Torvia bought 240 lanterns for the long pier in March.",
    ],
)
def test_a_sentence_with_one_thing_changed_is_not_supported(support, claim):
    assert against_text(claim, ARTICLE, support).verdict != "supported"


def test_a_number_that_stands_nowhere_is_never_supported(support):
    said = "The harbour office of Quill bought 240 lanterns for the long pier in March."
    ground = support.ground(said, ARTICLE)
    assert ground.stands and support.of(replace(ground, stands=False)) <= 0.5
    assert support.of(replace(ground, stands=False)) == support.of(ground) / 2
    assert not support.ground(said.replace("240", "913"), ARTICLE).stands


def test_what_a_text_denies_is_not_supported_though_its_words_stand_there(support):
    text = "The police do not believe that the fire in the mill was set on purpose. It is cold."
    for claim in (
        "The police believe the fire was set on purpose.",
        "The police believe that the fire in the mill was set on purpose.",
    ):
        assert not support.ground(claim, text).stands
        assert against_text(claim, text, support).verdict == "contradicted"
    same = "The police do not believe that the fire was set on purpose."
    assert support.ground(same, text).stands
    assert against_text(same, text, support).verdict == "supported"


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
    [
        ('{"id": 1}', 'not an object with "id" and "claim"'),
        ('{"id": 1, "claim": "a", "text": 5}', "claim and text must be texts"),
        ('{"id": 1, "claim": "..."}', "the claim is empty"),
        (f'{{"id": 1, "claim": "{"." * 4000}a"}}', "the claim is empty"),
        ('{"id": 1, "claim": "a \\ud800"}', "the claim is not valid UTF-8"),
        ('{"id": 1, "claim": "a", "text": "\\udfff"}', "the text is not valid UTF-8"),
        ("[]", 'not an object with "id" and "claim"'),
        ("{", "not JSON"),
    ],
)
def test_a_line_that_is_no_claim_is_named_before_any_is_judged(store, tmp_path, capsys, line, told):
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps({"id": 0, "claim": TRUE}) + "\n" + line + "\n")
    assert main(["check", "--batch", str(file), "--store", str(store.folder)]) == 2
    assert capsys.readouterr() == ("", f"footnoted: {file}, line 2: {told}\n")


def test_one_draft_or_a_batch_is_needed(capsys):
    assert main(["check"]) == 2
    assert "give one DRAFT, or --batch FILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Kelmar sold forty trucks to Torvia.", "Torvia sold forty trucks to Kelmar."),
        ("Passengers carried the ferry to Quill.", "The ferry carried passengers to Quill."),
        ("The mill was bought by Kelmar.", "Kelmar was bought by the mill."),
    ],
)
def test_who_did_it_to_whom_is_not_turned_round(support, claim, text):
    assert against_text(claim, text, support).verdict == "contradicted"
    assert against_text(text, text, support).verdict == "supported"


def test_a_word_that_says_the_same_is_no_contradiction(support):
    text = "The harbour office of Quill bought 240 lanterns for the long pier in March."
    same = against_text(text.replace("bought", "purchased"), text, support)
    assert same.verdict == "supported"
    for other in ("sold", "painted"):
        found = against_text(text.replace("bought", other), text, support)
        assert found.verdict == "contradicted"


LONG = """Title: Talks on the Great Quill dam break down

{front}

The dam, which is 118 metres high, began to fill in May 2021. It was built by Orlow Works.

Ada Wren, the water minister, walked out. "They came with a lawyer," she told the Post.
"No town can be asked to sign away half of its harvest."

Otto Brill, the mayor of Quill, waited for an hour.
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The Great Quill dam is 118 metres high.", "supported"),
        ("The Great Quill dam is 181 metres high.", "contradicted"),
        ("Ada Wren said that no town can be asked to sign away half its harvest.", "supported"),
        ("Otto Brill said that no town can be asked to sign away its harvest.", "contradicted"),
        ("Otto Brill is the water minister.", "contradicted"),
        ("The Great Quill dam was built in Torvia by Orlow Works.", "no_evidence"),
    ],
)
def test_the_title_and_what_stands_before_a_passage_tell_who_is_meant(
    support, tmp_path, claim, verdict
):
    (tmp_path / "articles").mkdir()
    goats = "Goats grazed on the hills above the town, and their keepers slept in huts. "
    text = LONG.format(front=f"The Great Quill dam is new. {goats * 12}")
    (tmp_path / "articles" / "a.txt").write_text(text)
    made = Store(tmp_path / "store")
    for _ in sync(tmp_path / "articles", made, encoder(None)):
        pass
    found = among(claim, store=made, encoder=encoder(None), support=support)
    assert found.verdict == verdict


def test_a_name_that_a_text_lacks_contradicts_nothing(support):
    text = "A brewery bought the old cannery in June for two million crowns. It had stood empty."
    claim = "A brewery bought the old Fenwick cannery in June for two million crowns."
    assert against_text(claim, text, support).verdict != "contradicted"


@pytest.mark.parametrize(
    ("old", "new"), [("bought", "sold"), ("north", "south"), ("stay", "leave")]
)
def test_an_opposite_in_a_copy_is_never_supported(support, old, new):
    text = "The ferry company bought the pier on the north bank, and its crew is to stay there."
    assert against_text(text, text, support).verdict == "supported"
    assert against_text(text.replace(old, new), text, support).verdict == "contradicted"


@pytest.mark.parametrize(
    ("lines", "claims", "right"),
    [
        (slice(180), (100, 80), (96, 78)),
        (slice(180, 290), (60, 50), (53, 43)),  # 55 with the reader of two before
        (slice(290, 349), (26, 33), (24, 33)),  # were 23 and 9
        (slice(349, None), (54, 58), (50, 49)),  # were 30 and 34; 51 with the reader of two before
    ],
)
def test_of_claims_in_a_texts_own_words_nearly_all_are_judged_right(support, lines, claims, right):
    """Our own: first 180, moved, turned to the passive or listed anew; exchanged, opposed.

    Then 110 on short news, in other words, joined or with other number formats; with one detail
    changed. Half of these were not looked at when the rules were mended. Then 59 on longer news,
    with full names for "she" and "the dam"; with another's office, words, deeds or number. Then 112
    on how things came out, on ranks and on what is denied beside; of the first 76 none was looked
    at before the rules for these were written, of the last 36 none before they were done.
    """
    rows = (Path(__file__).parent / "claims.jsonl").read_text("utf-8").splitlines()
    judged: dict[bool, list[bool]] = {True: [], False: []}
    for row in map(json.loads, rows[lines]):
        verdict = against_text(row["claim"], row["text"], support).verdict
        judged[row["true"]].append(verdict == ("supported" if row["true"] else "contradicted"))
    assert (len(judged[True]), len(judged[False])) == claims
    assert sum(judged[True]) >= right[0] and sum(judged[False]) >= right[1]
