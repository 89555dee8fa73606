"""Evidence -> draft, by quoting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.citations import resolve
from rag.records import Answer, Evidence, Group
from rag.writer import LONGEST, MOST, NEAR, NEAR_OF_SEVERAL, Draft, Quoting, shortened
from tests.doubles import hit

LANTERNS = "The harbour office bought 240 lanterns for the long pier in March."
FERRY = "The night ferry to Quill island carries 85 passengers."
BARLEY = "The mill at Orlow stores 1,900 tonnes of barley."
GOATS = "Two goats crossed with Captain Marsh on Sunday."


def item(text: str, path: str = "a.txt", answer: str | None = None, **about) -> Evidence:
    found = hit("Before it.", text, "After it.", path=path, start=5, **about)
    at = found.sentences[1][0] + text.index(answer) if answer else 0
    return Evidence(found, found.sentences[1], (at, at + len(answer)) if answer else None, 1.0)


def drafted(*pairs: tuple[Evidence, float], question: str = "?") -> Draft:
    pieces = list(Quoting().write(question, [e for e, _ in pairs], [c for _, c in pairs]))
    assert len(pieces) == 1 and isinstance(pieces[0], Draft)
    return pieces[0]


def said(draft: Draft) -> list[str]:
    return [claim.text for claim in draft.claims]


def test_the_best_sentences_are_quoted_word_for_word_best_first():
    draft = drafted((item(FERRY), 0.9), (item(BARLEY), 0.8))
    assert said(draft) == [FERRY, BARLEY]
    assert [claim.evidence for claim in draft.claims] == [(0,), (1,)]
    assert draft.quoted and draft.notices == ()


def test_no_more_sentences_are_quoted_than_are_read():
    items = [(item(text), 0.9) for text in (FERRY, BARLEY, GOATS, LANTERNS)]
    assert said(drafted(*items)) == [FERRY, BARLEY, GOATS][:MOST]


def test_a_sentence_far_less_likely_than_the_best_is_not_shown_beside_it():
    near, far = 0.8 * NEAR, 0.8 * NEAR - 0.001
    assert said(drafted((item(FERRY), 0.8), (item(BARLEY), near))) == [FERRY, BARLEY]
    assert said(drafted((item(FERRY), 0.8), (item(BARLEY), far))) == [FERRY]
    assert said(drafted((item(FERRY), 0.0))) == [FERRY]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("How many goats crossed?", [FERRY]),
        ("Who crossed?", [FERRY, GOATS]),
        ("When did it cross?", [FERRY]),
        ("How much did it cost?", [FERRY]),
        ("What crossed?", [FERRY, GOATS]),
    ],
)
def test_what_is_not_of_the_kind_asked_for_is_not_shown_beside_the_best(question, shown):
    pair = (item(FERRY, answer="night ferry"), 0.9), (item(GOATS, answer="Captain Marsh"), 0.9)
    assert said(drafted(*pair, question=question)) == shown
    unread = (item(FERRY), 0.9), (item(GOATS), 0.9)
    assert said(drafted(*unread, question=question)) == [FERRY, GOATS]


def test_a_question_that_asks_for_several_things_gathers_them_from_less_likely_sentences():
    low = 0.8 * NEAR_OF_SEVERAL
    pairs = [
        (item(text, answer=answer), chance)
        for text, answer, chance in (
            (FERRY, "night ferry", 0.8),
            (BARLEY, "mill at Orlow", low),
            (GOATS, "Two goats", low),
            (LANTERNS, "harbour office", low - 0.001),
        )
    ]
    assert said(drafted(*pairs, question="What were the odd things?")) == [FERRY, BARLEY, GOATS]
    assert said(drafted(*pairs, question="Which two things were odd?")) == [FERRY, BARLEY]
    assert said(drafted(*pairs, question="Which thing was odd?")) == [FERRY]


def test_an_answer_that_lists_as_many_things_as_were_asked_for_stands_alone():
    both = "The night ferry carries 85 passengers and two goats."
    pairs = [
        (item(both, answer="85 passengers and two goats"), 0.8),
        (item(BARLEY, answer="barley"), 0.8 * NEAR_OF_SEVERAL),
    ]
    assert said(drafted(*pairs, question="Which two loads does it carry?")) == [both]
    assert said(drafted(*pairs, question="Which three loads does it carry?")) == [both, BARLEY]
    near, far = (item(BARLEY, path=path, answer="barley") for path in ("a.txt", "b.txt"))
    for other, shown in ((near, [both]), (far, [both, BARLEY])):  # another article may differ
        two = drafted(pairs[0], (other, 0.79), question="Which two loads does it carry?")
        assert said(two) == shown


def test_of_answers_that_are_as_likely_the_newer_comes_first():
    old = item(FERRY, published="2023-05", answer="85")
    new = item(BARLEY, path="b.txt", published="2024-01-02", answer="1,900")
    undated = item(GOATS, path="c.txt", answer="Two")
    assert said(drafted((undated, 0.8), (old, 0.8), (new, 0.797))) == [BARLEY, FERRY, GOATS]
    assert said(drafted((old, 0.8), (new, 0.78))) == [FERRY, BARLEY]


def test_copies_are_shown_once_with_the_others_beside():
    edited = LANTERNS.replace("in March", "this spring")
    draft = drafted(
        (item(LANTERNS), 0.9),
        (item(edited, path="b.txt"), 0.8),
        (item(LANTERNS, path="c.txt"), 0.1),
        (item(FERRY, path="b.txt"), 0.7),
    )
    assert said(draft) == [LANTERNS, FERRY]
    _, citations, _ = resolve(draft)
    assert [(place.path, place.quote) for place in citations[0].also] == [
        ("b.txt", edited),
        ("c.txt", LANTERNS),
    ]
    assert citations[1].also == ()


def test_a_file_that_says_it_twice_is_no_second_source():
    draft = drafted(
        (item(LANTERNS), 0.9),
        (item(LANTERNS, passage=2), 0.9),
        (item(LANTERNS, article=2), 0.8),
        (item(LANTERNS, article=2, passage=3), 0.7),
    )
    assert [h.article for h in draft.evidence[0].copies] == [2]


def test_sentences_that_give_one_answer_are_one_with_a_mark_for_each_article():
    more = "At the pier 240 lanterns were counted, all bought by the office."
    less = "The office has 80 lanterns and wants more."
    draft = drafted(
        (item(LANTERNS, answer="240 lanterns"), 0.9),
        (item(LANTERNS, path="c.txt", answer="240 lanterns"), 0.85),
        (item(less, path="d.txt", answer="80 lanterns"), 0.8),
        (item(more, path="b.txt", answer="240"), 0.8),
        (item("It was 240 then.", path="b.txt", answer="240"), 0.8),
    )
    assert said(draft) == [LANTERNS, less]
    sentences, citations, _ = resolve(draft)
    assert [s.marks for s in sentences] == [(1, 2), (3,)]
    assert [c.place.quote for c in citations] == [LANTERNS, more, less]
    answer = Answer("?", "answered", 0.9, sentences, citations, ())
    assert answer.groups == (
        Group("240 lanterns", 0, (1, 2), sources=2, files=3),
        Group("80 lanterns", 1, (3,), sources=1, files=1),
    )


def test_a_sentence_that_speaks_of_another_thing_is_no_second_source():
    one = "The lanterns were lit by Ada Wren."
    draft = drafted(
        (item(one, answer="Ada Wren"), 0.9),
        (item("Every lantern was Wren's work.", path="b.txt", answer="Wren"), 0.85),
        (item("Ada Wren likes her tea black.", path="c.txt", answer="Ada Wren"), 0.8),
    )
    sentences, _, _ = resolve(draft)
    assert [(s.text, s.marks) for s in sentences] == [(one, (1, 2))]


@pytest.mark.parametrize(
    ("text", "answer", "sources"),
    [
        ("The pier opens in spring 2027.", "spring 2027", 1),
        ("The pier opens in November 2027.", "November 2027", 2),
    ],
)
def test_what_is_no_longer_so_is_no_second_source(text, answer, sources):
    late = "Its opening was put back from spring 2027 to November 2027."
    for words in ("spring 2027 to November 2027", "from spring 2027 to November 2027"):
        draft = drafted((item(late, answer=words), 0.9), (item(text, "b.txt", answer), 0.85))
        sentences, _, _ = resolve(draft)
        assert len(sentences[0].marks) == sources


@pytest.mark.parametrize(
    ("text", "answer", "marks"),
    [
        ("Clubs asked about Otto Berg, the Danish forward, in May.", "Otto Berg", 1),
        ("Otto Berg has signed for Rovers.", "Otto Berg", 2),
        ("The mill has 23 goats.", "23", 1),
        ("The Danish forward is 23.", "23", 2),
        ("Some 1,900 saw it.", "1,900", 2),  # no accident
        ("It took 2.5 hours.", "2.5", 2),
    ],
)
def test_a_second_source_speaks_of_what_is_asked(text, answer, marks):
    first = "Rovers signed the Danish forward Otto Berg, 23, for 1,900 crowns in 2.5 hours."
    one, other = item(first, answer=answer), item(text, path="b.txt", answer=answer)
    draft = drafted((one, 0.9), (other, 0.85), question="What did Rovers sign?")
    sentences, _, _ = resolve(draft)
    assert [len(s.marks) for s in sentences] == [marks]


def test_a_sentence_without_a_known_answer_is_in_no_group():
    sentences, citations, _ = resolve(drafted((item(FERRY), 0.9), (item(BARLEY), 0.8)))
    assert Answer("?", "answered", 0.9, sentences, citations, ()).groups == ()


def test_a_sentence_that_answers_two_parts_has_the_words_of_both_each_with_its_own_sources():
    more = "All 240 lanterns of the harbour office are lit."
    bought = drafted(
        (item(LANTERNS, answer="240 lanterns"), 0.9), (item(more, "b.txt", "240"), 0.8)
    )
    when = drafted((item(LANTERNS, answer="in March"), 0.8))
    again = drafted((item(LANTERNS, answer="lanterns"), 0.7))
    sentences, citations, _ = resolve(bought, when, again)
    (sentence,) = sentences
    assert sentence.marks == (1, 2) and len(citations) == 2
    assert [sentence.text[slice(*words.span)] for words in sentence.words] == [
        "240 lanterns",
        "in March",
    ]
    assert Answer("?", "answered", 0.9, sentences, citations, ()).groups == (
        Group("240 lanterns", 0, (1, 2), sources=2, files=2),
        Group("in March", 0, (1,), sources=1, files=1),
    )


def test_every_copy_slices_back():
    other = item(LANTERNS, path="b.txt")
    _, citations, _ = resolve(drafted((item(LANTERNS), 0.9), (other, 0.9)))
    place = citations[0].also[0]
    start = other.hit.start
    assert other.hit.quote[place.start - start : place.end - start] == place.quote == LANTERNS


@pytest.mark.parametrize("at", [0, 3, 60, 149])
def test_a_long_sentence_is_shortened_around_its_answer_and_slices_back(at):
    words = [f"w{n}" for n in range(150)]
    long = item(" ".join(words), answer=words[at])
    draft = drafted((replace(long), 0.9))
    text = said(draft)[0]
    assert len(text.split()) == LONGEST
    assert words[at] in text.split()
    sentences, citations, _ = resolve(draft)
    place = citations[0].place
    start = long.hit.start
    assert long.hit.quote[place.start - start : place.end - start] == place.quote == text
    assert sentences[0].answer is not None
    assert text[slice(*sentences[0].answer)] == words[at]


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=120), st.data())
def test_what_is_shown_holds_at_most_seventy_whole_words_of_the_sentence(sizes, data):
    text = " ".join("x" * size for size in sizes)
    at = data.draw(st.integers(0, len(text) - 1))
    found = hit(text, start=9)
    start, end = shortened(Evidence(found, found.sentences[0], (at + 9, at + 10), 1.0))
    words = text.split()
    shown = found.quote[start - 9 : end - 9]
    assert len(shown.split()) == min(LONGEST, len(words))
    assert f" {shown} " in f" {text} "
    assert start <= at + 9 < end or text[at] == " "


def test_a_long_sentence_without_a_known_answer_is_shown_from_its_beginning():
    text = " ".join(f"w{n}" for n in range(100))
    assert said(drafted((item(text), 0.9)))[0].split() == text.split()[:LONGEST]


def test_the_copies_of_a_passage_that_was_not_read_twice_are_put_beside_its_sentence():
    copies = (
        hit("Another lead.", LANTERNS, path="b.txt", start=40),
        hit(FERRY, path="c.txt"),
        hit(LANTERNS.replace("240", "24"), path="false.txt"),
    )
    found = item(LANTERNS)
    draft = drafted((replace(found, hit=replace(found.hit, copies=copies)), 0.9))
    _, citations, _ = resolve(draft)
    assert [(p.path, p.start, p.quote) for p in citations[0].also] == [("b.txt", 54, LANTERNS)]


def test_a_copy_with_another_figure_is_another_answer():
    false = LANTERNS.replace("240", "24")
    draft = drafted(
        (item(LANTERNS, answer="240 lanterns"), 0.9),
        (item(false, path="false.txt", answer="24 lanterns"), 0.9),
    )
    assert said(draft) == [LANTERNS, false]
    assert all(not evidence.copies for evidence in draft.evidence)


def test_what_a_copy_of_an_article_says_in_other_words_is_no_second_source():
    more = "At the pier 240 lanterns were counted, all bought by the office."
    other = "Clerks found 240 lanterns."
    draft = drafted(
        (item(LANTERNS, answer="240 lanterns", family=1), 0.9),
        (item(more, path="b.txt", answer="240", family=1), 0.8),
        (item(other, path="c.txt", answer="240 lanterns", family=2), 0.8),
    )
    sentences, citations, _ = resolve(draft)
    assert [s.marks for s in sentences] == [(1, 2)]
    assert [(p.path, p.quote) for p in citations[0].also] == [("b.txt", more)]
    groups = Answer("?", "answered", 0.9, sentences, citations, ()).groups
    assert groups == (Group("240 lanterns", 0, (1, 2), sources=2, files=3),)
