"""Trained weights -> the file that ships: `python -m evals.export_reader --from DIR --to FILE`.

Only the reader's own layers are kept, in eight bits; its embeddings are the encoder's, frozen in
training, which the program has already.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from index import packing, runtime
from rag import reader


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    asked = parser.parse_args()
    export(asked.source, asked.to)


def export(source: Path, file: Path) -> None:
    """Write `file` and, beside it, a .json with its SHA-256; evals.fit_reader fits the rest."""
    from safetensors.numpy import save_file

    trained = runtime.weights(source / "model.safetensors")
    own = {
        name.removeprefix("bert."): values
        for name, values in trained.items()
        if name.startswith(("bert.encoder.", "qa_outputs."))
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(packing.pack(own), file)
    about = {"sha256": runtime.sha256(file), **reader.UNFITTED}
    file.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
