# `make demo` shows what it does, `make test` that it does it right. Both need Python >= 3.11, Rust and make alone.
# Paths are relative, so the folder may have any name.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test accuracy clean

demo: .venv/built
	$(BIN)/python examples/demo.py examples/articles demo

test: .venv/built
	cargo fmt --check
	cargo clippy --locked --release --features python --all-targets -- -D warnings
	cargo test --locked --release
	$(BIN)/ruff check python tests/python benches examples
	$(BIN)/ruff format --check python tests/python benches examples
	$(BIN)/mypy
	cd python && ../$(BIN)/python -m mypy.stubtest pullquote._native --ignore-disjoint-bases
	$(BIN)/pytest

# The dev sets lie beside the project where they are; they are no part of it.
accuracy: .venv/built
	$(BIN)/python benches/accuracy.py --data "$(DATA)"

# `python3 -m venv` again where the folder was moved: scripts in it hold its old name.
.venv/ready: requirements-dev.txt
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.venv/built: .venv/ready pyproject.toml Cargo.toml Cargo.lock $(shell find src -type f | sed 's/ /\\ /g') python/pullquote/__init__.py
	$(BIN)/maturin develop --locked --release
	touch $@

clean:
	rm -rf .venv demo target
