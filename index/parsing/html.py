"""A web page -> its text, block by block, and which blocks are furniture.

All that a reader could see is kept, and what is hidden from them is marked, so nothing is lost
unseen; trafilatura's verdict, aligned to the blocks, and the page's own landmarks say what is no
part of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import lxml.html

from index.errors import UnreadableSource
from index.furniture import AROUND
from index.parsing import body, digest, head, tables, tops, verdict
from index.parsing.hidden import HIDDEN, is_hidden
from index.parsing.lines import Lines
from index.parsing.verdict import Block
from index.records import Page

EXTRACTOR = f"footnoted html 6, {verdict.JUDGE}"
_UNSEEN = {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "select",
           "textarea", "canvas", "audio", "video", "math"}  # fmt: skip
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i",
           "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
           "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}  # fmt: skip
_LANDMARKS = {"nav", "footer", "button", "dialog", "menu", "aside", "form"}
_NEVER_NEWS = _LANDMARKS - {"aside", "form"} | {HIDDEN}
_NAMES = re.compile(
    r"(?<![a-z])(?<!has[-_])(?<!with[-_])(?<!no[-_])(?i:cookies?|consent|share|sharing|social|related"
    r"|newsletter|subscribe|promo|sidebar|breadcrumbs?|adverts?|advertisement)(?![a-z])"
)
# libxml2 compares each attribute of an element with all others, 100,000 of them for minutes.
_SWOLLEN = re.compile(r"<([a-zA-Z][\w:-]{0,40})\s[^<>]{50000,}>")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_STORY = 250  # characters that a script may reveal and that are worth reading
_ANCESTRY = 8  # elements above a block whose names say where in the page's plan it stands


def page(text: str, *, judged: bool = True) -> Page:
    """Return the page's visible text with its furniture marked and what its head says of it.

    What is a part of something larger is not `judged`: there only landmarks are furniture.
    """
    tree, usual = _tree(text)
    about = head.about(tree, text)
    top = tree.find("body")
    walk = _Walk(tree if top is None else top)
    blocks = list(tables.joined(walk.blocks, walk.laid_out))
    kept, note = verdict.kept(tree, blocks) if judged and usual else (None, None)
    kept = kept and body.whole(blocks, kept)
    if judged and not usual:
        note = "too large or too deeply nested to tell the article from what surrounds it"
    whys = [_why(block, kept[i] if kept else None) for i, block in enumerate(blocks)]
    heads = [i for i, block in enumerate(blocks) if _is_heading(block, about["title"])]
    if heads and all(whys[i] for i in heads):
        whys[heads[0]] = None  # many a page puts it above what holds its article
    for number in tops.bylines(blocks, whys, heads):
        whys[number] = None  # the verdict leaves them out; they are marked as what they are
    unseen = sum(len(block.words) for block in blocks if block.landmark == HIDDEN)
    seen = sum(block.size for block in blocks)
    if not seen and unseen < _STORY and next(tree.iter("script"), None) is not None:
        raise UnreadableSource("there is no text in it but what scripts would write; none is run")
    if all(whys):  # a page of nothing but furniture: then that is what was saved
        revealed = unseen > seen  # as pages are whose scripts show them when all is there
        whys = [why if why == HIDDEN and not revealed else None for why in whys]
    told = judged and usual and "LiveBlogPosting" not in text
    found = digest.told(blocks, whys, about["captured"]) if told else ()
    return _written(blocks, whys, found, about).page(**about, extractor=EXTRACTOR, note=note)


def _written(
    blocks: Sequence[Block],
    whys: Sequence[str | None],
    found: Sequence[digest.Story],
    about: dict[str, str | None],
) -> Lines:
    """The blocks as lines, their stories as parts where there are several."""
    lines = Lines()
    ends = []
    for block, why in zip(blocks, digest.whys(found, blocks, whys) if found else whys, strict=True):
        lines.add(block.words, why)
        ends.append(lines.end)
    facts = {name: about[name] for name in ("title", "publisher", "published", "url")}
    if lead := digest.lead(found, blocks, whys):
        lines.add_part(0, ends[lead - 1], **facts)
    for story in found:
        start = ends[story.first - 1] if story.first else 0
        publisher = story.publisher or about["publisher"]
        said = {"title": story.title, "publisher": publisher, "published": story.published}
        lines.add_part(start, ends[story.last - 1], **said, url=about["url"])
    return lines


def _is_heading(block: Block, title: str | None) -> bool:
    return block.words == title and block.plan[0].startswith("h1") if block.plan else False


def _why(block: Block, kept: bool | None) -> str | None:
    """Why a block is furniture, or None."""
    if kept is None or block.landmark in _NEVER_NEWS:
        return block.landmark
    return None if kept else block.landmark or AROUND


def _tree(text: str) -> tuple[Any, bool]:
    """Return the page's tree, and whether it is within the limits that trafilatura keeps to.

    libxml2 stops at 256 levels or a text of 10 MB, drops the rest and says so only in its log.
    """
    text = _SWOLLEN.sub(r"<\1>", text)
    for huge in (False, True):
        parser = lxml.html.HTMLParser(
            encoding="utf-8",
            huge_tree=huge,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            default_doctype=False,
            collect_ids=False,
        )
        try:
            tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
        except (lxml.etree.ParserError, ValueError) as error:
            raise UnreadableSource(f"not readable as HTML: {error}") from error
        except lxml.etree.XMLSyntaxError as error:  # of a parser that recovers from all but this
            raise MemoryError from error
        failed = [e.message for e in parser.error_log if e.level_name == "FATAL"]
        if not failed:
            return tree, not huge
    raise UnreadableSource(f"not readable as HTML: {failed[0].split(',')[0].strip().lower()}")


_Place = tuple[Any, str | None, Any]  # the element that breaks lines, its landmark, its cell


class _Walk:
    """A walk over all text, in order; `blocks` is what it found.

    What is hidden becomes blocks of its own, after the line in which it stands. `laid_out` are
    the rows of tables in which there are other tables.
    """

    def __init__(self, body: Any) -> None:
        self.blocks: list[Block] = []
        self.laid_out: set[Any] = set()
        self._parts: list[str] = []
        self._nodes: list[verdict.Node] = []
        self._aside: list[str] = []
        self._at: _Place = body, None, None
        # A node is taken twice: when it opens, and to go on with what was around it.
        stack: list[tuple[Any, _Place, bool, bool]] = [(body, self._at, False, False)]
        while stack:
            node, around, linked, leaving = stack.pop()
            tag = node.tag if isinstance(node.tag, str) else None
            if leaving and tag not in _INLINE:
                self._break(around)
            if leaving or tag is None or tag in _UNSEEN:
                self._take(node, "tail", linked)
            elif is_hidden(node):
                self._aside += _unseen_lines(node)
                self._take(node, "tail", linked)
            elif tag == "br":
                self._break(self._at)
                self._take(node, "tail", linked)
            else:
                inner = around
                if tag not in _INLINE:  # a link called "share" stands in the middle of a sentence
                    cell = node if tag in tables.CELLS else around[2]
                    inner = node, around[1] or _landmark(node, tag), cell
                    if tag in ("table", "tr") and cell is not None:
                        self.laid_out.add(cell.getparent())
                    self._break(inner)
                link = linked or tag == "a"
                self._take(node, "text", link)
                stack.append((node, around, linked, True))
                stack += [(child, inner, link, False) for child in reversed(node)]
        self._break(self._at)

    def _take(self, node: Any, attribute: str, linked: bool) -> None:
        words = getattr(node, attribute)
        if words:
            self._parts.append(words)
            if size := len(words.strip()):
                self._nodes.append(verdict.Node(node, attribute, size, linked))

    def _break(self, then: _Place) -> None:
        words = _SPACE.sub(" ", "".join(self._parts)).strip(" ")
        if words:
            node, landmark, cell = self._at
            nodes = tuple(self._nodes)
            self.blocks.append(Block(words, landmark, nodes, _plan(node), node, cell))
        self.blocks += [Block(line, HIDDEN, (), (), None, self._at[2]) for line in self._aside]
        self._aside.clear()
        self._parts.clear()
        self._nodes.clear()
        self._at = then


def _plan(node: Any) -> tuple[str, ...]:
    """Where a block stands in the page's plan: the names of the elements around it."""
    plan: list[str] = []
    while node is not None and node.tag not in ("body", "html") and len(plan) < _ANCESTRY:
        plan.append(f"{node.tag} {node.get('class') or ''}")
        node = node.getparent()
    return tuple(plan)


def _unseen_lines(node: Any) -> list[str]:
    """The lines in a hidden element."""
    parts: list[str] = []
    skipped = None
    for event, each in lxml.etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        tag = each.tag if isinstance(each.tag, str) else None
        if tag is not None and tag not in _INLINE:
            parts.append("\n")
        if event == "start" and skipped is None:
            skipped = each if tag in _UNSEEN else None
            parts.append("" if skipped is not None else _SPACE.sub(" ", each.text or ""))
        elif skipped is None or each is skipped:
            skipped = None
            parts.append(_SPACE.sub(" ", each.tail or "") if each is not node else "")
    return [line for line in map(str.strip, "".join(parts).split("\n")) if line]


def _landmark(node: Any, tag: str) -> str | None:
    if tag in _LANDMARKS:
        return tag
    if tag == "header" and node.getparent().tag == "body" and node.find(".//h1") is None:
        return tag
    found = _NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    # Themes name a wrapper of the whole page by what it also holds: "layout-sidebar".
    if found and tag not in ("body", "main", "article") and node.find(".//h1") is None:
        return found[0].lower()
    return None
