"""The verbs that show what a store holds: status."""

from __future__ import annotations

import argparse

from footnoted.verbs import store_of


def status(asked: argparse.Namespace) -> int:
    """Print what the store holds, in numbers."""
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
        }
    terminal.print_status(about, as_json=asked.json)
    return 0
