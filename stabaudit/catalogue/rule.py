"""A rule: what is wrong, how it is spelled, what is right; and what its file is written with."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Literal, TypeVar, get_args

from stabaudit.records import Record
from stabaudit.terms import App, Term, Var
from stabaudit.terms.match import Pattern, patterns
from stabaudit.terms.ops import expand


class Domain(Record):
    """What a template's parameter ranges over.

    An interval, or all below another parameter; `rows` for arrays that are summed along an axis, of
    `most_axes` at the most; `setting` for parameters such as `axis` that are no numbers; `literal` for numbers that
    are written as such; `factor` for what the whole result is a multiple of, so that nothing is small beside it;
    `part_of` another parameter, an array, for one of its elements; `matrix` for square matrices; `among` for the
    values that a setting is tried with; `zero`: it may be nothing, as the place of a distribution; `tried`: the
    interval is where it is tried, and the formula holds beyond; `guard`: it is a small number, written as such or under
    the name of one; `length_of` another parameter, an array: how many elements are summed; `truth` for
    conditions; `half` for values that the code says to be in half precision.
    """

    low: float = -1e4
    high: float = 1e4
    below: str | None = None
    rows: bool = False
    most_axes: int | None = None
    setting: bool = False
    literal: bool = False
    factor: bool = False
    part_of: str | None = None
    matrix: bool = False
    among: tuple[str, ...] = ()
    zero: bool = False
    tried: bool = False
    guard: bool = False
    length_of: str | None = None
    truth: bool = False
    half: bool = False


class Traits(Record):
    """What holds for a template beside its formula.

    `relative`: an error is measured against the result alone, however small it is beside what it is made of.
    `whole`: it fits an expression only if nothing is left over. `samples` are numbers, or rows of numbers, that are
    tried beside the usual ones, here and wherever the template fits. `limit`: where the template has no value, as
    0 * log(0), that of the stable form holds. `bound`: how many units the stable form may be off. `caution`: why the
    rewrite is unsafe whatever is proved of it. `floored`: a small number keeps something from zero, and the intended
    form is without it. `clamped`: who keeps it from falling below zero knows of its fault. `gradient`: it is
    blamed for its gradient; of a choice the step in its first branch may stand anywhere in one of the branches.
    `dtype`: it is right in float64, and fails in this type. `spelled`: the last step of the code is that of the
    template. `masked`: it is a softmax that is blamed for rows in which all is masked. `seldom`: most code never comes
    to where it fails, so that it is a note.
    """

    relative: bool = False
    whole: bool = False
    samples: tuple[float | tuple[float, ...], ...] = ()
    limit: bool = False
    bound: float = 4.0
    caution: str | None = None
    floored: bool = False
    clamped: bool = False
    gradient: bool = False
    dtype: str | None = None
    spelled: bool = False
    masked: bool = False
    seldom: bool = False


PLAIN = Traits()
Template = TypeVar("Template", bound=Callable[..., Term])


def template(
    *,
    relative: bool = False,
    whole: bool = False,
    samples: tuple[float | tuple[float, ...], ...] = (),
    limit: bool = False,
    bound: float = PLAIN.bound,
    caution: str | None = None,
    floored: bool = False,
    clamped: bool = False,
    gradient: bool = False,
    dtype: str | None = None,
    spelled: bool = False,
    masked: bool = False,
    seldom: bool = False,
) -> Callable[[Template], Template]:
    """Marks an unstable template with what `Traits` says."""

    def marked(function: Template) -> Template:
        marks = (floored, clamped, gradient, dtype, spelled, masked, seldom)
        vars(function)["traits"] = Traits(relative, whole, samples, limit, bound, caution, *marks)
        return function

    return marked


Real = Annotated[Term, Domain()]
#: Real numbers below zero, for formulas that have no value elsewhere.
Negative = Annotated[Term, Domain(-1e4, 0.0)]
#: Real numbers above zero, such as weights.
Positive = Annotated[Term, Domain(0.0, 1e4)]
#: Numbers above zero that are no mere guard against a division by zero.
Sizeable = Annotated[Term, Domain(1e-3, 1e4)]
#: Numbers above zero that are written as such.
PositiveNumber = Annotated[Term, Domain(0.0, 1e4, literal=True)]
#: A small number that keeps something from zero.
Guard = Annotated[Term, Domain(0.0, 1e-3, guard=True)]
#: Above -1, the domain of `log(1 + x)`.
AboveMinusOne = Annotated[Term, Domain(-1.0, 1e4)]
#: An array of real numbers with one or more axes.
Rows = Annotated[Term, Domain(rows=True)]
#: An array of one or two axes.
Matrix = Annotated[Term, Domain(rows=True, most_axes=2)]
#: An array of positive numbers with one or more axes.
Weights = Annotated[Term, Domain(0.0, 1e4, rows=True)]
#: A condition, of numbers or arrays.
Truth = Annotated[Term, Domain(0.0, 1.0, setting=True, truth=True)]
#: A setting such as `axis`.
Setting = Annotated[Term, Domain(setting=True)]
#: A square matrix.
SquareMatrix = Annotated[Term, Domain(matrix=True)]
#: The name of a family of distributions.
Law = Annotated[Term, Domain(setting=True, among=("norm", "t", "chi2", "f", "gamma", "expon"))]
#: What a distribution's shape or width may be, and its place.
Shape = Annotated[Term, Domain(0.0, 100.0, zero=True, tried=True)]
Place = Annotated[Term, Domain(-5.0, 5.0, zero=True, tried=True)]
Width = Annotated[Term, Domain(0.0, 3.0, tried=True)]


#: Whether a rule holds by default, with `preview`, or only by its name.
Tier = Literal["default", "preview", "pedantic"]
TIERS: tuple[Tier, ...] = get_args(Tier)


class RuleError(Exception):
    """A rule file that is not a rule; the message names file and remedy."""


# `dataclass` imports `inspect`, which takes milliseconds and is needed for nothing else at start.
class Form:
    """One unstable template with its stable replacement (`None`: the rule only warns)."""

    def __init__(
        self,
        name: str,
        unstable: Term,
        stable: Term | None,
        domains: dict[str, Domain],
        equal: bool = True,
        traits: Traits = PLAIN,
    ) -> None:
        self.name, self.unstable, self.stable = name, unstable, stable
        self.domains, self.equal, self.traits = domains, equal, traits

    @cached_property
    def quotient(self) -> bool:
        """Whether it is a division of exponentials, which the normal form of the template no longer shows."""
        return any(isinstance(p.term, App) and p.term.op == "exp" for p in self.patterns)

    @cached_property
    def undone(self) -> bool:
        """Whether its steps undo each other, so that any value has the normal form of the template."""
        return any(isinstance(p.term, Var) for p in self.patterns)

    @property
    def is_apart(self) -> bool:
        """Whether it is judged by something else than its value on numbers in float64."""
        return self.traits.gradient or self.traits.masked or self.traits.dtype is not None

    @property
    def is_choice(self) -> bool:
        """Whether it is a choice between two branches, blamed for its gradient."""
        return self.traits.gradient and isinstance(self.unstable, App) and self.unstable.op == "where"

    @property
    def caution(self) -> str | None:
        """What a rewrite takes for granted that the code does not say."""
        if self.traits.caution is not None:
            return self.traits.caution
        if self.traits.floored:
            return "it takes away the floor that the small number sets"
        if not self.equal:
            return "it changes the result: the original divides by the wrong sums"
        if any(d.most_axes is not None for d in self.domains.values()):
            return "it holds for arrays of at most two axes"
        if narrow := [d for d in self.domains.values() if -1e4 < d.low < -1 and not d.tried]:
            return f"it holds for values between {narrow[0].low:g} and {narrow[0].high:g}"
        return None

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """What user code is matched against; what is blamed for a gradient or a mask is asked for by its step."""
        if self.is_choice or self.traits.masked:
            return ()
        signed = frozenset(Var(n) for n, d in self.domains.items() if not d.setting)
        nothing = frozenset(Var(n) for n, d in self.domains.items() if d.zero)
        return patterns(expand(self.unstable), signed, nothing)


class Rule:
    """One file of the catalogue. `name` is the file's name in kebab case and the rule's only code."""

    def __init__(
        self,
        name: str,
        summary: str,
        story: str,
        forms: tuple[Form, ...],
        matches: tuple[str, ...],
        ignores: tuple[str, ...],
        path: str,
        tier: Tier = "default",
    ) -> None:
        self.name, self.summary, self.story, self.forms = name, summary, story, forms
        self.matches, self.ignores, self.path, self.tier = matches, ignores, path, tier

    @property
    def fixable(self) -> bool:
        """Whether any form has a stable replacement."""
        return any(f.stable is not None for f in self.forms)
