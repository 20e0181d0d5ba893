# Gongkai: `make build` and `make test` are all a fresh machine needs. `make help` lists the rest.
DOCUMENTS ?= corpus
WAREHOUSE ?= warehouse/gongkai.duckdb
PYTEST_ARGS ?=

# Through the environment, so that a path with spaces or quotes reaches the program as it is.
export DOCUMENTS WAREHOUSE

PYTHON := .venv/bin/python
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help setup build test accuracy bench lint typeset lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## make the environment .venv from the lock file (part of build)
	@sh scripts/setup.sh requirements.lock

build: setup ## read DOCUMENTS (corpus), build, validate and publish WAREHOUSE
	@$(PYTHON) -m gongkai build --documents "$$DOCUMENTS" --warehouse "$$WAREHOUSE" \
		|| { status=$$?; test $$status -eq 3 || exit $$status; }

test: ## run the whole test suite
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) -m pytest $(PYTEST_ARGS)

accuracy: build ## compare WAREHOUSE with golden figures; list every miss and every wrong one
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) -m accuracy compare --warehouse "$$WAREHOUSE"

bench: ## measure the speed of reading the PDFs of DOCUMENTS, beside two other ways
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) bench/read_pdf.py "$$DOCUMENTS"

lint: ## run the linters: ruff, mypy, sqlfluff, import-linter, dbt YAML schema
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) scripts/lint.py

typeset: ## typeset the sample documents again
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) -m typeset --out corpus

lock: ## resolve pyproject.toml into the lock files again (needs uv)
	@uv pip compile $(LOCKED) pyproject.toml -o requirements.lock
	@uv pip compile $(LOCKED) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and what tools left behind (never a warehouse)
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis target logs
