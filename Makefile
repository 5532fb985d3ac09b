# Every target works from a fresh clone: the environment is made on the way, from hashed, locked dependencies.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help run test lint openapi bench bench-search eval peers calibrate learn-ranking soak clean lock
help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

# Dependencies come with their hashes; the project itself needs no download, so it is built without isolation.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(STAMP)  ## set everything up, load the sample newsroom, serve it on http://127.0.0.1:8000 (PORT=... for another port)
	$(BIN)/sourcebook serve --host $(HOST) --port $(PORT) --sample-newsroom

test: $(STAMP) lint  ## lint, check types and layers, then run every test but the long campaigns, with branch coverage
	@rm -f .coverage .coverage.*
	$(BIN)/python -m pytest --cov --cov-report=term -m "not soak"

lint: $(STAMP)  ## ruff, mypy --strict, the directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

openapi: $(STAMP)  ## write openapi.yaml from the code
	$(BIN)/python -m api.openapi openapi.yaml

bench: $(STAMP)  ## speed and memory, as a table and as build/bench.json
	$(BIN)/python -m benchmarks.run --output build/bench.json

bench-search: $(STAMP) build/search-peers/.installed  ## full-text search beside other engines (SIZES=10000,100000; BENCH=options)
	PYTHONPATH=build/search-peers $(BIN)/python -m benchmarks.search $(if $(SIZES),--sizes $(SIZES)) \
		--write docs/search.md $(BENCH)

# As below: engines to compare with stay apart, and one that cannot be installed is left out.
build/search-peers/.installed: benchmarks/search/peers.txt | $(STAMP)
	for peer in $$(grep -v '^\#' $<); do \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target build/search-peers $$peer || true; \
	done
	@touch $@

eval: $(STAMP)  ## quality of the extraction on annotated articles, and of search on questions, beside their floors
	$(BIN)/python -m tests.eval.boards --json build/eval.json; extraction=$$?; \
		$(BIN)/python -m tests.eval.retrieval_board --json build/retrieval.json && exit $$extraction

peers: $(STAMP) build/peers/.installed  ## published systems beside ours on the same articles (GENDER_GAP_TRACKER=folder; PEERS=options)
	$(BIN)/python -m benchmarks.peers $(PEERS)

# Peers stay apart from our dependencies. One that cannot be installed is left out, and its row says so.
build/peers/.installed: benchmarks/peers.txt
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $< || \
		grep -v '^#' $< | xargs -n 1 build/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps || true
	@touch $@

learn-ranking: $(STAMP)  ## learn the weights of search's second phase from the development questions
	$(BIN)/python -m tests.eval.learn_ranking --write

calibrate: $(STAMP)  ## fit the confidence of facts to the verdicts on the held-out half, and draw the plot
	$(BIN)/python -m tests.eval.calibrate --write

soak: $(STAMP)  ## the long campaigns: hundreds of kills, long fuzzing (half an hour)
	$(BIN)/python -m pytest -m soak --no-cov

lock: $(STAMP)  ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --custom-compile-command "make lock" --output-file requirements.lock --quiet

clean:  ## remove the environment, caches and everything that was built or served from this folder
	rm -rf $(VENV) build var .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
