"""From the text of one module to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import libcst as cst
from libcst.metadata import CodeRange

from stabaudit.check.checker import Checker, let_go_of_terms
from stabaudit.check.hit import Hit
from stabaudit.check.surroundings import Surroundings, read_before
from stabaudit.finding import Edit, Finding, Fix, Position, Unparsable
from stabaudit.fix.compilers import Compilers
from stabaudit.fix.imports import insertion
from stabaudit.fix.kinds import Kinds, peculiarity
from stabaudit.fix.place import replacement
from stabaudit.lift.nodes import let_go
from stabaudit.lift.places import places
from stabaudit.lift.statements import Reader
from stabaudit.project import PLAIN, Project
from stabaudit.rule import Rule, load
from stabaudit.sieve.excerpt import Excerpt, excerpts
from stabaudit.sieve.needles import code
from stabaudit.sieve.nesting import DEEP, DEEPEST, nesting
from stabaudit.source.depth import with_more_room, with_room
from stabaudit.source.syntax import TOO_DEEP
from stabaudit.source.tree import let_go_of_tree, tree_of

#: Room for so many calls is made for what is nested deeply.
CALLS = 20_000


def check_text(text: str, rules: Sequence[Rule] | None = None, project: Project = PLAIN) -> list[Finding]:
    """All findings of `text`, in the order of the text; raises `Unparsable`."""
    parts = excerpts(text) if rules is None else (Excerpt(text),)
    if not parts:
        return []
    known = load() if rules is None else tuple(rules)
    try:
        found = _found_in(text, parts, known, project)
    finally:
        # Of a long text it takes as much memory as all the rest.
        let_go_of_tree()
    return sorted(found, key=lambda f: (f.start, f.end, f.rule))


def _found_in(text: str, parts: Iterable[Excerpt], rules: Sequence[Rule], project: Project) -> set[Finding]:
    """The findings in all parts of a text."""
    found: set[Finding] = set()
    for part in parts:
        try:
            inside = _found(text, part, rules, project)
        except Unparsable as error:
            if part.rows is None or error.message == TOO_DEEP:
                raise
            # If it is the cut that is wrong, the whole is not.
            return _found(text, Excerpt(text), rules, project)
        if inside and part.rows is not None and tree_of(text) is None:
            # LibCST reads what is written for a newer Python, or says what is wrong.
            return _found(text, Excerpt(text), rules, project)
        found |= inside
    return found


def _found(text: str, part: Excerpt, rules: Sequence[Rule], project: Project) -> set[Finding]:
    """The findings in a part of a text."""
    try:
        return _searched(_parsed(part), text, part, rules, project)
    except RecursionError as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error
    finally:
        let_go()
        let_go_of_terms()


@with_room(CALLS)
def _searched(module: cst.Module, text: str, part: Excerpt, rules: Sequence[Rule], project: Project) -> set[Finding]:
    checker = Checker(module, text, rules, project)
    Reader(
        module,
        checker.found,
        project=project,
        changed_elsewhere=part.changed,
        wanted=part.functions,
        entered=checker.entered,
    ).read()
    return _told(checker, part)


def _parsed(part: Excerpt) -> cst.Module:
    # What Python has parsed, and is short, cannot be so deep.
    if part.rows is None or len(part.text) > DEEPEST:
        depth, row = nesting(code(part.text.encode("utf-8", "surrogatepass")))
        if depth > DEEPEST:
            raise Unparsable(TOO_DEEP, Position(part.row(row), 1))
        if depth > DEEP:
            return with_more_room(lambda: _parsed_anyhow(part), CALLS)
    return _parsed_anyhow(part)


@with_room(CALLS)
def _parsed_anyhow(part: Excerpt) -> cst.Module:
    try:
        return cst.parse_module(part.text)
    except cst.ParserSyntaxError as error:
        message = error.message.splitlines()[0].removeprefix("Syntax Error: ").strip()
        raise Unparsable(message, Position(part.row(error.editor_line), error.editor_column)) from error
    except ValueError as error:
        raise Unparsable(f"cannot be parsed: {error}", Position(1, 1)) from error


def _told(checker: Checker, part: Excerpt) -> set[Finding]:
    """The findings of the hits, each at its place in the whole text."""
    hits = checker.all_hits
    if not hits:
        return set()
    nodes = [n for hit in hits for n in (hit.node, *(d.statement for d in hit.dead), *read_before(hit, checker))]
    ranges = places(checker.module, part.text, nodes, checker.text, part.rows)
    kinds, compilers = Kinds(checker.text), Compilers(checker.text)
    surroundings = Surroundings(checker, part, ranges)
    return {_finding(hit, ranges, checker, part, kinds, compilers, surroundings) for hit in hits}


def _finding(
    hit: Hit,
    ranges: Mapping[cst.CSTNode, CodeRange],
    checker: Checker,
    part: Excerpt,
    kinds: Kinds,
    compilers: Compilers,
    surroundings: Surroundings,
) -> Finding:
    place = ranges[hit.node]
    start = Position(part.row(place.start.line), place.start.column + 1)
    end = Position(part.row(place.end.line), place.end.column + 1)
    rule = hit.candidate.rule
    fix, withheld, unsafe = None, hit.withheld, hit.unsafe
    if hit.text is not None and hit.candidate.twin is not None:
        kind = peculiarity(kinds, hit.inputs, hit.candidate.twin, start.row, tensors=hit.own)
        withheld = kind.reason if kind is not None and kind.withholds else None
        if not hit.own and (compiler := compilers.of(start.row)) is not None:
            withheld = f"`{compiler}` compiles the function and knows no other library"
        unsafe = unsafe or (kind.reason if kind is not None else None)
        if withheld is None and (obstacle := surroundings.obstacle(hit)) is not None:
            withheld, unsafe = (obstacle.reason, None) if obstacle.sure else (None, unsafe or obstacle.reason)
    if hit.text is not None and withheld is None:
        edit = replacement(hit.node, start, end, hit.text, checker.text)
        edits = [edit]
        for dead in hit.dead:
            lines = ranges[dead.statement]
            first, last = part.row(lines.start.line), part.row(lines.end.line)
            edits.append(Edit(Position(first, 1), Position(last + 1, 1), ""))
        edits[:0] = [insertion(checker.module, checker.text, needed, part.row) for needed in hit.needs]
        fix = Fix(
            "unsafe" if unsafe else "safe",
            "; ".join((f"replace with `{hit.text.source}`", *hit.leftovers)),
            tuple(edits),
            unsafe,
        )
    return Finding(rule.name, rule.summary, start, end, hit.verdict.witness, fix, withheld)
