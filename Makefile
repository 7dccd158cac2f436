# Everything needed to run, test and release the console. `make help` lists the targets.
#
# Both environments come from lock files with hashes and are refreshed when a lock changes.
# Another place or interpreter: make test VENV=/elsewhere PYTHON=python3.12
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

# A name on PATH proves nothing (version managers leave shims behind), so each is started.
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c '$(RECENT)' 2>/dev/null && { echo $$name; break; }; done)

# Errors only: the build backend warns of every editable installation.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run demo install dev test lint format types bench endurance soak kill catalogue lock screenshots wheel clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

run: install ## open the console (ARGS="board --json" for another command)
	@$(BIN)/console $(ARGS)

demo: install ## a living simulated hotline on a throwaway store
	@$(BIN)/console demo $(ARGS)

install: $(VENV)/.run-ready ## what running needs, from requirements.lock
dev: $(VENV)/.dev-ready ## what developing needs, from requirements-dev.lock

test: dev ## the test suite (ARGS="tests/domain -k worktime" for a part of it)
	@$(BIN)/python -m pytest $(ARGS)

lint: dev ## style and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

format: dev ## rewrite what can be put in order without thinking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: dev ## mypy --strict
	$(BIN)/mypy --strict console

endurance: dev ## 10,000 mails sent by workers that are killed over and over (ARGS=2000 for fewer)
	$(BIN)/python -m tests.outlets.endurance $(ARGS)

kill: dev ## fifty writers killed over and over, nothing lost (KILLS=2000)
	@KILLS=$(or $(KILLS),2000) $(BIN)/python -m pytest -q tests/store/test_kill.py

bench: dev ## the budgets against their floors, in one run
	$(BIN)/python -m bench $(ARGS)

soak: dev ## an hour of calls at ten times its pace, with random cuts (six minutes)
	$(BIN)/python -m tests.sources.soak $(ARGS)

fuzz: dev ## every parser fed with spoiled input, a minute each
	$(BIN)/python -m tests.hostile.fuzz $(ARGS)

catalogue: dev ## collect the sentences of the code, compile the Chinese ones
	$(BIN)/python scripts/catalogue.py update

screenshots: dev ## redraw the pictures of the documentation
	$(BIN)/python -m scripts.screenshots $(ARGS)

wheel: dev ## dist/*.whl
	@rm -rf build dist
	$(BIN)/python -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir dist .

# The development lock is solved first and the other one held to it: what is installed is
# what was tested.
UV_COMPILE = uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)

lock: ## solve both lock files anew (needs uv; ARGS=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	$(UV_COMPILE) --group dev --output-file requirements-dev.lock
	$(UV_COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock

clean: ## remove what can be made again; the data of an installation stays
	rm -rf "$(VENV)" build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis bench/results
	find console tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo "console needs Python 3.11 or newer; none was found on PATH." >&2; \
		echo "Name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c '$(RECENT)' || { \
		echo "console needs Python 3.11 or newer; $(PYTHON) is older or does not start." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: venv or ensurepip is missing." >&2; \
		echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv --clear "$(VENV)"

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(BIN)/python
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev-ready: requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@
