"""How rules and runtime compare with true values on this machine, as a table."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from typing import TextIO

from stabaudit.catalogue.load import load
from stabaudit.catalogue.rule import Rule
from stabaudit.proof.audit import Trial, audit, audit_runtime, stable_operations
from stabaudit.proof.case import Case
from stabaudit.proof.claims import disputes
from stabaudit.report.tally import count

DTYPES = ("float64", "float32")
HEADINGS = ("rule", "form", "type", "points", "before", "after", "units", "worst input")
#: What stands in the table of a trial, and below it why a promise does not hold.
Row = tuple[tuple[str, ...], list[str]]
#: Fewer trials than this are not worth a process.
FEW = 12
#: Longer inputs are cut; where a promise is broken, the whole input is told.
WIDEST_INPUT = 60


def show(names: Sequence[str], stream: TextIO) -> int:
    """Try the rules `names`, or all and the runtime, and print what held; the exit code."""
    rules = [rule for rule in load() if not names or rule.name in names]
    forms = [(rule.name, form.name) for rule in rules for form in rule.forms]
    if not names:
        forms += [("runtime", op.name) for op in stable_operations()]
    name, form = (max(map(len, column)) for column in zip(*forms, HEADINGS[:2], strict=True))
    row = f"{{:{name}}}  {{:{form}}}  {{:7}}  {{:>6}}  {{:>8}}  {{:>7}}  {{:>5}}  {{}}\n"
    stream.write("Worst errors in ULP of the true value, before and after.\n\n")
    stream.write(row.format(*HEADINGS))
    broken = 0
    for rows in tried(rules, runtime=not names):
        for told, reasons in rows:
            stream.write(row.format(*told))
            broken += sum(reason.startswith("  not ") for reason in reasons)
            stream.writelines(reasons)
        stream.flush()
    for dispute in disputes(load()):
        stream.write(f"{dispute}\n")
        broken += 1
    whole = [count(len(rules), "rule")] + ([] if names else ["the runtime"])
    numpy = version("numpy")
    verdict = "everything holds" if not broken else f"{count(broken, 'promise')} broken"
    stream.write(f"\nTried {' and '.join(whole)} in float64 and float32 on NumPy {numpy}: {verdict}.\n")
    return 1 if broken else 0


def tried(rules: Sequence[Rule], *, runtime: bool) -> Iterator[list[Row]]:
    """The rows of some rules and, if wanted, of the runtime, in both types; many are tried by several processes."""
    tasks: list[tuple[str | None, str]] = [(rule.name, dtype) for rule in rules for dtype in DTYPES]
    tasks += [(None, dtype) for dtype in DTYPES if runtime]
    processes = min(os.cpu_count() or 1, len(tasks))
    if processes == 1 or len(tasks) < FEW or not hasattr(os, "fork"):
        yield from map(_rows, tasks)
        return
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        for number, rows in enumerate(pool.map(_rows, tasks), 1):
            if sys.stderr.isatty():
                end = "\n" if number == len(tasks) else ""
                sys.stderr.write(f"\rtried {number} of {len(tasks)}{end}")
            yield rows


def _rows(task: tuple[str | None, str]) -> list[Row]:
    """The rows of a rule, or of the runtime, in one type."""
    name, dtype = task
    if name is None:
        return [_row(trial) for trial in audit_runtime(dtype)]
    return [_row(trial) for rule in load() if rule.name == name for trial in audit(rule, dtype)]


def _row(trial: Trial) -> Row:
    reasons = []
    for breach in trial.breaches:
        reasons.append(f"  not {breach.promise}: {breach.reason}\n")
        reasons += [f"    {label:10}  {text}\n" for label, text in (breach.witness.told() if breach.witness else ())]
    return cells(trial), reasons


def cells(trial: Trial) -> tuple[str, ...]:
    """The row of a trial."""
    after = trial.after.stable if trial.after else None
    worst = trial.after or trial.before
    place = worst.place if worst else ""
    return (
        trial.rule,
        trial.form,
        trial.dtype,
        str(trial.points),
        lost(trial.before),
        size(after.error) if after else "-",
        size(trial.units) if after else "-",
        place if len(place) <= WIDEST_INPUT else f"{place[: WIDEST_INPUT - 1]}…",
    )


def lost(case: Case | None) -> str:
    """What the unstable form loses there, in a word."""
    if case is None:
        return "-"
    if case.unstable.overflow and case.unstable.error < math.inf:
        return "overflow"
    return size(case.unstable.error)


def size(error: float) -> str:
    """An error in few digits."""
    return f"{error:.2f}" if error < 1000 else f"{error:.1e}"
