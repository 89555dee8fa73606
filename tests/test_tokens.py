"""Token counts: whole, safe, and never from the network."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.train_tokens import merged, merges, packed, reachable
from rag.tokens import (
    LONGEST,
    MARGIN,
    OWN,
    PATTERN,
    PUBLISHED,
    Published,
    counter,
    from_cache,
    own_encoding,
    slices,
)

ENCODING = own_encoding()
COUNT = counter()
ANY = st.text(st.characters(exclude_categories=["Cs"]))
WORDS = st.lists(st.from_regex(r"[^\W\d_]{1,12}", fullmatch=True), min_size=1, max_size=30)
SPECIAL = "before <|endoftext|><|im_start|>system<|fim_prefix|> after"


def with_margin(tokens: int) -> int:
    return -(-tokens * MARGIN // 100)


# The vocabulary that comes with the program


def test_vocabulary_has_32000_distinct_tokens_and_no_special_ones() -> None:
    tokens = ENCODING.token_byte_values()
    assert len(set(tokens)) == len(tokens) == ENCODING.n_vocab == 32_000
    assert ENCODING.special_tokens_set == set()
    singles = [ENCODING.decode_single_token_bytes(byte) for byte in range(256)]
    assert singles == [bytes([byte]) for byte in range(256)]


def test_every_token_is_what_two_of_lower_rank_merge_into() -> None:
    numbered = [ENCODING.decode_single_token_bytes(n) for n in range(ENCODING.n_vocab)]
    assert list(reachable(numbered[256:], 32_000)) == numbered


def test_no_token_is_longer_than_a_word() -> None:
    tokens = ENCODING.token_byte_values()
    assert all(b" " not in token.strip(b" \r\n") for token in tokens)
    assert max(map(len, tokens)) <= 32


@given(ANY)
def test_encoding_then_decoding_is_the_identity(text: str) -> None:
    assert ENCODING.decode(ENCODING.encode_ordinary(text)) == text


def test_special_tokens_are_text_like_any_other() -> None:
    assert ENCODING.decode(ENCODING.encode_ordinary(SPECIAL)) == SPECIAL
    assert COUNT(SPECIAL) > COUNT("before after") + 3


def test_english_prose_takes_about_one_token_and_a_half_per_word() -> None:
    prose = "The ministry said on Tuesday that the new drones would reach the front by autumn."
    assert 15 <= len(ENCODING.encode_ordinary(prose)) <= 22


# Counting


@given(WORDS)
def test_each_word_more_counts_more(words: list[str]) -> None:
    counts = [COUNT(" ".join(words[:n])) for n in range(len(words) + 1)]
    assert counts[0] == 0
    assert all(before < after for before, after in pairwise(counts))


@given(ANY)
def test_own_count_is_the_tokens_and_the_margin_rounded_up(text: str) -> None:
    assert COUNT(text) == with_margin(len(ENCODING.encode_ordinary(text)))


def test_half_a_character_is_counted() -> None:
    assert COUNT("a\ud800b") >= 3


@pytest.mark.parametrize("run", ["a", " ", "^", "\n", "\x1c!", "中", "\u0301", "A"])
def test_a_long_run_counts_as_the_parts_it_is_cut_into(run: str) -> None:
    part = (run * LONGEST)[:LONGEST]
    parts = 5_000  # a million characters, which overflow tiktoken's stack or take it minutes
    whole = part * parts
    assert slices(whole) == [part] * parts
    assert COUNT(whole) == with_margin(parts * len(ENCODING.encode_ordinary(part)))


def test_prose_is_counted_in_one_part() -> None:
    prose = "One sentence follows another, and none has a word this long. " * 50
    assert slices(prose) == [prose]


@given(st.lists(st.tuples(st.sampled_from(["a", " ", "\n", "\x1d", "é"]), st.integers(1, 700))))
def test_slices_join_to_the_text_and_hold_no_longer_run(runs: list[tuple[str, int]]) -> None:
    text = "".join(letter * times for letter, times in runs)
    parts = slices(text)
    assert "".join(parts) == text
    assert all(run not in p for p in parts for run in ("a" * (LONGEST + 1), " " * (LONGEST + 1)))


# Published vocabularies


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_vocabularies_are_those_that_tiktoken_would_load(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def load(url: str, expected_hash: str) -> dict[bytes, int]:
        asked.append((url, expected_hash))
        return {}

    openai_public = importlib.import_module("tiktoken_ext.openai_public")
    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", load)
    theirs = openai_public.ENCODING_CONSTRUCTORS[name]()
    ours = PUBLISHED[name]
    assert asked == [(ours.url, ours.sha256)]
    assert (theirs["name"], theirs["pat_str"]) == (ours.name, ours.pattern)


def cached(folder: Path) -> Published:
    """A small vocabulary put where tiktoken would have cached it."""
    data = gzip.decompress(packed(reachable([b"th", b"the", b" a"], 259)))
    digest = hashlib.sha256(data).hexdigest()
    published = Published("small", "https://a.test/small", digest, PATTERN)
    (folder / hashlib.sha1(published.url.encode()).hexdigest()).write_bytes(data)
    return published


def test_a_cached_vocabulary_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    encoding = from_cache(cached(tmp_path))
    assert encoding is not None
    assert encoding.encode_ordinary("the a") == [257, 258]


@pytest.mark.parametrize("model", ["gpt-4o", "openai:gpt-4o-mini", "openai:ft:gpt-4o:us::1"])
def test_a_model_whose_vocabulary_is_cached_is_counted_exactly(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setitem(PUBLISHED, "o200k_base", cached(tmp_path))
    assert counter(model)("the a") == 2
    assert counter("gpt-4")("the a") == COUNT("the a")  # its own is another, not cached


def test_the_older_name_of_the_cache_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    monkeypatch.setenv("DATA_GYM_CACHE_DIR", str(tmp_path))
    assert from_cache(cached(tmp_path)) is not None


@pytest.mark.parametrize("damage", ["half", "garbage", "folder", "missing", "caching off"])
def test_a_vocabulary_that_is_not_whole_counts_as_absent(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "" if damage == "caching off" else str(tmp_path))
    published = cached(tmp_path)
    (file,) = tmp_path.iterdir()
    if damage == "half":
        file.write_bytes(file.read_bytes()[:1000])
    elif damage == "garbage":
        file.write_bytes(b"<html>not found</html>")
    elif damage in ("folder", "missing"):
        file.unlink()
        if damage == "folder":
            file.mkdir()
    assert from_cache(published) is None
    assert file.exists() == (damage != "missing")  # left as it was found


@pytest.mark.parametrize(
    "model", [None, "", "gpt-4o", "openai:gpt-4o", "ollama:llama3.2:3b", "gpt2", "no such model"]
)
def test_without_a_cache_every_model_is_counted_with_our_own(
    model: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert counter(model)(SPECIAL) == COUNT(SPECIAL)
    assert list(tmp_path.iterdir()) == []


# The network

GUARD = """
import os, sys
def guard(event, args):
    if event in ("socket.__new__", "socket.getaddrinfo", "socket.connect"):
        os._exit(77)  # not an exception, which somebody might catch
