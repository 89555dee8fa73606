"""What a reader said of an answer -> a case of a suite, after a look.

`footnoted eval adopt SUITE`: shows each answer that a reader marked, asks what is right, and
adds the question to the suite. Nothing is adopted unseen; what was once looked at is not shown
again unless it was put off.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.suites import SuiteError, load
from index.store import Store
from rag import feedback
from rag.feedback import Feedback, Words

SEEN = "feedback-seen.txt"  # ids, one a line, in the store's folder
CHOICES = "[a]dopt, [u]nanswerable, [d]rop, [l]ater, [q]uit? "


def adopt(
    store: Store,
    suite: Path,
    *,
    ask: Callable[[str], str] | None = None,
    say: Callable[[str], None] = print,
) -> int:
    """Go through what readers said and return how many cases were added to the suite.

    `ask` gets a prompt and gives the line typed (None: at the terminal), `say` gets a line to
    show, hostile as articles are. Raises SuiteError where the suite is broken.
    """
    ask = ask or _typing
    seen = _seen(store)
    waiting = [f for f in feedback.load(store.folder) if f.id not in seen]
    known = _begun(suite, store)
    added = 0
    for number, said in enumerate(waiting, start=1):
        for line in _shown(said, f"{number} of {len(waiting)}"):
            say(line)
        choice = _choice(ask)
        if choice == "q":
            break
        if choice in ("a", "u") and said.id in known:
            say(f"{said.id} is in the suite already")
        elif choice in ("a", "u"):
            case = _case(said, ask, say) if choice == "a" else _refusal(said)
            if case is None:
                continue
            with (suite / "questions.jsonl").open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(case, ensure_ascii=False) + "\n")
            added += 1
        if choice != "l":
            with (store.folder / SEEN).open("a", encoding="utf-8") as lines:
                lines.write(said.id + "\n")
    say(f"{added} adopted, {len(waiting)} looked through" if waiting else "nothing to look at")
    return added


def _choice(ask: Callable[[str], str]) -> str:
    while True:
        typed = ask(CHOICES).strip().lower()[:1]
        if typed and typed in "audlq":
            return typed


def _typing(prompt: str) -> str:
    """What is typed; the end of the input quits."""
    try:
        return input(prompt)
    except EOFError:
        return "q"


def _case(
    said: Feedback, ask: Callable[[str], str], say: Callable[[str], None]
) -> dict[str, Any] | None:
    gold = said.correct or _cited(said, ask)
    if gold is None:
        say("no words were cited or pointed at; put off")
        return None
    say(f"  gold: {gold.path} {gold.start}-{gold.end}: {gold.quote}")
    wordings = [w.strip() for w in ask("answer, wordings parted by |: ").split("|") if w.strip()]
    if not wordings or wordings == ["q"]:
        say("no answer given; put off")
        return None
    place = {"path": gold.path, "quote": gold.quote, "answer": 0}
    return {**_line(said), "answers": [wordings], "gold": [place]}


def _cited(said: Feedback, ask: Callable[[str], str]) -> Words | None:
    """Which of several citations is the gold one."""
    if len(said.citations) <= 1:
        return said.citations[0] if said.citations else None
    typed = ask(f"which citation is right, 1 to {len(said.citations)}? ").strip()
    right = typed.isdigit() and 1 <= int(typed) <= len(said.citations)
    return said.citations[int(typed) - 1] if right else None


def _refusal(said: Feedback) -> dict[str, Any]:
    return {**_line(said), "kind": "unanswerable", "answers": [], "gold": []}


def _line(said: Feedback) -> dict[str, Any]:
    line: dict[str, Any] = {"id": said.id, "question": said.question, "kind": "single"}
    if said.history:
        line |= {"kind": "followup", "history": list(said.history)}
    return line


def _shown(said: Feedback, place: str) -> list[str]:
    lines = [f"--- {place}: {said.verdict}, {said.when} ({said.status}, {said.confidence:.2f})"]
    lines += [f"Q: {' / '.join((*said.history, said.question))}"]
    lines += [f"A: {sentence}" for sentence in said.sentences] or ["A: not found"]
    lines += [f"[{n}] {c.path} {c.start}-{c.end}" for n, c in enumerate(said.citations, start=1)]
    if said.correct:
        lines.append(f"should be: {said.correct.path}: {said.correct.quote}")
    if said.note:
        lines.append(f"note: {said.note}")
    return lines


def _seen(store: Store) -> set[str]:
    file = store.folder / SEEN
    return set(file.read_text("utf-8").split()) if file.exists() else set()


def _begun(suite: Path, store: Store) -> set[str]:
    """The ids that the suite has; a new suite is begun over the store's articles."""
    file = suite / "questions.jsonl"
    if file.exists() and file.read_text("utf-8").strip():
        return {question.id for question in load(suite).questions}
    with store.snapshot() as snapshot:
        folder = snapshot.manifest["folder"]
    try:
        suite.mkdir(parents=True, exist_ok=True)
        if not (suite / "articles").is_dir():
            (suite / "articles.txt").write_text(folder + "\n", "utf-8")
        about = suite / "about.md"
        if not about.exists():
            about.write_text(f"# {suite.name}\n\nQuestions that readers asked.\n", "utf-8")
    except OSError as error:
        raise SuiteError(f"cannot write to {suite}: {error.strerror}") from error
    return set()
