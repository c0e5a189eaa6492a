"""A manager or `finally` that lets errors pass leaves a fix safe; those that take them are in `wrong_fixes`."""

import textwrap

import pytest

from stabaudit.api import fix_source

SWALLOW = """
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
"""
PASSING = {
    "a lock in a variable": """
        lock = threading.Lock()
        def g(x):
            with lock:
                return math.log(1 + math.exp(x))
        """,
    "a lock in an attribute": """
        class Model:
            def __init__(self):
                self.lock = threading.Lock()
            def g(self, x):
                with self.lock:
                    return math.log(1 + math.exp(x))
        """,
    "an heir that lets errors pass": """
        class Loud(Swallow):
            def __exit__(self, *a): return False
        def g(x):
            with Loud():
                return math.log(1 + math.exp(x))
        """,
    "a loop within finally": """
        def g(x):
            try:
                return math.log(1 + math.exp(x))
            finally:
                for part in range(3):
                    if part:
                        break
        """,
    "a function within finally": """
        def g(x):
            try:
                return math.log(1 + math.exp(x))
            finally:
                def after(): return 1
                after()
        """,
}


@pytest.mark.parametrize("code", PASSING.values(), ids=PASSING)
def test_what_lets_errors_pass_leaves_a_fix_safe(code: str):
    text = "import math\nimport threading\n" + SWALLOW + textwrap.dedent(code)
    assert "math.exp(x)" not in fix_source(text).text
