"""Every rule in every library and in many spellings: the code is run before and after its safe fixes.

On ordinary input both give the same values in the same type, shape and dtype, whatever the spelling is. On extreme
input the fixed code gives the true value, computed with mpmath, if nothing was left to find in it. Fixed code parses
and is not fixed again. Unsafe fixes have to parse.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

import mpmath
import numpy as np
import pytest

from stabaudit.catalogue.load import load
from stabaudit.check import check_text
from stabaudit.fix.apply import Outcome, fix_text

Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Formula:
    """An unstable formula: its `steps` by name, the `last` one, and the `truth` of one number or of a row.

    In its text `M` is the library, `AX` and `KD` are how it says axis 1 and that axes are kept.
    """

    rule: str
    steps: Parts
    last: str
    truth: Callable[..., Any]
    extreme: Sequence[float] = (1e-10, -1e-10, 800.0, -800.0, 40.0, -40.0)
    rows: bool = False
    kind: str = "real"
    only: str = ""

    @property
    def name(self) -> str:
        return f"{self.rule}: {direct(self.steps, self.last)}"

    @property
    def function(self) -> str:
        """The stable function that a fix needs."""
        return "logmeanexp" if "M.mean" in str(self.steps) else self.rule


def log_sum(row: Sequence[Any]) -> Any:
    return mpmath.log(mpmath.fsum(map(mpmath.exp, row)))


def softplus(x: Any) -> Any:
    return mpmath.log1p(mpmath.exp(x))


E, S = ("e", "M.exp(x)"), ("s", "M.sum(e, AX, KD)")
FORMULAS = (
    Formula("expm1", (E,), "e - 1", mpmath.expm1, (1e-10, -1e-10, 1e-20, -800.0, 5.0)),
    Formula("log1p", (("s", "1 + x"),), "M.log(s)", mpmath.log1p, (1e-10, 1e-20, -1e-10, 1e20), kind="positive"),
    Formula("softplus", (E, ("s", "1 + e")), "M.log(s)", softplus),
    Formula("sigmoid", (("e", "M.exp(-x)"), ("s", "1 + e")), "1 / s", lambda x: 1 / (1 + mpmath.exp(-x))),
    Formula("sigmoid", (E, ("s", "1 + e")), "e / s", lambda x: 1 / (1 + mpmath.exp(-x))),
    Formula("log-sigmoid", (("e", "M.exp(-x)"), ("s", "1 / (1 + e)")), "M.log(s)", lambda x: -softplus(-x)),
    Formula("log-sigmoid", (("s", "F.expit(x)"),), "M.log(s)", lambda x: -softplus(-x), only="scipy torch"),
    Formula("log-cosh", (("s", "M.cosh(x)"),), "M.log(s)", lambda x: mpmath.log(mpmath.cosh(x))),
    Formula("tanh-exp", (("a", "M.exp(x)"), ("b", "M.exp(-x)")), "(a - b) / (a + b)", mpmath.tanh),
    Formula(
        "log1mexp",
        (E, ("s", "1 - e")),
        "M.log(s)",
        lambda x: mpmath.log(-mpmath.expm1(x)),
        # `log(-expm1(x))`, which step-by-step fixes may leave, loses the tail below -37: the rule says so.
        (-1e-10, -1e-20, -1.0),
        kind="negative",
    ),
    Formula(
        "logdiffexp",
        (E, ("s", "e - 1")),
        "M.log(s)",
        lambda x: mpmath.log(mpmath.expm1(x)),
        (1e-10, 1e-20, 40.0, 800.0),
        kind="positive",
    ),
    Formula(
        "logdiffexp",
        (E, ("b", "M.exp(x / 2)"), ("s", "e - b")),
        "M.log(s)",
        lambda x: x + mpmath.log(-mpmath.expm1(-x / 2)),
        (1e-10, 1500.0, 40.0),
        kind="positive",
    ),
    Formula("logaddexp", (E, ("b", "M.exp(2 * x)"), ("s", "e + b")), "M.log(s)", lambda x: log_sum([x, 2 * x])),
    Formula("softmax", (E, S), "e / s", lambda r: [mpmath.exp(v - log_sum(r)) for v in r], rows=True),
    Formula("logsumexp", (E, ("s", "M.sum(e, AX)")), "M.log(s)", log_sum, rows=True),
    Formula(
        "logsumexp", (E, ("s", "M.mean(e, AX, KD)")), "M.log(s)", lambda r: [log_sum(r) - mpmath.log(3)], rows=True
    ),
    Formula("log-softmax", (E, S, ("p", "e / s")), "M.log(p)", lambda r: [v - log_sum(r) for v in r], rows=True),
    Formula("log-softmax", (E, S, ("z", "M.log(s)")), "x - z", lambda r: [v - log_sum(r) for v in r], rows=True),
    Formula(
        "log-softmax", (("p", "F.softmax(x, AX)"),), "M.log(p)", lambda r: [v - log_sum(r) for v in r],
        rows=True, only="scipy torch",
    ),
    Formula(
        "global-shift", (("m", "M.max(x)"), ("e", "M.exp(x - m)"), S), "e / s",
        lambda r: [mpmath.exp(v - log_sum(r)) for v in r], rows=True,
    ),
    Formula(
        "exp-ratio", (("a", "M.exp(x[:, :1])"), E, S), "a / s", lambda r: [mpmath.exp(r[0] - log_sum(r))], rows=True
    ),
    Formula("survival", (("p", "F.erf(x)"),), "1 - p", mpmath.erfc, (4.0, 6.0, 8.0), only="scipy torch"),
    Formula("log-special", (("g", "F.gamma(x)"),), "M.log(g)", lambda x: mpmath.log(mpmath.gamma(x)),
            (200.0, 1e5, 0.5), kind="positive", only="scipy"),
    Formula("log-one-minus-tanh", (("t", "M.tanh(x)"), ("s", "t ** 2")), "M.log(1 - s)",
            lambda x: -2 * mpmath.log(mpmath.cosh(x)), (1e-10, 20.0, 800.0, -40.0), only="numpy math"),
    Formula("sinh-exp", (("a", "M.exp(x)"), ("b", "M.exp(-x)")), "(a - b) / 2", mpmath.sinh, (1e-10, -1e-10, 5.0)),
    Formula("inverse-hyperbolic", (("t", "x ** 2"), ("s", "M.sqrt(t + 1)")), "M.log(x + s)", mpmath.asinh,
            (1e-10, -1e-10, -1e5), only="numpy math"),
    Formula("missing-keepdims", (E, ("s", "M.sum(e, AX)")), "e / s", lambda r: None, rows=True),
)  # fmt: skip


def direct(steps: Parts, last: str) -> str:
    known: dict[str, str] = {}
    for name, text in (*steps, ("", last)):
        for other, inner in known.items():
            text = re.sub(rf"\b{other}\b", f"({inner})", text)
        known[name] = text
    return known[""]


def one_by_one(steps: Parts, last: str) -> list[str]:
    return [*(f"{name} = {text}" for name, text in steps), f"r = {last}"]


def inside(head: str, lines: Sequence[str], *tail: str) -> list[str]:
    return [head, *(f"    {line}" for line in lines), *tail]


def with_walrus(steps: Parts, last: str) -> list[str]:
    (name, text), *rest = steps
    lines = one_by_one((*rest,), last)
    lines[0] = re.sub(rf"\b{name}\b", f"({name} := {text})", lines[0], count=1)
    return [*lines, f"r = r + 0 * M.sum(M.isnan({name}))" if "M.sum" in str(steps) else "r = r"]


#: How the steps may be written. Each gives the lines of a body that leaves the result in `r`.
SPELLINGS: dict[str, Callable[[Parts, str], list[str]]] = {
    "direct": lambda s, r: [f"r = {direct(s, r)}"],
    "locals": one_by_one,
    "annotated": lambda s, r: [f"{n}: object = {t}" for n, t in (*s, ("r", r))],
    "line continued": lambda s, r: ["r = (", *(f"    {p}" for p in direct(s, r).split(" ")), ")"],
    "backslash": lambda s, r: [direct(s, r).join(["r = ", ""]).replace(" / ", " \\\n        / ", 1)],
    "semicolons": lambda s, r: ["; ".join(one_by_one(s, r))],
    "one name": lambda s, r: [f"x_0 = {s[0][1]}", *one_by_one(((s[0][0], "x_0"), *s[1:]), r)],
    "tuple": lambda s, r: [*(f"{n}, other = {t}, 0" for n, t in s), f"r, other = {r}, 0"],
    "chain": lambda s, r: [*(f"{n} = spare = {t}" for n, t in s), f"r = spare = {r}"],
    "walrus": with_walrus,
    "if": lambda s, r: inside("if x is not None:", one_by_one(s, r), *inside("else:", one_by_one(s, r))),
    "if alone": lambda s, r: [f"{s[0][0]} = 0", *inside("if x is not None:", one_by_one(s[:1], "0")),
                              *one_by_one(s[1:], r)],
    "loop": lambda s, r: inside("for i in range(3):", one_by_one(s, r)),
    "loop before": lambda s, r: [*inside("for i in range(3):", one_by_one(s[:1], "0")), *one_by_one(s[1:], r)],
    "while": lambda s, r: ["i = 0", *inside("while i < 2:", [*one_by_one(s, r), "i += 1"])],
    "try": lambda s, r: inside("try:", one_by_one(s, r), "finally:", "    pass"),
    "except": lambda s, r: [*inside("try:", one_by_one(s[:1], "0"), "except ZeroDivisionError:", "    raise"),
                            *one_by_one(s[1:], r)],
    "with": lambda s, r: inside("with nullcontext():", one_by_one(s, r)),
    "match": lambda s, r: inside("match 1:", inside("case 1:", one_by_one(s, r))),
    "lambda": lambda s, r: [f"r = (lambda x: {direct(s, r)})(x)"],
    "lambda of nothing": lambda s, r: [f"g = lambda: {direct(s, r)}", "r = g()"],
    "nested": lambda s, r: [*inside("def g(x):", [*one_by_one(s, r), "return r"]), "r = g(x)"],
    "closure": lambda s, r: [*one_by_one(s[:1], "0"), *inside("def g():", [*one_by_one(s[1:], r), "return r"]),
                             "r = g()"],
    "default": lambda s, r: [*inside("def g(x=x):", [*one_by_one(s, r), "return r"]), "r = g()"],
    "helper": lambda s, r: [*inside("def g(x):", [f"return {s[0][1]}"]), *one_by_one(((s[0][0], "g(x)"), *s[1:]), r)],
    "comprehension": lambda s, r: [f"r = [{direct(s, r)} for x in [x]][0]"],
    "comprehension of one": lambda s, r: [f"r = [{direct(s, r)} for i in range(2)][1]"],
    "either": lambda s, r: [f"r = {direct(s, r)} if x is not None else x"],
    "tested": lambda s, r: inside(f"if (r := {direct(s, r)}) is not None:", ["pass"]),
    "dictionary": lambda s, r: ["d = {}", f"d['r'] = {direct(s, r)}", "r = d['r']"],
    "shadowed": lambda s, r: ["stable = softmax = sigmoid = stable_runtime = 0", *one_by_one(s, r)],
    "f-string": lambda s, r: [*one_by_one(s, r), f"text = f'{{{direct(s, r)}}}'"],
    "attribute": lambda s, r: ["o.x = x", "r = " + re.sub(r"\bx\b", "o.x", direct(s, r))],
    "kept attribute": lambda s, r: [f"o.k = {s[0][1]}", *one_by_one(((s[0][0], "o.k"), *s[1:]), r)],
    "asserted": lambda s, r: ["assert x is not None", *one_by_one(s, r)],
    "twice": lambda s, r: [f"r = {direct(s, r)}", "r = r + 0", f"r = {direct(s, r)}"],
    "negated": lambda s, r: [f"r = -({direct(s, r)})", "r = -r"],
    "scaled": lambda s, r: [f"r = 2 * ({direct(s, r)})", "r = r / 2"],
    "times": lambda s, r: [f"r = 0.5 * ({direct(s, r)}) * 2"],
    "power": lambda s, r: [f"r = ({direct(s, r)}) ** 1"],
    # Exact steps: the tiny inputs have to come back.
    "stretched": lambda s, r: ["x = 2 * x", "x = x / 2", *one_by_one(s, r)],
    "deleted": lambda s, r: [*one_by_one(s, r), f"del {s[0][0]}"],
    # From here on the code is no longer the formula: a value changes on the way.
    "TRAP x again": lambda s, r: [*one_by_one(s[:1], "0"), "x = x - 0.25", *one_by_one(s[1:], r)],
    "TRAP x in a branch": lambda s, r: [*one_by_one(s[:1], "0"), "if o:", "    x = x - 0.25", *one_by_one(s[1:], r)],
    "TRAP step again": lambda s, r: [*one_by_one(s[:1], "0"), f"{s[0][0]} = {s[0][0]} * 0.75", *one_by_one(s[1:], r)],
    "TRAP step in a loop": lambda s, r: [*one_by_one(s[:1], "0"), "for i in range(2):",
                                         f"    {s[0][0]} = {s[0][0]} * 0.75",
                                         *one_by_one(s[1:], r)],
    "TRAP loop variable": lambda s, r: [*one_by_one(s[:1], "0"), f"for {s[0][0]} in [0.75 * {s[0][0]}]:", "    pass",
                                        *one_by_one(s[1:], r)],
    "TRAP break": lambda s, r: ["for i in range(2):", f"    {s[0][0]} = {s[0][1]}", f"    {s[0][0]} = {s[0][0]} * 0.75",
                                "    if i == 0:", "        break", f"    {s[0][0]} = {s[0][1]}", *one_by_one(s[1:], r)],
    "TRAP augmented": lambda s, r: [*one_by_one(s[:1], "0"), f"{s[0][0]} *= 0.75", *one_by_one(s[1:], r)],
    "TRAP alias": lambda s, r: [*one_by_one(s[:1], "0"), f"k = {s[0][0]}", "k *= 0.75", *one_by_one(s[1:], r)],
    "TRAP nonlocal": lambda s, r: [*one_by_one(s[:1], "0"), "def g():", f"    nonlocal {s[0][0]}",
                                   f"    {s[0][0]} = {s[0][0]} * 0.75", "g()", *one_by_one(s[1:], r)],
    "TRAP exception": lambda s, r: [f"{s[0][0]} = x * x", "try:", "    int('a')", f"    {s[0][0]} = {s[0][1]}",
                                    "except ValueError:", "    pass", *one_by_one(s[1:], r)],
    "TRAP walrus": lambda s, r: [*one_by_one(s[:1], "0"), f"if ({s[0][0]} := {s[0][0]} * 0.75) is not None:",
                                 "    pass",
                                 *one_by_one(s[1:], r)],
    "TRAP walrus not reached": lambda s, r: [f"{s[0][0]} = x * x", f"False and ({s[0][0]} := {s[0][1]})",
                                             *one_by_one(s[1:], r)],
    "TRAP swap": lambda s, r: ["y = x * 0.75", *one_by_one(s[:1], "0"), "x, y = y, x", *one_by_one(s[1:], r)],
    "TRAP module": lambda s, r: [*one_by_one(s[:1], "0"), "M = Other", *one_by_one(s[1:], r)],
}  # fmt: skip

#: Spellings in which the library makes no difference.
LAYOUT = {"line continued", "backslash", "semicolons", "f-string", "comprehension of one", "tested", "dictionary",
          "power", "times", "asserted", "tuple", "chain", "with", "match", "while", "annotated"}  # fmt: skip
IMPORTS = {
    "numpy": "import numpy as np\n",
    "math": "import math\n",
    "scipy": "import numpy as np\nfrom scipy import special\n",
    "torch": "import torch\n",
    "jax": "import jax\nimport jax.numpy as jnp\n",
}
MODULES = {"numpy": "np", "math": "math", "scipy": "np", "torch": "torch", "jax": "jnp"}
OTHER = """
class Other:
    exp = abs
    log = abs
    cosh = abs
    sum = staticmethod(lambda x, *a, **k: x)
    mean = max = sum
    expit = softmax = sum


