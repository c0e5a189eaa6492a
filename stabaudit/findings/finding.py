"""What a check says about one place: plain values that reports print and fixes apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from stabaudit.findings.severity import SEVERITIES, UNUSED, Severity
from stabaudit.records import Record

if TYPE_CHECKING:
    # Most runs know nothing of it.
    from stabaudit.findings.reach import Reach

Applicability = Literal["safe", "unsafe"]

# No dataclasses: that module takes longer to import than a file that is known takes to be told of.


class Position(Record):
    """A place in a text: `row` and `column` count from 1, columns in characters."""

    row: int
    column: int


class Edit(Record):
    """Replace the text from `start` up to but not including `end` with `content`."""

    start: Position
    end: Position
    content: str


class Fix(Record):
    """A rewrite: the edits, what they do in words, and why they are `unsafe` if they are."""

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]
    reason: str | None = None


class Witness(Record):
    """The input at which the code goes wrong; every field is text ready for print.

    `fixed` is `None` where no rewrite is known, `note` says what else happens there
    (a warning, an exception, a nan gradient). `severity` is an error for a result that is none, or a gradient that is
    nan, a warning for lost digits, and a note for a right result with a floating-point warning on the way, or for lost
    digits of a logarithm that nobody asks for. `script` is a program that shows all that.
    """

    at: str
    gives: str
    truth: str
    fixed: str | None = None
    note: str | None = None
    severity: Severity = "error"
    script: str | None = None

    @property
    def is_off(self) -> bool:
        """Whether digits of the result are lost, though nobody may ask for them or seldom come to that input."""
        return self.severity == "warning" or (self.severity == "note" and self.note is None)

    def __str__(self) -> str:
        text = f"at {self.at}: this gives {self.gives}, the true value is {self.truth}"
        if self.note:
            text = f"at {self.at}: this gives {self.gives} ({self.note}), the true value is {self.truth}"
        return text if self.fixed is None else f"{text}, the fix gives {self.fixed}"


class Related(Record):
    """Another place that belongs to a finding, and what is done there."""

    start: Position
    end: Position
    message: str


class Finding(Record):
    """One unstable place. `withheld` says in words why there is no `fix`.

    `related` are the places at which the exponentials are taken, where that is elsewhere, `reach` is how near the data
    of the project's tests came to where it fails, where that was watched, `weight` the severity that the settings give.
    """

    rule: str
    message: str
    start: Position
    end: Position
    witness: Witness | None = None
    fix: Fix | None = None
    withheld: str | None = None
    related: tuple[Related, ...] = ()
    reach: Reach | None = None
    weight: Severity | None = None

    @property
    def severity(self) -> Severity:
        """What it weighs; what is about comments is a note."""
        if self.weight is not None:
            return self.weight
        if self.rule == UNUSED:
            return "note"
        return "error" if self.witness is None else self.witness.severity

    def weighs(self, least: Severity) -> bool:
        """Whether it weighs as much as `least`, or more."""
        return SEVERITIES.index(self.severity) <= SEVERITIES.index(least)


class Unparsable(Exception):
    """The text is not Python that can be parsed: `message` says where and why."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