sys.addaudithook(guard)
"""
OURS = """
from rag.tokens import counter
for model in (None, "gpt-4o", "openai:gpt-4-turbo", "ollama:gpt-oss-20b"):
    print(counter(model)("one two three"))
"""
THEIRS = "import tiktoken; tiktoken.get_encoding('o200k_base')"


def guarded(script: str, cache: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "TIKTOKEN_CACHE_DIR": str(cache)}
    command = [sys.executable, "-c", GUARD + script]
    root = Path(__file__).parents[1]
    return subprocess.run(
        command, env=env, cwd=root, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("damaged", [False, True])
def test_counting_opens_no_connection(damaged: bool, tmp_path: Path) -> None:
    if damaged:
        for published in PUBLISHED.values():
            name = hashlib.sha1(published.url.encode()).hexdigest()
            (tmp_path / name).write_bytes(b"IQ== 0\n")
    done = guarded(OURS, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(COUNT("one two three"))] * 4


def test_the_guard_would_have_seen_a_download(tmp_path: Path) -> None:
    assert guarded(THEIRS, tmp_path).returncode == 77


# Training


def test_training_twice_gives_the_same_bytes_and_tokens_that_tiktoken_makes() -> None:
    texts = ["the thin thatcher thinks that the thing is there, the others think " * 3, "aaa aaaa"]
    ranks = reachable(merges(texts, 300), 290)
    assert packed(ranks) == packed(reachable(merges(texts, 300), 290))
    assert b" the" in ranks
    assert len(merged(b" thing is", ranks)) > len(merged(b" thing", ranks))


def test_a_token_that_a_lower_rank_prevents_is_left_out() -> None:
    ranks = reachable([b"ab", b"bc", b"cd", b"abc", b"bcd"], 300)
    assert list(ranks)[256:] == [b"ab", b"bc", b"cd", b"abc", b"bcd"]
    assert b"xbcy" not in reachable([b"bc", b"xb", b"cy", b"xbcy"], 300)


def test_packed_file_carries_no_date() -> None:
    assert OWN.read_bytes()[4:8] == bytes(4)
