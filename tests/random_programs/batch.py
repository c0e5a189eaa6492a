"""Many random programs judged at once: one text for those of a library is fixed, and what changed in it is run."""

from __future__ import annotations

import re
import sys
import types
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from stabaudit.api import fix_source
from stabaudit.catalogue.active import rules
from tests.random_programs.limited import Late, within
from tests.random_programs.written import NUMBER, Program, write
from tests.wrong_fixes.compared import STILL, Call, Run, worse
from tests.wrong_fixes.described import Seen
from tests.wrong_fixes.exact import exactly
from tests.wrong_fixes.run import called, differentiated, seeded

#: How many programs stand in one text.
TOGETHER = 25
#: How long the calls of one program may take.
SECONDS = 20
#: Which programs are differentiated, one of so many: JAX compiles each anew.
DIFFERENTIATED = {"torch": 1, "jax": 8}


#: What was no use of a formula, and may become one; a caller may show the name of the error.
MISUSED = re.compile(
    r"raised \S*(Type|Attribute|Index|Key|Value|NotImplemented|Runtime|Axis|Alignment)\w*Error (?!math domain)"
    r"|builtins\.str (Type|Attribute|Axis)Error became "
)


class Verdict(NamedTuple):
    """What became of the program of a seed, and what is wrong.

    Its status is `nothing` where nothing is found, `kept` where nothing is fixed, `ends` where all calls raise with and
    without the fix, `late`, `right`, `half` where the fix leaves the fault where it was and nothing is reported any
    more, or `wrong`.
    """

    seed: str
    library: str
    status: str
    lines: tuple[str, ...] = ()
    text: str = ""


def verdicts(seeds: Iterable[str]) -> Iterator[Verdict]:
    """The verdicts on the programs of seeds, library by library."""
    programs: dict[str, list[tuple[str, Program]]] = defaultdict(list)
    for seed in seeds:
        program = write(seed)
        programs[program.library].append((seed, program))
    for library in programs.values():
        for start in range(0, len(library), TOGETHER):
            yield from _together(library[start : start + TOGETHER])


def _together(programs: Sequence[tuple[str, Program]]) -> Iterator[Verdict]:
    """The verdicts on programs with the same imports."""
    head = programs[0][1].head
    sections = [program.text.replace(NUMBER, f"_{n}") for n, (_, program) in enumerate(programs)]
    text = head + "".join(f"\n# %% {n}\n{section}" for n, section in enumerate(sections))
    try:
        fixed = fix_source(text, select=[rule.name for rule in rules()])
    except RuntimeError as error:
        yield from _apart(programs, str(error))
        return
    found = {_section(fixed.text, finding.start.row) for finding in fixed.left}
    above, *rest = re.split(r"^# %% \d+\n", fixed.text, flags=re.MULTILINE)
    assert len(rest) == len(sections), "a fix has taken a comment away"
    spaces: dict[str, dict[str, Any]] = {}
    for n, (seed, program) in enumerate(programs):
        before, after = sections[n], rest[n].rstrip("\n") + "\n"
        if before.rstrip("\n") + "\n" == after:
            yield Verdict(seed, program.library, "kept" if n in found else "nothing")
            continue
        for name in (head, above):
            if name not in spaces:
                spaces[name] = _space(name)
        verdict = judge(seed, program, (spaces[head], before), (spaces[above], after), f"_{n}")
        # Where more is reported, nobody takes the fault for mended.
        yield verdict._replace(status="right") if verdict.status == "half" and n in found else verdict


def _apart(programs: Sequence[tuple[str, Program]], reason: str) -> Iterator[Verdict]:
    if len(programs) > 1:
        for one in programs:
            yield from _together([one])
        return
    seed, program = programs[0]
    yield Verdict(seed, program.library, "wrong", (f"no fix: {reason}",), "")


def _section(text: str, row: int) -> int:
    numbers = re.findall(r"^# %% (\d+)$", "\n".join(text.split("\n")[:row]), flags=re.MULTILINE)
    return int(numbers[-1]) if numbers else -1


def _space(head: str) -> dict[str, Any]:
    module = types.ModuleType("program")
    sys.modules["program"] = module
    exec(compile(head, "<head>", "exec"), vars(module))
    return vars(module)


def judge(
    seed: str, program: Program, one: tuple[dict[str, Any], str], other: tuple[dict[str, Any], str], number: str
) -> Verdict:
    """The verdict on a program before and after its fix, each as the module and the text that is run in it."""
    try:
        with within(SECONDS):
            before, after = (_run(program, dict(space), text, number) for space, text in (one, other))
            truths = _truths(program, dict(one[0]), one[1], number, ("extreme",))
            lines = worse(before, after, truths, altogether=True)
            if lines:
                truths |= _truths(program, dict(one[0]), one[1], number, ("case",))
                lines = worse(before, after, truths, altogether=True)
    except Late:
        return Verdict(seed, program.library, "late", (), other[1])
    lines = [line for line in lines if not MISUSED.search(line)]
    ends = any(call.result is not None for _, call in before.calls)
    half = lines and all(STILL in line for line in lines)
    status = "half" if half else "wrong" if lines else "right" if ends else "ends"
    return Verdict(seed, program.library, status, tuple(lines), other[1])


def _run(program: Program, space: dict[str, Any], text: str, number: str) -> Run:
    try:
        exec(compile(text, "<program>", "exec"), space)
    except Exception as error:
        return Run(failed=type(error).__name__)
    function, calls = space[f"g{number}"], []
    ways: list[tuple[str, tuple[str, ...], Any]] = [("case", program.cases, called)]
    if program.extremes:
        ways.append(("extreme", program.extremes, called))
    # Who handles all exceptions of a formula is not told of errors that are off by default.
    if program.library in ("numpy", "scipy", "numpy from") and "except" not in program.text:
        ways.append(("under errstate", program.cases[:2], _raising))
    share = DIFFERENTIATED.get(program.library)
    if share and hash(program.text) % share == 0:
        ways.append(("gradient of case", program.cases[:2], differentiated))
    for what, cases, call in ways:
        for n, arguments in enumerate(cases):
            seeded()
            calls.append((f"{what} {n}", call(function, eval(arguments, dict(space)))))
    return Run(tuple(calls))


def _raising(function: Any, arguments: tuple[Any, ...]) -> Call:
    with np.errstate(all="raise"):
        return called(function, arguments)


def _truths(program: Program, space: dict[str, Any], text: str, number: str, what: tuple[str, ...]) -> dict[str, Seen]:
    """The exact results of the calls that have one."""
    found: dict[str, Seen] = {}
    if program.library not in ("numpy", "scipy", "numpy from", "math"):
        return found
    for name, cases in (("case", program.cases), ("extreme", program.extremes)):
        for n, arguments in enumerate(cases if name in what else ()):
            fresh = dict(space)
            exec(compile(text, "<program>", "exec"), fresh)
            seen = exactly(fresh[f"g{number}"], fresh, eval(arguments, dict(space)))
            if seen is not None:
                found[f"{name} {n}"] = seen
                if name == "case":
                    found[f"under errstate {n}"] = seen
    return found
