"""What has lost its digits before a formula is given it: values of functions that round to one, `norm.cdf(9)`.

`log1p(-norm.cdf(x))` is no better than `log(1 - norm.cdf(x))`: what is left of one is what the function's complement
computes.
"""

from __future__ import annotations

import re

from stabaudit.fix.code_text import bare_source
from stabaudit.fix.propose import Place
from stabaudit.terms import App, Const, Term, Var, applications

#: Functions that approach one, each with what computes the rest, or its logarithm.
COMPLEMENTS = {
    "cdf": "logsf",
    "sf": "logcdf",
    "ndtr": "log_ndtr",
    "erf": "erfc",
    "erfc": "erf",
    "gammainc": "gammaincc",
    "gammaincc": "gammainc",
    "betainc": "betaincc",
    "betaincc": "betainc",
    "fdtr": "fdtrc",
    "chdtr": "chdtrc",
    "pdtr": "pdtrc",
    "bdtr": "bdtrc",
    "expit": "log_expit",
    "sigmoid": "log_sigmoid",
}
CALL = re.compile(rf"(?:^|\.)({'|'.join(COMPLEMENTS)})\(")


def rounded_to_one(place: Place, replacement: Term) -> str | None:
    """Why a rewrite is half a fix that takes the logarithm of what is left of a value that was rounded to one."""
    for part in applications(replacement):
        if part.op == "log1p" and (variable := _taken_from_one(part.args[0])) is not None:
            value = place.evidence.value_of(variable)
            said = variable.name if value is None else bare_source(place.module, value.origin)
            if (called := CALL.search(said)) is not None:
                return f"`{said}` is rounded to 1 before; `{COMPLEMENTS[called[1]]}` computes what is left"
    return None


def _taken_from_one(term: Term) -> Var | None:
    """The variable of which an operand is the negative."""
    match term:
        case App(op="neg", args=(Var() as variable,)):
            return variable
        case App(op="mul" | "*", args=(Const(value=factor), Var() as variable)) if factor < 0:
            return variable
    return None
