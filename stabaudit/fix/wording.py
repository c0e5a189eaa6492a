"""Which types the words of a text speak of, wherever they stand in it."""

from __future__ import annotations

import re
from functools import cached_property

#: Words of texts in which there are integers of fewer than 32 bits or without a sign, and truth values as numbers: of
#: those NumPy's `log1p` and `expm1` give something else than the formula.
SMALL = re.compile(
    r"\bu?int(8|16)\b|\b[iu][12]\b|\bu[48]\b|\buint\d*\b|\bu?byte\b|\bu?short\b|\bU?Int(8|16)\b|\bimread\b|\bcv2\b|\bPIL\b"
)
#: A parameter that a docstring calls boolean, and not an array of them, is a switch.
BOOL = re.compile(
    r"\bbool_\b|(?<!: )\bboolean\b|\bboolean (nd)?array|dtype=bool|astype\(bool|\[(?:[^\]\n=]*[,\s])?(True|False)\b"
)
NARROW = re.compile(r"\bfloat(16|32)\b|['\"][<>=]?f[24]['\"]|\.(half|single)\b|['\"](half|single)['\"]")
INFINITE = re.compile(r"inf\b|infty\b|\bmasked_fill|\bmask\b", re.IGNORECASE)
MASKED = re.compile(r"\b(np|numpy)\.ma\b|\bimport ma\b|\bma\.(array|masked)|\bmasked_(?!fill)|\bMaskedArray\b")
PANDAS = re.compile(r"\bpandas\b|\bpd\.")
DIMENSIONS = re.compile(r"\bxarray\b|\bDataArray\b")
CONTAINERS = re.compile(r"\bmatrix\b|\bnp\.ma\b|\bndarray\)\s*:|\bdask\b")
COMPLEX = re.compile(r"\bcomplex(64|128|256)?\b|(?<![\w.])[\d.]+(e[-+]?\d+)?[jJ]\b")
JAX = re.compile(r"\bjax\b|\bjnp\b")
UNITS = re.compile(r"\b(astropy|pint|unyt|Quantity)\b")
DECIMAL = re.compile(r"\bDecimal\(|\b(import|from) decimal\b")
HALF = re.compile(r"\bfloat16\b|['\"][<>=]?f2['\"]|\.half\b|['\"]half['\"]")
HOOK = re.compile(r"\bdef (__array_ufunc__|__array_function__|__torch_function__|__torch_dispatch__)\b")
CALLERS = re.compile(r"\bf_locals\b|\b_getframe\b|\bcurrentframe\b|\binspect\.(stack|trace)\b")
OWN_CLASS = re.compile(r"^\s+def (exp|log)\(self", re.MULTILINE)


class Wording:
    """What a text speaks of."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def has_small(self) -> bool:
        """Whether small or unsigned integers or truth values are spoken of."""
        return self.has_bool or self.has_integers

    @cached_property
    def has_integers(self) -> bool:
        """Whether small or unsigned integers are spoken of."""
        return SMALL.search(self._text) is not None

    @cached_property
    def has_bool(self) -> bool:
        """Whether arrays of truth values are spoken of."""
        return BOOL.search(self._text) is not None

    @cached_property
    def has_narrow(self) -> bool:
        """Whether floats of fewer than 64 bits are spoken of."""
        return NARROW.search(self._text) is not None

    @cached_property
    def has_infinities(self) -> bool:
        """Whether infinities or masks are spoken of."""
        return INFINITE.search(self._text) is not None

    @cached_property
    def has_others(self) -> bool:
        """Whether there are masked arrays, or a class of its own with an exponential or a logarithm."""
        return MASKED.search(self._text) is not None or OWN_CLASS.search(self._text) is not None

    @cached_property
    def has_frames(self) -> bool:
        """Whether tables of pandas are spoken of."""
        return PANDAS.search(self._text) is not None

    @cached_property
    def has_dimensions(self) -> bool:
        """Whether arrays of xarray are spoken of."""
        return DIMENSIONS.search(self._text) is not None

    @cached_property
    def has_decimals(self) -> bool:
        """Whether decimal numbers of Python are spoken of."""
        return DECIMAL.search(self._text) is not None

    @cached_property
    def has_containers(self) -> bool:
        """Whether arrays are spoken of that are more than arrays: tables, matrices, masked arrays, subclasses."""
        return self.has_frames or self.has_dimensions or CONTAINERS.search(self._text) is not None

    @cached_property
    def has_jax(self) -> bool:
        """Whether arrays of JAX are spoken of."""
        return JAX.search(self._text) is not None

    @cached_property
    def has_complex(self) -> bool:
        """Whether complex numbers are spoken of."""
        return COMPLEX.search(self._text) is not None

    @cached_property
    def has_units(self) -> bool:
        """Whether quantities with units are spoken of."""
        return UNITS.search(self._text) is not None

    @cached_property
    def has_half(self) -> bool:
        """Whether floats of 16 bits are spoken of."""
        return HALF.search(self._text) is not None

    @cached_property
    def hook(self) -> str | None:
        """The method by which a class of the file takes the functions of an array library in hand, if one does."""
        found = HOOK.search(self._text)
        return None if found is None else found[1]

    @cached_property
    def shows_locals(self) -> bool:
        """Whether a function may look at the local names of those that call it."""
        return CALLERS.search(self._text) is not None
