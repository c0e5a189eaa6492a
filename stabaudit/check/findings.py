"""From the text of one module to its findings."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from stabaudit.catalogue.active import rules as rules_that_hold
from stabaudit.catalogue.rule import Rule
from stabaudit.check.checker import Checker, let_go_of_terms
from stabaudit.check.code import Code, Unlike, of_libcst
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.config.project import PLAIN, Project
from stabaudit.findings.finding import Finding, Position, Unparsable
from stabaudit.lift.classes import OWN
from stabaudit.lift.reread import Walk
from stabaudit.lift.scope import Scope
from stabaudit.sieve.needles import code
from stabaudit.sieve.nesting import DEEP, DEEPEST, nesting
from stabaudit.sieve.selection import Selection, let_go_of_selections, selections
from stabaudit.source.depth import CALLS, with_more_room, with_room
from stabaudit.source.syntax import TOO_DEEP
from stabaudit.syntax.caching import let_go
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Node, below
from stabaudit.syntax.statements import Module
from stabaudit.terms import Term

if TYPE_CHECKING:
    # Where nothing is found, nobody asks for it.
    import libcst as cst

#: Python reads and writes no whole number of more digits.
MOST_DIGITS = 4300


def check_text(text: str, rules: Sequence[Rule] | None = None, project: Project = PLAIN) -> list[Finding]:
    """All findings of `text`, in the order of the text; raises `Unparsable`.

    With `rules` all of the text is looked at, without them what could hold a finding of those that hold.
    """
    try:
        parts = selections(text) if rules is None else (Selection(text),)
        known = rules_that_hold() if rules is None else tuple(rules)
        found = set[Finding]().union(*[_found(text, part, known, project) for part in parts])
    finally:
        # Of a long text it takes as much memory as all the rest.
        let_go_of_selections()
    return sorted(found, key=lambda f: (f.start, f.end, f.rule))


def _found(text: str, part: Selection, rules: Sequence[Rule], project: Project) -> set[Finding]:
    """The findings in a part of a text."""
    try:
        return _judged(text, part, rules, project)
    except RecursionError as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error
    finally:
        let_go()
        let_go_of_terms()


def _judged(text: str, part: Selection, rules: Sequence[Rule], project: Project) -> set[Finding]:
    """The findings in a part of a text, read by Python's own parser, and by LibCST where something is found.

    What Python cannot read, or the two do not read alike, is read by LibCST alone.
    """
    if len(text) > MOST_DIGITS and (number := _long_number(text)) is not None:
        raise Unparsable(f"a number has more than {MOST_DIGITS} digits", Position(number, 1))
    depth = _depth(text) if part.depth is None else part.depth
    excerpt = Excerpt(part.text, part.tree)
    tree = _read(text) if part.tree is None else part.tree
    if tree is not None:
        with contextlib.suppress(Unlike):
            return _searched(Code(tree, lambda: _parsed(excerpt, depth)), text, part, excerpt, rules, project)
    return _searched(_read_by_libcst(excerpt, depth), text, part, excerpt, rules, project)


def _depth(text: str) -> int:
    """How deeply a text is nested; raises `Unparsable` where that is too deep."""
    depth, row = nesting(code(text.encode("utf-8", "surrogatepass")))
    if depth > DEEPEST:
        raise Unparsable(TOO_DEEP, Position(row, 1))
    return depth


@with_room(CALLS)
def _read(text: str) -> Module | None:
    """A text as Python reads it, if it does."""
    try:
        return read(text)
    except (SyntaxError, ValueError, MemoryError):
        return None


@with_room(CALLS)
def _read_by_libcst(excerpt: Excerpt, depth: int) -> Code:
    return of_libcst(_parsed(excerpt, depth))


@with_room(CALLS)
def _searched(
    code: Code, text: str, part: Selection, excerpt: Excerpt, rules: Sequence[Rule], project: Project
) -> set[Finding]:
    checker = Checker(code, text, rules, project)

    def found(statement: Node, term: Term, scope: Scope) -> None:
        checker.found(term, scope)

    walk = Walk(code.tree, found, None, project, part.changed, part.functions, checker.entered)
    there = {path: f"{OWN}{name}" for path, name in part.borrowed.items()}
    walk.functions.borrowed.update((path, own) for path, own in there.items() if own in walk.functions.definitions)
    checker.foreign = frozenset(
        id(node) for own in walk.functions.borrowed.values() for node in below(walk.functions.definitions[own])
    )
    walk.read()
    if not checker.all_hits:
        return set()
    # Imported here, and LibCST with it.
    from stabaudit.check.placed import told

    return told(checker, walk, excerpt)


def _parsed(excerpt: Excerpt, depth: int) -> cst.Module:
    """A part of a text as LibCST reads it; raises `Unparsable`."""
    return with_more_room(lambda: _parsed_anyhow(excerpt), CALLS) if depth > DEEP else _parsed_anyhow(excerpt)


def _long_number(text: str) -> int | None:
    """The row of a whole number that is too long."""
    if re.search(rf"\d[\da-fA-FoOxX_]{{{MOST_DIGITS}}}", text) is None:
        return None
    spoken = code(text.encode("utf-8", "surrogatepass"))
    found = re.search(rb"(?<![\w.])\d[\da-fA-FoOxX_]{%d}" % MOST_DIGITS, spoken)
    return None if found is None else spoken.count(b"\n", 0, found.start()) + 1


@with_room(CALLS)
def _parsed_anyhow(excerpt: Excerpt) -> cst.Module:
    import libcst as cst

    try:
        return cst.parse_module(excerpt.text)
    except cst.ParserSyntaxError as error:
        message = error.message.splitlines()[0].removeprefix("Syntax Error: ").strip()
        raise Unparsable(message, Position(excerpt.row(error.editor_line), error.editor_column)) from error
    except (ValueError, SyntaxError) as error:
        # What it reads and does not take: `return*x,` lacks a space for it.
        raise Unparsable(str(error).removesuffix("."), Position(1, 1)) from error
