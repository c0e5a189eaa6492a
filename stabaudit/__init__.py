"""stabaudit: find numerically unstable Python, rewrite it, and prove the rewrite."""

from stabaudit.api import Fixed, check_source, fix_source

__all__ = ["Fixed", "check_source", "fix_source"]
__version__ = "0.1.0"