class Box:
    pass


o = Box()
"""


def source(formula: Formula, spelling: str, dialect: str) -> str | None:
    """The module that computes the formula in a function `f(x)`; `None` where there is no such spelling."""
    lines = SPELLINGS[spelling](formula.steps, formula.last)
    if not lines:
        return None
    body = "\n".join(f"    {line}" for line in lines)
    module = MODULES[dialect]
    functions = {"scipy": "special", "torch": "torch.special"}.get(dialect, "special")
    text = f"{IMPORTS[dialect]}from contextlib import nullcontext\n{OTHER}\n\ndef f(x):\n{body}\n    return r\n"
    words = {"M": module, "F": functions, "AX": "axis=1", "KD": "keepdims=True"}
    if dialect == "torch":
        words |= {"AX": "dim=1", "KD": "keepdim=True"}
    return re.sub(r"\b(M|F|AX|KD)\b", lambda m: words[m[0]], text)


def run(text: str, x: Any) -> Any:
    space: dict[str, Any] = {"__name__": "spelled"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, "<spelled>", "exec"), space)
        try:
            return space["f"](x)
        except (OverflowError, ZeroDivisionError, ValueError, TypeError, RuntimeError, AttributeError) as error:
            return type(error)


@cache
def fixed(text: str) -> Outcome:
    """The text with its safe fixes."""
    return fix_text(text, check_text, "safe")


def array(values: Any, dialect: str) -> Any:
    if dialect == "math":
        return values
    if dialect == "torch":
        import torch

        return torch.tensor(values, dtype=torch.float64)
    if dialect == "jax":
        import jax.numpy as jnp

        return jnp.asarray(values)
    return np.array(values)


def facts(value: Any) -> tuple[Any, ...]:
    """Type, shape and dtype."""
    return type(value), tuple(np.shape(value)), str(getattr(value, "dtype", ""))


ORDINARY = {
    "real": [0.5, -1.5, 2.0, 0.125],
    "positive": [0.5, 1.5, 2.0, 0.125],
    "negative": [-0.5, -1.5, -2.0, -0.125],
    "rows": [[[0.5, -1.5, 2.0], [0.25, 1.0, -0.75]], [[1.0, 2.0, 0.5], [0.5, 0.25, 1.0], [3.0, -2.0, 0.0]]],
}
EXTREME_ROWS = [[1000.0, 0.0, 998.0], [-1000.0, -1001.0, -999.0], [0.5, -2.0, 1e-10]]


def ordinary(formula: Formula, dialect: str) -> list[Any]:
    values = ORDINARY["rows" if formula.rows else formula.kind]
    if formula.rows or dialect == "math":
        return [array(v, dialect) for v in values]
    return [array(values, dialect), array(np.reshape(values, (2, 2)).tolist(), dialect), array(values[0], dialect)]


def check_extremes(formula: Formula, dialect: str, text: str) -> None:
    inputs = EXTREME_ROWS if formula.rows else list(formula.extreme)
    xs = inputs if dialect == "math" else [array(inputs, dialect)]
    results = [run(text, x) for x in xs]
    if any(r is OverflowError for r in results) and re.search(r"= math\.(exp|cosh)", text):
        return  # a step that the fix has made unneeded still stands above it, and raises
    assert not any(isinstance(r, type) for r in results), (results, text)
    got = np.ravel([np.asarray(r, dtype=float) for r in results])
    seen = np.asarray(inputs if dialect == "math" else xs[0], dtype=float)
    with mpmath.workdps(400):
        truth = [formula.truth([*map(mpmath.mpf, v)] if formula.rows else mpmath.mpf(v)) for v in seen.tolist()]
        expected = np.ravel(np.array([[float(t) for t in v] if isinstance(v, list) else float(v) for v in truth]))
    small = dialect == "jax"
    sizes = np.maximum(1.0, np.abs(seen)) if not formula.rows else np.full(len(expected), 1000.0)
    # What a library has no function for is composed of what it has, which rounds the least of them away.
    least = 1e-15 if (dialect, formula.function) in NOT_FIXED else 1e-37 if small else 1e-300
    allowed = (2e-6 if small else 2e-14) * sizes * np.abs(expected) + least
    assert np.all(np.isfinite(got)), (got, text)
    assert np.all(np.abs(got - expected) <= allowed), (got, expected, text)


CASES = [
    pytest.param(
        formula,
        dialect,
        id=f"{dialect}-{formula.name}",
        marks=pytest.mark.skipif(
            find_spec(dialect) is None and dialect != "math", reason=f"{dialect} is not installed"
        ),
    )
    for dialect in IMPORTS
    for formula in FORMULAS
    if (dialect in formula.only if formula.only else dialect != "scipy") and not (formula.rows and dialect == "math")
]
#: Formulas that a library has no stable function for; some are composed of several.
NOT_FIXED = {("torch", "log-cosh"), ("jax", "log-cosh"), ("torch", "log1mexp"), ("jax", "log1mexp"),
             ("torch", "logdiffexp"), ("jax", "logdiffexp"), ("torch", "logmeanexp"),
             ("jax", "logmeanexp")}  # fmt: skip


@pytest.mark.parametrize(("formula", "dialect"), CASES)
def test_fixed_code_gives_what_the_code_gave_and_the_truth_where_that_failed(formula: Formula, dialect: str):
    inputs = ordinary(formula, dialect)
    for spelling in SPELLINGS:
        if spelling in LAYOUT and dialect in ("torch", "jax"):
            continue
        text = source(formula, spelling, dialect)
        if text is None:
            continue
        ast.parse(text)
        outcome = fixed(text)
        assert outcome.reason is None, (spelling, outcome.reason)
        if any(finding.fix is not None for finding in outcome.left):
            unsafe = fix_text(outcome.text, check_text, "unsafe")
            assert unsafe.reason is None, (spelling, unsafe.reason)
            ast.parse(unsafe.text)
        known = formula.rule != "missing-keepdims" and (dialect, formula.function) not in NOT_FIXED
        if spelling == "direct" and known:
            assert outcome.text != text, [(f.rule, f.withheld, f.fix) for f in outcome.left]
        if outcome.text == text:
            continue
        for x in inputs:
            before, after = run(text, x), run(outcome.text, x)
            where = f"{spelling}: {before} became {after} in\n{outcome.text}"
            if isinstance(before, type):
                assert before is after, where
                continue
            assert facts(before) == facts(after), where
            tolerance = 2e-5 if dialect == "jax" else 1e-11
            np.testing.assert_allclose(np.asarray(after), np.asarray(before), tolerance, tolerance / 1e3, err_msg=where)
        if formula.rule in outcome.fixed and not outcome.left and not spelling.startswith("TRAP"):
            check_extremes(formula, dialect, outcome.text)
        assert fix_text(outcome.text, check_text, "safe").text == outcome.text, spelling


def gradient(text: str, x: Any, dialect: str) -> Any:
    """The gradient of a weighted sum of what `f(x)` gives, or the type of exception in its place."""
    if dialect == "jax":
        import jax
        import jax.numpy as jnp

        space: dict[str, Any] = {"__name__": "spelled"}
        exec(compile(text, "<spelled>", "exec"), space)
        try:
            return np.asarray(jax.grad(lambda v: jnp.sum(weighted(jnp.asarray(space["f"](v)))))(x))
        except (TypeError, ValueError, AttributeError) as error:
            return type(error)
    leaf = x.clone().requires_grad_()
    result = run(text, leaf)
    if isinstance(result, type):
        return result
    try:
        weighted(result).sum().backward()
    except RuntimeError as error:
        return type(error)
    return type(None) if leaf.grad is None else leaf.grad.numpy()


def weighted(result: Any) -> Any:
    """The elements of a result, each with a weight of its own: the plain sum of a softmax has no gradient."""
    flat = result.reshape(-1)
    return sum((i + 1) * flat[i] for i in range(len(flat)))


@pytest.mark.parametrize(("formula", "dialect"), [case for case in CASES if case.values[1] in ("torch", "jax")])
def test_gradients_are_what_they_were_and_finite_where_they_were_not(formula: Formula, dialect: str):
    # Every gradient of JAX is compiled anew.
    few = ["direct", "locals", "negated"] if dialect == "jax" else [s for s in SPELLINGS if s not in LAYOUT]
    tolerance = 1e-3 if dialect == "jax" else 1e-8
    for spelling in few:
        text = source(formula, spelling, dialect)
        assert text is not None
        outcome = fixed(text)
        if outcome.text == text:
            continue
        for x in ordinary(formula, dialect):
            before, after = gradient(text, x, dialect), gradient(outcome.text, x, dialect)
            where = f"{spelling}: {before} became {after} in\n{outcome.text}"
            if isinstance(before, type):
                continue
            assert not isinstance(after, type), where
            np.testing.assert_allclose(after, before, tolerance, tolerance / 1e3, err_msg=where)
        if formula.rule in outcome.fixed and not outcome.left and not spelling.startswith("TRAP"):
            extreme = gradient(outcome.text, array(EXTREME_ROWS if formula.rows else formula.extreme, dialect), dialect)
            assert np.all(np.isfinite(extreme)), (spelling, extreme, outcome.text)


#: Rules that have none: they are about matrices or losses, have no safe fix, or differ from others by a part alone.
WITHOUT_FORMULA = {
    "double-softmax", "exprel", "log-determinant", "log-exp", "log-guard", "log-one-minus-softmax",
    "logaddexp2", "nll-of-softmax", "variance",
}  # fmt: skip


def test_every_rule_that_is_on_has_a_formula_here():
    on = {rule.name for rule in load() if rule.tier == "default"}
    assert {formula.rule for formula in FORMULAS} | WITHOUT_FORMULA == on
