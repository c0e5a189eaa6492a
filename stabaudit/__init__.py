"""stabaudit: find numerically unstable Python, rewrite it, and prove the rewrite."""

__version__ = "0.1.0"
