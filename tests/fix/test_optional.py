"""A library that a file tries to import is known all the same, and a fix does not make it required."""

from __future__ import annotations

import pytest

from stabaudit.api import check_source
from stabaudit.findings.finding import Fix

TORCH = "\n\ndef f(x):\n    return torch.log(1 + torch.exp(x))\n"
NUMPY = "\n\ndef f(x):\n    return np.log(1 + np.exp(x))\n"


def fix_of(code: str) -> Fix | None:
    """Of the only finding."""
    (finding,) = check_source(code)
    return finding.fix


@pytest.mark.parametrize(
    "handler",
    [
        "except ImportError:\n    pass\n",
        "except ImportError:\n    torch = None\n",
        "except (ImportError, OSError):\n    torch = HAS = None\n",
        "except ImportError:\n    HAS_TORCH = False\nelse:\n    HAS_TORCH = True\n",
        "except ImportError as error:\n    raise RuntimeError from error\n",
    ],
)
def test_a_library_that_may_not_be_there_has_its_own_functions(handler: str):
    fix = fix_of(f"try:\n    import torch\n{handler}{TORCH}")
    assert fix is not None
    assert fix.applicability == "safe"


@pytest.mark.parametrize(
    "handler",
    [
        "except ImportError:\n    import mine as torch\n",
        "except ImportError:\n    torch = Fake()\n",
        "except ImportError:\n    class torch:\n        exp = log = None\n",
        "except ImportError:\n    torch = None\n    torch = Fake()\n",
    ],
)
def test_what_stands_for_it_where_it_is_not_there_is_another(handler: str):
    fix = fix_of(f"try:\n    import torch\n{handler}{TORCH}")
    assert fix is None or fix.applicability == "unsafe"


def test_the_runtime_is_no_safe_need_of_a_file_that_works_without_numpy():
    fix = fix_of(f"try:\n    import numpy as np\nexcept ImportError:\n    np = None\n{NUMPY}")
    assert fix is not None
    assert fix.reason == "`numpy` is optional in this file, and the fix would require it"


@pytest.mark.parametrize(
    "imports",
    [
        "try:\n    import numpy as np\nexcept ImportError:\n    raise SystemExit\n",
        "import numpy as np\ntry:\n    import numpy as np\nexcept ImportError:\n    np = None\n",
    ],
)
def test_it_is_where_the_file_needs_numpy(imports: str):
    fix = fix_of(f"{imports}{NUMPY}")
    assert fix is not None
    assert fix.applicability == "safe"


def test_what_was_imported_together_is_there_together():
    code = "try:\n    import jax\n    import jax.numpy as jnp\nexcept ImportError:\n    pass\n"
    fix = fix_of(f"{code}\n\ndef f(x):\n    return jnp.log(1 + jnp.exp(x))\n")
    assert fix is not None
    assert fix.edits[-1].content == "jax.nn.softplus(x)"
