"""The message of a rule with the numbers of float32, in which torch, JAX and TensorFlow compute."""

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
_NUMBER = re.compile(
    "|".join(rf"(?<![\w.-]){re.escape(text)}(?![\w.])" for text in sorted(SINGLE, key=len, reverse=True))
)


def in_single(message: str) -> str:
    """A message with its thresholds in float32."""
    return _NUMBER.sub(lambda found: SINGLE[found[0]], message)
