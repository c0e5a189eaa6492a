"""The program that finds what is to be watched; it runs in a process of its own, so that the tests see none of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from stabaudit.catalogue.names import UNUSED, UsageError
from stabaudit.cli import arguments
from stabaudit.cli.console import complain, warn
from stabaudit.cli.options import Options
from stabaudit.cli.results import results_of
from stabaudit.engine.fingerprint import marks
from stabaudit.engine.job import Result
from stabaudit.fix.compilers import Compilers
from stabaudit.source.errors import FileError
from stabaudit.source.lines import bare
from stabaudit.source.read import load
from stabaudit.source.tree import tree_of
from stabaudit.watch.plan import Module, Target, digest_of, written
from stabaudit.watch.steps import code_of, kind_of, spots


def main(file: str, paths: Sequence[str]) -> int:
    """Write into `file` what is to be watched below `paths`; the exit code."""
    options = arguments.check().parse_args([f"--jobs={os.cpu_count() or 1}", "--", *paths])
    try:
        results = results_of(paths, Options(options), None, quiet=True)
        modules = [module for result in results if (module := _module(result)) is not None]
    except UsageError as error:
        complain(str(error))
        return 2
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(written(modules))
    return 0


def _module(result: Result) -> Module | None:
    """What is to be watched of one file; nothing where it has no findings, or is never imported."""
    warn(result)
    findings = [one for one in result.findings if one.rule != UNUSED]
    if not findings or not result.path.endswith((".py", ".pyw")):
        return None
    try:
        digest = digest_of(load(result.path))
    except FileError as trouble:
        warn(Result(result.path, trouble=trouble))
        return None
    tree, compiled = tree_of(result.text), Compilers(result.text)
    code = None if tree is None else code_of(tree, bare(result.text))
    targets = []
    for finding, mark in zip(findings, marks(result.text, findings), strict=True):
        by = compiled.of(finding.start.row)
        kind = kind_of(finding)
        why = None if by is None else f"the code is compiled by `{by}`"
        found = [] if code is None or why is not None else spots(code, finding, kind)
        if not found and why is None:
            why = "its value is not that of an expression"
        targets.append(Target(finding.rule, mark, *finding.start, kind, found, why))
    return Module(os.path.realpath(result.path), result.path, digest, targets)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
