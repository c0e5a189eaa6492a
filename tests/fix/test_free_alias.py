"""The name under which a fix imports its functions means nothing else in the file."""

from __future__ import annotations

import pytest

from stabaudit.fix.imports import free_alias


@pytest.mark.parametrize(
    ("source", "alias"),
    [
        ("x = 1\n", "stable"),
        ("# stable\nx = 'stable'\nunstable = 2\n", "stable"),
        ("stable = 1\n", "steady"),
        ("import a.stable\n", "steady"),
        ("f(stable=1)\n", "steady"),
        ("def f(stable): pass\n", "steady"),
        ("global stable, steady\n", "stable_2"),
        ("stable steady stable_2\n", "stable_3"),
    ],
)
def test_the_alias_is_a_name_that_is_free(source: str, alias: str):
    assert free_alias(source, ("stable", "steady")) == alias
