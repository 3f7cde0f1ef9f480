"""Speed, memory and scale, as ratios and medians of one run: ``python -m evaluation.bench --out results/bench.json``."""
