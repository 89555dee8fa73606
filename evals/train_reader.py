"""Train the reader: `python -m evals.train_reader --data DIR --out DIR`.

Fine-tunes the encoder that ships with the program as an extractive reader with a no-answer
score: start and end heads, the first token as the place of "no answer" (Devlin et al. 2019,
section 4.3), and shared normalisation over the passages of one question (Clark and Gardner
2018). Checkpoints every few minutes and resumes from the last one.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.nearmisses import written_pairs
from evals.reader_pool import Asked, Example, Neighbours, load, news, pairs
from evals.tensors import Coder, loss
from evals.typed import typed
from evals.written import load as load_written
from index import packing, runtime


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="holds reader/ and bbc.zip")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints go")
    parser.add_argument("--rounds", type=int, default=1, help="passes over the weighted pool")
    parser.add_argument("--batch", type=int, default=16, help="questions in a batch")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="peak learning rate")
    parser.add_argument("--bf16", action="store_true", help="faster where the processor has it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="an earlier --out, or a reader that ships")
    parser.add_argument("--written", type=int, default=0, help="times that each of ours is read")
    parser.add_argument("--steps", type=int, help="fewer batches than the rounds would give")
    asked = parser.parse_args()
    train(asked)


def train(asked: argparse.Namespace) -> None:
    """Train and leave `asked.out` holding model.safetensors, the log and the settings."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    torch.manual_seed(asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    folder = runtime.minilm()
    learn, dev = load(asked.data)
    steps = list(_plan(asked, learn, news(asked.data)))[: asked.steps]
    # One pass over the pool cannot be learnt by heart, and dropout costs a third of the time here.
    config = BertConfig.from_pretrained(
        folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    # Of the ways that torch has for attention the plainest is the fastest here.
    model = BertForQuestionAnswering.from_pretrained(
        folder, config=config, attn_implementation="eager"
    )
    if asked.start is not None:
        model.load_state_dict({**model.state_dict(), **_started(asked.start)})
    # Half of all weights, and a pool too small for them.
    model.bert.embeddings.requires_grad_(False)
    optimiser = torch.optim.AdamW(
        [p for p in model.parameters() if p.requires_grad], lr=asked.rate, weight_decay=0.01
    )
    total = len(steps)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.02, (total - n) / (total - warm)))
    )
    done = _resume(asked.out, model, optimiser, schedule)
    coder = Coder(folder)
    held = [dev_set(dev, asked.seed), written_set(asked.data, asked.seed)]
    began, losses = time.monotonic(), []
    model.train()
    for number in range(done, total):
        batch = coder.tensors([e for pair in steps[number] for e in pair])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=asked.bf16):
            out = model(
                input_ids=batch["ids"],
                token_type_ids=batch["types"],
                attention_mask=batch["mask"],
            )
        value = loss(out.start_logits.float(), out.end_logits.float(), batch)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        losses.append(value.item())
        if (number + 1) % 20 == 0:
            rate = (number + 1 - done) * asked.batch / (time.monotonic() - began)
            _log(asked.out, step=number + 1, of=total, loss=float(np.mean(losses[-20:])), rate=rate)
        if (number + 1) % 200 == 0 or number + 1 == total:
            _save(asked.out, number + 1, model, optimiser, schedule)
        if (number + 1) % 600 == 0 or number + 1 == total:
            model.eval()
            for name, some in zip(("pool", "written"), held, strict=True):
                _log(asked.out, step=number + 1, **measure(model, coder, some, name))
            model.train()


def _plan(
    asked: argparse.Namespace, learn: Sequence[Asked], around: Sequence[str]
) -> Iterator[list[Any]]:
    """Yield batches of pairs of like length, in an order that the seed decides."""
    neighbours = Neighbours(list(dict.fromkeys([*(a.context for a in learn), *around])))
    rng = np.random.default_rng(asked.seed)
    written = load_written(asked.data)[0].questions if asked.written else ()
    for turn in range(asked.rounds):
        seed = asked.seed * 100 + turn
        drawn = list(typed(pairs(learn, neighbours, seed), learn, seed + 5))
        for again in range(asked.written):
            drawn += written_pairs(written, neighbours, seed + 50 + again)
        rng.shuffle(drawn)
        batches = []
        block = asked.batch * 50
        for first in range(0, len(drawn), block):
            part = sorted(
                drawn[first : first + block],
                key=lambda pair: max(len(pair[0].text), len(pair[1].text)),
            )
            batches += [part[i : i + asked.batch] for i in range(0, len(part), asked.batch)]
        for i in rng.permutation(len(batches)):
            yield batches[i]


