"""What is asked about one place in the code, and what is answered."""

from __future__ import annotations

from typing import Literal, get_args

from stabaudit.findings.finding import Witness
from stabaudit.proof.assumptions import positive_variables
from stabaudit.proof.known_signs import beside_a_known_sign
from stabaudit.records import Record
from stabaudit.terms import Term, Var

#: A result has lost its digits if it is off by more than this, relative to its size or, for results that
#: are tiny beside their inputs, relative to the inputs (at most 1): a lost tail of 1e-18 is no fault.
TOLERANCE = 1e-6
#: A formula that leaves the float range is wrong altogether; a few digits less are not what it is blamed for.
ALTOGETHER = 0.1

#: Values of variables, as they are shown.
At = tuple[tuple[Var, str], ...]

#: Why a rewrite is not offered for an expression that has a value on no sample, or on none that its guards allow.
UNTESTED = "the expression could not be evaluated on samples"
UNREACHED = "no sample that the code and the rule allow has a value"


class Site(Record):
    """One expression as it is run: the steps, what is known to hold there, and who runs them.

    `inputs` are what the formula is a function of, as its rule sees it: results that are tiny beside them
    are measured against them. `guards` are conditions that hold whenever the place is reached; `quiet` says
    that overflow warnings are switched off there, or have been reported already; `raises` that an overflow is an
    exception, as in `math`; `differentiated` that gradients flow through, as in torch; `digits` that the
    formula is blamed for lost digits, not for leaving the float range; `relative` that errors are measured against the
    result alone. `samples` are tried beside the usual inputs. `limit`: where the formula has no value, that of its
    stable form holds. `floored`: the stable form is what was meant, and a small number beside it a mere guard.
    Those in `nothing` are weights that may be zero.
    """

    term: Term
    inputs: tuple[Term, ...] = ()
    guards: tuple[Term, ...] = ()
    quiet: bool = False
    raises: bool = False
    differentiated: bool = False
    digits: bool = False
    relative: bool = False
    samples: tuple[float | tuple[float, ...], ...] = ()
    limit: bool = False
    floored: bool = False
    nothing: frozenset[Var] = frozenset()

    @property
    def positive(self) -> frozenset[Var]:
        """The variables that are above zero by the way the term is written."""
        # Where a formula has a limit at zero, what a logarithm is taken of may be zero.
        if self.limit:
            return frozenset()
        return (positive_variables(self.term) | beside_a_known_sign(self.term, self.guards)) - self.nothing

    @property
    def tolerance(self) -> float:
        """The relative error from which a result is wrong."""
        return TOLERANCE if self.digits else ALTOGETHER


class Verdict(Record):
    """`witness` shows the fault (`None`: there is none); `refuted` says why the rewrite does not hold.

    `at` is what the witness says of the input, variable by variable.
    """

    witness: Witness | None
    refuted: str | None = None
    at: At = ()


#: How a value may fall short.
Fault = Literal["worse", "as wrong", "infinite"]
FAULTS: tuple[Fault, ...] = get_args(Fault)


class Shortfall(Record):
    """How a value falls short of what it replaces, with the input that shows it.

    It is `worse`, or `as wrong`, or nan where input is `infinite`.
    """

    fault: Fault
    says: str
    at: At = ()

    @property
    def reason(self) -> str:
        """The shortfall in words."""
        return f"at {told(self.at)} {self.says}" if self.at else self.says

    @property
    def caution(self) -> str:
        """Why a rewrite with this shortfall is not safe."""
        return f"it fixes only a part: {self.reason}" if self.fault == "as wrong" else self.reason


def told(at: At) -> str:
    """The values of an input in words."""
    return ", ".join(f"{_short(v.name)} = {text}" for v, text in at)


def _short(name: str, width: int = 40) -> str:
    name = " ".join(name.split())
    return name if len(name) <= width else name[: width - 1] + "…"
