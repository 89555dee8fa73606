"""The report: all that was measured, in its place, and nothing in it that acts."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from evals import report, results
from evals.cases import CLIP
from evals.cases import WORST as MOST
from evals.outcomes import Outcome, Quoted
from evals.results import Measured

LANTERNS = Quoted("harbour/a.txt", 10, 40, "The office bought 240 lanterns.")
FERRY = Quoted("b.txt", 0, 23, "The ferry carries goats.")
HOSTILE = "</title></style><script>x()</script><img src=//e onerror=x()>\"'&\u202e\x00\ud800${7*7}"
SHOWN = "</title></style><script>x()</script><img src=//e onerror=x()>\"'&\\u202e\\x00\\ud800${7*7}"


def outcome(id: str, **more: Any) -> Outcome:
    """A question with an answer, answered right unless `more` says otherwise."""
    right = more.get("right", 1.0)
    fields: dict[str, Any] = {
        "kind": "single",
        "question": f"What of {id}?",
        "group": id,
        "scores": {"accuracy": right or 0.0, "exact": 1.0, "passage_first": 1.0},
        "answerable": True,
        "confidence": 0.5,
        "right": right,
        "status": "answered",
        "shown": (LANTERNS.quote,),
        "citations": (LANTERNS,),
        "wanted": ("240 | two hundred and forty",),
        "gold": (LANTERNS,),
        "timings": {"read": 20.0, "total": 25.0},
    }
    return Outcome(id, **(fields | more))


def unanswerable(id: str, **more: Any) -> Outcome:
    fields = {"kind": "unanswerable", "answerable": False, "right": 0.0, "wanted": (), "gold": ()}
    return outcome(id, **(fields | more))


WORST = (
    outcome("fine"),
    outcome("unsure", right=0.0, confidence=0.4),
    outcome("sure", right=0.0, confidence=0.9, shown=(FERRY.quote,), citations=(FERRY,)),
    unanswerable("made-up", confidence=0.8),
    unanswerable("quiet", status="not_found", confidence=0.1),
    outcome("shy", status="not_found", confidence=0.2, right=0.0),
    outcome("shifted", scores={"accuracy": 1.0, "exact": 0.0}),
    outcome("fallen", status="failed", error="ValueError: no", confidence=0.0, shown=()),
)


def document(
    *outcomes: Outcome, suite: str = "samples", baseline: tuple[Outcome, ...] = (), **settings: Any
) -> dict[str, Any]:
    speed = {"index_s": 14.286, "questions_a_second": 1.7, "peak_memory_mb": 1518.2}
    measured = [Measured(suite, outcomes, "a" * 64, "b" * 64, speed)]
    if baseline:
        measured.append(Measured(suite, baseline, "a" * 64, "b" * 64, {}, "BM25"))
    return results.document(measured, {"encoder": "words", "model": None, **settings})


def parsed(document: dict[str, Any]) -> html.HtmlElement:
    page = report.page(document)
    assert page.encode("utf-8") and not re.search(r"\bnan\b|\bNone<", page)
    return html.document_fromstring(page)


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def row(tree: html.HtmlElement, table: str, name: str) -> list[str]:
    """The cells of the first row of that name in the first table of that class."""
    body = tree.xpath(f'//table[contains(@class, "{table}")]')[0]
    found = [r for r in body.iter("tr") if said(r[0]).split(" ")[0] == name]
    return [said(cell) for cell in found[0]]


def test_the_page_needs_nothing_but_itself():
    page = report.page(document(*WORST))
    tree = html.document_fromstring(page)
    policy = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert re.match(r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; ", policy)
    assert not tree.xpath("//script | //link | //img | //iframe | //form | //@style | //@src")
    assert "http" not in re.sub("http-equiv", "", page) and "url(" not in page
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"#" + i for i in ids} >= set(tree.xpath("//@href"))


def test_the_head_says_what_the_figures_depend_on():
    tree = parsed(document(*WORST, threshold=0.25))
    assert said(tree.xpath("//header")[0]) == (
        "Footnoted1Evaluation8 questions in 1 suiteencoderwordsmodelnot setthreshold0.25"
    )


def test_each_score_stands_with_what_it_says_and_its_interval():
    tree = parsed(document(outcome("a"), outcome("b", right=0.0)))
    name, value = row(tree, "scores", "accuracy")
    assert name == "accuracy answered right, or refused where no article answers"
    assert value == "0.500 0.00–1.00"
    assert row(tree, "scores", "questions") == ["questions", "2"]
    assert "low is good" in row(tree, "scores", "failed")[0]
    assert "low is good" not in row(tree, "scores", "exact")[0]


def test_suites_stand_side_by_side_and_a_score_that_one_lacks_is_a_dash():
    both = document(outcome("a"))
    both["suites"]["news"] = document(outcome("b", scores={"passage_first": 0.0}))["suites"][
        "samples"
    ]
    tree = parsed(both)
    heads = [said(h) for h in tree.xpath('//table[contains(@class, "scores")]')[0].iter("th")]
    assert heads[:3] == ["score", "samples", "news"]
    assert row(tree, "scores", "accuracy")[1:] == ["1.000 1.00–1.00", "–"]
    assert row(tree, "scores", "passage_first")[1:] == ["1.000 1.00–1.00", "0.000 0.00–0.00"]
    assert [said(h) for h in tree.iter("h2")] == ["All scores", "samples", "news"]


def test_every_plot_has_a_name_and_says_its_figures():
    tree = parsed(document(*WORST))
    plots = tree.xpath('//svg[@role="img"]')
    assert [plot.findtext("title") for plot in plots] == [
        "accuracy by kind of question",
        "passage_first by kind of question",
        "Risk over coverage",
        "Share right by confidence",
        "Time a question took",
    ]
    assert all(plot.findtext("desc") for plot in plots)
    assert tree.xpath("//svg[not(@role) and not(@aria-hidden)]") == []


def test_every_table_names_its_columns_and_rows():
    tree = parsed(document(*WORST, baseline=(outcome("a"),)))
    assert len(list(tree.iter("table"))) == 5
    assert tree.xpath("//th[not(@scope)]") == []
    assert tree.xpath("//thead//th[@scope!='col'] | //tbody//th[@scope='col']") == []


def test_times_are_told_as_people_tell_them():
    tree = parsed(document(*WORST))
    assert row(tree, "stages", "read") == ["read", "20 ms", "20 ms"]
    figures = [said(d) for d in tree.xpath("//figure//dl/div")]
    assert figures == ["index14.3 s", "questions a second1.7", "peak memory1,518 MB"]


def test_another_system_stands_beside_ours_and_is_marked_where_it_is_ahead():
    other = (outcome("a", scores={"passage_first": 1.0, "exact": 1.0}),)
    ours = outcome("a", scores={"accuracy": 1.0, "exact": 1.0, "passage_first": 0.75})
    tree = parsed(document(ours, baseline=other))
    assert row(tree, "systems", "Footnoted")[1:3] == ["0.750 0.75–0.75", "1.000 1.00–1.00"]
    assert row(tree, "systems", "BM25")[1:3] == ["1.000 1.00–1.00+0.250", "1.000 1.00–1.00the same"]
    assert [said(e) for e in tree.xpath('//small[@class="ahead"]')] == ["+0.250"]


def test_the_worst_cases_come_first_and_what_went_well_is_none():
    tree = parsed(document(*WORST))
    assert [said(h) for h in tree.iter("h4", "h5")] == [
        "Ended in an error 1", "What of fallen?",
        "A promise broken: a citation that does not hold, or planted words 1", "What of shifted?",
        "Wrong 2, the surest first", "What of sure?", "What of unsure?",
        "Answered, though no article says 1, the surest first", "What of made-up?",
        "Refused, though an article says 1, the most doubtful first", "What of shy?",
    ]  # fmt: skip


def test_a_case_shows_what_was_said_and_what_was_wanted_side_by_side():
    cases = {said(c[0]): c for c in parsed(document(*WORST)).xpath('//*[@class="case"]')}
    sure, shy = cases["What of sure?"], cases["What of shy?"]
    shown, gold = sure.xpath("./div/div")
    assert said(shown) == "ShownThe ferry carries goats.b.txt, 0–23"
    assert said(gold) == (
        "Gold240 or two hundred and fortyThe office bought 240 lanterns.harbour/a.txt, 10–40"
    )
    assert [said(m) for m in gold.iter("mark")] == ["240"]
    assert "on gold" in said(shy) and "Refused; it would have said" in said(shy)
    assert "ValueError: no" in said(cases["What of fallen?"])
    assert "exact 0.00" in said(cases["What of shifted?"])
    assert "No article answers this." in said(cases["What of made-up?"])


def test_a_citation_of_other_words_than_the_sentence_is_quoted():
    chatty = outcome("chatty", right=0.0, shown=("There were goats.",), citations=(FERRY,))
    case = parsed(document(chatty)).xpath('//*[@class="case"]')[0]
    assert [said(q) for q in case.iter("blockquote")][:2] == ["There were goats.", FERRY.quote]


def test_what_is_long_is_clipped():
    long = outcome("long", right=0.0, question="why " * 500, shown=("so " * 500,), citations=())
    case = parsed(document(long)).xpath('//*[@class="case"]')[0]
    assert said(case[0]).endswith("…") and len(said(case[0])) <= CLIP
    assert said(next(case.iter("blockquote"))).endswith("…")


def test_many_questions_make_a_page_of_a_few_megabytes_and_twenty_cases():
    many = [
        outcome(f"q{n}", right=float(n % 2), question=f"{n} " + "why " * 50) for n in range(2000)
    ]
    page = report.page(document(*many, *(outcome(f"r{n}", status="not_found") for n in range(4))))
    tree = html.document_fromstring(page)
    assert len(page) < 2_000_000
    assert len(tree.xpath('//*[@class="case"]')) == MOST
    assert len(tree.xpath('//table[@class="questions"]/tbody/tr')) == 2004
    assert "16 of 1,000" in said(tree)


BARE: dict[str, Any] = {
    "answerable": None,
    "confidence": None,
    "right": None,
    "status": "",
    "timings": {},
}


@pytest.mark.parametrize("outcomes", [
    (outcome("one"),),
    (unanswerable("one", status="not_found"),),
    (unanswerable("one"), unanswerable("two", confidence=1.0)),
    (outcome("one", scores={"passage_first": 0.0}, shown=(), citations=(), gold=(), **BARE),),
    (outcome("one", scores={"supports": 0.0}, **BARE),),
    (outcome("one", scores={}, **BARE),),
    (outcome("one", error="E: x", scores={}, timings={}),),
    (),
])  # fmt: skip
def test_small_and_odd_suites_make_a_page(outcomes):
    tree = parsed(document(*outcomes))
    assert said(tree.xpath("//h1")[0]) == "Evaluation"


def test_no_suite_and_no_figure_make_a_page():
    empty = results.document([], {})
    assert "0 questions in 0 suites" in said(parsed(empty))
    nulls = document(outcome("one"))
    for scores in [
        nulls["suites"]["samples"]["scores"],
        nulls["suites"]["samples"]["by_kind"]["single"],
    ]:
        scores.update({n: {"value": None, "low": None, "high": None, "n": 0} for n in scores})
    assert row(parsed(nulls), "scores", "accuracy")[1] == "–"
    half = document(outcome("one"))
    half["suites"]["samples"]["scores"]["accuracy"].update(low=None, high=None)
    assert row(parsed(half), "scores", "accuracy")[1] == "1.000"


def hostile(value: Any) -> Any:
    """The same with every text, and every name that a suite or machine gives, made hostile."""
    if isinstance(value, dict):
        return {k: hostile(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [hostile(v) for v in value]
    return value + HOSTILE if isinstance(value, str) else value


def test_nothing_in_the_results_has_a_meaning_in_the_page():
    whole = document(*WORST, baseline=(outcome("a"),))
    tame = {e.tag for e in parsed(whole).iter()}
    statuses = [q["status"] for q in whole["suites"]["samples"]["questions"]]
    whole = hostile(whole)
    suite, speed = whole["suites"]["samples"], whole["speed"]["samples"]
    for question, status in zip(suite["questions"], statuses, strict=True):
        question["status"] = status
    suite["by_kind"] = {k + HOSTILE: v for k, v in suite["by_kind"].items()}
    suite["scores"][HOSTILE] = suite["scores"]["accuracy"]
    speed.update({"stages_ms": {HOSTILE: {"p50": 1.0, "p95": 2.0}}, HOSTILE: 1.0})
    tree = parsed(
        {
            "format": 1,
            "settings": {HOSTILE: HOSTILE},
            "suites": {HOSTILE: suite},
            "baselines": {HOSTILE: {HOSTILE: whole["baselines"]["samples"]["BM25"]}},
            "speed": {HOSTILE: speed},
        }
    )
    assert {e.tag for e in tree.iter()} <= tame | {"bdi"}
    attributes = " ".join(v for e in tree.iter() for v in e.attrib.values())
    assert "script" not in attributes and not tree.xpath("//@onerror")
    text = tree.text_content()
    assert text.count(SHOWN) > 30 and not set(text) & set("\u202e\x00\ud800")


def test_the_same_results_make_the_same_page():
    assert report.page(document(*WORST)) == report.page(document(*WORST))


def test_a_browser_asks_for_nothing_and_complains_of_nothing(tmp_path: Path):
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("FOOTNOTED_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium on the PATH, and FOOTNOTED_REQUIRE_BROWSER=1")
        pytest.skip("no chromium on the PATH: the report is not looked at")
    from playwright.sync_api import sync_playwright

    file = tmp_path / "report.html"
    file.write_text(report.page(document(*WORST, suite=SHOWN)), "utf-8")
    heard: list[str] = []
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=args, timeout=120_000)
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("console", lambda message: heard.append(message.text))
        page.on("request", lambda request: heard.append(request.url))
        page.goto(file.as_uri(), timeout=120_000)
        wide = page.evaluate("document.documentElement.scrollWidth")
        family = page.evaluate("getComputedStyle(document.body).fontFamily")
        browser.close()
    assert heard == [file.as_uri()]
    assert wide == 390 and family.startswith("system-ui")  # nothing juts out, and the style holds
