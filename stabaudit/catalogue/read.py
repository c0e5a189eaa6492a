"""One rule is read from its file."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import get_type_hints

from stabaudit.catalogue.folder import name_of
from stabaudit.catalogue.rule import PLAIN, TIERS, Domain, Form, Rule, RuleError, Tier
from stabaudit.terms import Term, Var


def read(path: str) -> Rule:
    """The rule in one file; raises `RuleError` if it is none."""
    spec = importlib.util.spec_from_file_location(f"stabaudit.rules.{name_of(path)}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        return _rule(module, path)
    except RuleError:
        raise
    except Exception as error:
        raise RuleError(f"{path}: not a rule: {type(error).__name__}: {error}") from error


def _rule(module: ModuleType, path: str) -> Rule:
    docstring = inspect.cleandoc(module.__doc__ or "")
    if not docstring:
        raise RuleError(f"{path}: a rule starts with a docstring: its first line is the message")
    templates = [f for n, f in vars(module).items() if n.startswith("unstable") and inspect.isfunction(f)]
    if not templates:
        raise RuleError(f"{path}: a rule needs a function called `unstable`, the formula to look for")
    suffixes = {t.__name__.removeprefix("unstable") for t in templates}
    for kind in ("stable", "intended"):
        lost = [n for n in vars(module) if n.startswith(f"{kind}_") and n.removeprefix(kind) not in suffixes]
        if lost:
            raise RuleError(f"{path}: `{lost[0]}` has no `un{lost[0]}` that it could replace")
    summary, _, story = docstring.partition("\n")
    return Rule(
        name=name_of(path),
        summary=summary.strip().rstrip("."),
        story=story.strip(),
        forms=tuple(_form(t, module, path) for t in templates),
        matches=tuple(getattr(module, "MATCHES", ())),
        ignores=tuple(getattr(module, "IGNORES", ())),
        path=path,
        tier=_tier(module, path),
    )


def _tier(module: ModuleType, path: str) -> Tier:
    tier: Tier = getattr(module, "TIER", TIERS[0])
    if tier not in TIERS:
        raise RuleError(f"{path}: `TIER` is one of {', '.join(TIERS)}, not {tier!r}")
    return tier


def _form(template: Callable[..., Term], module: ModuleType, path: str) -> Form:
    suffix = template.__name__.removeprefix("unstable")
    intended = getattr(module, f"intended{suffix}", None)
    stable = intended or getattr(module, f"stable{suffix}", getattr(module, "stable", None))
    hints = get_type_hints(template, include_extras=True)
    domains = {}
    for parameter in inspect.signature(template).parameters:
        marks = [m for m in getattr(hints.get(parameter), "__metadata__", ()) if isinstance(m, Domain)]
        if not marks:
            raise RuleError(
                f"{path}: parameter `{parameter}` of `{template.__name__}` needs a domain such as `Real` or `Rows`"
            )
        domains[parameter] = marks[0]
    unstable = _trace(template)
    replacement = None if stable is None else _trace(stable)
    if replacement is not None and (unknown := {v.name for v in replacement.variables} - domains.keys()):
        assert stable is not None
        raise RuleError(
            f"{path}: `{stable.__name__}` uses {', '.join(sorted(unknown))}, which `{template.__name__}` does not have"
        )
    traits = vars(template).get("traits", PLAIN)
    return Form(template.__name__, unstable, replacement, domains, intended is None, traits)


def _trace(template: Callable[..., Term]) -> Term:
    return template(*(Var(n) for n in inspect.signature(template).parameters))
