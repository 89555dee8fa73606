"""The labelled set of copies, and what families make of the bundled part of it."""

from __future__ import annotations

import pytest

from evals import copies, retold


@pytest.fixture(scope="module")
def bundled():
    return retold.made(copies.texts(None))


def test_the_set_is_the_same_every_time_and_half_of_its_pairs_are_copies(bundled):
    articles, pairs = bundled
    assert retold.made(copies.texts(None)) == (articles, pairs)
    assert sum(pair.copies for pair in pairs) * 2 == len(pairs) > 100


def test_every_word_of_a_copy_knows_where_it_came_from(bundled):
    articles, pairs = bundled
    for pair in (pair for pair in pairs if pair.copies):
        words = {place: word for line in articles[pair.one].lines for word, place in line}
        kept = [(w, p) for line in articles[pair.other].lines for w, p in line if p != retold.NEW]
        assert kept and all(words[place] == word for word, place in kept)


def test_families_of_the_bundled_retellings_hold_their_floors(bundled):
    articles, pairs = bundled
    same = copies.grouped([article.text for article in articles])
    judged = copies.articles_judged(articles, pairs, same)
    assert copies.precision(judged).value >= 0.99
    assert copies.recall(judged).value >= 0.95
    judged = copies.passages_judged(articles, pairs)
    assert copies.precision(judged).value >= 0.99
    assert copies.recall(judged).value >= 0.70


def test_minhash_alone_misses_what_families_find(bundled):
    articles, pairs = bundled
    judged = copies.by_signature(articles, pairs)
    assert copies.recall(judged).value < 0.5


def test_articles_without_a_second_telling_make_no_family(bundled):
    texts = copies.texts(None)
    assert copies.grouped(texts) == {}
