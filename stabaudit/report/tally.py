"""The sums over all results, and the line that says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stabaudit.records import TYPE_CHECKING
from stabaudit.report.style import clean

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Finding
    from stabaudit.findings.severity import Severity


#: So many reasons are told one by one.
MOST_REASONS = 12


class Tally:
    """What was seen so far; fed with each result while it is printed."""

    # No dataclass: that module alone costs a tenth of the start.
    def __init__(self, fail_on: Severity = "note") -> None:
        self._fail_on = fail_on
        #: How many findings weigh enough to fail.
        self.failing = 0
        self.checked = self.troubles = 0
        self.findings = self.files = 0
        self.safe = self.unsafe = 0
        self.changed = self.known = self.gone = 0
        self.fixed: Counter[str] = Counter()
        # What is not fixed: the rule, and why.
        self.left: Counter[tuple[str, str]] = Counter()

    def add(self, result: Result) -> None:
        """Count one result."""
        if result.trouble is None:
            self.checked += result.files
        else:
            self.troubles += 1
        self.known += result.known
        self.gone += result.gone
        if result.fixed:
            self.changed += 1
            self.fixed.update(result.fixed)
        if not result.findings:
            return
        self.findings += len(result.findings)
        self.failing += sum(finding.weighs(self._fail_on) for finding in result.findings)
        self.files += 1
        kinds = Counter(finding.fix.applicability for finding in result.findings if finding.fix)
        self.safe += kinds["safe"]
        self.unsafe += kinds["unsafe"]
        self.left.update((finding.rule, _why(finding)) for finding in result.findings)

    def summary(self, fixing: bool, unsafe: bool) -> str:
        """The last line of a report."""
        return self.mended("Fixed", unsafe) if fixing and (self.fixed or self.findings) else self.found(unsafe)

    def found(self, unsafe: bool) -> str:
        """What there is, and what of it could be fixed."""
        if not self.findings:
            if self.troubles and not self.checked:
                # That nothing was found would read as if all were well.
                return "No file was checked."
            return f"Found nothing {'new ' if self.known else ''}in {count(self.checked, 'file')}{self._old()}."
        options = []
        safe = self.safe + self.unsafe if unsafe else self.safe
        if safe:
            options.append(f"{safe} fixable with `--fix`")
        if self.unsafe and not unsafe:
            options.append(f"{self.unsafe} {'more ' if safe else 'fixable '}with `--fix --unsafe-fixes`")
        told = f" ({', '.join(options)})" if options else ""
        return f"Found {count(self.findings, 'finding')} in {count(self.files, 'file')}{told}{self._old()}."

    def _old(self) -> str:
        return f"; {self.known} known" if self.known else ""

    def mended(self, verb: str, unsafe: bool) -> str:
        """What was fixed, rule by rule, and how much is left."""
        rules = ", ".join(f"{number} {rule}" for rule, number in sorted(self.fixed.items()))
        done = f"{verb} {count(self.fixed.total(), 'finding')} in {count(self.changed, 'file')}"
        more = f" ({self.unsafe} fixable with `--fix --unsafe-fixes`)" if self.unsafe and not unsafe else ""
        return "\n".join([f"{done}{f' ({rules})' if rules else ''}; {self.findings} left{more}.", *self._reasons()])

    def _reasons(self) -> Iterator[str]:
        """What is left and why, the most frequent first."""
        ranked = sorted(self.left.items(), key=lambda entry: (-entry[1], entry[0]))
        for (rule, why), number in ranked[:MOST_REASONS]:
            yield f"  {number} {rule}: {clean(why)}"
        if rest := sum(number for _, number in ranked[MOST_REASONS:]):
            yield f"  {rest} more for other reasons"


def _why(finding: Finding) -> str:
    if finding.fix is None:
        return f"no fix, {finding.withheld}" if finding.withheld else "no fix"
    if finding.fix.applicability == "unsafe":
        return f"unsafe, {finding.fix.reason or 'it may change what the program does'}"
    return "its fix was not applied"


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
