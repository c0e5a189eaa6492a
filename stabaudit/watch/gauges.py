"""What is put around a value in the watched code: it returns the value itself, and remembers how large it was.

Each gauge is a function and not an object with a method, as functions are called fastest and can be pickled by value
together with the code that holds them. What it does for a plain number that is nothing new comes first: there the call
alone is felt. Whatever goes wrong in a gauge, the program goes on as it would.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from math import log10
from typing import Any

from stabaudit.records import Record
from stabaudit.watch.live import Watcher
from stabaudit.watch.values import DIGITS, INF, LIMITS, array_of, is_compiled, largest, nearest, smallest, width_of

Told = dict[str, float]
LOG_2 = 0.6931471805599453


class Gauge(Record):
    """What is put around a value, and what it has seen, in the words of `Reach`."""

    see: Watcher
    told: Callable[[], Told]


def exponent(factor: float = 1.0) -> Gauge:
    """Watches the argument of an exponential, `exp(factor * x)`."""
    calls = overflows = odd = unseen = 0
    double = _double()
    # The largest plain number, and the largest of all relative to its limit.
    high, share, there, limit_there = -INF, -INF, -INF, LIMITS[8]

    def see(value: Any) -> Any:
        nonlocal calls
        kind = type(value)
        if (kind is float or kind is double) and value <= high:
            calls += 1
            return value
        look(value)
        return value

    def look(value: Any) -> None:
        nonlocal calls, overflows, odd, unseen, high, share, there, limit_there
        if is_compiled(value):
            return
        try:
            limit, array = LIMITS[8], None
            if type(value) not in PLAIN:
                if (array := array_of(value)) is None:
                    unseen += 1
                    return
                limit = LIMITS[width_of(array)]
            number = factor * (float(value) if array is None else largest(array))
        except Exception:
            unseen += 1
            return
        calls += 1
        if number == INF or number != number:
            odd += 1
            return
        if number > limit:
            overflows += 1
        if number / limit > share:
            share, there, limit_there = number / limit, number, limit
        if limit == LIMITS[8] and number <= limit:
            high = max(high, number / factor)

    def told() -> Told:
        seen = {"exponent": there, "limit": limit_there} if share > -INF else {}
        return {"calls": calls, "overflows": overflows, "odd": odd, "unseen": unseen, **seen}

    return Gauge(see, told)


def even() -> Gauge:
    """Watches the argument of a hyperbolic cosine or sine, which grow in both directions."""
    inner = exponent()

    def see(value: Any) -> Any:
        if is_compiled(value):
            return value
        size: float | None = None
        try:
            if type(value) in PLAIN:
                size = abs(float(value))
            elif (array := array_of(value)) is not None and width_of(array) == 8:
                size = max(largest(array), -smallest(array))
        except Exception:
            size = None
        inner.see(value if size is None else size - LOG_2)
        return value

    return Gauge(see, inner.told)


def logarithm() -> Gauge:
    """Watches the argument of a logarithm."""
    calls = zeros = unseen = 0
    low = INF
    double = _double()

    def see(value: Any) -> Any:
        nonlocal calls
        kind = type(value)
        if (kind is float or kind is double) and value >= low:
            calls += 1
            return value
        look(value)
        return value

    def look(value: Any) -> None:
        nonlocal calls, zeros, unseen, low
        if is_compiled(value):
            return
        try:
            array = None if type(value) in PLAIN else array_of(value)
            if array is None and type(value) not in PLAIN:
                unseen += 1
                return
            number = float(value) if array is None else smallest(array)
        except Exception:
            unseen += 1
            return
        calls += 1
        if number == 0.0:
            zeros += 1
        elif -INF < number < low:
            low = number

    def told() -> Told:
        lowest = 0.0 if zeros else low
        return {"calls": calls, "zeros": zeros, "unseen": unseen, **({"argument": lowest} if lowest < INF else {})}

    return Gauge(see, told)


def result() -> Gauge:
    """Watches what the code at a finding gives."""
    calls = undefined = unseen = 0
    double = _double()

    def see(value: Any) -> Any:
        nonlocal calls
        kind = type(value)
        if (kind is float or kind is double) and -INF < value < INF:
            calls += 1
            return value
        look(value)
        return value

    def look(value: Any) -> None:
        nonlocal calls, undefined, unseen
        if is_compiled(value):
            return
        calls += 1
        try:
            array = None if type(value) in PLAIN else array_of(value)
            if array is None and type(value) not in PLAIN:
                unseen += 1
            elif array is None or array.dtype.kind == "f":
                low, high = (value, value) if array is None else (smallest(array), largest(array))
                undefined += not (low > -INF and high < INF)
        except Exception:
            unseen += 1

    def told() -> Told:
        return {"calls": calls, "undefined": undefined, "unseen": unseen}

    return Gauge(see, told)


def small(zero: bool = False, power: int = 1) -> Gauge:
    """Watches what has, in some `power`, to be seen beside a 1; a `zero` that is told has lost all of its digits."""
    calls = lossy = unseen = 0
    near, most, digits_there = 1.0, 0.0, DIGITS[8]
    double = _double()

    def see(value: Any) -> Any:
        nonlocal calls
        kind = type(value)
        if (kind is float or kind is double) and (value >= near or value <= -near):
            calls += 1
            return value
        look(value)
        return value

    def look(value: Any) -> None:
        nonlocal calls, lossy, unseen, near, most, digits_there
        if is_compiled(value):
            return
        digits = DIGITS[8]
        try:
            if type(value) in PLAIN:
                number = abs(float(value))
            elif (array := array_of(value)) is None:
                unseen += 1
                return
            else:
                digits = DIGITS[width_of(array)]
                number = nearest(array, zero)
        except Exception:
            unseen += 1
            return
        calls += 1
        if number >= 1.0 or number != number or (number == 0.0 and not zero):
            return
        lost = digits if number == 0.0 else min(-power * log10(number), digits)
        if lost > digits / 2:
            lossy += 1
        elif digits == DIGITS[8]:
            # Nearer ones are counted one by one.
            near = min(near, number)
        if lost > most:
            most, digits_there = lost, digits

    def told() -> Told:
        seen = {"lost": most, "digits": digits_there} if calls else {}
        return {"calls": calls, "lossy": lossy, "unseen": unseen, **seen}

    return Gauge(see, told)


#: What needs no library to be looked at.
PLAIN = frozenset({float, int})


def _double() -> type:
    """The type of the numbers in an array of NumPy, which are compared as plain ones are."""
    numpy = sys.modules.get("numpy")
    double: type = float if numpy is None else numpy.float64
    return double


#: The gauges by their names in what is sent from process to process.
GAUGES: Mapping[str, Callable[[], Gauge]] = {
    "exp": exponent,
    "exp2": lambda: exponent(LOG_2),
    "cosh": even,
    "log": logarithm,
    "result": result,
    "small": small,
    "square": lambda: small(power=2),
    "remainder": lambda: small(zero=True),
}
