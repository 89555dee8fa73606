"""The lines that publishers repeat, as a run finds and as it leaves them -> what is laid anew.

Which lines those are depends on what the folder holds and on nothing else: file by file and all
at once come to the same store. Only publishers of whom a file came or went are counted again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from index.articles import Layout
from index.records import Source
from index.repeated import Print, marked, repeated
from index.shelf import Prints


class Marks:
    """What stands in a store, less the files that are `gone`, and with the `fresh` prints.

    `was` is what `kept` gave when the store was last written; with `recount` no publisher's lines
    are taken for what they were.
    """

    def __init__(
        self,
        stored: Prints,
        gone: set[str],
        fresh: Sequence[Print],
        *,
        was: str | None,
        recount: bool,
    ) -> None:
        self._stored = stored
        self._gone = gone
        self._fresh: dict[str, list[Print]] = {}
        for found in fresh:
            self._fresh.setdefault(found.publisher, []).append(found)
        self._was = {name: frozenset(lines) for name, lines in json.loads(was or "{}").items()}
        self._touched = self._fresh.keys() | stored.publishers(sorted(gone))
        if recount:
            self._touched |= self._was.keys()
        self._lines = cache(self._counted)

    def on(self, source: Source, layout: Layout) -> Layout:
        """Return a layout with the repeated lines of its publishers marked."""
        return marked(source.text, layout, self._lines)

    def stale(self) -> list[str]:
        """Return the paths of the stored files in which other lines are repeated now."""
        return sorted({path for publisher in self._touched for path in self._changed(publisher)})

    def kept(self) -> str:
        """Return all repeated lines by publisher, as the store keeps them."""
        lines = {name: self._lines(name) for name in self._was.keys() | self._touched}
        return json.dumps({name: sorted(lines[name]) for name in sorted(lines) if lines[name]})

    def _changed(self, publisher: str) -> Iterator[str]:
        other = self._was.get(publisher, frozenset[int]()) ^ self._lines(publisher)
        if other:
            lines = np.array(sorted(other), np.uint64)
            for found in self._stored.of(publisher):
                if found.path not in self._gone and np.isin(found.lines, lines).any():
                    yield found.path

    def _counted(self, publisher: str) -> frozenset[int]:
        if publisher not in self._touched:
            return self._was.get(publisher, frozenset())
        kept = [found for found in self._stored.of(publisher) if found.path not in self._gone]
        return repeated([*kept, *self._fresh.get(publisher, ())])
