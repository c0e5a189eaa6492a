"""What the least of a cold run takes, whatever is done with what is read: python -m benchmarks.floor DIR FINDINGS.json

FINDINGS.json is what `stabaudit check DIR --output-format json` prints. Processor seconds of one process.
"""

from __future__ import annotations

import ast
import contextlib
import json
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from stabaudit.sieve import could_match

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@contextlib.contextmanager
def timed(told: str) -> Iterator[None]:
    """Print what a step takes."""
    begun = time.process_time()
    yield
    print(f"{time.process_time() - begun:6.2f} s  {told}")


def found_in(findings: Path) -> list[str]:
    """The source of the functions with findings, each by itself."""
    rows: dict[str, set[int]] = defaultdict(set)
    for finding in json.loads(findings.read_text()):
        rows[finding["filename"]].add(finding["location"]["row"])
    sources = []
    for name, found in rows.items():
        text = Path(name).read_bytes().decode("utf-8-sig", "replace")
        lines = text.split("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, FUNCTIONS) and any(node.lineno <= r <= (node.end_lineno or 0) for r in found):
                sources.append(dedent("\n".join(lines[node.lineno - 1 : node.end_lineno])) + "\n")
    return sources


def main() -> None:
    """Print the steps."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    with timed("to read the files"):
        datas = [path.read_bytes() for path in Path(sys.argv[1]).rglob("*.py")]
    with timed("to search them for words"):
        telling = [data for data in datas if could_match(data)]
    with timed("Python's parser, on the files that could hold a finding"):
        for data in telling:
            with contextlib.suppress(SyntaxError, ValueError, RecursionError):
                ast.parse(data)
    with timed("to import LibCST, NumPy and mpmath, which each process does"):
        import libcst
        import mpmath  # noqa: F401
        import numpy  # noqa: F401
    sources = found_in(Path(sys.argv[2]))
    with timed(f"LibCST's parser, on the {len(sources)} functions with findings"):
        for source in sources:
            with contextlib.suppress(libcst.ParserSyntaxError):
                libcst.parse_module(source)


if __name__ == "__main__":
    main()
