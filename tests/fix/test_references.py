"""A formula that a test compares a result with stays what it is: only a user may have it rewritten."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from stabaudit.api import check_source
from stabaudit.source import current_file

HEAD = "import numpy as np\nimport pytest\nfrom numpy.testing import assert_allclose\nfrom mine import softplus\n\n\n"


def applicability(code: str, path: str | None = None) -> str:
    """Of the one fix, which has the reason if it is unsafe."""
    if path is None:
        (finding,) = check_source(code)
    else:
        with current_file.at(path):
            (finding,) = check_source(code)
    assert finding.fix is not None
    if finding.fix.applicability == "unsafe":
        assert finding.fix.reason == "what a test compares is computed with this formula"
    return finding.fix.applicability


@pytest.mark.parametrize(
    "code",
    [
        "def test_it(x):\n    assert_allclose(softplus(x), np.log(1 + np.exp(x)))\n",
        "def test_it(x):\n    expected = np.log(1 + np.exp(x))\n    check(softplus(x), expected)\n",
        "def test_it(x):\n    y = np.log(1 + np.exp(x))\n    np.testing.assert_almost_equal(softplus(x), 2 * y)\n",
        "def test_it(x):\n    assert softplus(x) == pytest.approx(np.log(1 + np.exp(x)))\n",
        "def test_it(x):\n    y = np.array([np.log(1 + np.exp(v)) for v in x])\n"
        "    z = y.sum()\n    assert z == softplus(x)\n",
        "def naive_softplus(x):\n    return np.log(1 + np.exp(x))\n",
        "def softplus_ref(x):\n    y = x + 1\n    return np.log(1 + np.exp(y))\n",
        "def by_hand(x):\n    return np.log(1 + np.exp(x))\n\n\n"
        "def test_it(x):\n    assert_allclose(softplus(x), by_hand(x))\n",
        "by_hand = lambda x: np.log(1 + np.exp(x))\n\n\n"
        "def test_it(x):\n    assert_allclose(softplus(x), by_hand(x))\n",
        "class TestIt:\n    def by_hand(self, x):\n        return np.log(1 + np.exp(x))\n\n"
        "    def test_it(self, x):\n        self.assertEqual(softplus(x), self.by_hand(x))\n",
        "class TestIt:\n    def setUp(self):\n        self.y = np.log(1 + np.exp(self.x))\n\n"
        "    def test_it(self):\n        self.assertEqual(softplus(self.x), self.y)\n",
        "def test_it(x):\n    y = mean_squared_error(np.log(1 + np.exp(x)), x)\n    z = softplus(x)\n"
        "    assert y == z.mean()\n",
        "def test_it(x):\n    assertion(atol=1e-5)(softplus(x), np.log(1 + np.exp(x)))\n",
        "TestIt = tester(softplus, expected=lambda x: np.log(1 + np.exp(x)))\n",
        "def test_it(x):\n    for y in np.log(1 + np.exp(x)):\n        assert softplus(x) == y\n",
        "@pytest.mark.parametrize(('f', 'g'), [(softplus, lambda x: np.log(1 + np.exp(x)))])\n"
        "def test_it(f, g):\n    check(f, g)\n",
        "def test_it(x):\n    y = np.zeros(3)\n    y[1] = np.log(1 + np.exp(x))\n    assert_allclose(softplus(x), y)\n",
    ],
)  # fmt: skip
def test_a_formula_that_a_test_compares_with_is_not_rewritten_safely(code: str):
    assert applicability(HEAD + code) == "unsafe"


@pytest.mark.parametrize(
    "code",
    [
        "def model(x):\n    return np.log(1 + np.exp(x))\n\n\ndef test_it(x):\n    fit(model, x)\n",
        "def test_it(x):\n    y = np.log(1 + np.exp(x))\n    fit(y)\n    assert x == 3\n",
        "def test_it(x):\n    assert_allclose(Model(softplus).fit(x).predict(x), 1)\n"
        "    y = np.log(1 + np.exp(x))\n    assert_allclose(Model().fit(x).predict(x), y)\n",
        "def test_it(x):\n    assert_allclose(approximate_softplus(x), np.log(1 + np.exp(x)))\n",
        "def test_it(x):\n    def step(x):\n        return softplus(x)\n\n"
        "    assert_allclose(iterate(step), np.log(1 + np.exp(x)))\n",
    ],
)
def test_what_is_not_compared_with_that_very_function_is(code: str):
    assert applicability(HEAD + code) == "safe"


CODE = "import numpy as np\n\n\ndef naive_softplus(x):\n    return np.log(1 + np.exp(x))\n"
CHECK = dedent("""
    import numpy as np


    def fit(x):
        y = np.log(1 + np.exp(x))
        assert np.allclose(y, softplus(x))
    """)


@pytest.mark.parametrize("code", [CODE, CHECK])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("package/tests/shared.py", "unsafe"),
        ("package/testing/__init__.py", "unsafe"),
        ("test_it.py", "unsafe"),
        ("it_test.py", "unsafe"),
        ("conftest.py", "unsafe"),
        ("package/it.py", "safe"),
        ("package/latest.py", "safe"),
    ],
)
def test_the_name_of_a_file_says_that_it_tests(
    code: str, path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert applicability(code, path) == kind


def test_what_depends_on_the_name_of_a_file_is_not_kept_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with current_file.at("package/it.py"):
        check_source(CODE)
        assert current_file.was_asked()


@pytest.mark.parametrize("name", ["log1pexp_nan", "unstable_softplus", "overflowing", "test_underflow"])
def test_a_formula_that_a_test_keeps_for_its_fault_stays(name: str):
    (finding,) = check_source(f"{HEAD}def {name}(x):\n    return np.log(1 + np.exp(x))\n")
    assert finding.fix is not None
    assert finding.fix.reason == "the test relies on the instability of this formula"
