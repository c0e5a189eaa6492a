"""The rules for reading: the table of all, or one rule's whole story."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit.catalogue.load import load
from stabaudit.catalogue.names import UNUSED
from stabaudit.catalogue.rule import Form, Rule, Tier
from stabaudit.report import unused_ignore
from stabaudit.report.formula import formula

if TYPE_CHECKING:
    from stabaudit.proof.audit import Trial
    from stabaudit.proof.case import Case


#: What is said of the rules of each tier.
TOLD: dict[Tier, str] = {"default": "", "preview": "With `--preview`", "pedantic": "By name, or with `--select ALL`"}


def show(names: Sequence[str], stream: TextIO, form: str = "text") -> int:
    """Print the rules `names` in full, or the table of all; the exit code."""
    rules = [rule for rule in load() if not names or rule.name in names]
    if form == "json":
        stream.write(f"{json.dumps([entry(rule) for rule in rules], indent=2)}\n")
    elif form == "markdown":
        from stabaudit.report.page import page

        stream.write("\n".join(page(rule) for rule in rules))
    elif names:
        told = ["\n".join(story(rule)) for rule in rules]
        told += [f"{UNUSED}: {unused_ignore.SUMMARY}\n\n{unused_ignore.STORY}"] if UNUSED in names else []
        stream.write("\n\n".join(told) + "\n")
    else:
        width = max((len(rule.name) for rule in rules), default=0)
        for tier, said in TOLD.items():
            own = [rule for rule in rules if rule.tier == tier]
            stream.write(f"\n{said}:\n\n" if own and said else "")
            for rule in own:
                stream.write(f"{rule.name:{width}}  {'fix' if rule.fixable else '   '}  {rule.summary}\n")
    return 0


def entry(rule: Rule) -> dict[str, Any]:
    """A rule as JSON values; what ruff says of its rules has the same names."""
    forms = [
        {"unstable": formula(form.unstable), "stable": form.stable and formula(form.stable), "unsafe": form.caution}
        for form in rule.forms
    ]
    return {
        "name": rule.name,
        "code": rule.name,
        "tier": rule.tier,
        "summary": rule.summary,
        "explanation": rule.story,
        "fix_availability": "sometimes" if rule.fixable else "none",
        "forms": forms,
        "matches": list(rule.matches),
        "ignores": list(rule.ignores),
    }


def story(rule: Rule) -> Iterator[str]:
    """The lines that tell one rule: why, both forms, what was measured, examples."""
    # Imported here: the table alone proves nothing and needs no mpmath.
    from stabaudit.proof.audit import audit

    yield f"{rule.name}: {rule.summary}"
    if rule.story:
        yield from ("", *rule.story.splitlines())
    for form, trial in zip(rule.forms, audit(rule), strict=True):
        yield ""
        yield from _form(form, trial)
    for title, examples in (("Caught", rule.matches), ("Ignored", rule.ignores)):
        if examples:
            yield from ("", f"{title}:", *(f"    {example}" for example in examples))


def _form(form: Form, trial: Trial) -> Iterator[str]:
    from stabaudit.report.verification import lost, size

    yield f"    {formula(form.unstable)}"
    if trial.before is not None:
        yield f"        worst of {trial.points} inputs, in ULP: {lost(trial.before)}"
        yield from _told(trial.before)
    if form.stable is None:
        return
    yield f"    -> {formula(form.stable)}" + ("" if form.equal else "   (what is meant)")
    if trial.after is not None and trial.after.stable is not None:
        yield f"        worst of {trial.points} inputs, in ULP: {size(trial.after.stable.error)}"
        yield from _told(trial.after)


def _told(case: Case) -> Iterator[str]:
    return (f"        {label:10}  {text}" for label, text in case.told())
