"""One small syntax tree, made from Python's own parser or from LibCST, and what is asked of it."""
