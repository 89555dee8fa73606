"""What holds for the project as a whole."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import tomllib
from pathlib import Path

import pytest

import footnoted

TOP = Path(__file__).parent.parent
PACKAGES = ("rag", "index", "evals", "footnoted", "page")
# What git ignores, and what it keeps for itself.
LEFT = {".git", ".venv", ".footnoted", ".hypothesis", ".gradio", "build", "dist", "__pycache__"}
LEFT |= {".mypy_cache", ".pytest_cache", ".ruff_cache"}


def files() -> list[Path]:
    found = (path for path in sorted(TOP.rglob("*")) if path.is_file())
    return [path for path in found if not LEFT & set(path.relative_to(TOP).parts)]


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((TOP / package).rglob("*.py"))]


def test_the_package_and_its_description_have_one_version():
    about = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    assert about["project"]["version"] == footnoted.__version__


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_is_on_its_homes_map_and_every_name_on_the_map_is_a_room(package):
    home = TOP / package
    tree = ast.parse((home / "__init__.py").read_text("utf-8"))
    rooms = set(re.findall(r"^(\w+)/?  +\w", ast.get_docstring(tree) or "", re.MULTILINE))
    below = {path.stem for path in home.glob("*.py")} - {"__init__"}
    below |= {path.parent.name for path in home.glob("*/__init__.py")}
    assert rooms == below


@pytest.mark.parametrize("package", PACKAGES)
def test_a_homes_map_is_no_code(package):
    tree = ast.parse((TOP / package / "__init__.py").read_text("utf-8"))
    rest = tree.body[1:]
    assert all(isinstance(node, ast.Assign) for node in rest)
    assert len(rest) == (package == "footnoted")  # its version


def test_every_example_in_a_docstring_is_run_and_true():
    told = [path for path in modules() if ">>> " in path.read_text("utf-8")]
    assert TOP / "evals" / "measures.py" in told
    for path in told:
        name = ".".join(path.relative_to(TOP).with_suffix("").parts)
        assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_no_file_names_a_place_on_the_machine_it_was_written_on():
    # Put together here, so that this file names none either.
    places = ["/" + "work/", "/" + "root/", "index" + "-url =", "PIP_INDEX" + "_URL="]
    found = [
        (str(path.relative_to(TOP)), place)
        for path in files()
        for place in places
        if place.encode() in path.read_bytes()
    ]
    assert found == []


def test_no_link_leads_out_of_the_tree():
    assert [path for path in files() if path.is_symlink()] == []
