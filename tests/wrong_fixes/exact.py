"""What a program of NumPy or `math` would give if its numbers were exact: it is run on reals of a thousand digits."""

from __future__ import annotations

import contextlib
import math
import operator
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np

from tests.wrong_fixes.described import Seen
from tests.wrong_fixes.finished import finished

mp = mpmath.MPContext()
#: With how many bits programs are run; again with more, where they are not enough.
BITS, MORE_BITS = 3400, 16_000
#: The functions of one number that NumPy calls as methods of objects, and `math` as functions.
FUNCTIONS = ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh")


class Real:
    """A real number to a thousand digits, which NumPy takes as an element of an array of objects.

    It does not turn into a float: what does not go together with it has no exact result.
    """

    __slots__ = ("is_rounded", "value")

    def __init__(self, value: Any, *, is_rounded: bool = False) -> None:
        """A number, of which a part far too small beside the rest may be lost if it `is_rounded`.

        Raises `ArithmeticError` where that part may be all that is left.
        """
        # As in floats, what is no real number is nan.
        self.value = mp.nan if isinstance(value, mp.mpc) else value
        self.is_rounded = is_rounded
        if is_rounded and not (self.value and mp.isfinite(self.value)):
            raise ArithmeticError("a number was too small beside another one")

    def __repr__(self) -> str:
        return repr(_float(self))

    def __format__(self, spec: str) -> str:
        return format(_float(self), spec)

    def __neg__(self) -> Real:
        return Real(-self.value, is_rounded=self.is_rounded)

    def __pos__(self) -> Real:
        return self

    def __abs__(self) -> Real:
        return Real(abs(self.value), is_rounded=self.is_rounded)

    def __bool__(self) -> bool:
        return bool(self.value)

    __hash__ = None  # type: ignore[assignment]

    def log2(self) -> Real:
        return Real(mp.log(self.value) / mp.ln2)

    def log10(self) -> Real:
        return Real(mp.log10(self.value))

    def exp2(self) -> Real:
        return Real(mp.power(2, self.value))

    def square(self) -> Real:
        return Real(self.value * self.value)

    def conjugate(self, *axis: Any, **settings: Any) -> Real:
        return self

    sum = mean = max = min = copy = conjugate


def number(value: Any) -> Any:
    """`value` as a number of mpmath, or `None` where it is no real number."""
    if isinstance(value, Real):
        return value.value
    if isinstance(value, (bool, int, np.bool_, np.integer)):
        return mp.mpf(int(value))
    if isinstance(value, (float, np.floating)):
        return mp.mpf(float(value))
    return None


def _binary(of: Callable[[Any, Any], Any], turned: bool, *, truth: bool = False) -> Callable[[Real, Any], Any]:
    def method(self: Real, other: Any) -> Any:
        right = number(other)
        if right is None:
            return NotImplemented
        left, right = (right, self.value) if turned else (self.value, right)
        if truth:
            return bool(of(left, right))
        if of is operator.truediv and not right:
            return Real(left * mp.inf if left else mp.nan)
        value = of(left, right)
        is_rounded = self.is_rounded or (isinstance(other, Real) and other.is_rounded)
        is_rounded = is_rounded or (of in (operator.add, operator.sub) and _is_absorbed(left, right, value))
        return Real(value, is_rounded=is_rounded)

    return method


def _is_absorbed(left: Any, right: Any, value: Any) -> bool:
    """Whether a sum or difference is one of its operands although the other one is not zero."""
    return bool(mp.isfinite(value) and ((right and value == left) or (left and abs(value) == abs(right))))


def _unary(of: Callable[[Any], Any]) -> Callable[[Real], Real]:
    def method(self: Real) -> Real:
        value = of(self.value)
        # No hyperbolic tangent of a number is one.
        is_rounded = self.is_rounded or (of == mp.tanh and abs(value) == 1 and mp.isfinite(self.value))
        return Real(value, is_rounded=is_rounded)

    return method


