"""`results.json` -> one page that a team can read: what was measured, and where it went wrong.

The page needs nothing but itself: no script, no request, and a policy that allows neither. All
that comes from the results is escaped, isolated, and clipped where it is long.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from evals import cases, plots
from evals.plots import own, text
from evals.scores import LOW_IS_GOOD, SAYS

Row = Mapping[str, Any]

# What the scores are about, each from its first one in `SAYS`.
GROUPS = {
    "accuracy": "The whole",
    "passage_first": "Finding",
    "first_sentence_holds": "Answering",
    "exact": "Citing",
    "resisted": "Judging",
    "refused_right": "Refusing, and knowing when",
    "failed": "Running",
}
CSS = Path(__file__).parent / "report.css"
DIGESTS = ("questions", "articles")


def page(results: Mapping[str, Any]) -> str:
    """Return the whole of `report.html` for what `results.read` gives."""
    suites: Row = results["suites"]
    style = CSS.read_text("utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    sections = [_suite(n, name, results) for n, name in enumerate(suites, start=1)]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Footnoted: evaluation</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_header(results)}\n<main>\n{_summary(suites)}\n{''.join(sections)}</main>\n"
        "</body>\n</html>\n"
    )


def _header(results: Row) -> str:
    asked = sum(suite["asked"] for suite in results["suites"].values())
    named = ((k, "not set" if v is None else v) for k, v in results["settings"].items())
    return (
        "<header><p>Footnoted<sup>1</sup></p><h1>Evaluation</h1>"
        f"<p>{_count(asked, 'question')} in {_count(len(results['suites']), 'suite')}</p>"
        f"{_pairs(named)}</header>"
    )


def _summary(suites: Row) -> str:
    heads = [f'<a href="#suite-{n}">{own(name, 32)}</a>' for n, name in enumerate(suites, start=1)]
    counts = "".join(
        f'<tr><th scope="row">{_score_name(words)}</th>'
        + "".join(f"<td>{suite[key]:,}</td>" for suite in suites.values())
        + "</tr>"
        for key, words in (("asked", "questions"), ("unanswerable", "unanswerable"))
    )
    scores = _scores("all scores", heads, [s["scores"] for s in suites.values()], counts)
    return (
        '<section aria-labelledby="all"><h2 id="all">All scores</h2>'
        '<p class="note">From 0 to 1, each with its 95% bootstrap interval. High is good, but '
        f"where {LOW} says that low is.</p>{scores}</section>"
    )


def _scores(label: str, heads: Sequence[str], columns: Sequence[Row], first: str = "") -> str:
    """A table of scores, one row each in groups; `heads` and the rows of `first` are HTML.

    Without `first`, what the scores say is left out; a single column leaves room to draw it.
    """
    drawn = bool(first) and len(heads) == 1
    names = [*SAYS, *dict.fromkeys(n for c in columns for n in c if n not in SAYS)]
    present = [name for name in names if any(name in column for column in columns)]
    body = f"<tbody>{first}</tbody>" if first else ""
    for group, members in groupby(present, _group):
        body += (
            f'<tbody><tr class="group"><th scope="rowgroup" colspan="{len(heads) + 1}">'
            f"{group}</th></tr>"
        )
        for name in members:
            cells = (f"<td>{_figure(c.get(name), drawn)}</td>" for c in columns)
            named = _score_name(name, SAYS.get(name, "") if first else "")
            body += f'<tr><th scope="row">{named}</th>{"".join(cells)}</tr>'
        body += "</tbody>"
    kind = "scores drawn" if drawn else "scores"
    return _table(kind, label, ["score", *heads], body)


def _group(name: str) -> str:
    order = list(SAYS)
    place = order.index(name) if name in SAYS else 0
    return [title for first, title in GROUPS.items() if order.index(first) <= place][-1]


def _score_name(name: str, says: str = "") -> str:
    low = f" {LOW}" if name in LOW_IS_GOOD else ""
    shown = text(name, 60).replace("_", "_<wbr>")
    return f"<div><b><bdi>{shown}</bdi>{low}</b> <span>{says}</span></div>"


def _figure(score: Row | None, drawn: bool = False) -> str:
    if score is None or score["value"] is None:
        return '<span class="soft">–</span>'
    ends = score["low"] is not None and score["high"] is not None
    interval = f" <span>{score['low']:.2f}–{score['high']:.2f}</span>" if ends else ""
    return f"{score['value']:.3f}{interval}{plots.strip(score) if drawn else ''}"


def _suite(number: int, name: str, results: Row) -> str:
    suite = results["suites"][name]
    speed = results.get("speed", {}).get(name, {})
    kinds: Row = suite["by_kind"]
    digests = ", ".join(f"{k} <code>{text(suite[f'{k}_sha256'][:12])}</code>" for k in DIGESTS)
    every = _scores("scores by kind", [own(kind, 32) for kind in kinds], list(kinds.values()))
    return (
        f'<section id="suite-{number}" aria-labelledby="name-{number}">'
        f'<h2 id="name-{number}">{own(name)}</h2>'
        f'<p class="note">{_count(suite["asked"], "question")}, {suite["unanswerable"]:,} of them '
        f"unanswerable; {digests}</p>"
        f'<div class="panels">{_panels(suite, speed)}</div>'
        f"{_folded('Every score by kind of question', every) if kinds else ''}"
        f"{_baselines(suite['scores'], results.get('baselines', {}).get(name, {}))}"
        f"{cases.section(suite['questions'])}"
        f"{_folded('All questions', _questions(suite['questions'], speed.get('latency_ms', {})))}"
        "</section>\n"
    )


def _panels(suite: Row, speed: Row) -> str:
    whole: Row = suite["scores"]
    shown = [name for name in cases.HEADS if name in whole][:3] or list(whole)[:1]
    panels = []
    for name in shown if suite["by_kind"] else ():
        rows = [("all", whole[name])] + [(k, f.get(name)) for k, f in suite["by_kind"].items()]
        panels.append((name, SAYS.get(name, ""), plots.dots(name, rows)))
    sure = [q for q in suite["questions"] if q["confidence"] is not None and q["right"] is not None]
    answered = sum(q["status"] == "answered" for q in sure) / max(1, len(sure))
    taken = [ms for ms in speed.get("latency_ms", {}).values() if ms is not None]
    panels += [
        (
            "Risk over coverage",
            "dotted: a confidence that knows nothing",
            plots.curve(suite["risk_coverage"], answered),
        ),
        (
            "Reliability",
            "dotted: a confidence that is right",
            plots.reliability(suite["reliability"]),
        ),
        ("Time a question took", "on the machine that measured", plots.histogram(taken)),
        ("Stages", "median and 95th percentile", _stages(speed.get("stages_ms", {}))),
        ("The whole run", "on the machine that measured", _run(speed)),
    ]
    return "".join(
        f"<figure><figcaption><b>{own(title)}</b> {note}</figcaption>{drawn}</figure>"
        for title, note, drawn in panels
        if drawn
    )


def _stages(stages: Row) -> str:
    rows = "".join(
        f'<tr><th scope="row">{own(stage)}</th>'
        f"<td>{plots.took(ms['p50'])}</td><td>{plots.took(ms['p95'])}</td></tr>"
        for stage, ms in stages.items()
    )
    heads = ["stage", "p50", "p95"]
    return _table("stages", "stages", heads, f"<tbody>{rows}</tbody>") if rows else ""


def _run(speed: Row) -> str:
    figures = [_measured(k, v) for k, v in speed.items() if isinstance(v, int | float)]
    return _pairs(figures) if figures else ""


def _measured(key: str, value: float) -> tuple[str, str]:
    """`index_s`, 14.286 -> "index", "14.3 s"."""
    name, _, unit = key.rpartition("_")
    named = name and unit in ("s", "ms", "mb")
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    words = (name if named else key).replace("_", " ")
    return words, f"{shown} {unit.replace('mb', 'MB')}" if named else shown


def _baselines(whole: Row, others: Row) -> str:
    names = [name for name in SAYS if any(name in other for other in others.values())]
    if not names:
        return ""
    ours = "".join(f"<td>{_figure(whole.get(name))}</td>" for name in names)
    rows = f'<tr><th scope="row">Footnoted</th>{ours}</tr>'
    for system, scores in others.items():
        cells = (f"<td>{_against(name, scores.get(name), whole.get(name))}</td>" for name in names)
        rows += f'<tr><th scope="row">{own(system)}</th>{"".join(cells)}</tr>'
    heads = ["system", *map(_score_name, names)]
    table = _table("systems", "beside other systems", heads, f"<tbody>{rows}</tbody>")
    return (
        '<h3>Beside other systems</h3><p class="note">On the same questions, in the same run. '
        "Below each figure stands how far it is from ours, "
        f'<span class="ahead">in colour</span> where the other system is ahead.</p>{table}'
    )


def _against(name: str, other: Row | None, own: Row | None) -> str:
    if other is None or own is None or other["value"] is None or own["value"] is None:
        return _figure(other)
    gap = round(other["value"] - own["value"], 3)
    ahead = gap < 0 if name in LOW_IS_GOOD else gap > 0
    shown = f"{gap:+.3f}".replace("-", "−") if gap else "the same"
    return f'{_figure(other)}<small class="{"ahead" if ahead else "soft"}">{shown}</small>'


def _questions(questions: Iterable[Row], latency: Row) -> str:
    rows = "".join(
        f'<tr><th scope="row">{own(q["id"], 40)}</th><td>{own(q["kind"], 24)}</td>'
        f"<td>{own(q['question'], 160)}</td><td>{_came_to(q)}</td>"
        f"<td>{'–' if q['confidence'] is None else format(q['confidence'], '.2f')}</td>"
        f"<td>{'–' if latency.get(q['id']) is None else plots.took(latency[q['id']])}</td></tr>\n"
        for q in questions
    )
    heads = ["id", "kind", "question", "came to", "confidence", "time"]
    return _table("questions", "all questions", heads, f"<tbody>{rows}</tbody>")


def _came_to(question: Row) -> str:
    word, heading = cases.FATES[cases.fate(question)]
    return word if heading else f'<span class="soft">{word}</span>'


def _table(kind: str, label: str, heads: Sequence[str], body: str) -> str:
    """A table that scrolls by itself where it is too wide; `heads` and `body` are HTML."""
    head = "".join(f'<th scope="col">{words}</th>' for words in heads)
    return (
        f'<div class="wide" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="{kind}"><thead><tr>{head}</tr></thead>{body}</table></div>'
    )


def _folded(title: str, inner: str) -> str:
    return f"<details><summary>{title}</summary>{inner}</details>"


def _pairs(rows: Iterable[tuple[str, Any]]) -> str:
    return f"<dl>{''.join(f'<div><dt>{own(k)}</dt><dd>{own(v)}</dd></div>' for k, v in rows)}</dl>"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


LOW = '<span class="low">↓<span class="ear"> low is good</span></span>'
