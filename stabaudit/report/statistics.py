"""How often each rule is met, the most frequent first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


def show(results: Iterable[Result], stream: TextIO, form: str) -> None:
    """Print a table, or with one of the forms for programs a list of objects."""
    met, fixable, said = Counter[str](), Counter[str](), dict[str, str]()
    for result in results:
        for finding in result.findings:
            met[finding.rule] += 1
            fixable[finding.rule] += finding.fix is not None
            said[finding.rule] = finding.message
    rules = sorted(met, key=lambda rule: (-met[rule], rule))
    if form not in ("text", "concise"):
        rows = [{"name": rule, "count": met[rule], "fixable_count": fixable[rule]} for rule in rules]
        stream.write(f"{json.dumps(rows, indent=2)}\n")
        return
    for rule in rules:
        star = "[*]" if fixable[rule] else "[ ]"
        stream.write(f"{met[rule]:6}  {star}  {rule}\n")
