# The two commands a newcomer needs are `make demo` and `make test`; both make their own environment.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: migration demo test lint types contracts tests bench docs clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --only-binary :all: --group dev
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

demo: $(VENV)/installed
	CRM=$(BIN)/crm sh samples/demo.sh

test: lint types contracts tests
	@$(BIN)/python -m docs.features

lint: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed
	$(BIN)/mypy

contracts: $(VENV)/installed
	$(BIN)/lint-imports

tests: $(VENV)/installed
	$(BIN)/pytest -n 2 --dist worksteal -q

migration: $(VENV)/installed  ## until the first release: write 0001 anew from the entities
	$(BIN)/python -m schema.migrate
	$(BIN)/ruff check --quiet --fix-only --select I,UP,Q schema/migrations/versions
	$(BIN)/ruff format --quiet schema/migrations/versions

docs: $(VENV)/installed  ## write the pages that are made from the program
	$(BIN)/python -m docs

bench: $(VENV)/installed
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache dist
