# make run   set up and run the main job on raw/
# make test  set up and pass all checks
# make check the quick loop: lint, types, and the tests without whole documents
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check

CATALOGUE := pipeline/locale/ja/LC_MESSAGES/shihyo.po

.PHONY: run test programs check messages docs lock mutants bench scale unseen hostile faults fuzz bundle audit clean

run: $(VENV)/.run
	@$(BIN)/shihyo run

test:
	@$(MAKE) -s -j2 programs $(VENV)/.dev
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/pytest -n 2

# The programs of the system that tests need, installed while the packages are.
programs:
	@sh tools/browser.sh
	@sh tools/office.sh

check: $(VENV)/.dev
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/pytest -n 2 -m "not slow"

# Text that is made from the code: Japanese messages, rules, fields, command reference, schemas.
messages: $(VENV)/.dev
	@$(BIN)/python tools/messages.py

docs: $(VENV)/.dev
	@$(BIN)/python tools/docs.py

# Do the tests notice when the logic is changed?  (long; MUTANTS="legend -n 10" for a part)
mutants: $(VENV)/.dev requirements/mutants.txt
	@$(PIP) --require-hashes -r requirements/mutants.txt
	@$(BIN)/python tools/mutants.py $(MUTANTS)

bench: $(VENV)/.run
	@sh benchmarks/run.sh

# Many documents in every way, then disturbed: workers killed, the scheduler killed, writes refused.
SCALE ?= 10 100 1000
scale: $(VENV)/.dev
	@$(PIP) -r tests/data/requirements.txt
	@$(BIN)/python benchmarks/scale.py --documents $(SCALE)
	@$(BIN)/python benchmarks/scale.py --documents $(lastword $(SCALE)) --faults

# A thousand random reports against the truth they were made from (needs Chromium and IPA fonts).
unseen: $(VENV)/.dev
	@$(PIP) -r tests/data/requirements.txt
	@$(BIN)/python benchmarks/unseen.py --seeds 0:1000

# Kinds made to do harm, random mutations of our own, and a folder of PDFs (HOSTILE=): how each ends.
hostile: $(VENV)/.run
	@$(BIN)/python benchmarks/hostile.py $(HOSTILE) --kinds --mutations 100

# Every file operation of a run: killed there, the disk full, the device failing, no permission.
faults: $(VENV)/.dev
	@$(BIN)/python -m tests.faulty

# Made input for the parsers, led by what code it reaches: a minute each (FUZZ="numbers 600").
fuzz: $(VENV)/.dev requirements/fuzz.txt
	@$(PIP) --require-hashes -r requirements/fuzz.txt
	@$(BIN)/python tools/fuzz.py $(FUZZ)

# All that an office without an index of packages needs: make bundle PLATFORM=win_amd64
PLATFORM ?= manylinux
bundle: $(VENV)/.dev
	@$(BIN)/python tools/bundle.py $(PLATFORM)

# Known weaknesses of the pinned dependencies (asks the index of packages).
audit: $(BIN)/python
	@$(PIP) pip-audit
	@$(BIN)/python tools/audit.py requirements/run.txt

# Pin and hash everything anew (needs uv: pip install uv). atheris 3.1 has no wheel for Python 3.11,
# 3.0 none for 3.14: each Python has its own.
lock:
	@uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade pyproject.toml --extra build --extra ckan --extra ocr --extra review --extra table -o requirements/run.txt
	@uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade pyproject.toml --extra build --extra ckan --extra ocr --extra review --extra table --extra dev -c requirements/run.txt -o requirements/dev.txt
	@printf 'cosmic-ray\ncoverage\n' | uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade - -c requirements/dev.txt -o requirements/mutants.txt
	@printf "atheris<3.1; python_version < '3.12'\natheris; python_version >= '3.12'\n" | uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade - -o requirements/fuzz.txt

clean:
	@rm -rf extracted $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# ---- the environment, made once and again only when the requirements change

$(BIN)/python:
	@sh tools/environment.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.run: $(BIN)/python requirements/run.txt pyproject.toml hatch_build.py $(CATALOGUE)
	@echo "Setting up (once) …"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q pipeline
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
