"""Text -> the number of tokens that a chat model will read it as; the room that owns tiktoken.

tiktoken downloads a model's vocabulary at first use. Here a vocabulary is taken only from the
cache that such a download left, and never through tiktoken's own loader, so counting cannot open
a connection. Without one, we count with a vocabulary of our own (`evals/train_tokens.py`).
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

OWN = Path(__file__).with_name("data") / "bpe-32k.tiktoken.gz"

# How our own vocabulary splits text before it merges: a word with the one character before it,
# up to three digits, punctuation with the newlines after it, newlines, other space. Published
# vocabularies split much alike, so that the counts differ by vocabulary only. No alternative
# repeats a class inside a repetition, so that the time is linear.
PATTERN = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s",
    )
)

# Per cent. 32,000 entries counted 1.055 times o200k's tokens on average, 1.168 times at the 95th
# percentile; the margin keeps a count safe for models whose vocabulary is as small as ours.
MARGIN = 117

# tiktoken's time grows with the square of a piece, and a million spaces overflow its stack, so
# longer runs are counted in parts. Rust's \s lacks the four separators that Python's has.
LONGEST = 200
_RUN = re.compile(rf"([\S\x1c-\x1f]{{{LONGEST}}}|[^\S\x1c-\x1f]{{{LONGEST}}})")


@dataclass(frozen=True, slots=True)
class Published:
    """A vocabulary as its publisher gives it: address and SHA-256 of the file, split pattern."""

    name: str
    url: str
    sha256: str
    pattern: str


_BLOBS = "https://openaipublic.blob.core.windows.net/encodings/"
_O200K = (
    f"{_BLOBS}o200k_base.tiktoken",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "|".join(
        (
            r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
            r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
            r"""\p{N}{1,3}""",
            r""" ?[^\s\p{L}\p{N}]+[\r\n/]*""",
            r"""\s*[\r\n]+""",
            r"""\s+(?!\S)""",
            r"""\s+""",
        )
    ),
)
_CL100K = (
    f"{_BLOBS}cl100k_base.tiktoken",
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"""
    r"""| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s""",
)

# Those of chat models, as in tiktoken 0.14 (MIT licence, (c) OpenAI); a test compares them.
PUBLISHED = {
    "o200k_base": Published("o200k_base", *_O200K),
    "o200k_harmony": Published("o200k_harmony", *_O200K),  # adds special tokens only
    "cl100k_base": Published("cl100k_base", *_CL100K),
}


def counter(model: str | None = None) -> Callable[[str], int]:
    """Return a function that counts a text's tokens; about 0.1 s to make, so make it once.

    `model` is a chat model's name, with or without its provider (`openai:gpt-4o`). The count is
    the model's own where its vocabulary is cached on this machine; else it is our vocabulary's
    and `MARGIN`, rounded up, which for English is more than today's models read. Special
    tokens in the text (`<|endoftext|>`) are text like any other.
    """
    published = _published(model)
    exact = from_cache(published) if published else None
    if exact is not None:
        return lambda text: _count(exact, text)
    own = own_encoding()
    return lambda text: -(-_count(own, text) * MARGIN // 100)


def own_encoding() -> Encoding:
    """Return the vocabulary that comes with the program: 32,000 entries, no special tokens."""
    return _encoding("footnoted-32k", PATTERN, gzip.decompress(OWN.read_bytes()))


def from_cache(published: Published) -> Encoding | None:
    """Return a published vocabulary, or None where no whole copy is in tiktoken's cache.

    A damaged copy is left as it is: tiktoken itself replaces it, when somebody lets it download.
    """
    folder = _cache()
    if folder is None:
        return None
    try:
        data = (folder / hashlib.sha1(published.url.encode()).hexdigest()).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != published.sha256:
        return None
    return _encoding(published.name, published.pattern, data)


def slices(text: str) -> list[str]:
    """Return the text in parts that join to it, none with a longer run than `LONGEST`.

    Ordinary prose is one part: only a run of that many characters without space, or of space
    alone, is cut, at the cost of a token or two for each cut.
    """
    return [part for part in _RUN.split(text) if part]


def _count(encoding: Encoding, text: str) -> int:
    return sum(len(encoding.encode_ordinary(part)) for part in slices(text))


def _published(model: str | None) -> Published | None:
    from tiktoken import encoding_name_for_model

    for name in (model, (model or "").partition(":")[2]):
        try:
            return PUBLISHED.get(encoding_name_for_model(name or ""))
        except KeyError:  # not a model that tiktoken knows
            continue
    return None


def _cache() -> Path | None:
    """Where tiktoken keeps downloads: its `load.read_file_cached`; an empty name means nowhere."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            return Path(os.environ[variable]) if os.environ[variable] else None
    return Path(tempfile.gettempdir()) / "data-gym-cache"


def _encoding(name: str, pattern: str, data: bytes) -> Encoding:
    """Build an encoding from a vocabulary file: on each line a token in base64 and its rank."""
    from tiktoken import Encoding

    lines = (line.split() for line in data.splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
    return Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
