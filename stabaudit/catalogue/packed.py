"""Rules as plain data, and back: with their patterns, which take longest to find."""

from __future__ import annotations

import json
import os
from typing import Any

from stabaudit.catalogue.folder import FOLDER
from stabaudit.catalogue.rule import Domain, Form, Rule, Tier, Traits
from stabaudit.terms import Term, Var
from stabaudit.terms.match import Pattern
from stabaudit.terms.table import Table, read


def packed(rules: tuple[Rule, ...]) -> str:
    """The rules as a text of JSON."""
    table = Table()
    # The rows are complete when the last rule is in.
    told = [_rule(rule, table) for rule in rules]
    return json.dumps([table.rows, told], separators=(",", ":"))


def unpacked(text: str) -> tuple[Rule, ...]:
    """The rules of such a text; of another one it may raise anything."""
    rows, told = json.loads(text)
    terms = read(rows)
    return tuple(_read_rule(terms, *one) for one in told)


def _rule(rule: Rule, table: Table) -> list[Any]:
    forms = [_form(form, table) for form in rule.forms]
    file = os.path.basename(rule.path)
    return [rule.name, rule.summary, rule.story, forms, rule.matches, rule.ignores, file, rule.tier]


def _form(form: Form, table: Table) -> list[Any]:
    stable = None if form.stable is None else table.number(form.stable)
    patterns = [
        [table.number(p.term), *(table.numbers(some) for some in (p.variables, p.numbers, p.flipped))]
        for p in form.patterns
    ]
    return [form.name, table.number(form.unstable), stable, form.domains, form.equal, form.traits, patterns]


def _read_rule(
    terms: list[Term],
    name: str,
    summary: str,
    story: str,
    forms: Any,
    matches: Any,
    ignores: Any,
    file: str,
    tier: Tier,
) -> Rule:
    found = tuple([_read_form(terms, *form) for form in forms])
    return Rule(name, summary, story, found, tuple(matches), tuple(ignores), os.path.join(FOLDER, file), tier)


def _read_form(
    terms: list[Term],
    name: str,
    unstable: int,
    stable: int | None,
    domains: Any,
    equal: bool,
    traits: Any,
    patterns: Any,
) -> Form:
    meant = {parameter: Domain(*map(_tuples, domain)) for parameter, domain in domains.items()}
    known = Traits(*map(_tuples, traits))
    form = Form(name, terms[unstable], None if stable is None else terms[stable], meant, equal, known)
    # As the property keeps them.
    form.__dict__["patterns"] = tuple(
        [Pattern(terms[term], *(_variables(terms, some) for some in sets)) for term, *sets in patterns]
    )
    return form


def _tuples(value: Any) -> Any:
    """What is a list in JSON, as the tuple that it was."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _variables(terms: list[Term], numbers: list[int]) -> frozenset[Var]:
    return frozenset([terms[number] for number in numbers])  # type: ignore[misc]
