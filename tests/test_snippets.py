"""Snippets of `tests/snippets`, each run before and after its safe fixes: they give the same, in every respect.

Each defines `f()`. A module that is not installed skips those that import it.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text
from tests.test_value_flow import run

FOLDER = Path(__file__).parent / "snippets"
NUMPY = "import numpy as np\n"
FUTURE = "from __future__ import annotations\n"


def snippets() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n### ")[1:]:
            name, _, source = block.partition("\n")
            if NUMPY not in source:
                start = FUTURE if FUTURE in source else ""
                source = start + NUMPY + source.removeprefix(start)
            found.append(pytest.param(source, id=f"{path.stem}-{name}"))
    return found


def outcome_of(source: str) -> Any:
    """What `f()` gives, or the kind of exception it raises."""
    try:
        return run(source)
    except Exception as error:
        return type(error)


def same(a: Any, b: Any) -> bool:
    """Whether two results agree in type, labels, mask, shape, dtype and value."""
    # A snippet's own classes are made anew each time it runs.
    if f"{type(a)}" != f"{type(b)}":
        return False
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    home = type(a).__module__.partition(".")[0]
    if home in ("pandas", "xarray"):
        return same_labels(home, a, b)
    if isinstance(a, np.ma.MaskedArray):
        masks = np.array_equal(np.ma.getmaskarray(a), np.ma.getmaskarray(b))
        return masks and same(a.compressed(), b.compressed())
    x, y = np.asarray(a), np.asarray(b)
    if x.shape != y.shape or x.dtype != y.dtype:
        return False
    if x.dtype.kind not in "fc":
        return x.tolist() == y.tolist()
    tolerance = {2: 3e-3, 4: 1e-5}.get(x.dtype.itemsize, 1e-9)
    return np.allclose(x, y, rtol=tolerance, atol=0, equal_nan=True)


def same_labels(home: str, a: Any, b: Any) -> bool:
    testing = importlib.import_module(f"{home}.testing")
    try:
        if home == "xarray":
            testing.assert_allclose(a, b)
            return bool(a.name == b.name) if hasattr(a, "name") else True
        getattr(testing, "assert_series_equal" if a.ndim == 1 else "assert_frame_equal")(a, b)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("source", snippets())
def test_a_fixed_snippet_gives_what_it_gave(source: str):
    for module in re.findall(r"^import (pandas|xarray)", source, re.MULTILINE):
        pytest.importorskip(module)

    outcome = fix_text(source, check_text, "safe")
    before, after = outcome_of(source), outcome_of(outcome.text)

    assert outcome.reason is None
    assert same(before, after), f"{before} became {after} in\n{outcome.text}"
    assert fix_text(outcome.text, check_text, "safe").text == outcome.text
