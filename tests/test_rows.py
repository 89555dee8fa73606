"""A table's row is one line and one sentence; a page laid out in a table keeps its paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parsing import html
from index.passages import split
from index.rows import LONGEST, is_drawn, is_head, is_row, row
from tests import files
from tests.test_formats import got
from tests.test_passages import cut, quotes

STORY = "The harbour board voted on Tuesday to dredge the eastern channel before the autumn storms."


def visible(body: str) -> list[str]:
    return html.page(f"<html><body>{body}</body></html>").text.splitlines()


def cells(*words: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{each}</{tag}>" for each in words) + "</tr>"


# Lines


@pytest.mark.parametrize(
    ("line", "below", "head"),
    [
        ("| | H1 2025 | H1 2024 |", "| Revenue | £318m | £291m |", True),
        ("\tH1 2025\tH1 2024", "", True),
        ("Club\tWon\tLost", "Orlow\t3\t4", True),
        ("| Club | H1 2024 | 2025 |", "| Orlow | 3 | 4 |", True),
        ("Mayor\tAnn Orr", "Born\t1950", False),
        ("Mayor\tAnn Orr\tLabour", "Votes\t45%\tmost", False),
        ("Club\tGround\tManager", "Orlow\tOld Park\tOrr", False),
        ("Orlow\t3\t4", "Kelmar\t5\t6", False),
        ("| | |", "", False),
        ("Ann Orr says so.", "", False),
    ],
)
def test_a_head_names_the_columns_of_the_row_below(line: str, below: str, head: bool) -> None:
    assert is_head(line, below) == head


@pytest.mark.parametrize(
    "line",
    [
        "Labour\t42\t31.2",
        "Dr. Orr\tSt. Ives. Mt. Lee\t3.5 p.m. Then 4",
        "\t2023\t2024",
        "3.\tOrlow\t12",
        "| Health | 38.4 | 41.0 |",
        "| Dr. Orr. He left. | 3 |",
    ],
)
def test_a_row_is_one_sentence(line: str) -> None:
    assert [line[s:e] for s, e in split(line)] == [line.strip()]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("1.\tThe board met. It voted.", ["1.\tThe board met.", "It voted."]),
        ("\tThe board met. It voted.", ["The board met.", "It voted."]),
        ("The board met. It voted.\t", ["The board met.", "It voted."]),
        ("| The board met. It voted.", ["| The board met.", "It voted."]),
        ("It met.\t" * 100 + "It voted.", ["It met."] * 100 + ["It voted."]),
    ],
)
def test_a_tab_alone_makes_no_row(line: str, parts: list[str]) -> None:
    assert [line[s:e] for s, e in split(line)] == parts


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ([["Pears"], ["40"]], "Pears\t40"),
        ([[], ["2023"], ["2024"]], "\t2023\t2024"),
        ([["Pears"], [], ["40"], []], "Pears\t\t40"),
        ([["Ann Orr", "(Greens)"], ["4 \t0"]], "Ann Orr (Greens)\t4 0"),
        ([["Pears"], []], None),
        ([[], []], None),
        ([["News"], [STORY, STORY]], None),
        ([["Pears", "and plums"], [STORY]], None),
        ([["a" * LONGEST], ["b"]], None),
    ],
)
def test_cells_make_a_row_unless_they_hold_paragraphs(
    given: list[list[str]], made: str | None
) -> None:
    assert row(given) == made


@given(st.lists(st.lists(st.text("ab 1.|", min_size=1).filter(str.strip), max_size=3), max_size=6))
def test_what_is_made_of_cells_is_a_row_of_all_their_words(given: list[list[str]]) -> None:
    made = row(given)
    if made is not None:
        assert is_row(made) or made.count("\t") == 1  # "1.", a tab and words may be an item
        assert made.split() == [word for lines in given for line in lines for word in line.split()]


@pytest.mark.parametrize("line", ["====", "|---|:-:|", "+---+---+", "* * *", "___"])
def test_a_drawn_line_is_no_sentence_and_cuts_no_passage(line: str) -> None:
    assert is_drawn(line)
    text = f"Before it.\n{line}\nAfter it."
    (passage,) = cut(text)
    assert [text[s:e] for s, e in passage.sentences] == ["Before it.", "After it."]
    assert cut(line) == []


# Passages


TABLE = "| Fruit | Tons |\n|---|---|\n| Pears | 38.4 |\n| Plums | 9.1 |"


def test_the_rows_of_a_markdown_table_are_sentences_and_its_rule_is_none() -> None:
    (passage,) = cut(TABLE)
    assert [TABLE[s:e] for s, e in passage.sentences] == TABLE.replace("|---|---|\n", "").split(
        "\n"
    )


@pytest.mark.parametrize("before", range(8))
def test_a_table_stays_with_its_head_where_it_fits_in_a_passage(before: int) -> None:
    text = "Six words are in this one.\n" * before + TABLE + "\nAnd after it comes this."
    assert sum(TABLE in quote for quote in quotes(text, tokens=60)) == 1


def test_a_table_too_long_for_a_passage_is_cut_between_rows() -> None:
    rows = [f"Boat {n}\t{n}.5\tKelmar" for n in range(60)]
    made = quotes("\n".join(rows), tokens=60)
    assert len(made) > 3 and "\n".join(made) == "\n".join(rows)


# Web pages


def test_a_row_of_a_page_is_a_line_of_its_cells() -> None:
    head = "<thead>" + cells("Party", "Seats", "Share", tag="th") + "</thead>"
    body = "<tbody>" + cells("Labour", "42", "<b>31</b>.2<sup>a</sup>") + "</tbody>"
    foot = "<tfoot>" + cells("<p>All</p>", "<div>101</div>", "") + "</tfoot>"
    page = visible(
        f"<table><caption>The vote</caption>{head}{body}{foot}</table><p>It is over.</p>"
    )
    assert page == [
        "The vote",
        "Party\tSeats\tShare",
        "Labour\t42\t31.2a",
        "All\t101",
        "It is over.",
    ]


def test_cells_of_several_lines_that_span_or_are_empty_stay_in_their_row() -> None:
    table = (
        "<table><tr><td></td><th colspan=2>2024</th></tr>"
        "<tr><td rowspan=2>North<br>coast</td><td>Orr</td><td><p>9<p>8</td></tr>"
        "<tr><td>Lee</td><td>7</td></tr><tr><td colspan=3>All counted</td></tr></table>"
    )
    assert visible(table) == ["2024", "North coast\tOrr\t9 8", "Lee\t7", "All counted"]


@pytest.mark.parametrize(
    "table",
    [
        "<table><td>Pears<td>40<tr><td>Plums<td>9",
        "<table><tbody><td>Pears<td>40<tr><td>Plums<td>9</table>",
        "<table><tr><th scope=row>Pears<td>40<td hidden>040<tr><td>Plums<td>9</table>",
    ],
)
def test_a_table_that_was_not_closed_or_hides_a_cell_has_its_rows(table: str) -> None:
    page = html.page(f"<html><body>{table}</body></html>")
    seen = [line for line in page.text.splitlines() if line != "040"]
    assert seen == ["Pears\t40", "Plums\t9"]
    assert [page.text[s:e] for s, e, _ in page.furniture] == ["040"] * ("040" in page.text)


def test_a_page_within_a_table_keeps_its_paragraphs() -> None:
    menu = "<a href=n>News</a><br><a href=s>Sport</a>"
    inner = f"<table>{cells('Pears', '40')}</table>"
    page = f"<table>{cells(menu, f'<h1>Dredging</h1><p>{STORY}</p>{inner}<p>{STORY}</p>')}</table>"
    assert visible(page) == ["News", "Sport", "Dredging", STORY, "Pears\t40", STORY]
    page = f"<table>{cells(menu, f'{STORY}<br><br>{STORY}')}{cells('Contact', 'Imprint')}</table>"
    assert visible(page) == ["News", "Sport", STORY, STORY, "Contact\tImprint"]


def test_a_byline_in_two_cells_is_one() -> None:
    by = f"<table>{cells('By Mara Ellison', '22 April 2025')}</table>"
    source = got("a.html", f"<h1>Dredging</h1>{by}<p>{STORY}</p>".encode())
    assert "By Mara Ellison\t22 April 2025" in source.text
    from index.articles import layout

    (article,) = layout(source).articles
    assert article.published == "2025-04-22"


def test_tables_without_end_are_read_in_time_in_proportion() -> None:
    assert visible("<table>" + "<tr><td>a<td>1" * 20_000) == ["a\t1"] * 20_000
    assert visible("<table><tr>" + "<td>ab" * 20_000) == ["ab"] * 20_000
    deep = visible("<table><tr><td>x<td>y" * 400 + STORY)
    assert deep == ["x", "y"] * 399 + [f"x\ty{STORY}"]


# Word


def table_of(*rows: tuple[str, ...]) -> str:
    def cell(words: str) -> str:
        made = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in words.split("\n"))
        return f"<w:tc>{made}</w:tc>"

    made = "".join(f"<w:tr>{''.join(map(cell, each))}</w:tr>" for each in rows)
    return f"<w:tbl>{made}</w:tbl>"


def test_a_word_tables_row_keeps_its_empty_cells_and_a_letters_paragraphs_are_lines() -> None:
    body = table_of(
        ("Fruit", "", "Tons"), ("Pears\nand plums", "", "40"), ("To", f"{STORY}\n{STORY}")
    )
    data = files.docx("", parts={"word/document.xml": files.document(body)})
    text = got("a.docx", data).text
    assert text == f"Fruit\t\tTons\nPears and plums\t\t40\nTo\n{STORY}\n{STORY}\n"
