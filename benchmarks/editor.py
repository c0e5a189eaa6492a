"""What an editor waits for when one function of an open file has changed: python -m benchmarks.editor [FILES]

Seconds of the processor in one process, without the pause in which nothing is typed.
"""

from __future__ import annotations

import ast
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.start import THREE
from stabaudit.engine.cache.verdicts import hold
from stabaudit.engine.edited import Edited
from stabaudit.engine.job import FileJob, PendingFile, analyse
from stabaudit.engine.memory import relax_gc
from stabaudit.engine.work import examine
from stabaudit.findings.finding import Finding
from stabaudit.source.lines import lines

FORMULA = "np.log(1 + np.exp(x))"


def edits(text: str, seed: int, most: int) -> Iterator[str]:
    """Texts of which each has another line in one function than the one before, as somebody may type them."""
    draw = random.Random(seed)
    for _ in range(most):
        functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
        statement = draw.choice(draw.choice(functions).body)
        row, indent = statement.lineno - 1, " " * statement.col_offset
        before = lines(text)
        old = before[row]
        new = draw.choice(
            [
                [f"{indent}added = {draw.randrange(9)}\n", old],
                [old.replace("1", "2", 1)],
                [old.replace("+", "-", 1)],
                [f"{indent}pass\n"],
            ]
        )
        last = (statement.end_lineno or row + 1) if new[0].strip() == "pass" else row + 1
        changed = "".join([*before[:row], *new, *before[last:]])
        try:
            ast.parse(changed)
        except SyntaxError:
            continue
        if changed != text:
            text = changed
            yield text


def taken(path: str, text: str, check: Callable[[str], Sequence[Finding]]) -> float:
    """The milliseconds of the processor that it takes to check a text."""
    start = time.process_time()
    examine(PendingFile(path, text.encode(), FileJob(check=check, roots=(os.path.dirname(path),))))
    return 1000 * (time.process_time() - start)


def _told(told: str, path: str, text: str, changed: Sequence[str]) -> None:
    after_an_edit, afresh = Edited(analyse, whole=False), Edited(analyse, whole=True)
    taken(path, text, afresh)
    quick = [taken(path, one, after_an_edit) for one in changed]
    whole = [taken(path, one, afresh) for one in changed]
    soon = sum(one <= 15 for one in quick)
    print(f"| {told} | {median(quick):.0f} | {soon} of {len(quick)} | {median(whole):.0f} |")


def main() -> None:
    """Print the table."""
    relax_gc()
    hold(os.devnull)
    print("| edited | CPU after an edit, ms | at most 15 ms | CPU for all of the file, ms |\n|---|---:|---:|---:|")
    text = THREE.replace("def softmax", "def shifted(x):\n    return x + 0\n\n\ndef softmax")
    path = os.path.abspath("three.py")
    cases = {
        "a function without a formula": [text.replace("x + 0", f"x + {n}") for n in range(1, 12)],
        "a line beside a formula": [
            text.replace(f"    return {FORMULA}", f"    y = {n}\n    return {FORMULA}") for n in range(11)
        ],
        "the formula itself": [text.replace(FORMULA, f"np.log(1 + np.exp(x + {n}))") for n in range(1, 12)],
    }
    for told, changed in cases.items():
        _told(f"300 lines, three findings: {told}", path, text, changed)
    for name in sys.argv[1:]:
        text = Path(name).read_text("utf-8")
        if changed := [*edits(text, 1, 12)]:
            _told(f"`{Path(name).name}`, {text.count(chr(10))} lines", os.path.abspath(name), text, changed)


if __name__ == "__main__":
    main()
