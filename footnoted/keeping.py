"""The verbs that change a store, or find whether it changed: index, verify, repair."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from footnoted.verbs import store_of

if TYPE_CHECKING:
    from index.sync import Report

DONE, SKIPPED, DAMAGED = 0, 1, 1


def index(asked: argparse.Namespace) -> int:
    """Read a folder into the store, once or for as long as it changes; 1 where a file was skipped.

    A plan only says what would be done.
    """
    from index.sources import check_folder

    check_folder(asked.folder)
    if asked.plan:
        return _plan(asked)
    if asked.watch:
        return _watch(asked)
    from footnoted import reports

    report = _indexed(asked, rebuild=asked.rebuild)
    reports.print_report(report, as_json=asked.json)
    return SKIPPED if report.skipped else DONE


def _indexed(asked: argparse.Namespace, *, rebuild: bool) -> Report:
    from footnoted import reports
    from index.encoder import encoder
    from index.sync import sync

    store, largest = store_of(asked), asked.largest * 1_000_000
    steps = sync(asked.folder, store, encoder(asked.encoder), rebuild=rebuild, largest=largest)
    return reports.progress(steps)


def _plan(asked: argparse.Namespace) -> int:
    from footnoted import reports
    from index.plan import plan

    largest = asked.largest * 1_000_000
    steps = plan(asked.folder, store_of(asked), rebuild=asked.rebuild, largest=largest)
    reports.print_plan(reports.progress(steps), as_json=asked.json)
    return DONE


def _watch(asked: argparse.Namespace) -> int:
    """Index at once and after every change, one report a round, until Ctrl-C.

    What goes wrong in the first round ends it, as without a watch; later it is told, and tried
    again. Ctrl-C between two rounds is how it ends, so the status is then 0.
    """
    from footnoted import reports
    from footnoted.terminal import visible
    from index.errors import FootnotedError
    from index.watch import rests

    report: Report | None = None
    failed, busy = "", False
    try:
        for changed in rests(asked.folder, leave=store_of(asked).folder):
            if report and not changed and not failed:
                continue
            told, busy = frozenset(report.skipped if report else ()), True
            try:
                report = _indexed(asked, rebuild=asked.rebuild and not report)
                failed = ""
            except FootnotedError as error:
                if not report or not asked.folder.is_dir():
                    raise
                if str(error) != failed:
                    print(f"footnoted: {visible(str(error))}", file=sys.stderr)
                failed = str(error)
            busy = False
            if not failed:
                reports.print_report(report, as_json=asked.json, told=told)
                sys.stdout.flush()
    except KeyboardInterrupt:
        if busy:
            raise
    return DONE


def verify(asked: argparse.Namespace) -> int:
    """Say what of the store is damaged; 1 where anything is."""
    from footnoted import reports
    from index.verify import verify

    store = store_of(asked)
    verdict = verify(store)
    reports.print_verdict(str(store.folder), verdict, as_json=asked.json)
    return DAMAGED if verdict.damage else DONE


def repair(asked: argparse.Namespace) -> int:
    """Mend the store; 1 where an index run must bring back what was dropped."""
    from footnoted import reports
    from index.repair import repair

    store = store_of(asked)
    mended = repair(store)
    reports.print_mended(str(store.folder), mended, as_json=asked.json)
    return DAMAGED if mended.lost else DONE
