# make demo             - set up .venv and run the four call flows
# make test             - set up .venv and run everything CI runs
# make grammar          - generate the codec and the table of packages anew from grammars/, and compile
# make compile          - compile the codec in place
# make bench            - measure
# make fuzz SECONDS=60  - feed the codec what atheris thinks of; FUZZ=text or FUZZ=binary: one encoding only
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SECONDS ?= 60
FUZZ ?= text binary

# What a compiled codec is made from. An import looks at no dates: whoever edits these and runs Python by hand runs the
# library compiled before, unless they `make compile` first or set H248_INTERPRETED=1; every target here compiles anew.
COMPILED_FROM := hatch_build.py pyproject.toml $(wildcard megaco/*.py megaco/text/*.py megaco/binary/*.py megaco/message/*.py megaco/packages/*.py megaco/transaction/*.py)
CODEC_TESTS := $(wildcard $(addprefix tests/megaco/,grammar text binary message packages transaction commands test_codec.py test_codec_fragments.py test_codec_salvage.py test_corpus.py)) tests/network/test_oracles.py

.PHONY: demo test grammar compile fixtures bench fuzz clean

demo: $(VENV)/.installed
	$(BIN)/h248 demo all

test: $(VENV)/.compiled
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m megaco.grammar --check
	@test -z "$$CI" || $(BIN)/h248 version | grep '^codec: compiled' || { echo 'CI tests the compiled codec too'; exit 1; }
	$(BIN)/pytest
	H248_INTERPRETED=1 $(BIN)/pytest $(CODEC_TESTS)

grammar: $(VENV)/.installed-test
	$(BIN)/python -m megaco.grammar
	$(MAKE) compile

compile: $(VENV)/.installed-test
	rm -f $(VENV)/.compiled
	$(MAKE) $(VENV)/.compiled

fixtures: $(VENV)/.installed
	$(BIN)/h248 fixtures check fixtures

bench: $(VENV)/.compiled
	$(BIN)/python bench/demo.py
	$(BIN)/python bench/packages.py
	$(BIN)/python bench/codec/run.py
	$(BIN)/python bench/stack/run.py
	$(BIN)/python bench/relay/run.py

# Interpreted, because atheris is guided by the Python code that it sees run. The encodings share the time.
fuzz: $(VENV)/.installed-fuzz
	for encoding in $(FUZZ); do \
	  H248_INTERPRETED=1 $(BIN)/python tests/fuzz/fuzz_$$encoding.py \
	    -max_total_time=$$((($(SECONDS) + $(words $(FUZZ)) - 1) / $(words $(FUZZ)))) || exit; \
	done

clean:
	rm -rf $(VENV) build dist
	find megaco -name '*.so' -delete

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("h248 needs Python 3.11 or newer; try: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python $(COMPILED_FROM)
	@echo 'installing; where there is a C compiler the codec is compiled, which takes about two minutes'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

# pip would hide why it could not compile; the next rule compiles and tells.
$(VENV)/.installed-test: $(VENV)/bin/python pyproject.toml
	H248_INTERPRETED=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

$(VENV)/.installed-fuzz: $(VENV)/.compiled
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	touch $@

$(VENV)/.compiled: $(VENV)/.installed-test $(COMPILED_FROM)
	$(BIN)/python hatch_build.py
	touch $@ $(VENV)/.installed
