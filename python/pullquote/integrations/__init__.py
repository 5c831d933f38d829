"""Engines that people already run, each a few lines over `Pipeline.map_batch`: spark, dask, polars, duckdb."""
