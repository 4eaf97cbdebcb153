# Dutyroom. `make demo` opens a working duty room; `make test` runs everything. Both set
# themselves up on a fresh machine with git, make and Python 3.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
RUN := .venv/bin/dutyroom
export DUTYROOM_HOME ?= $(CURDIR)/.home
PORT ?= 8000
SPEED ?= 1
ARGS ?=

.PHONY: help setup console demo test test-deep test-fast check format bench package lock clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Python and its packages, by the lock
	@tools/setup python

console: setup ## Build the console, if its sources changed
	@tools/setup console

demo: console ## A believable evening in a demo city: PORT=8000 SPEED=1
	@$(RUN) play demo --port $(PORT) --speed $(SPEED)

test: console ## What each commit must pass, on SQLite and on PostgreSQL, browser included: ARGS='-k name'
	@tools/setup browser
	@tools/run-tests $(ARGS)

test-deep: console ## Every test, for the night: new random examples and ten times as many, all cases, slow documentation, long oracles
	@tools/setup browser
	@DUTYROOM_TESTS=deep tools/run-tests $(ARGS)

test-fast: setup ## Only the tests that need no database server and no browser
	@TZ=America/St_Johns $(PY) -m pytest -q -m "not browser and not slow" $(ARGS)

check: setup ## Formatter, linter, types, import rules, front end, translations
	@tools/setup console-packages
	@tools/check

format: setup ## Format Python and the console
	@$(PY) -m ruff format src tests bench tools && $(PY) -m ruff check --fix src tests bench tools
	@tools/npm run format

bench: console ## Benchmarks, ratios in one run: ARGS=--quick for a short one
	@tools/run-benches $(ARGS)

package: console ## Wheel and sdist, console included, in dist/
	@$(PY) -m hatchling build

lock: ## Pin the dependencies of pyproject.toml again
	@.tools/bin/uv pip compile -q --universal --generate-hashes --python-version 3.12 \
	  --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --all-extras --group dev \
	  -o requirements.lock

clean: ## Remove what was built (not the rooms)
	@rm -rf .venv .tools console/node_modules src/dutyroom/site/console
