# Every target sets up what it needs first; tools/setup.sh does nothing twice.

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PYTEST := $(BIN)/python -m pytest
# A crashed worker is not replaced: with these two, pytest-xdist 3.8 would wait for its tests for ever.
SPREAD := -n auto --dist loadgroup --max-worker-restart=0
UV ?= uv
PIN = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(ARGS)

ifeq ($(shell uname -s),Darwin)
# The system's make drops this variable, so each command that lays out text is given it.
RUN := DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix)/lib"
endif

# Without it each of the hundreds of processes that tests start would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help booklet test test-slow test-all check rules house places pictures bench wheel lock clean \
	setup setup-check setup-tests setup-slow setup-wheel

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 16

booklet: setup  ## build the booklet into output/
	$(RUN) $(BIN)/generate booklet

test: setup-tests  ## run the tests; more options in ARGS, as in make test ARGS="-k press"
	$(RUN) $(PYTEST) $(SPREAD) $(ARGS)

test-slow: setup-slow  ## run the tests that take long: pairs of editions, the wheel, the counter page
	$(RUN) $(PYTEST) -m slow $(SPREAD) $(ARGS)

test-all: setup-slow  ## run all tests on all that can be printed, before a release: an hour
	$(RUN) $(PYTEST) -m "" --matrix=full $(SPREAD) $(ARGS)

check: setup-check  ## check style, types and the import rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy clinicpress
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q tests/test_imports.py

rules: setup-check  ## write docs/rules.md anew from clinicpress/checks/rules/
	$(BIN)/generate explain --markdown > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md

places: setup-check  ## draw the names of joints and places anew, in docs/for-editors/places.svg
	$(BIN)/python -m tools.places

house: setup-check  ## draw the rooms of the package and their imports anew, in docs/how-it-works.md
	$(BIN)/python -m tools.house

pictures: setup-check  ## make the pictures of docs/for-clinics/branding.md anew, from the sample brands
	$(BIN)/python -m tools.pictures

bench: setup-check  ## measure how long things take
	$(RUN) $(BIN)/python -m benchmarks $(ARGS)

wheel: setup-wheel  ## build the wheel and the sdist into dist/
	$(BIN)/python -m hatchling build -d dist -t sdist -t wheel

lock:  ## pin what pyproject.toml asks for; make lock ARGS=--upgrade takes newer releases
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it, or name it with UV=…" >&2; exit 3; }
	$(PIN) --output-file requirements.lock pyproject.toml
	$(PIN) --output-file requirements-tests.lock --group tests --constraint requirements.lock
	$(PIN) --output-file requirements-slow.lock --group slow \
		--constraint requirements.lock --constraint requirements-tests.lock
	$(PIN) --output-file requirements-wheel.lock --group wheel --constraint requirements.lock \
		--constraint requirements-tests.lock --constraint requirements-slow.lock

clean:  ## remove what was made, .venv too
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find output -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@tools/setup.sh

setup-check setup-tests setup-slow setup-wheel: setup-%:
	@tools/setup.sh $*
