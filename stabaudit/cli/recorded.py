"""The file of a baseline: what was found when it was written, by file, rule and code, never by line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from stabaudit.catalogue.names import UsageError
from stabaudit.engine import written
from stabaudit.records import Record

VERSION = 2
#: How often each code is there, by rule and file.
Written = dict[str, dict[str, dict[str, int]]]


class Baseline(Record):
    """How often each mark is known, file by file, and all together in files that are `gone`."""

    files: Mapping[str, Mapping[str, int]]
    gone: Mapping[str, int]


def read(path: str) -> Written:
    """What the file at `path` says; raises `UsageError` if it is no baseline."""
    data = written.read(path, "baseline", "stabaudit baseline")
    if not _is_baseline(data):
        raise UsageError(f"{path}: not a baseline of version {VERSION}; `stabaudit baseline` rewrites it")
    files: Written = data["files"]
    return files


@cache
def entries(path: str) -> Baseline:
    """What the baseline in the file at `path` says; raises `UsageError`."""
    folder = os.path.dirname(os.path.realpath(path))
    files = {file: marks_of(rules) for file, rules in read(path).items()}
    gone: Counter[str] = Counter()
    for file, marks in files.items():
        if not os.path.exists(os.path.join(folder, file)):
            gone.update(marks)
    return Baseline(files, gone)


def marks_of(rules: Mapping[str, Mapping[str, int]]) -> Counter[str]:
    """How often each mark of a file is known."""
    from stabaudit.engine.fingerprint import mark_of

    marks: Counter[str] = Counter()
    for rule, codes in rules.items():
        for code, number in codes.items():
            marks[mark_of(rule, code)] += number
    return marks


def lost(path: str) -> int:
    """How many known findings are in files that are there no more."""
    return sum(entries(path).gone.values())


def _is_baseline(data: Any) -> bool:
    try:
        return data["version"] == VERSION and all(
            type(number) is int
            for rules in data["files"].values()
            for codes in rules.values()
            for number in codes.values()
        )
    except (TypeError, KeyError, AttributeError):
        return False


def name(file: str, path: str) -> str:
    """What the baseline in `file` calls the file at `path`: the way from its own folder."""
    folder = os.path.dirname(os.path.realpath(file))
    return os.path.relpath(os.path.realpath(path), folder).replace(os.sep, "/")
