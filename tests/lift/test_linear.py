"""What reading costs, in calls of Python functions: the same for each line, however many there are."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from stabaudit.check import check_text
from stabaudit.proof import answers

STEPS: dict[str, Callable[[int], str]] = {
    "a chain of names": lambda i: f"    x{i + 1} = np.exp(x{i}) / (1 + np.exp(x{i}) * {i + 2})",
    "one name given values": lambda i: f"    x0 = np.exp(x0 * {i + 2}) + x1",
    "steps in place": lambda i: f"    x0 += np.exp(x0 / {i + 2})",
    "branches": lambda i: f"    if x{i % 7} > {i}:\n        x{(i + 1) % 7} = np.exp(x{i % 7})",
}


def calls(step: Callable[[int], str], lines: int) -> int:
    """How many Python functions are called to check a function of so many steps."""
    text = "import numpy as np\n\n\ndef f(x0, x1, x2, x3, x4, x5, x6):\n"
    text += "\n".join(step(i) for i in range(lines)) + "\n    return x0\n"
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    # What is judged once is known from then on, which would favour whichever comes later.
    answers._KNOWN.clear()
    sys.setprofile(note)
    try:
        check_text(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_four_times_the_lines_cost_four_times_the_calls(step: Callable[[int], str]):
    # The first run fills what is kept for all.
    calls(step, 20)
    assert calls(step, 320) <= 5 * calls(step, 80)
