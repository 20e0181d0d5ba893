# Gongkai: `make build` and `make test` are all a fresh machine needs. `make help` lists the rest.
DOCUMENTS ?= corpus
WAREHOUSE ?= warehouse/gongkai.duckdb
PYTEST_ARGS ?=
ID ?=
EXPORT ?=

# Through the environment, so that a path with spaces or quotes reaches the program as it is.
export DOCUMENTS WAREHOUSE ID EXPORT

PYTHON := .venv/bin/python
# Files of tests side by side: a file's tests share what they built.
TEST_WORKERS := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help build validate review dashboard trace export test bench lint

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

build: ## read DOCUMENTS (corpus), build, validate and publish WAREHOUSE
	@sh scripts/setup.sh requirements.lock
	@$(PYTHON) -m gongkai build --documents "$$DOCUMENTS" --warehouse "$$WAREHOUSE" \
		|| { status=$$?; test $$status -eq 3 || exit $$status; }

validate: ## hold the published WAREHOUSE against all expectations; 1 when a promise is broken
	@sh scripts/setup.sh requirements.lock
	@$(PYTHON) -m gongkai validate --warehouse "$$WAREHOUSE" \
		|| { status=$$?; test $$status -eq 3 || exit $$status; }

review: build ## build, then serve the review pages to this computer and print their address
	@$(PYTHON) -m review serve --warehouse "$$WAREHOUSE"

dashboard: ## serve pictures of WAREHOUSE to this computer and print their address
	@sh scripts/setup.sh requirements-dashboard.lock
	@$(PYTHON) -m dashboard --warehouse "$$WAREHOUSE"

trace: ## follow ID (a cell, a line or a fact) from the marts to the printed page; cut it out
	@sh scripts/setup.sh requirements.lock
	@$(PYTHON) -m review trace --warehouse "$$WAREHOUSE" --documents "$$DOCUMENTS" -- "$$ID"

export: ## write WAREHOUSE as Parquet, CSV, data package and SQL, beside it or to EXPORT
	@sh scripts/setup.sh requirements.lock
	@$(PYTHON) -m gongkai export --warehouse "$$WAREHOUSE" $${EXPORT:+--to "$$EXPORT"}

test: ## run the whole test suite
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) -m pytest $(TEST_WORKERS) $(PYTEST_ARGS)

bench: ## measure the speed of reading the PDFs of DOCUMENTS, beside other ways
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) bench/read_pdf.py "$$DOCUMENTS"

lint: ## run the linters: ruff, mypy, sqlfluff, import-linter, dbt YAML schema
	@sh scripts/setup.sh requirements-dev.lock
	@$(PYTHON) scripts/lint.py
