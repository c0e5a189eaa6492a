"""Why a term has no value on a sample."""

from __future__ import annotations


class NotEvaluable(Exception):
    """The term has a part that cannot be computed on these values, such as an axis that is not there."""


class Undefined(Exception):
    """The term has no real value here: the logarithm of zero, a division by zero."""


class Undecided(Exception):
    """The bounds are still too far apart at this precision."""
