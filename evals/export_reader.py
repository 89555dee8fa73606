"""Trained weights -> the file that ships: `python -m evals.export_reader --from DIR... --to FILE`.

Of several runs that started one from the other the mean of their weights is taken: it is surer
than either, at the cost of one (Wortsman et al. 2022, "Model soups"). Only the reader's own layers
are kept, in eight bits; its embeddings are the encoder's, frozen in training, which the program
has already.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import packing, runtime
from rag import reader


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="sources", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    asked = parser.parse_args()
    export(asked.sources, asked.to)


def export(sources: Sequence[Path], file: Path) -> None:
    """Write `file` and, beside it, a .json with its SHA-256; evals.fit_reader fits the rest."""
    from safetensors.numpy import save_file

    runs = [runtime.weights(source / "model.safetensors") for source in sources]
    own = {
        name.removeprefix("bert."): np.mean([run[name] for run in runs], axis=0)
        for name in runs[0]
        if name.startswith(("bert.encoder.", "qa_outputs."))
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(packing.pack(own), file)
    about = {"sha256": runtime.sha256(file), **reader.UNFITTED}
    file.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
