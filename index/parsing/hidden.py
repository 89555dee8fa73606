"""What of a page no reader sees: elements that their own attributes hide.

Style sheets are not read, so what a class hides is taken for visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

HIDDEN = "hidden"  # why such a line is furniture
_HEX = re.compile(r"#([0-9a-f]{3,8})")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)%?)?\s*\)")
_NAMED = {"white": "ffffff", "black": "000000", "transparent": ""}
_FAR = re.compile(r"-\s*\d{3,}(?:\.\d+)?(?:px|em|rem|%)?")  # 100 and more to the left or above
_NONE = re.compile(r"0*\.?0+(?:[a-z]+|%)?")
_BACKGROUNDS = ("background", "background-color", "background-image")


def is_hidden(node: Any) -> bool:
    """Whether an element's own attributes keep it and all in it from a reader's eyes."""
    if node.get("hidden") is not None:
        return True
    style = _style(node)
    if not style:
        return False
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if _NONE.fullmatch(style.get("opacity", "1")):
        return True
    if _NONE.fullmatch(style.get("font-size", "1")) and not _sized_again(node):
        return True
    away = ("left", "top") if style.get("position") in ("absolute", "fixed") else ()
    if any(_FAR.fullmatch(style.get(side, "")) for side in (*away, "text-indent")):
        return True
    colour = _colour(style.get("color"))
    return colour is not None and colour in ("", _behind(node))


def within_hidden(node: Any) -> bool:
    """Whether an element or one around it is hidden."""
    return is_hidden(node) or any(is_hidden(above) for above in node.iterancestors())


def _style(node: Any) -> dict[str, str]:
    rules = (rule.partition(":") for rule in (node.get("style") or "").lower().split(";"))
    style = {name.strip(): value.replace("!important", "").strip() for name, _, value in rules}
    if node.tag == "font" and (colour := node.get("color")):
        style.setdefault("color", colour.lower())
    return style


def _sized_again(node: Any) -> bool:
    """Whether letters in it have a size of their own; pages set 0 to lose the blanks between."""
    return any("font" in (below.get("style") or "").lower() for below in _elements(node))


def _elements(node: Any) -> Iterator[Any]:
    return (below for below in node.iterdescendants() if isinstance(below.tag, str))


def _colour(value: str | None) -> str | None:
    """A colour as six digits, "" where it lets all through, None where it is something else."""
    value = (value or "").strip()
    if value in _NAMED:
        return _NAMED[value]
    if found := _RGB.fullmatch(value):
        if found[4] is not None and float(found[4].strip(".") or 0) == 0:
            return ""
        return "".join(f"{min(255, int(part)):02x}" for part in found.groups()[:3])
    found = _HEX.fullmatch(value)
    if not found or len(found[1]) not in (3, 6):
        return None
    return "".join(digit * 2 for digit in found[1]) if len(found[1]) == 3 else found[1]


def _behind(node: Any) -> str | None:
    """The colour behind an element, None where it cannot be known: a class may give one."""
    for each in (node, *node.iterancestors()):
        style = _style(each)
        told = [style[name] for name in _BACKGROUNDS if name in style]
        told += [each.get("bgcolor")] if each.get("bgcolor") else []
        colours = [c for value in told for c in map(_colour, _words(value)) if c is not None]
        if told and any(colours):
            return next(c for c in colours if c)
        if told or each.get("class") or each.get("id") or each.get("background"):
            return None
    return "ffffff"


def _words(value: str) -> list[str]:
    """A value's words, each colour one of them."""
    return re.findall(r"rgba?\([^)]*\)|[^\s]+", value.lower())
