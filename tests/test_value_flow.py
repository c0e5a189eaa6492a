"""A fix must mean what the code meant, however its values got where they are: each snippet is run before and after.

Every snippet defines `f()`. Some look like a softmax and are none, as a name has changed on the way.
"""

from __future__ import annotations

import warnings
from textwrap import dedent, indent
from typing import Any

import numpy as np
import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text


def run(source: str) -> Any:
    """What the snippet's `f()` gives."""
    names: dict[str, Any] = {"__name__": "snippet"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, "<snippet>", "exec"), names)
        return names["f"]()


def same(a: Any, b: Any) -> bool:
    """Whether two results agree in type, shape, dtype and value."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    x, y = np.asarray(a), np.asarray(b)
    tolerance = 1e-9 if x.dtype.itemsize > 4 else 1e-5
    return x.shape == y.shape and x.dtype == y.dtype and np.allclose(x, y, rtol=tolerance, atol=0, equal_nan=True)


def hold(source: str) -> str:
    """The snippet with all safe fixes, which give what it gave and are the last ones."""
    source = dedent(source).lstrip()
    if "import numpy as np" not in source:
        source = f"import numpy as np\n\n{source}"
    outcome = fix_text(source, check_text, "safe")
    assert outcome.reason is None
    before, after = run(source), run(outcome.text)
    assert same(before, after), f"{before} became {after} in\n{outcome.text}"
    assert fix_text(outcome.text, check_text, "safe").text == outcome.text
    return outcome.text


def steps(body: str) -> str:
    """A snippet that returns `e / e.sum()` after the steps in `body`."""
    lines = ["def f():", "    x = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 1.0]])", "    e = np.exp(x)"]
    return "\n".join([*lines, indent(dedent(body).strip("\n"), "    "), "    return e / e.sum()\n"])


def test_untouched_steps_are_fixed():
    assert "stable.softmax(x)" in hold(steps("y = x + 1"))


@pytest.mark.parametrize(
    "body",
    [
        """
        e = np.ones(3)
        try:
            int("a")
            e = np.exp(x)
        except ValueError:
            pass
        """,
        """
        import contextlib
        e = np.ones(3)
        with contextlib.suppress(ValueError):
            int("a")
            e = np.exp(x)
        """,
        """
        e = np.ones(3)
        try:
            try:
                int("a")
                e = np.exp(x)
            finally:
                e = e / e.sum() + 1
        except ValueError:
            pass
        """,
        """
        for i in range(3):
            e = np.exp(x)
            if i == 0:
                e = e + 1
                break
        """,
        """
        for i in range(3):
            if i == 2:
                e = e + 1
                continue
            e = np.exp(x)
        """,
        """
        for i in range(3):
            e = np.exp(x)
            if i > 5:
                break
        else:
            e = e + 1
        """,
        """
        i = 0
        while True:
            e = np.exp(x)
            i += 1
            if i > 2:
                e = e + i
                break
        """,
    ],
)
def test_every_way_out_of_a_block_counts(body: str):
    hold(steps(body))
