"""Whether both parsers give one syntax tree of every file below some folders: `python -m benchmarks.lowering DIR`.

Prints each file that they read otherwise with the first nodes that differ, and how fast the tree is made; exit code 1
if there is such a file. LibCST parses half a megabyte a second: longer files than `LONGEST` are left out unless
`--all` is given.
"""

from __future__ import annotations

import argparse
import ast
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import libcst as cst

from stabaudit.source.depth import with_more_room
from stabaudit.syntax.caching import let_go
from stabaudit.syntax.from_ast import from_ast
from stabaudit.syntax.from_libcst import from_libcst
from stabaudit.syntax.node import difference

LONGEST = 60_000


class Clock:
    """Processor time, and bytes, by what they were spent on."""

    def __init__(self) -> None:
        self.parsed = self.lowered = 0.0
        self.size = self.files = 0

    def said(self) -> str:
        """The figures in words."""
        rate = self.size / self.lowered / 1e6 if self.lowered else 0.0
        return (
            f"{self.files} files; the tree is made at {rate:.1f} MB/s, "
            f"in {self.lowered / self.parsed if self.parsed else 0.0:.2f} of what Python's parser takes"
        )


def texts(folders: list[Path]) -> Iterator[tuple[Path, str]]:
    """The files that can be decoded as UTF-8."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
            try:
                yield path, path.read_bytes().decode("utf-8-sig")
            except (UnicodeDecodeError, OSError):
                continue


def compare(path: Path, text: str, clock: Clock, longest: int) -> str | None:
    """What differs in a text, if both parsers read it."""
    start = time.process_time()
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    parsed = time.process_time()
    one = from_ast(tree, text)
    clock.parsed, clock.lowered = clock.parsed + parsed - start, clock.lowered + time.process_time() - parsed
    clock.size, clock.files = clock.size + len(text), clock.files + 1
    if len(text) > longest:
        return None
    try:
        module = cst.parse_module(text)
    except (cst.ParserSyntaxError, ValueError, SyntaxError):
        return None
    found = difference(one, from_libcst(module))
    let_go()
    return None if found is None else f"{path}: {found[0]!r:.300} is not {found[1]!r:.300}"


def main() -> int:
    """Compare all files; 1 if two trees differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true", help="long files, too")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    clock, different = Clock(), 0
    for path, text in texts(given.folders):
        said = compare(path, text, clock, sys.maxsize if given.all else LONGEST)
        if said is not None:
            different += 1
            print(said)
    print(f"{clock.said()}; {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(with_more_room(main, 20_000))
