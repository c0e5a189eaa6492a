"""What the settings say of findings: what they weigh, whose fixes are offered, and which of these count as safe."""

from __future__ import annotations

from stabaudit.records import TYPE_CHECKING, Record

if TYPE_CHECKING:
    # A file without candidates must not pay for the analysis.
    from stabaudit.findings.finding import Finding
    from stabaudit.findings.severity import Severity


class Offers(Record):
    """Names of rules: those with fixes (none for all), those without, and those whose fixes are safe or unsafe.

    `weights` are what the findings of some rules weigh, whatever their witness says.
    """

    fixable: frozenset[str] | None = None
    unfixable: frozenset[str] = frozenset()
    safe: frozenset[str] = frozenset()
    unsafe: frozenset[str] = frozenset()
    weights: tuple[tuple[str, Severity], ...] = ()

    def settled(self, finding: Finding) -> Finding:
        """`finding` with its weight and its fix as the settings have them."""
        for name, weight in self.weights:
            if name == finding.rule:
                finding = finding._replace(weight=weight)
        fix, rule = finding.fix, finding.rule
        if fix is None:
            return finding
        if rule in self.unfixable or (self.fixable is not None and rule not in self.fixable):
            return finding._replace(fix=None, withheld="the settings say that this rule fixes nothing")
        if rule in self.unsafe and fix.applicability == "safe":
            said = "the settings say that fixes of this rule are unsafe"
            return finding._replace(fix=fix._replace(applicability="unsafe", reason=said))
        if rule in self.safe and rule not in self.unsafe and fix.applicability == "unsafe":
            return finding._replace(fix=fix._replace(applicability="safe"))
        return finding


#: All as the analysis has it.
ALL = Offers()
