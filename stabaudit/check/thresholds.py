"""The message of a rule with the numbers of the type that the code computes in, mostly float32 in torch and JAX."""

from __future__ import annotations

import re

#: What float64 does at the one, float32 does at the other.
SINGLE = {
    "709": "88.7",
    "710": "88.7",
    "711": "89.4",
    "714": "91.9",
    "-710": "-88.7",
    "-745": "-103.9",
    "at x = 1e-10 eight of sixteen digits are left, below 1e-16 none": "at x = 1e-4 four of eight digits are left, "
    "below 6e-8 none",
}
#: The same in float16.
HALF = {
    "709": "11.09",
    "710": "11.09",
    "711": "11.78",
    "714": "13.3",
    "-710": "-11.09",
    "-745": "-17.33",
    "at x = 1e-10 eight of sixteen digits are left, below 1e-16 none": "at x = 1e-2 one of three digits is left, "
    "below 5e-4 none",
}
TYPES: dict[str, dict[str, str]] = {"float64": {}, "float32": SINGLE, "float16": HALF}
_NUMBER = re.compile(
    "|".join(rf"(?<![\w.-]){re.escape(text)}(?![\w.])" for text in sorted(SINGLE, key=len, reverse=True))
)


def in_type(message: str, floats: str) -> str:
    """A message with its thresholds in a type."""
    numbers = TYPES[floats]
    return _NUMBER.sub(lambda found: numbers.get(found[0], found[0]), message)
