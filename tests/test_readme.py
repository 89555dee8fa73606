"""What README tells a newcomer to type works."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from footnoted.__main__ import main

TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = tmp_path_factory.mktemp("readme") / "store"
    assert main(["index", str(TOP / "evals" / "articles"), "--store", str(made)]) == 0
    return made


def test_its_library_example_prints_exact_citations(store, capsys, monkeypatch):
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(store.parent)
    exec(compile(example, "README.md", "exec"), {})
    mark, path, start, quote = capsys.readouterr().out.split("\n")[0].split(" ", 3)
    assert mark == "1" and quote
    if path.endswith((".txt", ".md")):
        text = (TOP / "evals" / "articles" / path).read_text("utf-8-sig")
        assert text[int(start) :].startswith(quote)


def test_its_questions_can_be_asked(store, capsys):
    lines = [ln for ln in README.split("\n") if ln.startswith(".venv/bin/footnoted ask")]
    assert lines
    for line in lines:
        assert main([*shlex.split(line)[1:], "--store", str(store)]) == 0
        assert capsys.readouterr().out


def test_every_verb_and_flag_that_it_names_exists(capsys):
    for verb, words in re.findall(r"^\| `footnoted (\w+)[^`]*` \|(.*)\|$", README, re.MULTILINE):
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        told = capsys.readouterr().out
        for flag in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", words):
            assert flag in told, (verb, flag)


def test_its_answer_has_the_fields_that_answers_have(store, capsys):
    [shown] = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    assert main(["ask", "Who runs the new plant?", "--store", str(store), "--json"]) == 0
    answer, example = json.loads(capsys.readouterr().out), json.loads(shown)
    assert answer.keys() == example.keys()
    if answer["status"] == "answered":
        assert answer["citations"][0].keys() == example["citations"][0].keys()


def test_its_links_and_pictures_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (TOP / target).is_file(), target
