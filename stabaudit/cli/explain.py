"""`stabaudit explain`: what a warning, a traceback or a line of a log means for the code that it came from."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from stabaudit.catalogue.names import UNUSED, UsageError
from stabaudit.cli.cause import is_cause, step_of
from stabaudit.cli.console import CLEAN, FAILED, FOUND, warn
from stabaudit.cli.options import Options
from stabaudit.cli.results import results_of
from stabaudit.cli.traces import NUMERICAL, Trace, traces
from stabaudit.cli.witness import PLACE
from stabaudit.engine.job import Result
from stabaudit.report.place import Where, where
from stabaudit.report.style import clean, shown_path, style
from stabaudit.source.errors import FileError
from stabaudit.source.find import find
from stabaudit.source.places import is_inside
from stabaudit.source.read import standard_input

if TYPE_CHECKING:
    from stabaudit.findings.finding import Finding

#: What a message means by itself, by the step that it names.
MEANS = {
    "exp": "an argument of `exp` is above 709.78 (88.7 in float32), so it gives inf",
    "expm1": "an argument of `expm1` is above 709.78 (88.7 in float32), so it gives inf",
    "cosh": "an argument of `cosh` is above 710.4 in size (89.4 in float32), so it gives inf",
    "sinh": "an argument of `sinh` is above 710.4 in size (89.4 in float32), so it gives inf",
    "log": "the logarithm of 0 was taken, which is -inf, or of a negative number, which is nan",
    "log1p": "the logarithm of 0 was taken, which is -inf, or of a negative number, which is nan",
    "divide": "0/0 or inf/inf, which are nan, or a number divided by 0, which is inf",
    "true_divide": "0/0 or inf/inf, which are nan, or a number divided by 0, which is inf",
    "subtract": "inf - inf was computed, which is nan: something before it was infinite",
    "range": "an argument of `exp` or a power in `math` is too large for a float",
    "domain": "the logarithm or root of a number outside of its domain was taken in `math`",
    "zero": "a float was divided by 0",
    "gradient": "a gradient is nan on the way back through this step, although its value may be right",
}
WEIGHTS = {
    "error": "wrong",
    "warning": "loses digits",
    "note": "harmless: the result is right, and only the warning is to be got rid of",
}

#: What a note says of a result that is not right.
OFF = "wrong by little, or where few programs come"


def explain(arguments: Namespace) -> int:
    """Print what is known of the places in the arguments, or of those in a text; the exit code."""
    wanted = _wanted(arguments.place)
    if arguments.place not in (None, "-"):
        # Who names a file means it.
        name = wanted[0].places[0][0]
        arguments.under = arguments.under if is_inside(name, arguments.under) else os.path.dirname(name) or "."
    plan = Options(Namespace(**{**vars(arguments), "paths": [arguments.under]}))
    if not wanted:
        raise UsageError("no message of numerical trouble in the text; paste the whole warning or traceback")
    files = find([arguments.under], plan.finder.of, None, plan.finder.places).files
    if arguments.place not in (None, "-") and _here(name := wanted[0].places[0][0], files, arguments.under) is None:
        raise UsageError(f"{shown_path(name)}: no such Python file; check the path")
    results: dict[str, Result] = {}
    known = worst = False
    for trace in wanted:
        if trace.said:
            sys.stdout.write(f"{style(sys.stdout).bold(clean(trace.said))}\n")
        found = list(_found(trace, files, plan, arguments, results))
        for result, finding in found:
            known = True
            worst |= finding.severity != "note"
            _tell(result, finding, sys.stdout)
        if not found:
            _unknown(trace, files, sys.stdout)
        sys.stdout.write("\n")
    if any(result.trouble for result in results.values()):
        return FAILED
    return FOUND if known and worst else CLEAN


def _wanted(place: str | None) -> list[Trace]:
    if place is not None and place != "-":
        said = PLACE.fullmatch(place)
        if said is None:
            raise UsageError(f"`{place}` is not a place; write it as FILE:LINE, or give the text on standard input")
        return [Trace("", ((said["file"], int(said["line"])),))]
    try:
        data = standard_input("-")
    except FileError as trouble:
        raise UsageError(str(trouble)) from None
    return traces(data.decode("utf-8", "replace"))


def _found(
    trace: Trace, files: Sequence[str], plan: Options, arguments: Namespace, results: dict[str, Result]
) -> Iterator[tuple[Result, Finding]]:
    """The findings at the innermost place of a message that has some which are its cause."""
    told = NUMERICAL.search(trace.said)
    for name, line in trace.places:
        path = _here(name, files, arguments.under)
        if path is None:
            continue
        if path not in results:
            [results[path]] = results_of([path], plan, 1, quiet=True) or [Result(path)]
            warn(results[path])
        at = where(results[path])
        there = [one for one in results[path].findings if one.rule != UNUSED and _is_at(one, line, at)]
        if told:
            there = [one for one in there if is_cause(results[path], one, told)]
        if there:
            yield from ((results[path], one) for one in there)
            return


def _is_at(finding: Finding, line: int, at: Where) -> bool:
    spans = [(finding.start, finding.end), *((one.start, one.end) for one in finding.related)]
    return any(at(start).row <= line <= at(end).row for start, end in spans)


def _here(name: str, files: Sequence[str], under: str) -> str | None:
    """The file that a place names: itself, or in a text of another machine the only one with most of its path."""
    if os.path.isfile(name) and is_inside(name, under):
        return name
    wanted = name.replace("\\", "/").split("/")
    for length in range(len(wanted), 0, -1):
        tail = wanted[-length:]
        same = [path for path in files if os.path.abspath(path).replace(os.sep, "/").split("/")[-length:] == tail]
        if same:
            return same[0] if len(same) == 1 else None
    return None


def _tell(result: Result, finding: Finding, stream: TextIO) -> None:
    paint = style(stream)
    place = f"{shown_path(result.path)}:{where(result)(finding.start)}"
    off = finding.severity == "note" and finding.witness is not None and finding.witness.is_off
    weight = OFF if off else WEIGHTS[finding.severity]
    stream.write(f"  {paint.bold(place)}: {paint.red(finding.rule)}: {weight}\n")
    said = [("because", finding.message)]
    if finding.witness:
        said.append(("input", str(finding.witness)))
    if finding.fix:
        unsafe = f" (unsafe: {finding.fix.reason})" if finding.fix.reason else ""
        said.append(("write", f"{finding.fix.message}{unsafe}"))
    if finding.withheld:
        said.append(("no fix", finding.withheld))
    for label, text in said:
        stream.write(f"    {paint.blue(f'{label}:')} {clean(text)}\n")


def _unknown(trace: Trace, files: Sequence[str], stream: TextIO) -> None:
    """What the message means, and that no more is known."""
    told = NUMERICAL.search(trace.said)
    step = step_of(told) if told else ""
    if told and (told["gradient"] or told["forward"]):
        step = "gradient"
    if step in MEANS:
        stream.write(f"  {MEANS[step]}\n")
    if trace.places:
        said = "no unstable formula that does so was found there"
    else:
        said = "the text names no line of the code; give FILE:LINE, or the whole warning or traceback"
    stream.write(f"  not known whether that is harmless: {said}\n")
