# Two commands matter: `make run` and `make test`. Both install what they need first.
.DEFAULT_GOAL := help
.PHONY: help setup run test bench lint locks
SHELL := /bin/bash
BIN := .venv/bin

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## install what the locks name (does nothing when nothing changed)
	@scripts/setup.sh

run: setup ## the tracker on http://127.0.0.1:8000 (PORT=…, HOST=…), with demonstration data
	@exec $(BIN)/python -m foitracker.run

test: ## the suite but for what is slow, which .ci/run adds (ARGS=… are passed to pytest)
	@scripts/setup.sh --test
	@$(BIN)/pytest --numprocesses 2 --dist loadscope --no-loadscope-reorder -m "not slow" $(ARGS)

bench: setup ## how fast it is, with a million requests (BENCH_REQUESTS=…; see docs/performance.md)
	@$(BIN)/python -m benchmarks

lint: setup ## style, types, layers, templates, migrations
	@scripts/lint.sh

locks: ## write the hashed locks anew after a change of pyproject.toml or package.json
	@scripts/lock.sh
	@npm install --package-lock-only
