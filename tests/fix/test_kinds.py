"""Where the code says of what kind its values are, a fix that would not keep them is not safe; elsewhere it is."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.check import check_text


def verdict(source: str) -> str:
    """`safe`, or why there is no safe fix of the only finding."""
    text = dedent(source).lstrip()
    text = text if "import numpy" in text else f"import numpy as np\n{text}"
    (finding,) = check_text(text)
    if finding.fix is None:
        return finding.withheld or ""
    return finding.fix.reason or finding.fix.applicability


SIGMOID = "def f(x):\n    return 1 / (1 + np.exp(-x))\n"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (
            "def f(x, y):\n    return g(x + 1j * y)\n\n\ndef g(z):\n    return np.exp(z) / np.sum(np.exp(z))\n",
            "complex",
        ),
        ("def f(x):\n    z = np.linalg.eigvals(x)\n    return np.log(np.sum(np.exp(z)))\n", "complex"),
        ("def f(z: 'np.complex128'):\n    return 1 / (1 + np.exp(-z))\n", "complex"),
        ("def f(n):\n    z = np.array(n, dtype='complex64')\n    return 1 / (1 + np.exp(-z))\n", "complex"),
        (f"{SIGMOID}\ny = f(2 + 3j)\n", "complex"),
        ("def f(x):\n    p = 1 / (1 + np.exp(-x))\n    return p.real, p.imag\n", "complex"),
        ("class A:\n    z: complex\n\n    def f(self):\n        return 1 / (1 + np.exp(-self.z))\n", ""),
        (f"{SIGMOID}\ny = f(np.matrix([[1, 2]]))\n", "matrix"),
        ("def f(s, w):\n    x = s.todense()\n    return 1 / (1 + np.exp(-x * w))\n", "matrix"),
        ("def f(x):\n    y = x.astype(bool)\n    return np.exp(y) / np.exp(y).sum()\n", "float16"),
        ("def f(x: np.uint8):\n    return np.log(1 + np.exp(x))\n", "float16"),
        (
            "import pandas as pd\nimport numpy as np\n\n\ndef f(x: pd.DataFrame):\n"
            "    return np.exp(x) / np.exp(x).sum()\n",
            "DataFrame",
        ),
        (
            "import xarray as xr\nimport numpy as np\n\n\ndef f(path):\n    x = xr.open_dataset(path)\n"
            "    return 1 / (1 + np.exp(-x))\n",
            "Dataset",
        ),
        (
            "class A:\n    @property\n    def z(self):\n        self.n += 1\n        return self.n\n\n"
            "    def f(self):\n        return np.exp(self.z) / np.exp(self.z).sum()\n",
            "property",
        ),
    ],
)
def test_what_the_code_says_of_its_values_is_heard(source: str, word: str):
    found = verdict(source)
    assert word in found
    assert word == "" or found != "safe"


@pytest.mark.parametrize(
    "source",
    [
        SIGMOID,
        "def f(z: complex):\n    x = np.abs(z)\n    return np.exp(x) / np.exp(x).sum()\n",
        "def f(z: complex):\n    return 1 / (1 + np.exp(-z.real))\n",
        "def f(x):\n    p = 1 / (1 + np.exp(-x))\n    z = 1j * p\n    return z\n",
        "def g(z):\n    return z * 1j\n\n\ndef f(z):\n    return 1 / (1 + np.exp(-z))\n",
        "def f(m):\n    x = np.asarray(np.matrix(m))\n    return 1 / (1 + np.exp(-x))\n",
        "def f(a):\n    x = (a > 0).astype(float)\n    return 1 / (1 + np.exp(-x))\n",
        "def f(a):\n    x = a.astype(bool) * 0.5\n    return 1 / (1 + np.exp(-x))\n",
        "def f(a, b):\n    x = a if b > 0 else -a\n    return 1 / (1 + np.exp(-x))\n",
        "def f(a, b):\n    x = np.where(b == 0, -1, 1) * a\n    return 1 / (1 + np.exp(-x))\n",
        "import pandas as pd\nimport numpy as np\n\n\ndef f(d):\n    d = pd.read_csv(d)\n    x = d['a']\n"
        "    return np.exp(x) / np.exp(x).sum()\n",
        "import pandas as pd\nimport numpy as np\n\n\ndef f(d):\n    x = pd.read_csv(d).to_numpy()\n"
        "    return np.exp(x) / np.exp(x).sum()\n",
        "import pandas as pd\nimport numpy as np\n\n\ndef f(x: pd.DataFrame):\n    return 1 / (1 + np.exp(-x))\n",
        "class A:\n    @property\n    def z(self):\n        scale = 2\n        return self.n * scale\n\n"
        "    def f(self):\n        return np.exp(self.z) / np.exp(self.z).sum()\n",
    ],
)
def test_what_is_of_no_such_kind_is_fixed(source: str):
    assert verdict(source) == "safe"


def test_numpys_own_functions_take_what_the_formula_took():
    assert verdict("def f(x):\n    z = x.astype(complex)\n    return np.exp(z) - 1\n") == "safe"


def test_text_that_is_no_python_says_nothing():
    from stabaudit.fix.kinds import Kinds

    assert Kinds("complex = (").of("x", 1) == []
    assert Kinds("z = 1j\n").of("x[", 1) == []
    assert [kind.name for kind in Kinds("z = 1j\n").of("z", 1)] == ["complex"]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("torch.arange(5)", False),
        ("torch.tensor([1, 2])", False),
        ("y.long()", False),
        ("torch.randint(3, (5,))", False),
        ("torch.zeros(3, dtype=torch.int64)", False),
        ("y", True),
        ("torch.arange(0.0, 5.0)", True),
        ("torch.tensor([1.0, 2.0])", True),
        ("y.long().float()", True),
        ("torch.randn(5)", True),
    ],
)
def test_torch_has_no_softmax_of_integers(given: str, safe: bool):
    source = f"import torch\n\n\ndef f(y):\n    x = {given}\n    return torch.exp(x) / torch.exp(x).sum(dim=0)\n"
    findings = check_text(source)
    assert all((f.fix is not None and f.fix.applicability == "safe") is safe for f in findings), findings


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        # Of functions with the same name the first is taken for the one that is called.
        ("def f(x):\n    x\ndef f(x):\n    x\nf(1j)\n", 2, True),
        ("def f(x):\n    x\ndef f(x):\n    x\nf(1j)\n", 4, False),
        ("class A:\n    def f(self):\n        self.x\n    def g(self):\n        self . x = 1j\n", 3, False),
        (
            "class A:\n    def f(self, x):\n        x\n    def g(self):\n        self.z = 1j\n        self.f(self.z)\n",
            3,
            True,
        ),
        ("def f(x):\n    def g(y):\n        x\n    g(x)\nf(x=1j)\n", 3, True),
        ("def f(x):\n    y = x\n    x = z\n    z = y\n    x\ndef g():\n    ﬀ = 1j\n    f(ff)\n", 5, True),
        ("a = 1j; x = a\ndef f():\n    x\n", 3, True),
    ],
)
def test_a_kind_is_followed_through_the_module(text: str, row: int, found: bool):
    from stabaudit.fix.kinds import Kinds

    assert ("complex" in [kind.name for kind in Kinds(text).of("x", row)]) == found
