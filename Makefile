# `make demo` shows what it does, `make test` that it does it right. Both need Python >= 3.11, Rust and make alone.
# All paths are relative, so the folder may have any name.
PYTHON ?= python3
RUN := .venv/bin/python
SOURCES := $(shell find src -type f | sed 's/ /\\ /g')
CHECKED := python tests/python benches examples

.PHONY: demo test accuracy train clean

demo: .venv/built
	$(RUN) examples/demo.py examples/articles demo

test: .venv/built
	cargo fmt --check
	cargo clippy --locked --release --features python --all-targets -- -D warnings
	cargo test --locked --release
	$(RUN) -m ruff check $(CHECKED)
	$(RUN) -m ruff format --check $(CHECKED)
	$(RUN) -m mypy
	MYPYPATH=python $(RUN) -m mypy.stubtest pullquote._native --mypy-config-file pyproject.toml
	$(RUN) -m pytest

# The dev sets lie outside of the project: make accuracy DATA=folder
accuracy: .venv/built
	$(RUN) benches/accuracy.py --data "$(DATA)"

# The models that ship with the package, to the same bytes: make train DATA=folder [ONLY=quotes]
train:
	cargo run --locked --release --no-default-features --features train --example train -- "$(DATA)" src/model $(ONLY)

.venv/ready: requirements-dev.txt
	$(PYTHON) -m venv --clear .venv
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.venv/built: .venv/ready pyproject.toml Cargo.toml Cargo.lock $(SOURCES)
	VIRTUAL_ENV="$(CURDIR)/.venv" $(RUN) -m maturin develop --locked --release
	touch $@

clean:
	rm -rf .venv demo target
