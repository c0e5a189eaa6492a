"""A sum that gets its axis back has one form where the code says that there are two dimensions."""

from __future__ import annotations

import pytest

from stabaudit.api import check_source


def rewritten(formula: str, made: str) -> str | None:
    """The text of the only fix of a formula of `x`, which is made so, if it is safe."""
    body = "".join(f"    {line}\n" for line in formula.splitlines())
    (finding,) = check_source(f"import numpy as np\n\n\ndef f(rng, n, m, shape):\n    x = {made}\n{body}")
    if finding.fix is None or finding.fix.applicability == "unsafe":
        return None
    return finding.fix.message


RATIO = "e = np.exp(-x)\nreturn e / e.sum(axis=-1).reshape(-1, 1)"


@pytest.mark.parametrize(
    "made",
    [
        "rng.rand(n, m)",
        "rng.randn(3, 5)",
        "rng.random_sample(size=(n, 5))",
        "rng.random((n, m))",
        "rng.normal(0, 1, (n, m))",
        "rng.uniform(size=(n, m))",
        "np.random.standard_normal((n, m))",
    ],
)
def test_random_numbers_of_two_dimensions_are_known(made: str):
    assert rewritten(RATIO, made) == "replace with `stable.softmax(-x, axis=-1)`"


@pytest.mark.parametrize("made", ["rng.rand(n, m, 2)", "rng.rand(*shape)", "rng.normal(size=shape)", "n - m"])
def test_of_others_nobody_knows_how_many_they_have(made: str):
    assert rewritten(RATIO, made) is None


def test_what_was_drawn_once_is_not_drawn_again():
    assert rewritten("return np.exp(x) / np.exp(x).sum()", "rng.rand(n, m)") == "replace with `stable.softmax(x)`"
    once = "return np.exp(rng.rand(n)) / np.exp(rng.rand(n)).sum()"
    assert not any(
        f.fix and f.fix.applicability == "safe"
        for f in check_source(f"import numpy as np\n\n\ndef f(rng, n):\n    {once}\n")
    )
