"""The verbs that change a store: index."""

from __future__ import annotations

import argparse

from footnoted.verbs import store_of

DONE, SKIPPED = 0, 1


def index(asked: argparse.Namespace) -> int:
    """Read a folder into the store; 1 where a file was skipped."""
    from footnoted import terminal
    from index.encoder import encoder
    from index.sources import check_folder
    from index.sync import Report, sync

    check_folder(asked.folder)
    steps = sync(
        asked.folder,
        store_of(asked),
        encoder(asked.encoder),
        rebuild=asked.rebuild,
        largest=asked.largest * 1_000_000,
    )
    report = terminal.progress(steps)
    assert isinstance(report, Report)
    terminal.print_report(report, as_json=asked.json)
    return SKIPPED if report.skipped else DONE
