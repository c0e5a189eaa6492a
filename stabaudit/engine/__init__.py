"""Many files to their results: workers, limits, the cache."""
