"""The names of rules as users write them, and one line for words that are nothing."""

from __future__ import annotations

from collections.abc import Iterable

from stabaudit.catalogue import folder
from stabaudit.findings.severity import UNUSED

__all__ = ["EVERY", "UNUSED", "UsageError", "known", "known_rules", "names_a_rule", "nearest", "spelled_out"]


#: What stands for the names of all rules.
EVERY = "ALL"


class UsageError(Exception):
    """The command line or the configuration asks for something that is not there."""


def known(names: Iterable[str], where: str, more: Iterable[str] = ()) -> list[str]:
    """`names`, all of which are rules, or in `more`."""
    names = list(names)
    rules = [*_rules(), *more] if names else []
    for name in names:
        if name not in rules:
            hint = nearest(name, rules) or "; `stabaudit rule` lists them"
            raise UsageError(f"unknown rule `{name}` in {where}{hint}")
    return names


def known_rules() -> list[str]:
    """The names of all rules, that of comments which silence nothing among them."""
    return sorted([*_rules(), UNUSED])


def spelled_out(names: Iterable[str]) -> frozenset[str]:
    """The names with those of all rules in the place of `ALL`."""
    said = frozenset(names)
    return said - {EVERY} | frozenset(known_rules()) if EVERY in said else said


def names_a_rule(words: str) -> bool:
    """Whether a rule is named in some words, which may be the prose behind the codes of another tool."""
    return any(rule in words for rule in known_rules())


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean …?` where one of `words` is near."""
    # Imported here: only a mistake needs it.
    from difflib import get_close_matches

    near = get_close_matches(word, list(words), 1)
    return f"; did you mean `{near[0]}`?" if near else ""


def _rules() -> list[str]:
    return [*folder.names()]
