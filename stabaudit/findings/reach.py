"""How near the values at a finding came to where it fails, while something ran: plain numbers, and what they say."""

from __future__ import annotations

from typing import Any, Literal, get_args

from stabaudit.records import Record

#: What fails at a finding: steps that leave the range of floats, digits that are lost, or the meaning of the code.
Kind = Literal["range", "digits", "meaning"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: From what comes first in a report to what comes last.
STATES = ("reached", "not reached", "not seen", "not run", "not watched")


class Reach(Record):
    """What was seen of one finding.

    `calls` is how often the most frequent step ran. Of these `overflows` had an exponent above the `limit` of its
    type, `zeros` took the logarithm of 0, `undefined` gave inf or nan, and `lossy` lost more than half of the digits.
    `exponent` is the largest one, relative to its limit, `argument` the smallest of which a logarithm was taken,
    `lost` the most digits that were lost, of as many as there are in that type. `unseen` values were of a type that is
    not looked at. `why` says why nothing was watched.
    """

    kind: Kind = "range"
    calls: int = 0
    overflows: int = 0
    zeros: int = 0
    undefined: int = 0
    lossy: int = 0
    exponent: float | None = None
    limit: float | None = None
    argument: float | None = None
    lost: float | None = None
    digits: float | None = None
    unseen: int = 0
    why: str | None = None

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if not self.calls:
            return "not watched" if self.why is not None else "not seen" if self.unseen else "not run"
        if self.kind == "meaning" or self.failed:
            return "reached"
        known = self.lost is not None if self.kind == "digits" else self.exponent is not None or not self.unseen
        return "not reached" if known else "not seen"

    @property
    def failed(self) -> int:
        """How many calls reached the range in which the code fails."""
        return self.lossy if self.kind == "digits" else max(self.overflows, self.zeros, self.undefined)

    @property
    def share(self) -> float:
        """How much of the way to the failing range the values went."""
        if self.kind == "digits":
            return 0.0 if self.lost is None or not self.digits else 2 * self.lost / self.digits
        return 0.0 if self.exponent is None or not self.limit else self.exponent / self.limit

    @property
    def rank(self) -> tuple[int, float, float]:
        """What sorts the findings that the data comes nearest to before others."""
        return STATES.index(self.state), -self.failed / max(self.calls, 1), -self.share

    @property
    def plain(self) -> dict[str, Any]:
        """The same for programs: the state, the sentence that people read, and the numbers that there are."""
        numbers = {name: value for name, value in self._asdict().items() if value is not None}
        return {"state": self.state, "told": str(self), **numbers}

    def __str__(self) -> str:
        match self.state:
            case "not run":
                return "not run"
            case "not watched":
                return f"not watched: {self.why}"
            case "not seen":
                return f"run {_times(self.calls or self.unseen)}: how near the data came is not known"
            case "reached":
                return f"reached: {self._failures()}"
        return f"{self._nearest()}: not reached"

    def _failures(self) -> str:
        calls = f"{self.calls:,} {'call' if self.calls == 1 else 'calls'}"
        if self.kind == "meaning":
            return f"run {_times(self.calls)}, and what it computes is not what was meant"
        if self.kind == "digits":
            most = "" if self.lost is None else f", up to {self.lost:.0f} of {self.digits:.0f}"
            return f"{self.lossy:,} of {calls} lost more than half of the digits{most}"
        said = [(self.overflows, "overflowed"), (self.zeros, "took the logarithm of 0")]
        told = [f"{number:,} of {calls} {what}" for number, what in said if number]
        return ", ".join(told or [f"{self.undefined:,} of {calls} gave inf or nan"])

    def _nearest(self) -> str:
        if self.kind == "digits":
            return f"at most {self.lost:.1f} of {self.digits:.0f} digits lost"
        told = []
        if self.exponent is not None and self.limit is not None:
            told.append(f"largest exponent {self.exponent:.3g} of {int(self.limit)}")
        if self.argument is not None and self.argument < 1:
            told.append(f"smallest argument of a logarithm {self.argument:.3g}")
        return ", ".join(told) or "all results are finite"


def both(one: Reach, other: Reach) -> Reach:
    """What was seen in two runs together."""
    top = max((one, other), key=lambda reach: (reach.exponent is not None, reach.share))
    most = max((one, other), key=lambda reach: (reach.lost is not None, reach.lost or 0.0))
    arguments = [reach.argument for reach in (one, other) if reach.argument is not None]
    return Reach(
        one.kind,
        one.calls + other.calls,
        one.overflows + other.overflows,
        one.zeros + other.zeros,
        one.undefined + other.undefined,
        one.lossy + other.lossy,
        top.exponent,
        top.limit,
        min(arguments, default=None),
        most.lost,
        most.digits,
        one.unseen + other.unseen,
        one.why if one.why is not None and other.why is not None else None,
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"
