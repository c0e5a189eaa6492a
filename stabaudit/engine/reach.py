"""How near the data came to each finding: the file in which a run of tests has written it, and the findings with it."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stabaudit.catalogue.names import UsageError
from stabaudit.engine import written
from stabaudit.engine.fingerprint import marks
from stabaudit.findings.reach import KINDS, Reach
from stabaudit.records import Record
from stabaudit.source.errors import FileError, refusal
from stabaudit.source.write import replace

if TYPE_CHECKING:
    from stabaudit.engine.job import Result

VERSION = 1
NUMBERS = ("exponent", "limit", "argument", "lost", "digits")
COUNTS = ("calls", "overflows", "zeros", "undefined", "lossy", "unseen")
#: Numbers of which neither says anything alone.
PAIRS = (("exponent", "limit"), ("lost", "digits"))


class Seen(Record):
    """What was seen of one finding: its file as it is shown and as it is, its rule, mark and place, and the numbers."""

    shown: str
    path: str
    rule: str
    mark: str
    row: int
    column: int
    reach: Reach


#: Of each file, by its real path, what was seen of its findings, by their marks.
Reaches = Mapping[str, Mapping[str, Reach]]


def write(file: str, found: Iterable[Seen]) -> None:
    """Write down what was seen; paths are those from the folder of the file. Raises `FileError`."""
    target = os.path.realpath(file)
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in found:
        name = os.path.relpath(one.path, os.path.dirname(target)).replace(os.sep, "/")
        about = {"rule": one.rule, "mark": one.mark, "line": one.row, "column": one.column}
        files[name].append({**about, **one.reach.plain})
    text = json.dumps({"version": VERSION, "files": files}, indent=1, allow_nan=False)
    try:
        replace(target, f"{text}\n".encode())
    except OSError as error:
        raise FileError(file, f"could not be written: {refusal(file, error).message}") from None


def read(file: str) -> Reaches:
    """What the file says; raises `UsageError`."""
    data = written.read(file, "file", "pytest --stabaudit", "--reach ")
    folder = os.path.dirname(os.path.realpath(file))
    try:
        if data["version"] != VERSION:
            raise ValueError(data["version"])
        return {
            os.path.realpath(os.path.join(folder, name)): {one["mark"]: _reach(one) for one in found}
            for name, found in data["files"].items()
        }
    except (TypeError, KeyError, AttributeError, ValueError):
        said = f"was not written by `pytest --stabaudit` of version {VERSION}; run that again"
        raise UsageError(f"--reach {file}: {said}") from None


def _reach(plain: dict[str, Any]) -> Reach:
    """The numbers of one finding; raises `TypeError` or `ValueError`."""
    counts: dict[str, Any] = {name: plain.get(name, 0) for name in COUNTS}
    numbers: dict[str, Any] = {name: plain.get(name) for name in NUMBERS}
    why = plain.get("why")
    sound = all(type(number) is int and 0 <= number <= sys.maxsize for number in counts.values())
    sound &= all(number is None or _is_finite(number) for number in numbers.values())
    sound &= all((numbers[one] is None) == (numbers[other] is None) for one, other in PAIRS)
    if not sound or plain["kind"] not in KINDS or not (why is None or isinstance(why, str)):
        raise ValueError(plain)
    return Reach(plain["kind"], why=why, **counts, **numbers)


def _is_finite(number: Any) -> bool:
    """Whether it is a number that a float holds."""
    return type(number) in (int, float) and abs(number) <= sys.float_info.max


def told(results: Iterable[Result], reaches: Reaches) -> Iterator[Result]:
    """The results, each finding with how near the data came to it."""
    for result in results:
        there = reaches.get(os.path.realpath(result.path))
        if there is None or not result.findings:
            yield result
            continue
        known = marks(result.text, result.findings)
        pairs = zip(result.findings, known, strict=True)
        yield result._replace(findings=[one._replace(reach=there.get(mark)) for one, mark in pairs], marks=known)


def nearest_first(results: Iterable[Result]) -> Iterator[Result]:
    """One result for each finding, those first to which the data came nearest; what nothing is known of comes last."""
    results = list(results)
    alone = [
        (finding.reach is None, finding.reach.rank if finding.reach else (), place, result, number)
        for place, result in enumerate(results)
        for number, finding in enumerate(result.findings)
    ]
    yield from (result for result in results if not result.findings)
    for *_, result, number in sorted(alone, key=lambda one: one[:3]):
        known = None if result.marks is None else result.marks[number : number + 1]
        yield result._replace(findings=result.findings[number : number + 1], marks=known)
