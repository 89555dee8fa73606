"""Bytes in an encoding that nobody named -> which it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.letters import beyond_ascii, likeness

_SAMPLE = 64_000  # bytes that have something to go by, in pieces of
_PIECE = 2_000
# What wins over a rarer encoding in which the same bytes look as much like text.
_COMMON = ("cp1252", "cp1251", "cp1254", "koi8_r", "koi8_u", "cp1250", "cp1255", "cp1257")
# Tried with a bad byte or two where no encoding fits as it should.
_TOLERATED = (
    *_COMMON,
    *("cp1253", "cp874", "cp932", "gb18030", "big5", "cp949", "euc_jp", "utf_16_le", "utf_16_be"),
)
# Where articles are in none of them, a guess at them is wrong.
_RARE = """
utf_7 hz ptcp154 kz1048 cp1125 koi8_t mac_greek mac_iceland mac_latin2 mac_turkish johab cp037 cp273
cp424 cp500 cp875 cp1026 cp1140 cp775 cp720 cp1006 cp864 cp869 iso8859_10 iso8859_14
""".split()
_NEAR = 0.15  # of charset-normalizer's measure of mess: what is worse is not compared


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding that bytes may be in, and how much its text looks like some language."""

    encoding: str
    likeness: float


def guess(data: bytes) -> Guess | None:
    """Return the likeliest encoding of `data`, in which a few bytes may be bad, or None."""
    sample = _telling(data)
    fitting = _fitting(sample)
    if not fitting or fitting[0].likeness < 0.9 or fitting[0].encoding not in _TOLERATED:
        tolerated = [found for name in _TOLERATED if (found := _tolerating(sample, name))]
        best = max(tolerated, key=lambda found: found.likeness, default=None)
        if best and best.likeness >= 0.7:
            surer = fitting and fitting[0].encoding in _TOLERATED
            least = fitting[0].likeness + 0.1 * bool(surer) if fitting else 0.0
            fitting = [best, *fitting] if best.likeness >= least else fitting
    return fitting[0] if fitting else None


def _telling(data: bytes) -> bytes:
    """Pieces with bytes beyond ASCII, from all over the file, as many as are looked at."""
    if len(data) <= _SAMPLE:
        return data
    pieces = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
    telling = [piece for piece in pieces if not piece.isascii()]
    step = max(1, -(-len(telling) * _PIECE // _SAMPLE))
    return b"".join(_whole_words(piece) for piece in telling[::step]) or data[:_SAMPLE]


def _whole_words(piece: bytes) -> bytes:
    """A piece from its first blank to its last, so that no character is cut in two."""
    found = re.search(rb"[\n ].*[\n ]", piece, re.DOTALL)
    return found[0] if found and len(found[0]) > len(piece) // 2 else piece


def _fitting(sample: bytes) -> list[Guess]:
    """The encodings that fit, likeliest first."""
    from charset_normalizer import from_bytes

    # What a page says of itself was looked at before; here it would be believed at once.
    matches = list(
        from_bytes(
            sample, steps=10, chunk_size=1024, cp_exclusion=_RARE, preemptive_behaviour=False
        )
    )
    if not matches:
        return []
    near = [match for match in matches if match.chaos <= matches[0].chaos + _NEAR]
    names = [name for match in near for name in (match.encoding, *match.could_be_from_charset)]
    order = {name: place for place, name in enumerate(_COMMON)}
    found = [Guess(name, round(likeness(sample.decode(name, "replace")), 2)) for name in names]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    return sorted(found, key=lambda g: (-g.likeness, order.get(g.encoding, 99), places[g.encoding]))


def _tolerating(sample: bytes, name: str) -> Guess | None:
    text = sample.decode(name, "replace")
    bad = text.count("\ufffd")
    beyond = beyond_ascii(text)
    if bad > max(2, beyond // 100) or beyond < 5 * max(1, bad):
        return None
    return Guess(name, round(likeness(text.replace("\ufffd", "")) - 0.01, 2))
