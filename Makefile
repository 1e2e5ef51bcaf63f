# Two commands do all set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types check bundle lock audit clean help

help:
	@echo "make demo   environment, then a whole night against the sample portal"
	@echo "make test   environment, then the test suite"
	@echo "make check  tests, lint and types, as CI runs them"
	@echo "make bundle one archive for an installation without a network"

# Most modules of most packages are never loaded: each is compiled when it first is.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "The venv module is missing. Install it with: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)
	$(BIN)/mingzhang demo

# Tests start many processes, and each would compile the house anew where bytecode may not be kept.
test: $(STAMP)
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

check: lint types test

bundle: $(STAMP)
	@deploy/make_bundle.sh $(BIN)/python

# Needs the network: known vulnerabilities of everything that is locked. pip-audit has an environment of its own.
audit:
	$(PYTHON) -m venv --clear build/audit
	build/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	build/audit/bin/pip-audit --require-hashes --disable-pip --requirement requirements.lock

# Only where dependencies change: needs uv and a registry. Hashes, no addresses.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --extra dev --extra ocr --extra explore --extra dask --extra lake \
		--output-file requirements.lock pyproject.toml requirements-build.in

clean:
	rm -rf $(VENV) build dist
