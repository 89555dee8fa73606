"""Imports point down: the layers are the folders."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "index": {"index"},
    "rag": {"index", "rag"},
    "evals": {"index", "rag", "evals"},
    "page": {"index", "rag", "page"},
    "ui": {"index", "rag", "page", "ui"},
    "footnoted": {"index", "rag", "evals", "page", "ui", "footnoted"},
    "tests": {"index", "rag", "evals", "page", "ui", "footnoted", "tests"},
}
OWNERS = {
    "faiss": {"index/vectors.py"},
    "onnxruntime": {"index/runtime.py"},
    "sqlite3": {
        "index/where.py",
        "index/fulltext.py",
        "index/store.py",
        "index/snapshot.py",
        "index/shelf.py",
        "index/write.py",
        "index/catalogue.py",
        "index/kin.py",
        "index/seals.py",
        "index/verify.py",
        "index/repair.py",
    },
    "trafilatura": {"index/parsing/verdict.py"},
    "charset_normalizer": {"index/guessing.py"},
    "dateparser": {"index/foreign.py"},
    "docx": {"index/parsing/word.py"},
    "pypdfium2": {"index/parsing/pdf.py"},
    "nltk": {"index/passages.py"},
    "watchfiles": {"index/watch.py"},
}
HEAVY = {
    "charset_normalizer", "dateparser", "faiss", "gradio", "langchain", "langchain_core", "nltk",
    "onnx", "onnxruntime", "safetensors", "sentence_transformers", "tiktoken", "tokenizers",
    "torch",
}  # fmt: skip


def files(home: str) -> Iterator[Path]:
    place = ROOT / home
    yield from sorted(place.rglob("*.py")) if place.is_dir() else [ROOT / f"{home}.py"]


def imported(tree: ast.AST) -> set[str]:
    """The top-level names of all that a syntax tree imports, functions' imports included."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names.add(str(node.module).split(".")[0])
    return names


def at_once(tree: ast.Module) -> set[str]:
    """The same, of what is imported when the module is: not in functions, not for types only."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= imported(node)
    return names


@pytest.mark.parametrize("home", MAY_IMPORT)
def test_a_home_imports_only_itself_and_those_below(home: str) -> None:
    read = list(files(home))
    assert read
    for file in read:
        ours = imported(ast.parse(file.read_bytes())) & MAY_IMPORT.keys()
        assert ours <= MAY_IMPORT[home], file


def test_every_python_file_of_the_program_has_a_home() -> None:
    homes = {p.name for p in ROOT.iterdir() if (p / "__init__.py").is_file()}
    homes |= {p.stem for p in ROOT.glob("*.py")}
    assert homes - {"tests"} == MAY_IMPORT.keys() - {"tests"}


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_is_known_to_its_owner_only(library: str) -> None:
    knowing = {
        file.relative_to(ROOT).as_posix()
        for home in ("index", "rag", "page", "ui", "footnoted")
        for file in files(home)
        if library in imported(ast.parse(file.read_bytes()))
    }
    assert knowing == OWNERS[library]


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    room_of_langchain = ROOT / "rag/runnable.py"  # its classes are LangChain's, kept in one file
    for home in ("index", "rag", "footnoted"):
        for file in set(files(home)) - {room_of_langchain}:
            assert not at_once(ast.parse(file.read_bytes())) & HEAVY, file
