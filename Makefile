# Every target works in a fresh clone with nothing but Python 3.11 or newer and make.
#
#   make demo        check, settle and draft a real agreement into build/demo
#   make test        the quality checks, then every test but the wheel's
#   make check       ruff, ruff format, mypy --strict and the order of the layers
#   make wheel-test  build the wheel and the sdist, install each alone, and use them
#   make bench       the speed of a check, as ratios to a named yardstick
#   make clean       remove what these made
#
# Another Python: make test PYTHON=/path/to/python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
RUN := $(BIN)/python
POOLRULES := $(BIN)/poolrules
TABLES := poolrules/_data/agreement.tables.json
SETUP := pyproject.toml hatch_build.py

DEMO := build/demo
ROTHERHAM := agreements/rotherham/rotherham.pool
OUTTURN := --outturn agreements/rotherham/rotherham.outturn.csv --year 2015/16

.PHONY: help demo test check wheel-test bench clean

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

# The virtual environment. A folder whose making was interrupted has no stamp, and is made again.
.venv/made:
	@found=; \
	for each in "$(PYTHON)" python3.13 python3.12 python3.11 python3 python; do \
	    if "$$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then found="$$each"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo 'poolrules needs Python 3.11 or newer with its venv module, and none was found on the path.' >&2; \
	    echo 'Install it (on Debian or Ubuntu also python3-venv), or name it: make demo PYTHON=/path/to/python' >&2; \
	    exit 1; \
	fi; \
	echo "making .venv with $$found"; \
	"$$found" -m venv --clear .venv
	@touch $@

# Installing anew is needed only when what is to be installed has changed.
.venv/installed: .venv/made $(SETUP)
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[docx,xlsx]'
	@touch $@

.venv/installed-dev: .venv/made $(SETUP)
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch .venv/installed $@

# The reader compiles the grammar itself when these are absent or of another grammar; it is only slower.
$(TABLES): grammar/agreement.lark poolrules/syntax/tables.py poolrules/syntax/shape.py | .venv/installed
	@mkdir -p $(@D)
	$(RUN) -m poolrules.syntax.tables $@.new
	@mv $@.new $@

demo: .venv/installed $(TABLES)
	@mkdir -p $(DEMO)
	$(POOLRULES) check agreements/rotherham
	$(POOLRULES) settle $(ROTHERHAM) $(OUTTURN) > $(DEMO)/statement.txt
	@cat $(DEMO)/statement.txt
	$(POOLRULES) settle $(ROTHERHAM) $(OUTTURN) --format csv > $(DEMO)/statement.csv
	$(POOLRULES) settle $(ROTHERHAM) $(OUTTURN) -o $(DEMO)/statement.xlsx
	$(POOLRULES) draft $(ROTHERHAM) -o $(DEMO)/rotherham.docx
	$(POOLRULES) draft $(ROTHERHAM) -o $(DEMO)/rotherham.html
	@echo
	@echo 'Written:'
	@ls -1 $(DEMO)/statement.txt $(DEMO)/statement.csv $(DEMO)/statement.xlsx $(DEMO)/rotherham.docx $(DEMO)/rotherham.html | sed 's/^/  /'

check: .venv/installed-dev $(TABLES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(RUN) -m pytest --quiet tests/test_layers.py

test: check
	$(RUN) -m pytest --quiet --numprocesses auto

wheel-test: .venv/installed-dev
	$(RUN) -m pytest --quiet -m wheel tests/test_wheel.py

bench: .venv/installed-dev $(TABLES)
	$(RUN) -m benchmarks.cold_check
	$(RUN) -m benchmarks.growth
	$(RUN) -m benchmarks.portfolio
	$(RUN) -m benchmarks.ledger

clean:
	rm -rf .venv build dist $(dir $(TABLES)) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
