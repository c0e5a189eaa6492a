"""The table of rules in the README, made from the rules: `python -m stabaudit.report.readme README.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from stabaudit.rule import load

BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"


def table() -> Iterator[str]:
    """The lines of the table, in Markdown."""
    yield "| rule | what is wrong | fix |"
    yield "|---|---|---|"
    for rule in load():
        summary = rule.summary.replace("|", r"\|")
        yield f"| `{rule.name}` | {summary} | {'yes' if rule.fixable else ''} |"


def renewed(text: str) -> str:
    """`text` with what stands between the markers replaced by the table of today."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there is no block from `{BEGIN}` to `{END}`")
    rows = "\n".join(table())
    return f"{before}{begin}\n{rows}\n{end}{after}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(renewed(path.read_text("utf-8")), "utf-8", newline="\n")
