"""Whether a finding is why a message of numerical trouble was printed: by the step that the message names."""

from __future__ import annotations

import re

from stabaudit.engine.job import Result
from stabaudit.findings.finding import Finding

_WORD = re.compile(r"[^\W\d]\w*")
_TERM = re.compile(r"`([^`]*)`")
#: How a step may be written, where it is not by its own name.
SPELLINGS = {
    "divide": ("/", "div", "divide", "true_divide", "truediv", "mean"),
    "power": ("**", "pow", "power", "float_power", "square"),
    "multiply": ("*", "mul", "multiply", "prod"),
    "subtract": ("-", "sub", "subtract"),
    "add": ("+", "add", "sum"),
    "square": ("**", "square", "pow", "power"),
    "sqrt": ("sqrt", "std", "norm"),
    "reduce": ("sum", "prod", "mean"),
    "range": ("exp", "expm1", "cosh", "sinh", "pow", "gamma", "lgamma", "exp2"),
    "domain": ("log", "log1p", "log2", "log10", "sqrt", "acos", "asin", "acosh", "atanh", "pow"),
}
#: What NumPy, Python and torch call the same step.
SAME = {
    "true_divide": "divide",
    "zero": "divide",
    "div": "divide",
    "mul": "multiply",
    "sub": "subtract",
    "pow": "power",
    "float_power": "power",
}


def step_of(told: re.Match[str]) -> str:
    """The step that a message of numerical trouble names; empty for none."""
    named = told["step"] or told["gradient"] or told["forward"]
    if named is None:
        return next((name for name in ("range", "domain", "zero") if told[name]), "")
    return str(named).lower()


def is_cause(result: Result, finding: Finding, told: re.Match[str]) -> bool:
    """Whether the formula takes the step that a message names, and fails in the way that it tells of."""
    step = step_of(told)
    step = SAME.get(step, step)
    steps = _steps(result, finding)
    # Older versions of NumPy name no operator on numbers.
    named = not step or step.endswith("_scalars") or not steps.isdisjoint(SPELLINGS.get(step, (step,)))
    return named and _fails(finding, told, steps)


def _fails(finding: Finding, told: re.Match[str], steps: set[str]) -> bool:
    witness = finding.witness
    if witness is None:
        return True
    if witness.is_off:
        # Nothing tells of lost digits.
        return False
    overflow = bool(told["range"]) or (told["what"] or "").lower() == "overflow"
    note = witness.note or ""
    if "gradient" in note:
        return bool(told["gradient"] or told["forward"] or told["nan"])
    if "overflows" in note:
        return overflow
    # What is too large makes -inf of a logarithm by a quotient alone.
    return not (overflow and witness.gives == "-inf" and "log" in steps and "/" not in steps)


def _steps(result: Result, finding: Finding) -> set[str]:
    """All names and operators in the formula: as the rule reads it, and as it is written, wherever its parts are."""
    rows = result.text.split("\n")
    parts = [term[1] for term in [_TERM.search(finding.message)] if term]
    for start, end in [(finding.start, finding.end), *((one.start, one.end) for one in finding.related)]:
        lines = rows[start.row - 1 : end.row]
        lines[-1] = lines[-1][: end.column - 1]
        lines[0] = lines[0][start.column - 1 :]
        parts.extend(lines)
    code = "\n".join(parts)
    found = {name.lower().strip("_") for name in _WORD.findall(code)}
    alone = code.replace("**", " ")
    return found | {sign for sign in "*/-+" if sign in alone} | ({"**"} if "**" in code else set())
