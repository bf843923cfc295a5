# `make` prints this help.
PYTHON ?= python3
PIP_ARGS ?=
LAB_ARGS ?=
BIN := .venv/bin
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
INSTALL = $(BIN)/python -m pip install --quiet $(PIP_ARGS) --constraint constraints.txt --editable

.PHONY: help lab test test-all notebooks lint bench update release handouts site player
help: ## show this help
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 16

lab: .venv/course ## open JupyterLab on the first notebook (LAB_ARGS="--no-browser --port 8890" are passed on)
	@[ -d "$$HOME" ] && [ -w "$$HOME" ] || { echo "Jupyter keeps its files in your home, but '$$HOME' cannot be written: name another folder, as in \`make HOME=/tmp/home lab\`."; exit 1; }
	@$(BIN)/jupyter trust $(NOTEBOOKS) > /dev/null # each user's own, also where several share this folder
	@$(BIN)/jupyter lab $(AS_ROOT) $(LAB_ARGS) notebooks/00_start_here.ipynb

update: .venv/course ## fetch the newest version of the course; your work in the notebooks is carried over
	@$(BIN)/python -m lecture_helpers.carry_over --update

.venv/bin/python:
	@$(PYTHON) lecture_helpers/machine.py
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python could not make a virtual environment; on Debian and Ubuntu install python3-venv."; exit 1; }

.venv/course: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing the course into .venv (once; PyTorch and JupyterLab take some minutes) ..."
	@$(INSTALL) . && touch $@

# For authors and teachers: from here on, a release ends.
test: .venv/test ## run every test: package, notebooks with their outputs, browser
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadscope --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg -q

notebooks: .venv/test ## execute all notebooks again and save their outputs
	@$(BIN)/python tools/reexecute.py $(NOTEBOOKS)

player: ## make the short script that players carry from the one that people read (needs npm)
	@$(PYTHON) tools/minify.py

lint: .venv/test ## check style and formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

bench: .venv/test ## compare speeds and sizes, both ways in one run
	@$(BIN)/python tools/bench.py

release: ## put the course without its model solutions into student-course/, a repository of its own, for a graded class
	@$(PYTHON) tools/release.py student-course

handouts: .venv/test ## make worksheets and a card to print, in handouts/
	@$(BIN)/python tools/handouts.py handouts

site: .venv/site ## make the course's pages for a web server, in site/
	@$(BIN)/python tools/site.py site

test-all: .venv/test ## run notebooks and browser with the lowest and with the newest versions that the ranges admit, each in a new environment
	@$(BIN)/python tools/both_ends.py

.venv/test: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing the course and its test tools into .venv (once; some minutes) ..."
	@$(INSTALL) ".[test,teach,site]" && touch $@ .venv/course .venv/site

.venv/site: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing the course and what makes its site into .venv (once; some minutes) ..."
	@$(INSTALL) ".[site]" && touch $@ .venv/course
