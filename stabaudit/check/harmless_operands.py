"""Writes a choice with harmless operands for the steps that spoil its gradient, in the words of the code."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from stabaudit.check.candidates import Candidate
from stabaudit.check.detection import Detection
from stabaudit.check.judged import Judged
from stabaudit.check.steps import Step
from stabaudit.concrete.nodes import below
from stabaudit.concrete.text import source
from stabaudit.fix.code_text import strength
from stabaudit.fix.layout import joined
from stabaudit.fix.not_renderable import NotRenderable
from stabaudit.fix.text import ATOM, Text
from stabaudit.proof.question import Verdict
from stabaudit.proof.script import script
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.terms import Term, Var
from stabaudit.terms.match import Match, Pattern

#: The call that is a method of the branch which is taken last.
FILLING = "masked_fill"


def detection(module: cst.Module, judged: Judged, way: Sequence[Step], cure: Term, verdict: Verdict) -> Detection:
    """The finding at a choice whose gradient some steps spoil.

    What they are given is made harmless in its text, as it is in the `cure`.
    """
    choice, site, scope, dialect = judged
    step = way[0]
    node, call = choice.origin, choice.node
    assert isinstance(node, cst.Call)
    assert isinstance(call, Call)
    text, withheld = None, None
    try:
        text = _text(module, node, call, way)
    except NotRenderable as reason:
        withheld = str(reason)
    witness = verdict.witness
    assert witness is not None
    witness = witness._replace(
        fixed=None if text is None else witness.fixed, script=script(site, verdict.at, witness, source(node, module))
    )
    verdict = verdict._replace(witness=witness)
    bound: dict[Var, Term] = {Var("c"): choice.args[0], Var("x"): step.operand}
    pattern = Pattern(step.form.unstable, frozenset(bound))
    candidate = Candidate(step.rule, step.form, pattern, Match(bound), frame=cure, written=choice)
    nothing = frozenset[str]()
    return Detection(
        node=node,
        syntax=call,
        dead=(),
        candidate=candidate,
        verdict=verdict,
        text=text,
        needs=(),
        own=True,
        withheld=withheld,
        unsafe=None,
        inputs=(),
        redundant_guards=(),
        quiet=scope.quiet,
        reads=(),
        raises=False,
        called=nothing,
        said=nothing,
        scope=scope.copy(),
        floats="float32" if dialect.single else "float64",
    )


def _text(module: cst.Module, node: cst.Call, call: Call, way: Sequence[Step]) -> Text:
    """The call with harmless operands; raises `NotRenderable` where a step stands in another statement."""
    inside = {id(part) for part in below(node)}
    changed: cst.BaseExpression = node
    for step in way:
        operand, said = step.operand.origin, _harmless(module, node, call, step)
        if id(operand) not in inside:
            raise NotRenderable(f"the step stands in another statement; give it `{said}` there")
        assert isinstance(operand, cst.BaseExpression)
        changed = changed.deep_replace(operand, cst.parse_expression(said))
    return Text(joined(source(changed, module)), ATOM)


def _harmless(module: cst.Module, node: cst.Call, call: Call, step: Step) -> str:
    """The operand of a step where its branch is taken, else something harmless."""
    operand, value = step.operand.origin, str(step.harmless.value)
    if not isinstance(operand, cst.BaseExpression):
        raise NotRenderable("the step stands in a function that is called; the choice has to be made there as well")
    said = joined(source(operand, module))
    condition = joined(source(node.args[0].value, module))
    if called(call) == FILLING:
        return f"{Text(said, strength(operand)).within(ATOM)}.{FILLING}({condition}, {value})"
    both = (said, value) if step.first else (value, said)
    return f"{joined(source(node.func, module))}({condition}, {both[0]}, {both[1]})"
