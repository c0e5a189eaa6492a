"""A rule as a page of Markdown: why, the formulas, each example with its witness and its rewrite."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.catalogue.rule import Domain, Form, Rule, Tier
from stabaudit.findings.finding import Finding
from stabaudit.report.formula import formula

# What examples may name, and what makes it known; a method alone may be that of a tensor.
_IMPORTS = {
    "np": "import numpy as np",
    "math": "import math",
    "torch": "import torch",
    **{name: f"import {name}" for name in ("scipy.special", "scipy.stats")},
}


def page(rule: Rule) -> str:
    """The page of `rule`."""
    return "\n".join([f"# {rule.name}", "", f"{rule.summary}.", *_story(rule)]) + "\n"


def index(rules: Iterable[Rule]) -> str:
    """The page that lists `rules`."""
    rows = [f"| [{one.name}]({one.name}.md) | {cell(one.summary)} | {_offers(one)} |" for one in rules]
    head = ["# Rules", "", "Settings, comments and reports call each rule by its name.", ""]
    tail = ["", "A comment that suppresses nothing is reported as [unused-ignore](unused-ignore.md)."]
    return "\n".join([*head, "| rule | what it finds | fix |", "|---|---|---|", *rows, *tail]) + "\n"


def cell(text: str) -> str:
    """`text` as a cell of a table."""
    return text.replace("|", "\\|")


#: How a rule is asked for that does not hold by default.
ASKED: dict[Tier, str] = {
    "preview": "This rule is in preview: enable it with `preview = true`, with `--preview`, or by its name.",
    "pedantic": "This rule is off by default, as most code does not need it: enable it by name, or with "
    '`select = ["ALL"]`.',
}


def _story(rule: Rule) -> Iterator[str]:
    yield from ("", *rule.story.splitlines())
    if rule.tier in ASKED:
        yield from ("", ASKED[rule.tier])
    # Imported here: the list of rules alone draws nothing.
    from stabaudit.proof.curve import curve

    if curve(rule) is not None:
        said = f"Digits lost by the formula and by its rewrite, along inputs of all sizes](../plots/{rule.name}.svg)"
        yield from ("", f"![{said}")
    yield from ("", "## Caught", "")
    with choosing(frozenset({rule.name})):
        caught = [line for example in rule.matches for line in _caught(example)]
    yield from caught
    yield from ("## Left alone", "", "```python", *rule.ignores, "```")
    yield from ("", "## Formulas", "", "| what is looked for | where | what it becomes |", "|---|---|---|")
    for form in rule.forms:
        replacement = (
            "" if form.stable is None else f"`{cell(formula(form.stable))}`{'' if form.equal else ', what is meant'}"
        )
        yield f"| `{cell(formula(form.unstable))}` | {', '.join(_domains(form))} | {replacement} |"
    yield from ("", "Sums and products are found in any order, through variables and with the names of each library.")
    yield from ("", "## Fix safety", "")
    yield from _safety(rule)
    yield from ("", "## Suppress it", "")
    yield f"`# stabaudit: ignore[{rule.name}] -- the reason` on the statement, or `{rule.name}` in `ignore` or"
    yield "`per-file-ignores` of the [configuration](../configuration.md)."
    file = os.path.basename(rule.path)
    yield from ("", f"`stabaudit verify {rule.name}` measures both sides of each formula on your machine. The rule is")
    yield f"[rules/{file}](../../rules/{file})."


def _domains(form: Form) -> Iterator[str]:
    for name, domain in form.domains.items():
        if not domain.setting:
            yield f"`{name}`: {_range(domain)}"


def _range(domain: Domain) -> str:
    kind = "an array" if domain.rows else "a number or an array"
    if domain.literal:
        kind = "a literal number"
    if domain.most_axes is not None:
        kind = f"an array of at most {domain.most_axes} axes"
    low = "" if domain.low < -1 else " that is positive" if domain.low == 0 else f" above {domain.low:g}"
    high = f" below `{domain.below}`" if domain.below else " below 0" if domain.high == 0 else ""
    return f"{kind}{low}{high}"


def _caught(example: str) -> Iterator[str]:
    """An example as the lines that a fix changes, and what the finding says."""
    # Imported here: the list of rules alone analyses nothing.
    from stabaudit.check import check_text
    from stabaudit.fix.apply import fix_text

    before = program(example)
    after = fix_text(before, check_text, "unsafe").text
    if after == before:
        yield from ("```python", *before.splitlines(), "```")
    else:
        diff = list(unified_diff(before.splitlines(), after.splitlines(), n=9, lineterm=""))
        # What stands before the first change are the names of the files.
        yield from ("```diff", *(f"{line[0]} {line[1:]}".rstrip() for line in diff[3:]), "```")
    yield ""
    for finding in check_text(before):
        yield from _told(finding)


def program(example: str) -> str:
    """The expression `example` with the imports that it needs."""
    named = [line for name, line in _IMPORTS.items() if re.search(rf"\b{name}\.", example)]
    return "\n".join([*(named or [_IMPORTS["torch"]]), "", f"y = {example}", ""])


def _told(finding: Finding) -> Iterator[str]:
    if finding.witness:
        yield f"* Witness: {finding.witness}."
    if finding.fix and finding.fix.reason:
        yield f"* The fix is unsafe: {finding.fix.reason}."
    if finding.withheld:
        yield f"* No fix: {finding.withheld}."
    yield ""


def _offers(rule: Rule) -> str:
    if not rule.fixable:
        return "no"
    return "unsafe" if all(form.caution for form in rule.forms if form.stable is not None) else "yes"


def _safety(rule: Rule) -> Iterator[str]:
    if not rule.fixable:
        yield "There is no fix; the rule only warns."
        return
    if _offers(rule) == "yes":
        yield "A fix is safe where it agrees with your own expression and with the true value, and has the same shape."
        yield "It may change last digits, as the result is more accurate. Where a fix is unsafe, the finding says why."
    for form in rule.forms:
        if form.stable is not None and form.caution:
            yield from ("", f"The replacement of `{formula(form.unstable)}` is unsafe: {form.caution}.")
