"""Numbers, chains and words that a hostile text holds: the installed command ends, and still finds what is beside."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import libcst as cst
import pytest

from stabaudit.lift.literals import exact, number
from stabaudit.syntax.from_libcst import lowered
from stabaudit.terms import App, Const, TooLarge, Var
from stabaudit.terms.arithmetic import add, mul, power
from stabaudit.terms.normal import normal

COMMAND = Path(sys.executable).with_name("stabaudit")
HEAD = "import numpy as np\n\n\ndef f(x):\n    y = {}\n    return np.log(1 + np.exp(x))\n"
TINY_PRODUCT = " * ".join(["(x * 1e-300)"] * 12)
#: Formulas, each of which hung a run or ended it in an internal error.
NUMBERS = {
    "huge": "np.log(1 + np.exp(x * 1e999999999))",
    "tiny": "np.log(1 + np.exp(x * 1e-999999999))",
    "infinite": "np.log(1e5000 + np.exp(x))",
    "bounds": "np.log(1 + np.exp(np.clip(x, -1e9999, 1e9999)))",
    "digits": f"np.log(1 + np.exp(x * {'1' * 4001}))",
    "decimals": f"np.log(1 + np.exp(x * 0.{'3' * 100_001}))",
    "sixteens": f"np.log(1 + np.exp(x * 0x{'f' * 4001}))",
    "product": f"np.log(1 + np.exp(x * {'*'.join(['1234567890123457'] * 300)}))",
    "quotient": f"np.log(1 + np.exp(x / {'/'.join(['1234567890123457.5'] * 300)}))",
    "list": f"np.log(np.sum(np.exp(np.array([1, {'9' * 401}]))))",
    "tower": "np.log(1 + np.exp(x * 9**9**9**9))",
    "powers": f"np.log(1 + np.exp(x * {'(' * 6}10{'**64)' * 6}))",
    "power": "np.log(1 + (2 + 2 * np.exp(x))**1000000000)",
    "root": "np.log(1 + 1 / (3 + 3 * np.exp(x))**999999999)",
    "float_power": "np.log((3 + 3 * np.exp(x))**1e300)",
    "calls_of_itself": f"np.log(1 + np.exp({' + '.join(['f(-1)'] * 40)}))",
    "odd_power": "np.log(1 + np.exp(f(x, 9) ** 2.5e300))",
    "indexed_power": "np.log(1 + p.exp((f(x, 9) ** (2.5e300))[0]))",
    "shift": "np.log(1 + np.exp(x * (1 << 10**9)))",
    "text": "np.log(1 + np.exp(x * len('a' * 10**10)))",
    "axis": f"np.exp(x) / np.sum(np.exp(x), axis={'9' * 30})",
    "shape": f"np.log(np.sum(np.exp(x.reshape({'9' * 18}, -1))))",
    "range": "np.log(np.sum(np.exp(np.linspace(-1e999, 1e999, 10**18))))",
    "grid": f"np.log(1 + np.exp(np.linspace(x, {TINY_PRODUCT})))",
    "compared": f"np.log(1 + np.exp(np.where({TINY_PRODUCT} > 1, x, 1)))",
    "quotient_of_bounds": "np.log(1 + np.exp(np.linspace(1e300 / 1e-300, x)))",
    "clipped_at_a_quotient": "np.log(1e-300 + np.clip(np.exp(x), 1e300 / 1e-300, None))",
    "matrix": "np.log(1 + [[1]] + np.exp(x))",
    "both": (
        f"np.log(1 + np.exp(x)) if {TINY_PRODUCT} > x else np.log(1 + np.exp(np.where({TINY_PRODUCT} > 1, x, 1)))"
    ),
    "choice": f"np.log(1 + np.exp(x)) if {TINY_PRODUCT} > x else 1",
    "clipped": f"np.log(1 + np.exp(np.clip(x, {TINY_PRODUCT}, {'*'.join(['1e300'] * 40)})))",
    "counted": f"sum(np.log(1 + np.exp(x * i)) for i in range(int({TINY_PRODUCT})))",
    "indexed": f"np.log(np.sum(np.exp(x[{TINY_PRODUCT}:])))",
    "filled": f"np.log(np.sum(np.exp(np.full(3, {TINY_PRODUCT}) * x)))",
    "tile": f"np.log(np.sum(np.exp(np.tile(x, {TINY_PRODUCT}))))",
    "rounded": f"round(np.log(1 + np.exp(x)), {'9' * 4000})",
    "truth": "np.log(1 + np.exp(np.log(x > 0)))",
    "truths": "np.log(1 + np.exp(np.sqrt((x > 0) + (x < 1)) / np.maximum(x > 0, x < 1)))",
    "axes": f"np.log(1 + np.exp(x[{'None,' * 40}]))",
    "terms": f"np.log(1 + np.exp({' + '.join(f'x{n}' for n in range(2000))}))",
    "sum": f"np.log(1 + np.exp({' + '.join(['x'] * 500)}))",
}
#: Numbers that Python itself does not read, or does not write.
TOO_LONG = {
    "factor": f"np.log(1 + np.exp(x * {'1' * 5001}))",
    "index": f"np.log(1 + np.exp(x[{'9' * 5000}]))",
    "argument": f"np.log(1 + np.exp(x * g(0x{'f' * 100_001})))",
    "element": f"np.log(1 + np.exp(np.array([1, {'9' * 5000}])))",
}


def test_a_number_that_python_does_not_read_is_one_line_and_other_files_are_checked(tmp_path: Path):
    for name, formula in TOO_LONG.items():
        (tmp_path / f"{name}.py").write_text(HEAD.format(formula))
    (tmp_path / "good.py").write_text(HEAD.format("x"))
    command = [COMMAND, "check", "--no-cache", "--quiet", "--output-format", "concise", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, [line[:8] for line in done.stdout.splitlines()]) == (2, ["good.py:"])
    # In tens Python says so itself.
    for name, line in zip(sorted(TOO_LONG), sorted(done.stderr.splitlines()), strict=True):
        assert line.startswith(f"error: {name}.py:5:")
        assert "cannot be parsed: " in line
        assert "4300 digits" in line


def test_no_number_hangs_a_run_or_keeps_it_from_the_rest_of_the_file(tmp_path: Path):
    for name, formula in NUMBERS.items():
        (tmp_path / f"{name}.py").write_text(HEAD.format(formula))
    command = [COMMAND, "check", "--no-cache", "--quiet", "--output-format", "concise", "--select", "softplus", "."]
    # On a slow processor the sum of very many terms was seen to take 8.5 seconds, with a limit of 8.
    command += ["--timeout", "20"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (1, "")
    # In every file the same formula stands on the sixth line.
    assert {line.split(":")[0] for line in done.stdout.splitlines() if ":6:12:" in line} == {
        f"{name}.py" for name in NUMBERS
    }


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("1_000.5e1", Fraction(10005)),
        ("0x_ff", Fraction(255)),
        ("1e308", Fraction(10**308)),
        ("1e309", None),
        ("1" * 309, Fraction(int("1" * 309))),
        ("1" * 310, None),
        ("9" * 100_000, None),
        ("0" * 100_000, Fraction(0)),
        (f"0x{'0' * 100_000}1", Fraction(1)),
        ("1e-999999999999", Fraction(0)),
        (f"0.{'5' * 1000}", Fraction(5 / 9)),
    ],
)
def test_a_literal_is_exact_as_far_as_a_float_could_hold_it(said: str, value: Fraction | None):
    node = lowered(cst.parse_expression(said))
    assert exact(node) == value
    assert number(node) == float(said.replace("_", "") if "x" not in said else int(said, 16))


def test_numbers_of_a_term_are_refused_before_they_fill_the_memory():
    x, half = Var("x"), Const(Fraction(1, 3))
    huge = Const(10**300)
    for large in (
        lambda: mul([huge] * 30),
        lambda: add([Const(Fraction(1, 10**300 + n)) for n in range(30)]),
        lambda: power(power(huge, Const(8)), Const(8)),
        lambda: normal(half * (half + half * App("exp", (x,))) ** 10**12),
    ):
        with pytest.raises(TooLarge):
            large()
    assert normal(App("pow", (x, Const(10**300)))).ops == {"^"}
