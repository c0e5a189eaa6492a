"""What a fix brings in from the library that an expression is written for."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text


def fixed(head: str, body: str) -> str:
    return fix_text(f"{head}\n\n\ndef f(x):\n    return {body}\n", check_text, "safe").text


@pytest.mark.parametrize(
    ("head", "naive", "after", "stable"),
    [
        ("from math import exp", "exp(x) - 1", "from math import expm1", "expm1(x)"),
        ("from math import log, exp", "log(1 + x)", "from math import exp, log1p", "log1p(x)"),
        ("from numpy import cos, exp, pi", "exp(x) - 1", "from numpy import cos, expm1, pi", "expm1(x)"),
        ("from numpy import (\n    log,\n)", "log(1 + x)", "from numpy import (\n    log1p,\n)", "log1p(x)"),
        (
            "from numpy import (\n    cos,\n    log,\n)",
            "log(1 + x)",
            "from numpy import (\n    cos,\n    log1p,\n)",
            "log1p(x)",
        ),
        ("from torch import exp", "1 / (1 + exp(-x))", "from torch import sigmoid", "sigmoid(x)"),
        ("from jax.numpy import exp", "exp(x) - 1", "from jax.numpy import expm1", "expm1(x)"),
        (
            "from math import exp\n\nexpm1 = 3",
            "exp(x) - 1",
            "import math\n\nexpm1 = 3",
            "math.expm1(x)",
        ),
        (
            "import jax.numpy as jnp",
            "1 / (1 + jnp.exp(-x))",
            "import jax.numpy as jnp\nfrom jax.scipy import special as jax_special",
            "jax_special.expit(x)",
        ),
        (
            "import autograd.numpy as np\nimport scipy",
            "1 / (1 + np.exp(-x))",
            "import autograd.numpy as np\nimport scipy\nfrom autograd.scipy import special as autograd_special",
            "autograd_special.expit(x)",
        ),
    ],
)
def test_a_function_of_the_library_is_imported_as_the_file_does(head: str, naive: str, after: str, stable: str):
    assert fixed(head, naive) == f"{after}\n\n\ndef f(x):\n    return {stable}\n"


RUNTIME = "from stabaudit import runtime as stable"


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("import numpy as np", f"import numpy as np\n{RUNTIME}"),
        (
            "import numpy as np\n\nimport mine as m\n\nfrom mine.b import (\n    c,\n)",
            f"import numpy as np\n{RUNTIME}\n\nimport mine as m\n\nfrom mine.b import (\n    c,\n)",
        ),
        (
            "import numpy as np\n\nfrom mine import a\nfrom mine.b import c",
            f"import numpy as np\n{RUNTIME}\n\nfrom mine import a\nfrom mine.b import c",
        ),
        ("import os\n\nimport numpy as np", f"import os\n\nimport numpy as np\n{RUNTIME}"),
        (
            "import os\nimport numpy as np\nfrom . import a",
            f"import os\nimport numpy as np\n{RUNTIME}\nfrom . import a",
        ),
        (
            "import numpy as np\n\nfrom .a import b\nfrom .c import d",
            f"import numpy as np\n{RUNTIME}\n\nfrom .a import b\nfrom .c import d",
        ),
        (
            "import numpy as np\nfrom scipy import stats\nfrom torch import nn",
            f"import numpy as np\nfrom scipy import stats\n{RUNTIME}\nfrom torch import nn",
        ),
        ("import torch\nimport numpy as np\nimport a", f"import torch\nimport numpy as np\nimport a\n{RUNTIME}"),
        (
            '"""Doc."""\n\nfrom __future__ import annotations\n\nfrom .a import b\nimport numpy as np',
            f'"""Doc."""\n\nfrom __future__ import annotations\n\nfrom .a import b\nimport numpy as np\n{RUNTIME}',
        ),
    ],
)
def test_the_runtime_is_imported_where_isort_would_put_it(head: str, after: str):
    assert fixed(head, "1 / (1 + np.exp(-x))") == f"{after}\n\n\ndef f(x):\n    return stable.sigmoid(x)\n"


@pytest.mark.parametrize(
    "between",
    [
        "__all__ = ['f']\n",
        "__author__ = 'a'\n__all__ = [\n    'f',\n]\n",
        "VERSION = 3\n",
        '"""Not quite a docstring."""\n',
    ],
)
@pytest.mark.parametrize("future", ["", "from __future__ import division\n\n"])
def test_an_import_stands_with_the_others_behind_what_they_stand_behind(future: str, between: str):
    head = f"{future}{between}\nimport os\n\nimport numpy as np"
    assert fixed(head, "1 / (1 + np.exp(-x))").startswith(f"{head}\n{RUNTIME}\n\n\ndef f")


def test_sections_of_imports_are_parted_by_an_empty_line():
    assert fixed("import math", "1 / (1 + math.exp(-x))").startswith(f"import math\n\n{RUNTIME}\n\n\ndef")
    assert fixed("import numpy as np", "np.log(np.exp(x).sum() / 7)").startswith(
        f"import math\n\nimport numpy as np\n{RUNTIME}\n"
    )


@pytest.mark.parametrize(
    "head",
    [
        "try:\n    import jax.numpy as jnp\nexcept ImportError:\n    jnp = None",
        "if True:\n    import jax.numpy as jnp",
        "from .arrays import jnp",
    ],
)
def test_what_may_not_be_installed_is_not_imported(head: str):
    naive = "1 / (1 + jnp.exp(-x))"
    assert naive in fixed(head, naive)
    assert "jax_special" not in fixed(head, naive)


def test_scipy_is_not_imported_behind_the_back_of_autograd():
    head = "import autograd.numpy as np"
    [finding] = check_text(f"{head}\n\n\ndef f(x):\n    return 1 / (1 + np.exp(-x))\n")
    assert finding.withheld == "`autograd.scipy.special.expit` is not imported in this file"


def test_a_name_that_means_something_else_is_not_taken():
    assert "import math as math_library\n" in fixed("from math import exp\nmath = expm1 = 3", "exp(x) - 1")
    assert "return np.expm1(x)" in fixed("from numpy import exp\nimport numpy as np", "exp(x) - 1")


def test_fixes_of_several_libraries_bring_in_each_its_own():
    head = "from math import exp\nimport jax.numpy as jnp"
    text = fixed(head, "exp(x) - 1, 1 / (1 + exp(-x)), 1 / (1 + jnp.exp(-x))")
    assert text.endswith("return expm1(x), stable.scalar.sigmoid(x), jax_special.expit(x)\n")
    added = [
        "from math import expm1",
        "from stabaudit import runtime as stable",
        "from jax.scipy import special as jax_special",
    ]
    assert set(added) < set(text.splitlines())
    assert not [finding for finding in check_text(text) if finding.fix]


@pytest.mark.parametrize(
    "late",
    [
        'if __name__ == "__main__":\n    import math\n',
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import math\n",
        "print(f(1e-9))\nimport math\n",
        "class K:\n    import math\n",
        "import math\nmath = None\n",
        "import math\ndel math\n",
    ],
)
def test_an_import_that_may_not_be_there_is_not_relied_on(late: str):
    head = "from math import exp\n\n\ndef expm1(x):\n    return exp(x) - 1\n\n\nf = expm1\n\n\n"
    text = fix_text(head + late, check_text, "safe").text
    assert "import math as math_library\n" in text
    assert "return math_library.expm1(x)\n" in text


@pytest.mark.parametrize(
    ("head", "name", "naive", "stable"),
    [
        ("from math import *", "expm1", "exp(x) - 1", "math.expm1(x)"),
        ("from torch import exp, sigmoid", "sigmoid", "1 / (1 + exp(-x))", "torch.sigmoid(x)"),
        ("from math import exp, log, log1p", "log1p", "log(1 + x)", "math.log1p(x)"),
    ],
)
def test_a_function_under_the_name_of_what_is_imported_does_not_call_itself(
    head: str, name: str, naive: str, stable: str
):
    text = fix_text(f"{head}\n\n\ndef {name}(x):\n    return {naive}\n", check_text, "safe").text
    assert f"def {name}(x):\n    return {stable}\n" in text


def test_an_imported_name_that_is_given_a_value_is_not_called():
    text = fix_text(
        "from math import exp, expm1\nexpm1 = 3\n\n\ndef f(x):\n    return exp(x) - 1\n", check_text, "safe"
    ).text
    assert text.endswith("return math.expm1(x)\n")


@pytest.mark.parametrize(
    "formula", ["torch.log(1 + torch.exp(x) + math.exp(a))", "torch.log(math.exp(a) + torch.exp(x))"]
)
def test_a_number_is_not_given_to_a_function_of_tensors(formula: str):
    [finding] = check_text(f"import math\nimport torch\n\n\ndef f(x, a: float):\n    return {formula}\n")
    assert finding.withheld == "`math.exp` is a Python number, which the library does not accept everywhere"


def test_the_logarithm_of_a_number_leaves_a_float32_what_it_is():
    [finding] = check_text("import numpy as np\n\n\ndef f(x, y):\n    return np.exp(x) / (2 * np.exp(y) + np.exp(x))\n")
    assert finding.fix is not None
    assert finding.fix.edits[-1].content == "stable.sigmoid(x - y - math.log(2))"


def test_a_row_that_is_masked_as_a_whole_keeps_its_gradient():
    [finding] = check_text("import torch\n\n\ndef f(x):\n    return torch.log(1 + torch.exp(x).sum(1))\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "unsafe"
    assert finding.fix.reason == "its gradient is nan instead of 0 in fully masked rows (all exponents -inf)"


def test_a_section_of_its_own_stands_before_the_sections_behind_it():
    head = "from __future__ import division\n\n__all__ = ['f']\n\nimport numpy as np"
    text = fixed(head, "np.log(np.exp(x).sum() / 7)")
    assert text.startswith(
        f"from __future__ import division\n\n__all__ = ['f']\n\nimport math\n\nimport numpy as np\n{RUNTIME}\n\n\ndef"
    )
