# The commands of this project. `make run` and `make test` install what they need.
.DEFAULT_GOAL := run
.PHONY: run test check fuzz lock eval screenshots clean install install-dev
SHELL := /bin/bash
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHON

run: install            ## build the index and serve the page
	@$(BIN)/advisor index
	@$(BIN)/advisor serve

test: install-dev       ## the tests, a file a core, in the order of tests/conftest.py
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist loadfile --no-loadscope-reorder

check: install-dev      ## everything a change must pass, the quick answers first
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/advisor corpus check
	@$(BIN)/python -m pytest

fuzz: install-dev       ## a longer look at the HTTP API, other values each time
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-60} FUZZ_SEED=$${FUZZ_SEED:-$$RANDOM} $(BIN)/python -m pytest -q tests/api/test_description.py

eval: install           ## make eval DIR=folder: score a question set
	@test -n "$(DIR)" || { echo "평가할 문제 폴더를 알려 주세요: make eval DIR=폴더" >&2; exit 2; }
	@$(BIN)/advisor eval "$(DIR)"

screenshots: install-dev ## take the pictures of docs/images anew
	@$(BIN)/python scripts/screenshots.py

lock: install-dev       ## resolve the dependencies anew
	@$(BIN)/python scripts/lock.py

install:
	@scripts/install.sh

install-dev:
	@scripts/install.sh --dev

clean:                  ## remove what was installed and computed; data in ADVISOR_HOME stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist *.egg-info
	@find advisor tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
