"""The plugin of pytest: its options, and what is done where `--stabaudit` is given. Nothing else is loaded."""

from __future__ import annotations

import pytest

#: Where the results go if nothing else is said.
FILE = "stabaudit-reach.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    add = parser.getgroup("stabaudit", "stabaudit: how near the data comes to where formulas fail").addoption
    add("--stabaudit", action="store_true", help="watch the values at the findings of stabaudit while the tests run")
    add("--stabaudit-src", action="append", metavar="PATH", help="files and folders with the findings (default: all)")
    add("--stabaudit-reach", default=FILE, metavar="FILE", help=f"file for the results (default: {FILE})")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin before the first file of the project is imported, which may be a `conftest.py`."""
    if early_config.known_args_namespace.stabaudit:
        from stabaudit.watch.session import begin

        begin(early_config)
