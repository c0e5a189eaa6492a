"""Steps in the branches of a choice that spoil its gradient, and the choice without that."""

from __future__ import annotations

from collections.abc import Sequence

from stabaudit.catalogue.rule import Form, Rule
from stabaudit.records import Record
from stabaudit.terms import App, Const, Term, applications, replaced
from stabaudit.terms.ops import TABLE, unfold


class Step(Record):
    """An operation in a branch of a choice whose operand number `place` a form replaces where the branch is not taken.

    `first` says that it is the first branch.
    """

    rule: Rule
    form: Form
    term: App
    place: int
    first: bool

    @property
    def operand(self) -> Term:
        """What it is given."""
        return self.term.args[self.place]

    @property
    def harmless(self) -> Const:
        """What it is given in its place."""
        assert isinstance(self.form.stable, App)
        for part in applications(self.form.stable.args[1]):
            if part.op == "where":
                assert isinstance(part.args[2], Const)
                return part.args[2]
        raise AssertionError(self.form.name)


def place_in(part: App, form: Form) -> int | None:
    """Which operand of an operation a form replaces, if the operation is its step or made of it."""
    assert isinstance(form.unstable, App)
    step = form.unstable.args[1]
    assert isinstance(step, App)
    if part.op == step.op:
        return _replaced_in(form)
    row = TABLE.get(part.op)
    if row is None or (row.stable and not row.elementary) or len(part.args) != 1:
        return None
    formula = unfold(part)
    return 0 if formula is not None and step.op in formula.ops else None


def _replaced_in(form: Form) -> int:
    """The place of the operand of a form's step that its stable form replaces."""
    assert isinstance(form.stable, App)
    cured = form.stable.args[1]
    return next(i for i, operand in enumerate(cured.args) if isinstance(operand, App) and operand.op == "where")


def cured(choice: Term, way: Sequence[Step]) -> Term:
    """The choice with harmless operands for some steps, the innermost first."""
    assert isinstance(choice, App)
    condition, *branches = choice.args
    for step in sorted(way, key=lambda one: one.term.size):
        number = 0 if step.first else 1
        both = (step.operand, step.harmless) if step.first else (step.harmless, step.operand)
        safe = App("where", (condition, *both), (), choice.node, choice.library)
        args = tuple(safe if i == step.place else a for i, a in enumerate(step.term.args))
        new = App(step.term.op, args, step.term.attrs, step.term.node, step.term.library, step.term.steps)
        branches[number] = replaced(branches[number], step.term, new)
    return App("where", (condition, *branches), (), choice.node, choice.library, choice.steps)
