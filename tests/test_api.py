from __future__ import annotations

import subprocess
import sys

import pytest

import stabaudit

TEXT = "import numpy as np\n\np = np.exp(z) / np.sum(np.exp(z))\n"


def test_the_findings_of_a_text_are_values():
    [one] = stabaudit.check_source(TEXT)
    assert (one.rule, one.start.row, one.start.column) == ("softmax", 3, 5)
    assert one.witness is not None
    assert one.fix is not None
    assert one.fix.applicability == "safe"


def test_rules_may_be_chosen():
    assert stabaudit.check_source(TEXT, select=["expm1"]) == []
    assert stabaudit.check_source(TEXT, ignore=["softmax"]) == []
    with pytest.raises(ValueError, match="unknown rule `sofmax` in select; did you mean `softmax`"):
        stabaudit.check_source(TEXT, select=["sofmax"])


def test_a_text_is_fixed_and_says_what_was_done():
    fixed = stabaudit.fix_source(TEXT)
    assert fixed.text.endswith("p = stable.softmax(z)\n")
    assert (fixed.fixed, fixed.left) == ({"softmax": 1}, ())
    assert stabaudit.fix_source(fixed.text).text == fixed.text


def test_comments_silence_and_idle_ones_are_told():
    assert (
        stabaudit.check_source(TEXT.replace("\n", "  # stabaudit: ignore[softmax]\n")[:-1])[0].rule == "unused-ignore"
    )


@pytest.mark.parametrize("function", [stabaudit.check_source, stabaudit.fix_source])
def test_what_is_no_python_is_a_syntax_error_with_its_place(function):
    with pytest.raises(SyntaxError) as caught:
        function("x = 1\ndef (:\n")
    assert caught.value.lineno == 2


def test_importing_the_package_imports_nothing_heavy():
    code = "import stabaudit, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()
    assert not {"libcst", "numpy", "mpmath", "argparse"} & (set(loaded) - set(_bare()))


def _bare() -> list[str]:
    code = "import sys; print(*sys.modules)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()


def test_the_functions_are_listed():
    assert {"check_source", "fix_source", "Fixed", "__version__"} <= set(dir(stabaudit))
