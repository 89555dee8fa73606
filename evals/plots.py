"""Numbers -> plots: SVG that stands inside a page, the same for the same numbers.

A plot is `WIDTH` pixels wide everywhere, so that its words keep their size. Its colours are the
page's: `STYLE` names what it needs. What is not a number is left out, and of nothing comes "".
"""

from __future__ import annotations

import html
import math
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np

Figure = Mapping[str, float | None]  # value, low, high and n, as results.json has them

WIDTH = 340
LEFT, RIGHT, TOP, BOTTOM = 38.0, 330.0, 40.0, 200.0  # the ends of both axes
FROM, TO, ROW = 126.0, 288.0, 25.0  # the axis of `dots`, and the height of a row there
STRIP = 112.0
BARS = 20
MOST = 400  # points of a curve that anyone could tell apart


def text(value: object, limit: int = 0) -> str:
    """Return words as HTML in which nothing has a meaning, on one line, clipped at `limit`.

    What cannot be seen is spelled out (`\\u202e`), but for the joiners that scripts need.
    """
    words = " ".join(str(value).split())
    if limit and len(words) > limit:
        words = words[: limit - 1].rstrip() + "…"
    return html.escape("".join(c if _seen(c) else ascii(c)[1:-1] for c in words))


def _seen(c: str) -> bool:
    return c.isprintable() or unicodedata.category(c) == "Zs" or c in "\u200c\u200d"


def dots(name: str, rows: Sequence[tuple[str, Figure | None]]) -> str:
    """Return one row a figure: its label and n, a dot on 0 to 1 in its interval, its value.

    The first row is the whole that the others are parts of.
    """
    known = [(label, figure or {}) for label, figure in rows]
    if not any(_known(figure.get("value")) for _, figure in known):
        return ""
    end = ROW * len(known)
    ticks = "".join(
        _line("grid", _x(t, FROM, TO), 0, _x(t, FROM, TO), end)
        + _word(_x(t, FROM, TO), end + 16, f"{t:g}", "soft", "middle")
        for t in (0, 0.5, 1)
    )
    parts = [_dot(n, label, figure) for n, (label, figure) in enumerate(known)]
    said = "; ".join(f"{label} {_said(figure)}" for label, figure in known)
    return _svg(end + 22, f"{name} by kind of question", said, ticks + "".join(parts))


def _dot(row: int, label: str, figure: Figure) -> str:
    value, n = figure.get("value"), figure.get("n")
    y, whole = ROW * (row + 0.5), "" if row else " whole"
    words = _word(0, y + 4, label, limit=14) + (
        _word(FROM - 12, y + 4, f"{n:,.0f}", "soft", "end") if n is not None else ""
    )
    if value is None or not _known(value):
        return words + _word(WIDTH, y + 4, "–", "soft", "end")
    words += _whisker(figure, whole, FROM, TO, y) + _word(WIDTH, y + 4, f"{value:.3f}", "", "end")
    return words + _circle(_x(value, FROM, TO), y, whole)


def _whisker(figure: Figure, kind: str, start: float, end: float, y: float) -> str:
    low, high = figure.get("low"), figure.get("high")
    if low is None or high is None or not _known(low, high):
        return ""
    return _line("whisker" + kind, _x(low, start, end), y, _x(high, start, end), y)


def _said(figure: Figure) -> str:
    value, low, high = (figure.get(key) for key in ("value", "low", "high"))
    if value is None or not _known(value):
        return "does not apply"
    return f"{value:.3f}" + (f" ({low:.2f} to {high:.2f})" if _known(low, high) else "")


def strip(figure: Figure) -> str:
    """Return a dot in its interval on 0 to 1, small enough to stand beside its figures."""
    value = figure.get("value")
    parts = _line("", 0, 6, STRIP, 6) + _line("", 0, 2, 0, 10) + _line("", STRIP, 2, STRIP, 10)
    if value is not None and _known(value):
        parts += _whisker(figure, "", 0, STRIP, 6)
        parts += _circle(_x(value, 0, STRIP), 6, radius=3)
    return (
        f'<svg class="plot strip" aria-hidden="true" width="{STRIP:.0f}" height="12">{parts}</svg>'
    )


def curve(points: Sequence[tuple[float, float]], answered: float | None = None) -> str:
    """Return risk over coverage; `answered` is the coverage at which the program stands."""
    points = [p for p in points if all(0 <= share <= 1 for share in p)]
    if not points:
        return ""
    step = math.ceil(len(points) / MOST)
    drawn = [*points[:-1:step], points[-1]]
    path = "L".join(f"{_x(c):.1f} {_y(r):.1f}" for c, r in drawn)
    whole = points[-1][1]
    parts = _axes("share of questions answered, the surest first", "share wrong among them")
    parts += _line("ideal", LEFT, _y(whole), RIGHT, _y(whole))
    parts += f'<path class="curve" d="M{path}"/>'
    said = f"{whole:.2f} wrong where all are answered"
    if answered and _known(answered):
        coverage, risk = min(points, key=lambda p: abs(p[0] - answered))
        words = f"as it stands: {coverage:.0%} answered, {risk:.0%} wrong"
        middle = min(max(_x(coverage), 122), WIDTH - 122)
        parts += _circle(_x(coverage), _y(risk), " whole")
        parts += _word(middle, min(_y(risk), _y(whole)) - 9, words, "", "middle")
        said += f"; {words}"
    return _svg(BOTTOM + 38, "Risk over coverage", said, parts)


