"""Measure what ships against gold data made by others; no gold reaches the pipeline."""
