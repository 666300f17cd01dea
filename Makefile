# make demo: install into .venv, then the whole way on the default casebook into out/
# make test: install, then lint, types, walls, tests and documentation examples

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
READY := .venv/.ready
export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test check install lint types walls bench format docs lock clean help

help:
	@echo "make demo    install into .venv and go the whole way into out/"
	@echo "make test    install into .venv and run lint, types, walls, tests and documentation examples"
	@echo "make bench   measure speed and the honesty of the verdicts"
	@echo "make docs    rewrite the generated pages of docs/"

install: $(READY)

$(READY): requirements.lock pyproject.toml
	@echo "== installing into .venv (Python: $$($(PYTHON) --version 2>&1))"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip sync --quiet --python $(BIN)/python requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY)
	@echo "== pactwatch demo: edition, measures, claims and pages into out/"
	@$(BIN)/pactwatch demo --out out

test check: lint types walls
	@echo "== tests and documentation examples"
	@$(BIN)/python -m pytest -n 2
	@echo "All passed. What the tests prove: tests/README.md; to look at the result: make demo"

lint: $(READY)
	@echo "== lint"
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .

types: $(READY)
	@echo "== types"
	@$(BIN)/mypy

walls: $(READY)
	@echo "== walls between rooms"
	@$(BIN)/lint-imports --no-cache

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)
	@for file in bench/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

docs: $(READY)
	@$(BIN)/python docs/generate.py

lock: $(READY)
	@$(UV) pip compile pyproject.toml --universal --python-version 3.11 --extra reading --group dev --generate-hashes --no-emit-index-url --no-header --upgrade -q -o requirements.lock

clean:
	rm -rf .venv out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
