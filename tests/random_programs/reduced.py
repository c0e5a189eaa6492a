"""A random program whose safe fix is wrong, made as short as it can be with something still wrong."""

from __future__ import annotations

import difflib
import time

from stabaudit.api import fix_source
from tests.random_programs.batch import MISUSED
from tests.random_programs.limited import Late, within
from tests.random_programs.written import write
from tests.wrong_fixes.compared import worse
from tests.wrong_fixes.run import observe, truths

#: How long a program is made shorter, and how long one of those may run.
SECONDS, A_RUN = 20, 5


def report(seed: str) -> str:
    """The reduced program of `seed`, its fix, and what that breaks."""
    program = write(seed)
    text = program.alone()
    lines = broken(text)
    if not lines:
        return "wrong only beside other programs"
    text = shortest(text)
    fixed = fixed_text(text)
    change = difflib.unified_diff(text.split("\n"), fixed.split("\n"), lineterm="", n=0)
    return "\n".join([text, *[line for line in change if not line.startswith(("---", "+++", "@@"))], *broken(text)])


def broken(text: str) -> list[str]:
    """What the program `text` no longer does after its safe fixes."""
    try:
        compile(text, "<program>", "exec")
    except SyntaxError:
        return []
    fixed = fixed_text(text)
    if fixed.startswith("no fix"):
        return [fixed]
    if fixed == text:
        return []
    try:
        # Without a line that counts, a loop has no end.
        with within(A_RUN):
            before = observe(text)
            # Without the line that gives a name its value it is another program.
            if before.failed or "NameError" in str(before) or "UnboundLocalError" in str(before):
                return []
            found = worse(before, observe(fixed), truths(text), altogether=True)
            return [line for line in found if not MISUSED.search(line)]
    except Late:
        return []


def fixed_text(text: str) -> str:
    try:
        return fix_source(text).text
    except RuntimeError as error:
        return f"no fix: {error}"


def shortest(text: str) -> str:
    """`text` without the lines, arguments and cases that do not matter."""
    lines, end = text.split("\n"), time.monotonic() + SECONDS
    size = max(1, len(lines) // 4)
    while size:
        start = 0
        while start < len(lines) and time.monotonic() < end:
            fewer = lines[:start] + lines[start + size :]
            if any(fewer) and broken("\n".join(fewer)):
                lines = fewer
            else:
                start += size
        size //= 2
    for start, line in enumerate(lines):
        for name in ("CASES", "EXTREMES"):
            if line.startswith(f"{name} = ["):
                cases = line.split(" = ", 1)[1][1:-1].split("), (")
                for case in [c.removeprefix("(").removesuffix(")") for c in cases]:
                    one = [*lines[:start], f"{name} = [({case})]", *lines[start + 1 :]]
                    if broken("\n".join(one)):
                        return "\n".join(one)
    return "\n".join(lines)
