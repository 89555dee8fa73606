"""Passages hold every word of an article once, in whole sentences, within the encoder's budget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import passages as rooms
from index.articles import Layout, layout
from index.passages import Count, header, passages, split
from index.records import Article, Page, Passage, Source
from index.rows import is_drawn
from index.runtime import Runtime, minilm
from tests.doubles import WordHashing

WORDS = WordHashing()


def source(text: str, **about: str | None) -> Source:
    return Source("a.txt", "text/plain", "utf-8", "", Page(text, **about))  # type: ignore[arg-type]


def cut(text: str, *, budget: int = 256, tokens: int = 160, **about: str | None) -> list[Passage]:
    whole = source(text, **about)
    return passages(whole, layout(whole), count=WORDS.count, budget=budget, tokens=tokens)


def quotes(text: str, *, budget: int = 256, tokens: int = 160) -> list[str]:
    return [text[p.start : p.end] for p in cut(text, budget=budget, tokens=tokens)]


def sentences(line: str) -> list[str]:
    return [line[start:end] for start, end in split(line)]


@cache
def pieces() -> Count:
    """Real word pieces, [CLS] and [SEP] included; needs the tokenizer's file only."""
    tokenizer = Runtime(minilm() / "none", minilm() / "tokenizer.json").tokenizer
    return lambda texts: [len(code.ids) for code in tokenizer.encode_batch(list(texts))]


# Sentences


@pytest.mark.parametrize(
    "whole",
    [
        ["Dr. Smith met Gen. J. K. Rowe at 3 p.m. on Tuesday.", "They left."],
        ["The U.S. budget rose by 3.5 percent, i.e. $1.2 billion.", "It passed."],
        ["Acme Inc. and Co. No. 5 merged.", "Nobody noticed."],
        ["“We go now.”", "He left."],
        ["He said “stop!” and left.", "She stayed."],
        ["Is it so?", "It is!", "Good."],
        ["The bridge fell.[1]", "It was old.[2][3]", "Nobody was hurt."],
        ["Wait... what?", "Yes."],
        ["See example.com/a.html for more.", "Thanks."],
        ["Это правда.", "Так сказал г. Иванов."],
        ["One sentence without an end"],
    ],
)
def test_a_line_is_split_where_its_sentences_end(whole: list[str]) -> None:
    assert sentences(" ".join(whole)) == whole


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("“It is war.”We left at once.", ["“It is war.”", "We left at once."]),
        ('They agreed."We sign," he said.', ['They agreed."', 'We sign," he said.']),
        ("«Это война.»Мы ушли.", ["«Это война.»", "Мы ушли."]),
        ("  Two.   Blanks. \t", ["Two.", "Blanks."]),
        ("\u00a0\u2003", []),
        ("", []),
    ],
)
def test_glued_quotes_and_blanks_are_told_apart(line: str, parts: list[str]) -> None:
    assert sentences(line) == parts


@given(
    st.text(
        st.sampled_from("aB.!?»”\"'[1] \u00a0\u200b\x1c\x85мИ,;—-")
        | st.characters(exclude_categories=["Cs"])
    )
)
def test_sentences_hold_all_but_the_blanks_between_them(line: str) -> None:
    ends = [0]
    inside: set[int] = set()
    for start, end in split(line):
        assert ends[-1] <= start < end <= len(line)
        assert line[start:end] == line[start:end].strip()
        inside |= set(range(start, end))
        ends.append(end)
    assert all(i in inside for i, letter in enumerate(line) if not letter.isspace())


# Passages


def test_a_short_article_is_one_passage_of_its_sentences() -> None:
    text = "Pears fail\nGrowers lost half. Rain is to blame.\n"
    (passage,) = cut(text, publisher="Ledger", published="2025-04")
    assert text[passage.start : passage.end] == text.strip()
    assert [text[s:e] for s, e in passage.sentences] == [
        "Pears fail",
        "Growers lost half.",
        "Rain is to blame.",
    ]
    assert passage.header == "Pears fail. Ledger. 2025-04"


def test_passages_never_cross_furniture_an_appeal_or_an_article() -> None:
    text = (
        "One is here.\nShare\nTwo is here.\nA message from Us:\nGive now.\n"
        "Related Articles\nPub\n1 day ago\nThree is here.\n"
    )
    assert quotes(text) == [
        "One is here.",
        "Two is here.",
        "A message from Us:\nGive now.",
        "Three is here.",
    ]


def test_passages_of_one_article_are_near_equal() -> None:
    sizes = [
        len(quote.split()) for quote in quotes("Six words are in this one.\n" * 40, tokens=100)
    ]
    assert sum(sizes) == 240 and max(sizes) - min(sizes) <= 12