def _started(start: Path) -> dict[str, Any]:
    """The weights to begin with: a run's own, or the layers of a reader that ships."""
    import torch
    from safetensors.torch import load_file

    if start.is_dir():
        return dict(load_file(str(start / "model.safetensors")))
    own = packing.unpack(runtime.weights(start))
    whole = {n if n.startswith("qa_") else f"bert.{n}": v for n, v in own.items()}
    return {name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in whole.items()}


def dev_set(dev: Sequence[Asked], seed: int) -> list[tuple[Example, Example]]:
    """Return 300 held-out questions with an answering and a misleading passage each."""
    asked = [a for a in dev if a.source != "policyqa"]
    neighbours = Neighbours(list(dict.fromkeys(a.context for a in asked)))
    answered = [pair for pair in pairs(asked, neighbours, seed) if pair[0].answer is not None]
    return answered[:300]


def written_set(data: Path, seed: int) -> list[tuple[Example, Example]]:
    """Return likewise 300 of our own questions, on articles kept to choose between runs."""
    _, choose, _ = load_written(data)
    made = written_pairs(choose.questions, Neighbours(list(choose.texts.values())), seed)
    return [pair for pair in made if pair[0].answer is not None][:300]


def measure(
    model: Any, coder: Coder, held: Sequence[tuple[Example, Example]], name: str
) -> dict[str, float]:
    """Return span F1 in the answering passage, AUROC and how often the right passage is first."""
    import torch
    from sklearn.metrics import roc_auc_score

    f1, right_scores, wrong_scores = [], [], []
    with torch.no_grad():
        for first in range(0, len(held), 24):
            part = held[first : first + 24]
            batch = coder.tensors([e for right, wrong in part for e in (right, wrong)])
            out = model(
                input_ids=batch["ids"],
                token_type_ids=batch["types"],
                attention_mask=batch["mask"],
            )
            for row, code in enumerate(batch["coded"]):
                score, span = best_span(
                    out.start_logits[row].float().numpy(), out.end_logits[row].float().numpy(), code
                )
                if row % 2:
                    wrong_scores.append(score)
                else:
                    right_scores.append(score)
                    example = part[row // 2][0]
                    assert example.answer is not None
                    f1.append(_overlap(example.text, span, example.answer))
    marks = [1] * len(right_scores) + [0] * len(wrong_scores)
    first_right = [r > w for r, w in zip(right_scores, wrong_scores, strict=True)]
    return {
        f"{name}_f1": float(np.mean(f1)),
        f"{name}_auroc": float(roc_auc_score(marks, right_scores + wrong_scores)),
        f"{name}_first": float(np.mean(first_right)),
    }


def best_span(start: np.ndarray, end: np.ndarray, code: Any) -> tuple[float, tuple[int, int]]:
    """Return the best span's score over "no answer" and its characters (start, end)."""
    kinds = np.array(code.type_ids) == 1
    places = np.flatnonzero(kinds)[:-1]  # the last is the separator
    first, last = start[places], end[places]
    table = first[:, None] + last[None, :]
    size = np.arange(len(places))
    wide = size[None, :] - size[:, None]
    table = np.where((wide >= 0) & (wide < 30), table, -1e9)
    s, e = np.unravel_index(int(np.argmax(table)), table.shape)
    span = code.offsets[places[s]][0], code.offsets[places[e]][1]
    return float(table[s, e] - start[0] - end[0]), span


def _overlap(text: str, span: tuple[int, int], gold: tuple[int, int]) -> float:
    said, true = text[span[0] : span[1]].lower().split(), text[gold[0] : gold[1]].lower().split()
    common = sum(min(said.count(w), true.count(w)) for w in set(said))
    if not common:
        return 0.0
    return 2 * common / (len(said) + len(true))


def _log(out: Path, **values: float) -> None:
    line = json.dumps({k: round(v, 4) for k, v in values.items()})
    print(line, flush=True)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def _save(out: Path, step: int, model: Any, optimiser: Any, schedule: Any) -> None:
    import torch
    from safetensors.torch import save_file

    state = {k: v.contiguous() for k, v in model.state_dict().items()}
    save_file(state, str(out / "model.safetensors"))
    kept = {"step": step, "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
    torch.save(kept, out / "resume.pt.new")
    (out / "resume.pt.new").replace(out / "resume.pt")


def _resume(out: Path, model: Any, optimiser: Any, schedule: Any) -> int:
    import torch
    from safetensors.torch import load_file

    if not (out / "resume.pt").exists():
        return 0
    kept = torch.load(out / "resume.pt", weights_only=True)
    model.load_state_dict(load_file(str(out / "model.safetensors")))
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["step"])


if __name__ == "__main__":
    main()
