"""The names in a formula mean what they were read as, or its fix is not safe and says why."""

from __future__ import annotations

import pytest

from stabaudit.api import check_source
from stabaudit.findings.finding import Fix

FORMULA = "def f(x):\n    return log(1 + exp(x))\n"


def fix_of(code: str) -> Fix:
    """The one fix."""
    (finding,) = check_source(code)
    assert finding.fix is not None
    return finding.fix


@pytest.mark.parametrize(
    "code",
    [
        f"from numpy import exp, log\n\n\n{FORMULA}",
        f"from numpy import *\n\n\n{FORMULA}",
        f"from mine import *\nfrom numpy import exp, log\n\n\n{FORMULA}",
        f"from numpy import *\nfrom math import *\n\n\n{FORMULA}",
        f"from numpy import exp, log\n\n\n{FORMULA}\n\ndef g(exp):\n    log = exp\n    return log\n",
        f"from numpy import exp, log\n\nexec(text, {{}})\n\n\n{FORMULA}",
        f"from numpy import exp, log\n\n\ndef run(text):\n    exec(text)\n\n\n{FORMULA}",
        "import numpy as np\n\nnp.random.seed = None\n\n\ndef f(x):\n    return np.log(1 + np.exp(x))\n",
    ],
)
def test_a_name_with_one_meaning_leaves_a_fix_safe(code: str):
    fix = fix_of(code)
    assert fix.applicability == "safe", fix.reason


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (
            f"from numpy import exp, log\nfrom mine import *\n\n\n{FORMULA}",
            "`exp` may have another meaning: line 2 imports all names of `mine`",
        ),
        (
            f"from numpy import exp, log\n\n\n{FORMULA}\n\nif fast:\n    exp = quick\n",
            "`exp` may be rebound on line 9",
        ),
        (
            f"from numpy import exp, log\n\nexec(text)\n\n\n{FORMULA}",
            "the `exec` on line 3 may rebind any name",
        ),
        (
            "import math\n\nmath.exp = quick\n\n\ndef f(x):\n    return math.log(1 + math.exp(x))\n",
            "`exp` is another function from line 3 on",
        ),
    ],
)
def test_a_name_that_may_mean_something_else_makes_a_fix_unsafe(code: str, reason: str):
    fix = fix_of(code)
    assert (fix.applicability, fix.reason) == ("unsafe", reason)
