"""What is to be watched in which files, as it goes from the program that looks to the processes that run the tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from stabaudit.findings.reach import KINDS, Kind
from stabaudit.records import Record
from stabaudit.source.digest import blake2b

#: A place in bytes, as Python's parser counts: first row and column, last row and column.
Span = tuple[int, int, int, int]


class Spot(Record):
    """A node, which of its parts is watched ("itself", "argument", "receiver", "left", "right"), and by what."""

    at: Span
    node: str
    part: str
    gauge: str


class Target(Record):
    """A finding: what it is known by, where it stands, what fails there, and its spots, or `why` it has none."""

    rule: str
    mark: str
    row: int
    column: int
    kind: Kind
    spots: Sequence[Spot] = ()
    why: str | None = None


class Module(Record):
    """A file as it was checked: its path, how it is shown, what its bytes are known by, and its findings."""

    path: str
    shown: str
    digest: str
    targets: Sequence[Target]


def written(modules: Sequence[Module]) -> str:
    """The plan as text."""
    return json.dumps(modules)


def read(text: str) -> list[Module]:
    """The plan in a text that `written` made."""
    return [
        Module(path, shown, digest, [_target(*one) for one in found]) for path, shown, digest, found in json.loads(text)
    ]


def _target(rule: str, mark: str, row: int, column: int, kind: str, spots: Sequence[Any], why: str | None) -> Target:
    assert kind in KINDS
    return Target(rule, mark, row, column, kind, [Spot(_span(*at), *more) for at, *more in spots], why)


def _span(*numbers: int) -> Span:
    first, start, last, end = numbers
    return first, start, last, end


def digest_of(data: bytes) -> str:
    """What the bytes of a file are known by."""
    return blake2b(data, digest_size=16).hexdigest()
