"""Full-text search beside other engines, on the same passages and queries: ``python -m benchmarks.search``."""
