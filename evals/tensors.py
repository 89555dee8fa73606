"""Training examples -> tensors, and what the reader's marks on them cost.

Needs torch, tokenizers and the extra that training has.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.reader_pool import Example

MAX_PIECES = 224  # of question and passage together


class Coder:
    """Turns examples into padded tensors, answers into token positions."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES, strategy="only_second")

    def tensors(self, examples: Sequence[Example]) -> dict[str, Any]:
        """Return ids, types, mask (rows, length) and start, end token positions (rows,).

        Position 0 stands for "no answer", also where truncation cut the answer off.
        """
        import torch

        coded = self._tokenizer.encode_batch([(e.question, e.text) for e in examples])
        length = max(len(c.ids) for c in coded)
        ids = np.zeros((len(coded), length), np.int64)
        types, mask = np.zeros_like(ids), np.zeros_like(ids)
        place = np.zeros((2, len(coded)), np.int64)
        for row, (code, example) in enumerate(zip(coded, examples, strict=True)):
            ids[row, : len(code.ids)] = code.ids
            types[row, : len(code.ids)] = code.type_ids
            mask[row, : len(code.ids)] = 1
            if example.answer is not None:
                place[:, row] = _tokens(code, example.answer)
        made = {"ids": ids, "types": types, "mask": mask, "start": place[0], "end": place[1]}
        return {**{k: torch.from_numpy(v) for k, v in made.items()}, "coded": coded}


def _tokens(code: Any, span: tuple[int, int]) -> tuple[int, int]:
    inside = [
        i
        for i, (kind, (start, end)) in enumerate(zip(code.type_ids, code.offsets, strict=True))
        if kind == 1 and start < span[1] and end > span[0] and end > start
    ]
    return (inside[0], inside[-1]) if inside else (0, 0)


def loss(start: Any, end: Any, batch: dict[str, Any]) -> Any:
    """Half the loss of each passage alone, half of the question's two passages together.

    Rows 2i and 2i+1 are one question's. Alone: cross entropy with position 0 as "no answer".
    Together: the softmax runs over the passage positions of both rows.
    """
    import torch
    from torch.nn.functional import cross_entropy

    total = torch.zeros(())
    passage = (batch["types"] == 1) & (batch["mask"] == 1)
    alone = passage.clone()
    alone[:, 0] = True
    for logits, place in ((start, batch["start"]), (end, batch["end"])):
        total = total + cross_entropy(logits.masked_fill(~alone, -1e4), place)
        both = logits.masked_fill(~passage, -1e4).reshape(len(logits) // 2, -1)
        answered = place[0::2] > 0
        if answered.any():
            total = total + cross_entropy(both[answered], place[0::2][answered])
    return total / 4
