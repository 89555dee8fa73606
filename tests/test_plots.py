"""Plots: each number where it belongs, and of nothing, nothing."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from evals import plots

NAN = math.nan
NUMBERS = st.floats() | st.none()
FIGURES = st.fixed_dictionaries({k: NUMBERS for k in ("value", "low", "high")}) | st.none()
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> etree._Element:
    tree = etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    assert tree.get("role") == "img" and tree[0].tag == f"{SVG}title" and tree[0].text
    assert tree[1].tag == f"{SVG}desc"
    assert not re.search(r"\bnan\b|\binf\b|None", "".join(tree.itertext()) + attributes(tree))
    return tree


def attributes(tree: etree._Element) -> str:
    return " ".join(value for element in tree.iter() for value in element.attrib.values())


def dots(svg: str) -> list[tuple[str, str]]:
    return [(c.get("cx"), c.get("cy")) for c in drawn(svg).iter(f"{SVG}circle")]


def whiskers(svg: str) -> list[tuple[str, ...]]:
    lines = [e for e in drawn(svg).iter(f"{SVG}line") if e.get("class").startswith("whisker")]
    return [tuple(e.get(k) for k in ("x1", "y1", "x2", "y2")) for e in lines]


def words(svg: str) -> list[str]:
    return [e.text for e in drawn(svg).iter(f"{SVG}text")]


def figure(value, low=None, high=None, n=4):
    return {"value": value, "low": low, "high": high, "n": n}


def test_a_figure_stands_at_its_value_in_its_interval():
    svg = plots.dots("accuracy", [("all", figure(0.5, 0.25, 1.0)), ("single", figure(1.0))])
    assert dots(svg) == [("207.0", "12.5"), ("288.0", "37.5")]
    assert whiskers(svg) == [("166.5", "12.5", "288.0", "12.5")]
    assert words(svg)[3:] == ["all", "4", "0.500", "single", "4", "1.000"]
    assert drawn(svg)[1].text == "all 0.500 (0.25 to 1.00); single 1.000"


def test_a_kind_without_the_score_keeps_its_row_and_has_no_dot():
    svg = plots.dots("accuracy", [("all", figure(0.5)), ("none", None), ("null", figure(None))])
    assert len(dots(svg)) == 1
    assert words(svg)[-5:] == ["none", "–", "null", "4", "–"]
    assert "none does not apply" in drawn(svg)[1].text


def test_the_curve_runs_through_its_points_and_marks_where_the_program_stands():
    svg = plots.curve([(0.5, 0.0), (1.0, 0.5)], answered=0.5)
    path = drawn(svg).find(f"{SVG}path")
    assert path is not None and path.get("d") == "M184.0 200.0L330.0 120.0"
    assert dots(svg) == [("184.0", "200.0")]
    assert "as it stands: 50% answered, 0% wrong" in words(svg)
    assert dots(plots.curve([(1.0, 0.5)])) == dots(plots.curve([(1.0, 0.5)], 0.0)) == []


def test_a_long_curve_is_thinned_and_keeps_its_end():
    svg = plots.curve([(n / 5000, n / 5000) for n in range(1, 5001)])
    path = drawn(svg).find(f"{SVG}path").get("d")
    assert 300 < path.count("L") <= plots.MOST and path.endswith("L330.0 40.0")


def test_a_bin_stands_at_its_confidence_and_share_below_its_count():
    svg = plots.reliability([(0.25, 0.5, 4), (1.0, 1.0, 1234)])
    assert dots(svg) == [("111.0", "120.0"), ("330.0", "40.0")]
    counts = {e.text: e.get("x") for e in drawn(svg).iter(f"{SVG}text")}
    assert counts["4"] == "111.0" and counts["1234"] == "315.4"
    # Wilson's interval of 2 in 4 is 0.150 to 0.850.
    assert whiskers(svg)[0] == ("111.0", "176.0", "111.0", "64.0")


def test_a_bar_is_as_tall_as_many_questions_took_so_long():
    svg = plots.histogram([10, 10, 30, 110])
    bars = [tuple(e.attrib.values())[1:] for e in drawn(svg).iter(f"{SVG}rect")]
    assert [tall for *_, tall in bars] == ["160.0", "80.0", "80.0"]
    assert "p50 20 ms" in words(svg) and "p95 98 ms" in words(svg)
    assert words(svg)[0] == "2" and "milliseconds" in words(svg)


def test_one_very_slow_question_does_not_flatten_the_others():
    svg = plots.histogram([100.0] * 99 + [90_000.0])
    assert "milliseconds; 1 beyond, in the last bar" in words(svg)
    seconds = plots.histogram([1000.0, 4000.0])
    assert "seconds" in words(seconds) and "p50 2.50 s" in words(seconds)


@pytest.mark.parametrize("svg", [
    plots.dots("accuracy", []), plots.dots("accuracy", [("all", None), ("a", figure(NAN))]),
    plots.curve([]), plots.curve([(NAN, 0.5), (0.5, 1e307)]), plots.reliability([]),
    plots.reliability([(0.5, NAN, 3), (0.5, 0.5, 0)]), plots.histogram([]), plots.histogram([NAN]),
])  # fmt: skip
def test_of_nothing_nothing_is_drawn(svg):
    assert svg == ""


# A label may well be "nan"; then it says nothing of the figures.
NAMES = st.text().filter(lambda name: not re.search("nan|inf|None", name))


@given(st.lists(st.tuples(NAMES, FIGURES)))
def test_any_figures_under_any_names_are_well_formed(rows):
    for svg in filter(None, [plots.dots("accuracy", rows)]):
        assert all(126 <= float(x) <= 288 for x, _ in dots(svg))


@given(st.lists(st.tuples(st.floats(), st.floats())), NUMBERS)
def test_any_points_are_well_formed(points, answered):
    for svg in filter(None, [plots.curve(points, answered)]):
        drawn(svg)


@given(st.lists(st.floats(0, 1e9)))
def test_every_time_is_in_one_bar(milliseconds):
    svg = plots.histogram(milliseconds)
    assert bool(svg) == bool(milliseconds)
    if svg:
        assert 1 <= len(list(drawn(svg).iter(f"{SVG}rect"))) <= plots.BARS + 1


def test_words_have_no_meaning_and_nothing_in_them_is_unseen():
    assert plots.text("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"
    assert plots.text("a\u202eb\x00c\ud800\u2066") == r"a\u202eb\x00c\ud800\u2066"
    assert plots.text(" one\n two\t") == "one two"
    assert plots.text("می\u200cخواهم") == "می\u200cخواهم"
    assert plots.text("abcdef", 4) == "abc…" and plots.text("abcd", 4) == "abcd"


@pytest.mark.parametrize(
    ("ms", "said"), [(0.04, "0.0 ms"), (2.77, "2.8 ms"), (517, "517 ms"), (1616.4, "1.62 s")]
)
def test_a_time_is_said_in_its_unit(ms, said):
    assert plots.took(ms) == said
