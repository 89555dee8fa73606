"""The verbs that show what a store holds: status, articles, show."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from footnoted.verbs import store_of

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_TOLD = 3  # skipped files that are named, with the reason
_NEAREST = 3  # paths that a message names in place of one that is not there


def status(asked: argparse.Namespace) -> int:
    """Print what the store holds, in numbers, and what the last index run did."""
    from footnoted import terminal

    store = store_of(asked)
    with store.snapshot() as snapshot:
        about = {
            "store": str(store.folder),
            "folder": snapshot.manifest["folder"],
            "generation": snapshot.generation,
            "encoder": snapshot.manifest["encoder_name"],
            "passage_tokens": int(snapshot.manifest["passage_tokens"]),
            **snapshot.count(),
            "families": snapshot.families(),
            "coverage": snapshot.coverage(),
        }
        last = snapshot.last()
    about |= last if asked.json else _told(last)
    terminal.print_status(about, as_json=asked.json)
    return 0


def _told(last: dict[str, Any]) -> dict[str, str]:
    """What of the last run a reader wants to know: what it did, and what it could not read."""
    if not last:
        return {}
    names = ("added", "changed", "renamed", "removed", "unchanged")
    skipped = [f"{one['path']} ({one['reason']})" for one in last["skipped"]]
    more = f", and {len(skipped) - _TOLD} more" if len(skipped) > _TOLD else ""
    return {
        "last_run": ", ".join(f"{last[name]} {name}" for name in names),
        "skipped": ", ".join(skipped[:_TOLD]) + more or "nothing",
    }


def articles(asked: argparse.Namespace) -> int:
    """Print all articles, or those of the files that fit."""
    from footnoted import shown
    from footnoted.questions import check_filter

    check_filter("file", asked.file)
    with store_of(asked).snapshot() as snapshot:
        for listed in snapshot.listed(asked.file):
            shown.print_article(listed, as_json=asked.json)
    return 0


def show(asked: argparse.Namespace) -> int:
    """Print a file as it was read, what is furniture in it dimmed."""
    from footnoted import shown

    with store_of(asked).snapshot() as snapshot:
        _check(snapshot, asked.path)
        shown.print_file(snapshot.stored(asked.path), as_json=asked.json)
    return 0


def _check(snapshot: Snapshot, path: str) -> None:
    """Raise StoreError, naming the nearest paths, where no file has this one."""
    from difflib import get_close_matches

    from index.errors import StoreError

    paths = snapshot.paths()
    if path in paths:
        return
    named = [other for other in paths if path and path in other]
    near = (named or get_close_matches(path, paths, _NEAREST, 0.5))[:_NEAREST]
    hint = f"nearest: {', '.join(near)}" if near else "list them with: footnoted articles"
    raise StoreError(f"{path} is not in the store; {hint}")
