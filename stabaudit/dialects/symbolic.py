"""Libraries that build formulas and compute no floats: what looks unstable there is not run as written."""

from stabaudit.dialects.dialect import Dialect

DIALECT = Dialect(
    name="symbolic",
    packages=(
        "sympy", "theano", "pytensor", "aesara", "pymc", "pymc3", "casadi", "cvxpy", "pyomo", "gekko", "mpmath", "z3",
        "symengine", "decimal", "uncertainties", "flint",
    ),
    symbolic=True,
)  # fmt: skip
