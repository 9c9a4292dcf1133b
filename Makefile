# Two commands set Ondit up on a machine with git, make and python3:
#   make demo   trace the example story and print what it rests on
#   make test   everything that CI runs

SHELL := /bin/sh
PYTHON ?=
BIN := .venv/bin
EXAMPLE := examples/port-explosion
READY := .venv/.ready

export PYTHON
# What the tools find in the caller's environment must not change what they check.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV MYPYPATH

# The version that `make browser` fetches; a development tool only, never shipped.
AXE := axe-core@4.10.3

.PHONY: help demo test lint format types layers quality pytest schema docs pictures browser interop fuzz fuzz-server measure clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

$(READY): uv.lock pyproject.toml bootstrap.sh
	@sh bootstrap.sh
	@touch $@

demo: $(READY)
	@mkdir -p build
	@$(BIN)/ondit trace $(EXAMPLE)/reports.jsonl --json build/port-explosion.json
	@$(BIN)/ondit report build/port-explosion.json --html build/port-explosion.html 2>/dev/null
	@echo
	@echo "The whole trace, every number with the words it rests on: build/port-explosion.json"
	@echo "The same as a page, to be opened in a browser:            build/port-explosion.html"

test: lint types layers quality pytest

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-logo

quality: $(READY)
	$(BIN)/python -m benchmarks.quality

pytest: $(READY)
	$(BIN)/python -m pytest -q -W error

schema: $(READY)
	$(BIN)/python -m ondit.schema > docs/reference/trace.schema.json

docs: $(READY)
	@test -x $(BIN)/mkdocs || sh bootstrap.sh --group docs
	$(BIN)/mkdocs build --strict

# The pictures of the documentation; needs what `make browser` needs.
pictures: demo
	sh bootstrap.sh --group browser
	@rm -f build/harbour.ondit*
	@$(BIN)/ondit trace $(EXAMPLE)/reports.jsonl --case build/harbour.ondit --one-story >/dev/null 2>&1
	@$(BIN)/ondit serve build/harbour.ondit --port 8797 2>/dev/null & server=$$!; sleep 10; \
	$(BIN)/python docs/pictures/take.py http://127.0.0.1:8797/; status=$$?; kill -INT $$server; exit $$status

# Needs a browser from the system's packages: apt-get install --no-install-recommends chromium
browser: $(READY)
	sh bootstrap.sh --group browser
	@test -d build/axe/node_modules/axe-core || npm install --silent --no-save --prefix build/axe $(AXE)
	$(BIN)/python -m pytest -q -W error tests/browser

# Exports in the tools that they are for: Datasette, PyMISP, IPython.
interop: $(READY)
	sh bootstrap.sh --group interop
	$(BIN)/python -m pytest -q tests/interop

# Two minutes of requests made from the OpenAPI description, against a server of its own.
fuzz-server: $(READY)
	sh bootstrap.sh --group fuzz
	$(BIN)/python -m benchmarks.server.fuzz

# Long: hours with 100,000 inputs a format. RUNS=1000 takes minutes.
RUNS ?= 100000
fuzz: $(READY)
	$(BIN)/python -m benchmarks.fuzz --runs $(RUNS)

measure: $(READY)
	@sh bootstrap.sh --group measure
	$(BIN)/python -m benchmarks.intake.pages
	$(BIN)/python -m benchmarks.intake.speed

clean:
	rm -rf .venv .uv .uv.log build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
