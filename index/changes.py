"""A folder, and what is known of it -> what in it changed, by content and never by time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from index.contents import Content, contents
from index.errors import UnreadableSource
from index.formats import format_of
from index.sources import Found, Ignored, Skipped, walk


class Changes:
    """What of a folder is as it was known, what only has another name, and what is left to read.

    `known` is the SHA-256 of each path's bytes. All counts are whole once `walk` has ended.
    """

    def __init__(
        self, folder: Path, known: Mapping[str, str], *, leave: Path, largest: int, again: bool
    ) -> None:
        self._known = known
        self._largest = largest
        self._again = again
        self.same: set[str] = set()
        self.renamed: dict[str, str] = {}  # from -> to
        self.skipped: list[Skipped] = []
        self.ignored = 0
        self.files: list[Found] = []
        for item in walk(folder, leave=leave):
            if isinstance(item, Found):
                self.files.append(item)
            elif isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                self.ignored += 1
        self._lost = {} if again else self._gone()

    def walk(self) -> Iterator[tuple[int, Iterator[Content]]]:
        """Yield each file's number and what of it must be read: all that is new or changed."""
        for number, file in enumerate(self.files):
            yield number, self._fresh(file)

    def removed(self, read: set[str]) -> list[str]:
        """Return the paths that are known and neither the same, nor renamed, nor in `read`."""
        kept = self.same | self.renamed.keys() | read
        return [path for path in self._known if path not in kept]

    def _fresh(self, file: Found) -> Iterator[Content]:
        try:
            for content in contents(file, largest=self._largest):
                if isinstance(content, Ignored):
                    self.ignored += 1
                elif isinstance(content, Skipped):
                    self.skipped.append(content)
                elif self._is_new(content):
                    yield content
        except UnreadableSource as error:
            self.skipped.append(Skipped(file.path, str(error)))

    def _is_new(self, content: Content) -> bool:
        if self._again:
            return True
        sha256 = content.sha256
        if self._known.get(content.path) == sha256:
            self.same.add(content.path)
            return False
        if content.path not in self._known:
            for old in self._lost.get(sha256, ()):
                # A path says how its bytes are read, and nothing else of an article.
                if format_of(old) == format_of(content.path):
                    self._lost[sha256].remove(old)
                    self.renamed[old] = content.path
                    return False
        return True

    def _gone(self) -> dict[str, list[str]]:
        """The known paths that no listed file, and no listed archive, can hold; by their SHA-256.

        What left an archive that is still there is not among them: only reading it would tell.
        """
        listed = {file.path for file in self.files}
        lost: dict[str, list[str]] = {}
        for path in sorted(self._known):
            names = path.split("/")
            if not any("/".join(names[:n]) in listed for n in range(1, len(names) + 1)):
                lost.setdefault(self._known[path], []).append(path)
        return lost
