"""How rules and runtime compare with true values on this machine, as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TextIO

from stabaudit.catalogue.rule import Rule, load
from stabaudit.proof.audit import Trial, audit, audit_runtime
from stabaudit.proof.case import Case
from stabaudit.proof.claims import disputes
from stabaudit.report.tally import count
from stabaudit.terms.ops import TABLE

DTYPES = ("float64", "float32")
HEADINGS = ("rule", "form", "type", "points", "before", "after", "units", "worst input")
#: Longer inputs are cut; where a promise is broken, the whole input is told.
WIDEST_INPUT = 60


def show(names: Sequence[str], stream: TextIO) -> int:
    """Try the rules `names`, or all and the runtime, and print what held; the exit code."""
    rules = [rule for rule in load() if not names or rule.name in names]
    forms = [(rule.name, form.name) for rule in rules for form in rule.forms]
    if not names:
        forms += [("runtime", op.name) for op in TABLE.values() if op.stable]
    name, form = (max(map(len, column)) for column in zip(*forms, HEADINGS[:2], strict=True))
    row = f"{{:{name}}}  {{:{form}}}  {{:7}}  {{:>6}}  {{:>8}}  {{:>7}}  {{:>5}}  {{}}\n"
    stream.write("Worst errors in ULP of the true value, before and after.\n\n")
    stream.write(row.format(*HEADINGS))
    broken = 0
    for trial in trials(rules, runtime=not names):
        stream.write(row.format(*cells(trial)))
        broken += len(trial.breaches)
        for breach in trial.breaches:
            stream.write(f"  not {breach.promise}: {breach.reason}\n")
            for label, text in breach.witness.told() if breach.witness else ():
                stream.write(f"    {label:10}  {text}\n")
        stream.flush()
    for dispute in disputes(load()):
        stream.write(f"{dispute}\n")
        broken += 1
    tried = [count(len(rules), "rule")] + ([] if names else ["the runtime"])
    numpy = version("numpy")
    verdict = "everything holds" if not broken else f"{count(broken, 'promise')} broken"
    stream.write(f"\nTried {' and '.join(tried)} in float64 and float32 on NumPy {numpy}: {verdict}.\n")
    return 1 if broken else 0


def trials(rules: Sequence[Rule], *, runtime: bool) -> Iterator[Trial]:
    """All trials of some rules and, if wanted, of the runtime, in both types."""
    for rule in rules:
        for dtype in DTYPES:
            yield from audit(rule, dtype)
    if runtime:
        for dtype in DTYPES:
            yield from audit_runtime(dtype)


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
