# `make` alone lists what there is. Works with GNU make 3.81 (macOS) and later.

BIN   := .venv/bin
STAMP := .venv/.stamp
STORE := .footnoted/samples

# The stamp holds the folder it was made in: a .venv that was moved or copied here, whose Python
# is gone, or that was never finished, counts as not there.
MADE_IN := $(shell test -x $(BIN)/python && cat $(STAMP) 2>/dev/null)
ifneq ($(MADE_IN),$(CURDIR))
.PHONY: $(STAMP)
endif

.PHONY: help setup chat test check gate torture format clean

help:
	@echo 'make chat     set up, index the sample articles, open the chat page (ARGS="--port 8000")'
	@echo 'make test     set up and run every check, as CI does'
	@echo 'make setup    make .venv; nothing to do when nothing changed (PYTHON=python3.13)'
	@echo 'make check    ruff, mypy --strict, pytest: the one definition of green'
	@echo 'make gate     measure on the bundled suites; fails where a floor breaks'
	@echo 'make torture  kill, starve and damage the store in every way; minutes'
	@echo 'make format   put imports and lines in order'
	@echo 'make clean    remove all that make made, .venv included'

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt .ci/setup
	@PYTHON='$(PYTHON)' sh .ci/setup

# Status 1 means that some file was skipped, and named: no reason not to chat.
chat: setup
	@$(BIN)/footnoted index evals/articles --store $(STORE) || test $$? -eq 1
	@$(BIN)/footnoted chat --store $(STORE) $(ARGS)

test: check gate

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict
	$(BIN)/python -m pytest

gate: setup
	$(BIN)/footnoted eval --gate --out eval-results

torture: setup
	FOOTNOTED_TORTURE=1 $(BIN)/python -m pytest tests/test_torture.py

format: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf .venv .footnoted .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find evals footnoted index page rag tests -name __pycache__ -prune -exec rm -rf {} +
	rm -rf __pycache__
