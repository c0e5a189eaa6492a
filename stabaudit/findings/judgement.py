"""What became of a formula between two versions of a file."""

from __future__ import annotations

from typing import Literal, get_args

from stabaudit.findings.finding import Position
from stabaudit.records import Record

#: From what is fine to what is not: the formula fails nowhere and is right elsewhere; it is off where it was right; it
#: fails at fewer inputs; at the same; where it did not; it is new and fails; nobody can tell.
State = Literal["cured", "biased", "half cured", "not cured", "made worse", "new", "not compared"]
STATES: tuple[State, ...] = get_args(State)
#: What needs no second look.
SOUND: frozenset[State] = frozenset({"cured"})


class Judgement(Record):
    """The state of a formula of a rule, where it stands now, and what shows it."""

    rule: str
    state: State
    start: Position
    end: Position
    says: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether it needs no second look."""
        return self.state in SOUND

    def __str__(self) -> str:
        return f"{self.state}: {self.says}" if self.says else self.state