def test_a_title_without_end_leaves_room_for_the_text() -> None:
    text = "Growers lost half. " * 40
    for passage in cut(text, budget=64, title="t " * 5_000):
        assert WORDS.count([passage.header])[0] <= 21
        assert len(passage.sentences) >= 2


def test_an_untitled_article_is_called_by_its_first_words() -> None:
    text = "growers lost half of the crop, and of the next one too, in the valley.\n"
    assert header(Article(1, 0, len(text)), text) == (
        "growers lost half of the crop, and of the next one too,"
    )


def test_a_sentence_beyond_the_budget_is_cut_at_blanks_and_keeps_every_word() -> None:
    text = " ".join(f"word{number}" for number in range(1_000))
    made = quotes(text, budget=60)
    assert " ".join(made) == text
    assert len(made) >= 17


def test_a_sentence_without_blanks_is_cut_into_parts_that_join_again() -> None:
    text = "x" * 50_000
    made = quotes(text)
    assert "".join(made) == text
    assert max(map(len, made)) <= 160 * 8  # one word to a tokenizer, a thousand lines to a reader


def test_sentences_of_a_very_long_line_are_cut_nowhere_else() -> None:
    sentence = "The ministry said on Tuesday that the new drones would reach the front by autumn."
    spans = [span for p in cut(" ".join([sentence] * 800)) for span in p.sentences]
    assert len(spans) == 800
    assert {end - start for start, end in spans} == {len(sentence)}


def test_a_long_line_of_marks_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = '".' * 60_000
    asked: list[int] = []

    def counted(line: str) -> list[tuple[int, int]]:
        asked.append(len(line))
        return split(line)

    monkeypatch.setattr(rooms, "split", counted)
    assert rooms._sentences(text, (0, len(text)))
    assert sum(asked) < 2 * len(text)


def test_words_of_a_very_long_line_without_sentences_stay_whole() -> None:
    text = "abcdefg " * 5_000
    assert {word for p in cut(text) for s, e in p.sentences for word in text[s:e].split()} == {
        "abcdefg"
    }


TEXTS = st.lists(
    st.sampled_from(
        ["Growers lost half of it.", "“War.”We went.", "J. Smith saw 3.5 hits.[1] Next", "Share",
         "Related Articles", "Post", "1 day ago", "- Post", "A message from Post:", "x" * 300,
         "\u200b", "word " * 60, "\u00a0.\x0b", "中文" * 40, "😀" * 30, "", "Title: A",
         "Publisher: The Post", "a\t1.5\tB. c", "| a | 1. B |", "|---|---|", "===="]
    )
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    max_size=20,
).map("\n".join)  # fmt: skip


def check(text: str, title: str | None, count: Count, budget: int, tokens: int) -> None:
    whole = source(text, title=title)
    plan: Layout = layout(whole)
    taken = {i for start, end, _ in plan.furniture for i in range(start, end)}
    made = passages(whole, plan, count=count, budget=budget, tokens=tokens)
    last = 0
    for passage in made:
        assert (passage.start, passage.end) == (passage.sentences[0][0], passage.sentences[-1][1])
        article = plan.articles[passage.article - 1]
        assert article.start <= passage.start and passage.end <= article.end
        for start, end in passage.sentences:
            assert last <= start < end
            assert not taken & set(range(start, end))
            taken |= set(range(start, end))
            last = end
    lost = "".join(c if i not in taken else "\n" for i, c in enumerate(text))
    assert all(is_drawn(line) or not line.strip() for line in lost.split("\n"))
    encoded = [f"{p.header}\n{text[p.start : p.end]}" for p in made]
    assert all(size <= budget for size in count(encoded))


@given(TEXTS, st.none() | st.text(max_size=400), st.integers(16, 300), st.integers(8, 300))
@settings(deadline=None)
def test_every_character_is_in_one_passage_or_in_furniture_and_none_exceeds_the_budget(
    text: str, title: str | None, budget: int, tokens: int
) -> None:
    check(text, title, WORDS.count, budget, tokens)


@given(TEXTS, st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
@settings(max_examples=60, deadline=None)
def test_the_same_holds_for_the_word_pieces_of_the_real_model(text: str, title: str | None) -> None:
    check(text, title, pieces(), 256, 160)


def test_text_is_counted_in_runs_not_sentence_by_sentence() -> None:
    calls: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return WORDS.count(texts)

    whole = source("Growers lost half.\n" * 500)
    passages(whole, layout(whole), count=count, budget=256)
    assert len(calls) == 2 and max(calls) == 500
