# Two commands: `make chat` and `make test`. Each does all its own set-up, once.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CLI    := $(BIN)/iscalimab-qa
PIP    := $(BIN)/python -m pip --disable-pip-version-check
# PyTorch is the one large package. Where its CPU build has an index of its own, name that
# index: make chat TORCH_INDEX=...
TORCH  := $(shell sed -n 's/^torch==/torch==/p' requirements.txt)
PORT   ?= 7860

# These targets bring the index up to date first, also where encoder or splitter changed.
export ISCALIMAB_QA_ON_MISMATCH = rebuild

.PHONY: help chat ask index eval gate test test-kill bench bench-chat lint format readme lock clean
.DEFAULT_GOAL := help

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

chat: $(VENV)/.runtime  ## Build the index and serve the chat on 127.0.0.1:7860
	$(CLI) index; code=$$?; test $$code -eq 0 -o $$code -eq 3
	$(CLI) chat --port $(PORT)

ask: $(VENV)/.runtime  ## Answer one question: make ask Q="What is iscalimab?"
	@$(CLI) index >/dev/null; code=$$?; test $$code -eq 0 -o $$code -eq 3
	@$(CLI) ask "$$Q"
export Q

index: $(VENV)/.runtime  ## Bring the index up to date with the corpus
	$(CLI) index

eval: $(VENV)/.runtime  ## Measure answers beside the alternatives; leaves a page
	$(CLI) eval $(ARGS)

gate: $(VENV)/.runtime  ## Fail if a measure falls below its floor
	$(CLI) eval --gate

test: $(VENV)/.dev  ## Run the test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not kill" $(ARGS)

test-kill: $(VENV)/.dev  ## Kill the indexer 50 times at random, with the real encoder
	$(BIN)/python -m pytest -m kill -s --timeout 3600 tests/index

bench: $(VENV)/.dev  ## Time and memory beside the textbook LangChain pipeline
	$(BIN)/python eval/bench.py

bench-chat: $(VENV)/.dev  ## First paint and Enter-to-answer in a real browser (needs Chromium)
	$(BIN)/python eval/bench_chat.py

lint: $(VENV)/.dev  ## Style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

readme: $(VENV)/.dev  ## Write the README's session from what the program prints, and take its picture
	$(BIN)/python scripts/readme_session.py
	$(BIN)/python scripts/readme_picture.py

lock: $(VENV)/.dev  ## Pin what is installed and tested
	$(BIN)/python scripts/lock.py

clean:  ## Remove what these targets made, the virtual environment included
	rm -rf $(VENV) build dist artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
	  v >= (3, 11) or sys.exit(f"Found Python {v[0]}.{v[1]}, expected 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing (2.4 GB, one to three minutes, once) ..."
	$(PIP) install --quiet $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) $(TORCH)
	$(PIP) install --quiet -r requirements.txt
	$(PIP) install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(PIP) install --quiet -r requirements-dev.txt
	@touch $@
