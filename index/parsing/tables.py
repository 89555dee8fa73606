"""The cells of a page's tables -> rows, a line each, unless they hold paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from index.parsing.hidden import HIDDEN, is_hidden
from index.parsing.verdict import Block
from index.rows import row

CELLS = ("td", "th")
_AROUND = ("tr", "table", "tbody", "thead", "tfoot")  # a cell; a browser adds the row that is amiss
_HEADINGS = ("h1 ", "h2 ", "h3 ")


def joined(blocks: Sequence[Block], laid_out: Collection[Any]) -> Iterator[Block]:
    """Yield the blocks in order, those of each row as one; `laid_out` are rows that hold tables."""
    for around, run in groupby(blocks, key=lambda block: _row(block, laid_out)):
        each = list(run)
        words = None if around is None else _words(around, each)
        if words is None:
            yield from each
            continue
        seen = [block for block in each if block.landmark != HIDDEN]
        nodes = tuple(node for block in seen for node in block.nodes)
        yield replace(seen[0], words=words, nodes=nodes, plan=_plan(seen[0]))
        yield from (block for block in each if block.landmark == HIDDEN)


def _row(block: Block, laid_out: Collection[Any]) -> Any:
    """The element whose cells stand side by side, None outside a table and where one holds more."""
    around = None if block.cell is None else block.cell.getparent()
    return None if around is None or around.tag not in _AROUND or around in laid_out else around


def _words(around: Any, blocks: Sequence[Block]) -> str | None:
    lines: dict[Any, list[str]] = {}
    seen = [block for block in blocks if block.landmark != HIDDEN]
    if len({block.landmark for block in seen}) > 1:
        return None
    for block in seen:
        if block.plan[:1] and block.plan[0].startswith(_HEADINGS):
            return None
        lines.setdefault(block.cell, []).append(block.words)
    cells = (cell for cell in around.iterchildren(*CELLS) if not is_hidden(cell))
    return row([lines.get(cell, []) for cell in cells])


def _plan(block: Block) -> tuple[str, ...]:
    """Where the row stands in the page's plan, by where one of its blocks does."""
    ends = (at for at, name in enumerate(block.plan) if name.split(" ")[0] in _AROUND)
    return block.plan[next(ends, 0) :]