def reliability(bins: Sequence[tuple[float, float, int]]) -> str:
    """Return the share right over the confidence, a dot a bin, and above it the bin's count.

    Whiskers are the 95% score interval of a share (Wilson 1927).
    """
    bins = [b for b in bins if _known(*b) and b[2] > 0]
    if not bins:
        return ""
    parts = _axes("confidence", "share right") + _word(0, TOP - 11, "count", "soft")
    parts += _line("ideal", LEFT, BOTTOM, RIGHT, TOP)
    for sure, share, n in bins:
        low, high = _wilson(share, n)
        middle = _x((min(9, int(sure * 10 + 1e-9)) + 0.5) / 10)
        parts += _line("whisker", _x(sure), _y(low), _x(sure), _y(high))
        parts += _circle(_x(sure), _y(share)) + _word(middle, TOP - 11, f"{n}", "soft", "middle")
    said = "; ".join(f"{sure:.2f}: {share:.2f} right of {n}" for sure, share, n in bins)
    return _svg(BOTTOM + 38, "Share right by confidence", said, parts)


def _wilson(share: float, n: int) -> tuple[float, float]:
    z = 1.96
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def histogram(milliseconds: Sequence[float]) -> str:
    """Return how many took how long, with median and 95th percentile marked.

    What took more than three times the latter stands in the last bar, so that one slow question
    does not flatten all others.
    """
    taken = np.array([ms for ms in milliseconds if _known(ms)], float)
    if not len(taken):
        return ""
    p50, p95 = (float(np.quantile(taken, q)) for q in (0.5, 0.95))
    width = _width(min(float(taken.max()), 3 * p95) / BARS)
    bars = math.floor(min(float(taken.max()), 3 * p95) / width) + 1
    at = np.minimum((taken / width).astype(int), bars - 1)
    counts = np.bincount(at, minlength=bars)
    beyond = int((taken >= bars * width).sum())
    unit, scale = ("seconds", 1000.0) if bars * width > 2000 else ("milliseconds", 1.0)
    more = f"; {beyond} beyond, in the last bar" if beyond else ""
    parts = _bars(counts) + _line("base", LEFT, BOTTOM, RIGHT, BOTTOM)
    for tick in range(0, bars + 1, 5):
        words = f"{tick * width / scale:g}"
        parts += _word(_x(tick / bars), BOTTOM + 16, words, "soft", "middle")
    parts += _word((LEFT + RIGHT) / 2, BOTTOM + 33, unit + more, "soft", "middle")
    for y, name, ms, room in ((12, "p50", p50, LEFT + 80), (27, "p95", p95, RIGHT - 80)):
        x = _x(ms / (bars * width))
        side, anchor = (-5, "end") if x > room else (5, "start")
        parts += _line("at", x, y - 9, x, BOTTOM)
        parts += _word(x + side, y, f"{name} {took(ms)}", "", anchor)
    said = f"{len(taken)} questions; half within {took(p50)}, 95% within {took(p95)}{more}"
    return _svg(BOTTOM + 38, "Time a question took", said, parts)


def _bars(counts: np.ndarray) -> str:
    wide = (RIGHT - LEFT) / len(counts)
    highest = int(counts.max())
    parts = _word(LEFT - 8, TOP + 4, f"{highest}", "soft", "end")
    parts += _word(LEFT - 8, BOTTOM + 4, "0", "soft", "end") + _line("", LEFT, TOP, RIGHT, TOP)
    for n, count in enumerate(counts.tolist()):
        tall = (BOTTOM - TOP) * count / highest
        parts += (
            f'<rect x="{LEFT + n * wide + 0.5:.1f}" y="{BOTTOM - tall:.1f}" '
            f'width="{wide - 1:.1f}" height="{tall:.1f}"/>'
        ) * (count > 0)
    return parts


def took(ms: float) -> str:
    """Return a time in the unit people would say it in."""
    if ms >= 1000:
        return f"{ms / 1000:.2f} s"
    return f"{ms:.0f} ms" if ms >= 10 else f"{ms:.1f} ms"


def _width(least: float) -> float:
    """The least width of a bar that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-3)))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= least * (1 - 1e-9))


def _axes(x: str, y: str) -> str:
    parts = _word(0, 12, y, "soft") + _word((LEFT + RIGHT) / 2, BOTTOM + 33, x, "soft", "middle")
    for t in (0, 0.25, 0.5, 0.75, 1):
        parts += _line("grid" if t else "base", LEFT, _y(t), RIGHT, _y(t))
        parts += _word(LEFT - 8, _y(t) + 4, f"{t:g}", "soft", "end")
        parts += _word(_x(t), BOTTOM + 16, f"{t:g}", "soft", "middle")
    return parts


def _known(*numbers: float | None) -> bool:
    return all(n is not None and math.isfinite(n) for n in numbers)


def _x(share: float, start: float = LEFT, end: float = RIGHT) -> float:
    return start + (end - start) * min(1.0, max(0.0, share))


def _y(share: float) -> float:
    return _x(share, BOTTOM, TOP)


def _circle(x: float, y: float, kind: str = "", radius: float = 4.5) -> str:
    return f'<circle class="dot{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _word(
    x: float, y: float, words: str, kind: str = "", anchor: str = "start", limit: int = 0
) -> str:
    shown = text(words, limit)
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{shown}</text>'


def _svg(height: float, title: str, said: str, parts: str) -> str:
    return (
        f'<svg class="plot" role="img" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}"><title>{text(title)}</title>'
        f"<desc>{text(said)}</desc>{parts}</svg>"
    )


def own(value: object, limit: int = 200) -> str:
    """Words of the results, as HTML whose direction touches nothing around them."""
    return f"<bdi>{text(value, limit)}</bdi>"