for _name in ("add", "sub", "mul", "truediv", "pow"):
    setattr(Real, f"__{_name}__", _binary(getattr(operator, _name), False))
    setattr(Real, f"__r{_name}__", _binary(getattr(operator, _name), True))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Real, f"__{_name}__", _binary(getattr(operator, _name), False, truth=True))
for _name in FUNCTIONS:
    setattr(Real, _name, _unary(getattr(mp, _name)))


def _of_math(name: str) -> Callable[..., Any]:
    plain = getattr(math, name)

    def function(*values: Any) -> Any:
        if any(number(value) is None for value in values):
            return plain(*values)
        first = values[0] if isinstance(values[0], Real) else Real(number(values[0]))
        result = getattr(first, name)()
        return result / _of_math(name)(values[1]) if len(values) > 1 else result

    return function


MATH = types.SimpleNamespace(**{**vars(math), **{name: _of_math(name) for name in (*FUNCTIONS, "log2", "log10")}})
MATH.fsum = sum


def exactly(function: Callable[..., Any], space: dict[str, Any], arguments: tuple[Any, ...]) -> Seen | None:
    """What `function` of the module `space` gives for exact numbers, described; `None` where that cannot be run."""
    originals = {id(getattr(math, name)): getattr(MATH, name) for name in vars(math) if not name.startswith("_")}
    for name, value in list(space.items()):
        if value is math:
            space[name] = MATH
        elif id(value) in originals:
            space[name] = originals[id(value)]
    for bits in (BITS, MORE_BITS):
        mp.prec = bits
        try:
            with contextlib.redirect_stdout(None), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _floats(finished(function(*(_exact(a) for a in arguments))))
        except ArithmeticError:
            continue
        except Exception:
            return None
    return None


class Reals(np.ndarray[Any, np.dtype[np.object_]]):
    """An array of reals, which what is put into it becomes, too."""

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__setitem__(place, _real(value))

    def fill(self, value: Any) -> None:
        self[...] = value

    def astype(self, dtype: Any, *options: Any, **settings: Any) -> Any:
        """A copy, where other arrays of floats would be one."""
        return self.copy() if np.dtype(dtype).kind == "f" else super().astype(dtype, *options, **settings)


def _real(value: Any) -> Any:
    """A number, or those in an array, as reals."""
    if isinstance(value, np.ndarray):
        return _exact(value)
    return value if (exact := number(value)) is None else Real(exact)


def _exact(value: Any) -> Any:
    """`value` with its floats as reals."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        exact = np.empty(value.shape, dtype=object)
        exact.ravel()[:] = [Real(number(v)) for v in value.ravel()]
        return exact.view(Reals)
    if isinstance(value, (float, np.floating, np.integer)):
        return Real(number(value))
    if isinstance(value, (list, tuple)):
        return type(value)(map(_exact, value))
    return value


def _floats(value: Any) -> Seen:
    """The exact result as floats, in the parts that `describe` gives; a text says its numbers itself."""
    if isinstance(value, str):
        return Seen(("exact",), value)
    if isinstance(value, Real):
        return Seen(("exact",), np.asarray(_float(value)))
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        return Seen(("exact",), np.asarray(value))
    if isinstance(value, np.ndarray) and value.dtype == object:
        numbers = np.array([_float(v) for v in value.ravel()], dtype=float).reshape(value.shape)
        return Seen(("exact",), numbers)
    if isinstance(value, (list, tuple)):
        return Seen(("exact",), None, tuple((str(n), _floats(v)) for n, v in enumerate(value)))
    if isinstance(value, dict):
        return Seen(("exact",), None, tuple((repr(k), _floats(v)) for k, v in value.items()))
    return Seen(("exact",))


def _float(value: Any) -> float:
    exact = number(value)
    if exact is None:
        raise TypeError
    if abs(exact) > sys.float_info.max:
        return math.copysign(math.inf, exact)
    return float(exact)
