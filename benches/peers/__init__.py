"""Comparisons with other libraries, one module each: `add_options(parser)` and `main(options) -> int`."""
