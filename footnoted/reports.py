"""How what a verb did to a store, or found of it, looks in a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TypeVar

from footnoted.terminal import print_json, visible
from index.plan import Plan
from index.repair import Mended
from index.sources import Skipped
from index.sync import Progress, Report
from index.verify import Verdict

Made = TypeVar("Made", Report, Plan)
_UNITS = {"reading": " files", "encoding": " passages"}


def progress(steps: Iterator[Progress | Made]) -> Made:
    """Draw a bar with rate and time left on stderr; return what ends the steps."""
    from tqdm import tqdm

    stage, bar = "", tqdm(disable=True)
    made = None
    try:
        for step in steps:
            if not isinstance(step, Progress):
                made = step
                continue
            if step.stage != stage:
                bar.close()
                stage = step.stage
                # disable=None: no bar where stderr is no terminal
                unit = _UNITS[stage]
                bar = tqdm(desc=stage, total=step.total, unit=unit, disable=None, leave=False)
            bar.update(step.done - bar.n)
    finally:
        bar.close()
    assert made is not None
    return made


def print_report(report: Report, *, as_json: bool, told: frozenset[Skipped] = frozenset()) -> None:
    """Print what an index run did; skipped files that were `told` before only as JSON."""
    if as_json:
        print_json(asdict(report))
        return
    print(
        f"{report.files} files, {report.articles} articles, {report.passages} passages: "
        f"{report.added} added, {report.changed} changed, "
        + (f"{report.renamed} renamed, " if report.renamed else "")
        + f"{report.removed} removed, {report.unchanged} unchanged; "
        f"{report.encoded} passages encoded"
    )
    if report.families:
        name = "family" if report.families == 1 else "families"
        print(f"{report.families} {name} of articles that are copies")
    if report.ignored:
        print(f"{report.ignored} files of other kinds ignored")
    if report.walls:
        print(f"parsers ran behind: {', '.join(report.walls)}")
    for path, note in report.notes:
        print(f"note: {visible(path)}: {visible(note)}")
    for skipped in report.skipped:
        if skipped not in told:
            print(f"skipped: {visible(skipped.path)}: {visible(skipped.reason)}")


def print_plan(plan: Plan, *, as_json: bool) -> None:
    """Print what an index run would do."""
    if as_json:
        print_json(asdict(plan))
        return
    for name in ("added", "changed", "removed"):
        for path in getattr(plan, name):
            print(f"{name}: {visible(path)}")
    for old, new in plan.renamed:
        print(f"renamed: {visible(old)} -> {visible(new)}")
    for skipped in plan.skipped:
        print(f"skipped: {visible(skipped.path)}: {visible(skipped.reason)}")
    print(
        f"would be {len(plan.added)} added, {len(plan.changed)} changed, "
        f"{len(plan.renamed)} renamed, {len(plan.removed)} removed, {plan.unchanged} unchanged; "
        f"{len(plan.skipped)} skipped, {plan.ignored} of other kinds ignored; nothing was written"
    )


def print_verdict(store: str, verdict: Verdict, *, as_json: bool) -> None:
    """Print what of a store is damaged, one line each, or that it is whole."""
    if as_json:
        print_json({"store": store, "whole": not verdict.damage, **asdict(verdict)})
        return
    for found in verdict.damage:
        print(f"damaged: {visible(found.part)}: {visible(found.what)}")
    if not verdict.damage:
        what = (
            f"generation {verdict.generation}, {verdict.sources} files, {verdict.vectors} vectors"
        )
        print(f"whole: {what if verdict.generation else 'nothing is indexed yet'}")


def print_mended(store: str, mended: Mended, *, as_json: bool) -> None:
    """Print what was mended, and what only an index run brings back."""
    if as_json:
        print_json({"store": store, **asdict(mended)})
        return
    for what in mended.done:
        print(visible(what))
    for path in mended.lost:
        print(f"dropped: {visible(path)}: what was stored of it was damaged")
    if mended.lost:
        print(f"run: footnoted index {visible(mended.folder)}")
    elif not mended.done:
        print("nothing to mend")
