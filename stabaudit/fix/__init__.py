"""From findings to changed text."""
