# Two commands are enough: `make lab` to work through the course, `make test` to prove that it is right.
# Everything is installed into .venv, once; see start.py. Another Python beside it:
#     COURSE_VENV=.venv-3.13 make test PYTHON=python3.13

PYTHON ?= python3
VENV := $(or $(COURSE_VENV),.venv)
RUN := $(VENV)/bin/python
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help lab doctor test test-fast plugin-oldest lint verify figures bench fuzz flakes peers outputs constraints docs clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: ## Open the course in JupyterLab (the first time, install it into .venv); ARGS="--port=9000" passes options
	@$(PYTHON) start.py $(ARGS)

doctor: ## Say what this machine offers the course, and what is lost without the rest
	@$(PYTHON) start.py --prepare
	@$(RUN) -m course_lib doctor

test: .tools ## Run every test; PARTS="trust unit" runs these of trust, spawn, browser, unit, wheel, lessons, figures, verify, solutions
	@$(RUN) -m tests.parts $(PARTS) $(ARGS)

test-fast: .tools ## Run the unit tests alone, without the slow ones
	@$(RUN) -m tests.parts --fast

plugin-oldest: .tools ## Run the tests of the pytest plugin under the oldest pytest that it is for
	@$(RUN) -m tests.oldest_pytest

lint: .tools ## Check style and types; names modules that are long enough to ask whether they are two thoughts
	@find course_lib -name '*.py' -exec wc -l {} + | \
	  awk '$$1 > 300 && $$2 != "total" {print "note: " $$2 " has " $$1 " lines"}'
	@$(RUN) -m ruff check .; style=$$?; $(RUN) -m ruff format --check --quiet .; shape=$$?; \
	  $(RUN) -m mypy && exit $$((style + shape))

verify: .tools ## Let the course prove itself: starters fail, solutions and printed answers pass
	@$(RUN) -m course_lib verify && $(RUN) -m course_lib verify 10_capstone

figures: .tools ## Make every number in the prose of the lessons again; fails where one has drifted; ARGS="05_n_plus_one_queries"
	@$(RUN) -m tests.figures $(ARGS)

bench: .tools ## Measure how long the checks take, and a class; CLASS="--students 40" makes it smaller
	@$(RUN) -m tests.bench
	@$(RUN) -m tests.bench_class $(CLASS)

fuzz: .tools ## Compare the race finder with every possible interleaving of small random programs
	@$(RUN) -m tests.fuzz.interleavings

flakes: .tools ## Judge every sample sixty times beside busy processes; ARGS="--minutes 5 03 04" bounds it to two hazards
	@$(RUN) -m tests.flakes $(ARGS)

peers: .tools ## Ask other tools about the samples and the exercises' code; ARGS=--write stores what they say
	@$(RUN) -m tests.peers $(ARGS)

outputs: .tools ## Run every solution and store its outputs anew, after a check has changed its words
	@$(RUN) -m tests.store_outputs

docs: .tools ## Make the reference page of the instruments, from their docstrings, into reference/
	@$(RUN) -m tests.reference $(ARGS)

constraints: ## Pin the newest versions that the requirements allow (needs uv), for Python 3.11 to 3.14
	@(sed -n '/^#/p;/^[^#]/q' constraints.txt; uv pip compile --quiet --universal --python-version 3.11 \
	  --fork-strategy fewest --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  requirements.txt requirements-test.txt requirements-postgres.txt requirements-cluster.txt \
	  requirements-nbgrader.txt) > constraints.new && mv constraints.new constraints.txt

clean: ## Remove what was installed and what tools left behind (your answers and progress stay)
	@rm -rf .venv .venv-* .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/browser/screenshots
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: .tools
.tools:
	@$(PYTHON) start.py --prepare --with-tests
