# ChildStat. `make run` serves the dashboard; `make test` tests it. Nothing else is needed first.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$name && break; done)
IN_VENV := .venv/bin/python
ARGS ?=

.PHONY: run test check thorough format lint types rules needs bench clean

## Serves the dashboard on http://127.0.0.1:8501, over the demonstration council if there is no other.
run: .venv/installed-to-run
	@$(IN_VENV) -m tools.has_database || $(IN_VENV) childstat.py demo
	@$(IN_VENV) childstat.py run

## Every test; a browser, PostgreSQL and an OpenID provider are installed where that is allowed (see tools/).
test: .venv/installed-to-test needs
	$(IN_VENV) -m pytest -n 2 --dist worksteal $(ARGS)

## Exactly what CI runs.
check: lint types rules test

## What is too slow for every run: bugs planted, each in a copy, and told which no worked example notices
## (make thorough ARGS="--file metrics --runs 20"); then the tests marked "thorough" and those that
## draw their examples, with ten times as many.
thorough: .venv/installed-to-test needs
	$(IN_VENV) -m tools.plant_bugs $(ARGS)
	$(IN_VENV) -m pytest -m "thorough or drawn" --hypothesis-profile thorough -n 2 --dist worksteal

format: .venv/installed-to-test
	$(IN_VENV) -m ruff format .
	$(IN_VENV) -m ruff check --fix .

lint: .venv/installed-to-test
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m ruff check .

types: .venv/installed-to-test
	$(IN_VENV) -m mypy

rules: .venv/installed-to-test
	$(IN_VENV) -m pytest -q tests/test_architecture.py

needs: .venv/installed-to-test
	@$(IN_VENV) -m tools.install_needs

## Seconds and memory, written to docs/performance.md: make bench ARGS="--scales 1,10,100"
bench: .venv/installed-to-test
	$(IN_VENV) -m bench $(ARGS)

clean:
	rm -rf .venv build .pytest_cache .hypothesis .mypy_cache .ruff_cache

# The stamps below are why a second `make` installs nothing.
.venv/made:
	@test -n "$(PYTHON)" || { echo "ChildStat needs Python 3.11, 3.12 or 3.13: install one, or name it: make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@touch $@

.venv/installed-to-run: requirements.txt | .venv/made
	$(IN_VENV) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-to-test: requirements-dev.txt requirements.txt | .venv/made
	$(IN_VENV) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/installed-to-run
