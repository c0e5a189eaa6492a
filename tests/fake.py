"""A checker with three rules and the command line with it, to test the faces without the analysis.

Run as a program it is `stabaudit`; imported it gives `check` and the builders of findings.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from stabaudit.findings.finding import Applicability, Edit, Finding, Fix, Position, Unparsable, Witness
from stabaudit.source.lines import bare

RULES = ["expm1", "softmax", "softplus"]
IMPORT = "from stabaudit import runtime as stable\n"


def check(text: str, **_: object) -> list[Finding]:
    """`log(1+exp(x))` has a safe fix with an import, `exp(x) - 1` an unsafe one, `SOFT` none."""
    if "def (" in text:
        raise Unparsable("invalid syntax", Position(1, 5))
    if "CRASH" in text:
        raise ZeroDivisionError("of a\nkind")
    if "SLEEP" in text:
        Path("asleep").touch()
        time.sleep(20)
    if "DIE" in text:
        os._exit(9)
    found = []
    for row, line in enumerate(bare(text), 1):
        for match in re.finditer(r"log\(1 ?\+ ?exp\((\w+)\)\)", line):
            extra = [] if "import runtime" in text else [edit(1, 1, 1, IMPORT)]
            found.append(softplus(row, match.start() + 1, match.end() + 1, match[1], extra))
        for match in re.finditer(r"exp\((\w+)\) - 1", line):
            new = edit(row, match.start() + 1, match.end() + 1, f"expm1({match[1]})")
            found.append(finding("expm1", [new], applicability="unsafe", reason="the dtype is not known"))
        for match in re.finditer("SOFT", line):
            at, end = Position(row, match.start() + 1), Position(row, match.end() + 1)
            found.append(Finding("softmax", "overflows", at, end, withheld="a comment stands inside"))
    return found


def softplus(row: int, start: int, end: int, name: str, extra: list[Edit]) -> Finding:
    at, to = Position(row, start), Position(row, end)
    fix = Fix("safe", f"use `stable.softplus({name})`", (*extra, Edit(at, to, f"stable.softplus({name})")))
    return Finding("softplus", "infinite from x = 710 on", at, to, Witness("x = 1e3", "inf", "1e3", "1e3"), fix)


def edit(row: int, start: int, end: int, content: str) -> Edit:
    return Edit(Position(row, start), Position(row, end), content)


def finding(rule: str, edits: list[Edit], applicability: Applicability = "safe", reason: str | None = None) -> Finding:
    """A finding at the place of its last edit."""
    fix = Fix(applicability, f"fix {rule}", tuple(edits), reason)
    return Finding(rule, f"{rule} is bad", edits[-1].start, edits[-1].end, None, fix)


if __name__ == "__main__":
    # Workers are copies of this process and so know the same rules.
    import stabaudit.catalogue.folder
    import stabaudit.check
    import stabaudit.sieve
    import stabaudit.sieve.selection

    # The sieve is made from the real rules and holds back what only these know.
    stabaudit.sieve.could_match = stabaudit.sieve.could_hold = lambda data: True
    stabaudit.sieve.selection.selections = lambda text: (text,)
    stabaudit.check.check_text = check
    stabaudit.catalogue.folder.names = lambda: RULES

    from stabaudit.cli.main import run

    run()
