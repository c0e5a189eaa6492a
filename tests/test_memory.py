"""What a file leaves behind is taken away, in a process that is ours."""

from __future__ import annotations

import subprocess
import sys

#: Analyses a text over and over, each time with another function, and tells how many trees are still there.
PROGRAM = """
import gc
import sys

import libcst

from stabaudit import memory
from stabaudit.work import study
from stabaudit.task import Task

if sys.argv[1] == "ours":
    memory.unhurried()
    memory.MOST = 100_000
gc.set_threshold(0)
for number in range(12):
    body = "".join(f"    y{i} = np.log(1 + np.exp(x + {i}))\\n" for i in range(20))
    text = f"import numpy as np\\n\\n\\ndef f{number}(x):\\n{body}    return y0\\n"
    assert study("a.py", text.encode(), Task()).findings
print(sum(type(one) is libcst.Module for one in gc.get_objects()), gc.get_freeze_count())
"""


def left(whose: str) -> tuple[int, int]:
    """How many trees are left, and how many objects were put aside for good."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, whose], capture_output=True, text=True, check=True)
    trees, frozen = map(int, done.stdout.split())
    return trees, frozen


def test_trees_are_taken_away_before_they_are_many():
    trees, frozen = left("ours")
    assert trees < 6
    assert frozen


def test_what_another_program_holds_is_left_alone():
    assert left("another's")[1] == 0
