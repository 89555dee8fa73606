"""Train our own vocabulary: `python -m evals.train_tokens --data DIR --out FILE`.

A byte-level BPE (Sennrich et al. 2016) over the news of bbc.zip and the contexts of the reader's
pool, in the format of a .tiktoken file. The file holds merges, each at most one word long, and
nothing else of the texts. The same texts give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import io
import zipfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from evals.reader_pool import load
from rag.tokens import PATTERN

ENTRIES = 32_000
SPARE = 1_000  # merges trained beyond that, to replace those that tiktoken would never make


def main() -> None:
    """Parse the command line, train, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="holds bbc.zip and reader/")
    parser.add_argument("--out", type=Path, required=True, help="the .tiktoken.gz file to write")
    asked = parser.parse_args()
    ranks = reachable(merges(texts(asked.data), ENTRIES + SPARE), ENTRIES)
    asked.out.write_bytes(packed(ranks))
    print(f"{asked.out}: {len(ranks)} tokens, {asked.out.stat().st_size} bytes")


def texts(data: Path) -> list[str]:
    """Return the training texts, each once, in a fixed order."""
    with zipfile.ZipFile(data / "bbc.zip") as archive:
        names = sorted(n for n in archive.namelist() if n.endswith(".txt"))
        news = [_decoded(archive.read(name)) for name in names]
    asked, _ = load(data)
    return list(dict.fromkeys([*news, *(question.context for question in asked)]))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def merges(texts: Iterable[str], entries: int) -> list[bytes]:
    """Return the tokens that merging makes, first made first, until there are `entries` in all.

    `entries` counts the 256 single bytes too, which are not returned.
    """
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split
    from tokenizers.trainers import BpeTrainer

    model = Tokenizer(BPE())
    model.pre_tokenizer = Sequence(
        [
            Split(Regex(PATTERN), "isolated"),
            ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = BpeTrainer(
        vocab_size=entries, initial_alphabet=ByteLevel.alphabet(), show_progress=False
    )
    model.train_from_iterator(texts, trainer)
    letters = _letters()
    numbered = sorted(model.get_vocab().items(), key=lambda item: item[1])
    return [bytes(letters[c] for c in token) for token, _ in numbered if len(token) > 1]


def _letters() -> dict[str, int]:
    """The letter that stands for each byte in a byte-level vocabulary (Radford et al. 2019)."""
    shown = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {chr(b): b for b in shown} | {chr(256 + n): b for n, b in enumerate(hidden)}


def reachable(tokens: Iterable[bytes], entries: int) -> dict[bytes, int]:
    """Return token -> rank: the 256 bytes, then the tokens that two lower ranks merge into.

    tiktoken knows no merge rules: it joins whichever neighbours make the token of lowest rank.
    A token that some other merge always prevents is left out, and ranks go on without a gap.
    """
    ranks = {bytes([byte]): byte for byte in range(256)}
    for token in tokens:
        if len(ranks) == entries:
            break
        if token not in ranks and len(merged(token, ranks)) == 2:
            ranks[token] = len(ranks)
    return ranks


def merged(text: bytes, ranks: dict[bytes, int]) -> list[bytes]:
    """Return the tokens of one piece as tiktoken makes them: lowest rank first, then leftmost."""
    parts = [bytes([byte]) for byte in text]
    while len(parts) > 1:
        joined = [ranks.get(a + b, len(ranks)) for a, b in pairwise(parts)]
        at = joined.index(min(joined))
        if joined[at] == len(ranks):
            break
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return parts


def packed(ranks: dict[bytes, int]) -> bytes:
    """Return the file's bytes: a line per token, base64 and rank, compressed without a date."""
    lines = b"".join(base64.b64encode(t) + b" %d\n" % r for t, r in ranks.items())
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as file:
        file.write(lines)
    return out.getvalue()


if __name__ == "__main__":
    main()
