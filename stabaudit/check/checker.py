"""Looks at every expression of a module, outermost first, and judges those that fit a rule."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from stabaudit.catalogue.rule import Rule
from stabaudit.check.alternatives import alternatives
from stabaudit.check.candidate_forms import forms
from stabaudit.check.candidates import Candidate, candidates, is_telling
from stabaudit.check.choices import Choices, of_both
from stabaudit.check.coarse_uses import answered, is_coarse, is_outweighed, is_steady
from stabaudit.check.code import Code
from stabaudit.check.digits import cancels_here, loses_digits
from stabaudit.check.digits_wanted import asked_for
from stabaudit.check.double_where import DoubleWhere
from stabaudit.check.fitting import is_of_draws, is_whole, with_narrower
from stabaudit.check.gradients_asked import GradientsAsked
from stabaudit.check.guards import operands_of, relevant
from stabaudit.check.judged import Judged
from stabaudit.check.library import home_of
from stabaudit.check.masked_rows import MaskedRows
from stabaudit.check.module_says import ModuleSays
from stabaudit.check.opaque import plainer, without_open_calls
from stabaudit.check.other_faults import Apart
from stabaudit.check.products import of_product
from stabaudit.check.reported import Reported, grows
from stabaudit.check.sites import site_for
from stabaudit.config.project import PLAIN, Project
from stabaudit.fix import target
from stabaudit.fix.aliases import is_alias
from stabaudit.fix.import_block import uses
from stabaudit.lift.literals import gives_whole_numbers
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import UNTESTED, Verdict
from stabaudit.proof.shared_verdicts import judge
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call, Comprehension, Named
from stabaudit.syntax.find import module_of
from stabaudit.terms import App, Term, TooLarge, applications, by_name, substitute, values_of_names
from stabaudit.terms.arithmetic import MINUS_ONE, ONE
from stabaudit.terms.match import LOGARITHMS
from stabaudit.terms.normal import normal_application
from stabaudit.terms.ops import expanded_application

if TYPE_CHECKING:
    # Who finds nothing does not pay for what writes fixes.
    import libcst as cst

    from stabaudit.check.detection import Detection
    from stabaudit.check.writer import Writer

#: Views that may be taken of the value of a formula as well as of what it is made of.
SHOWN = frozenset({"index", "masked", "reshape", "expand_dims", "squeeze"})
#: Why a logarithm of what a caller gives has no fix.
COMPUTED_BY_CALLER = "a caller computes the probability; pass it the logits, or their log-softmax, instead"
#: Why a formula that holds for one of several values has no fix.
ONE_OF_SEVERAL = "a condition decides what its values are; the rewrite would be right for one of them"

#: A number that makes an expression complex: nothing is known of such formulas.
IMAGINARY = re.compile(r"(?<![\w.])[\d.]+(?:e[+-]?\d+)?j\b", re.IGNORECASE)


class Checker:
    """The hits of one module, gathered while it is read."""

    def __init__(self, code: Code, text: str, rules: Sequence[Rule], project: Project = PLAIN) -> None:
        self.code = code
        self.text = text
        self.rules = rules
        if project.target == "imported" and (tree := module_of(text)) is not None:
            project = project._replace(has_special=uses(tree, "scipy.special"))
        self.project = project
        self.forms = forms(tuple(rules))
        self.hits: list[Detection] = []
        #: What is at fault in helpers that are given exponentials.
        self.in_helpers: list[Detection] = []
        #: What is judged where it is computed, and not again where it is used.
        self.reported = Reported(self.forms)
        #: Expressions that no form fits: a loop is read more than once.
        self._fits_nothing: set[Term] = set()
        self._choices = Choices(code, self.reported)
        #: The nodes whose fault is answered for around them: a logarithm that what it is taken of is multiplied by.
        self._answered: set[int] = set()
        asked = GradientsAsked(code, text)
        self._apart = Apart(code, asked, text)
        self._double_where = DoubleWhere(code, asked, self.reported, rules)
        self._masked_rows = MaskedRows(code, rules)
        self._says = ModuleSays(text)
        #: The nodes of functions of other files: what is at fault there is told of there.
        self.foreign: frozenset[int] = frozenset()

    @cached_property
    def _writer(self) -> Writer:
        # Imported here, and LibCST with it: mostly nothing is found.
        from stabaudit.check.writer import Writer

        return Writer(self.code, self.text, self.project)

    @property
    def module(self) -> cst.Module:
        """The module as LibCST reads it, for what is written of fixes."""
        return self.code.module

    def found(self, term: Term, scope: Scope) -> None:
        """Look at an expression and the expressions in it."""
        try:
            self._find(term, scope)
        except TooLarge:
            # Nothing is proved of a whole with such numbers in it, but of its parts there may be.
            if isinstance(term, App):
                for operand, inner in operands_of(term, scope):
                    self.found(operand, inner)

    def _find(self, term: Term, scope: Scope) -> None:
        if self._visit(term, scope, rounded=scope.rounded):
            return
        if "call" in term.ops:
            # What a helper makes of more than its arguments may hide a fault that any value of it shows.
            opaque = without_open_calls(term, scope)
            if opaque is not term and self._visit(opaque, scope, rounded=scope.rounded):
                return
        before = len(self.hits)
        for alternative in alternatives(term):
            if self._visit(alternative.term, scope.guarded(alternative.condition), rounded=scope.rounded):
                # The rewrite would be right for this alternative alone.
                told = [hit._replace(text=None, withheld=ONE_OF_SEVERAL, dead=[]) for hit in self.hits[before:]]
                self.hits[before:] = told
                return

    def entered(self, term: Term, scope: Scope) -> None:
        """Look at the logarithms that a helper takes of exponentials which its caller made: `cost(softmax(z), y)`."""
        known, self.hits = self.hits, []
        with contextlib.suppress(TooLarge):
            self._visit(term, Scope(modules=scope.modules, versions=scope.versions), rounded=False)
        logarithms = [hit for hit in self.hits if isinstance(hit.syntax, Call) and called(hit.syntax) in LOGARITHMS]
        logarithms = [hit for hit in logarithms if id(hit.syntax) not in self.foreign]
        self.in_helpers += [hit._replace(text=None, withheld=COMPUTED_BY_CALLER, dead=[]) for hit in logarithms]
        self.hits = known

    @property
    def all_hits(self) -> list[Detection]:
        """What was found, each place once: a helper by itself first, then with what callers give it.

        Digits that a value loses are no fault of their own where a larger rewrite removes that value.
        """
        places = {id(hit.node): hit for hit in (*reversed(self.in_helpers), *reversed(self.hits))}
        gone = {id(node) for hit in self.hits for dead in hit.dead for node in dead.nodes()}
        return [hit for hit in reversed(places.values()) if id(hit.node) not in gone or _is_error(hit)]

    def _visit(self, term: Term, scope: Scope, *, rounded: bool, around: tuple[App, ...] = ()) -> bool:
        """Judge an expression, outermost first; true if anything in it was found unstable.

        Where the result is `rounded`, or compared with something, lost digits are no fault. It stands in what is
        `around` it.
        """
        if not isinstance(term, App) or is_alias(term):
            return False
        if not is_telling(term) and self._double_where.ops.isdisjoint(term.ops):
            return False
        if term.op == "call":
            return False
        if term.op == "isfinite":
            self._excuse(term)
        if term.op in ("same", "mapping"):
            # What stands in a comprehension was looked at there.
            rounded = rounded or gives_whole_numbers(term.node)
            inner = not isinstance(term.node, Comprehension)
            return inner and self._visit(term.args[0], scope, rounded=rounded, around=(*around, term))
        fitting = self._fitting(term)
        # What gets a name is not rounded wherever that is used.
        rounded = rounded and not isinstance(term.node, Named)
        fitting = [c for c in fitting if not loses_digits(c.form) or not (rounded or is_of_draws(c))]
        if id(term.node) in self._answered:
            fitting = [c for c in fitting if not (c.form.traits.floored or c.form.traits.clamped)]
        # A multiple of a value that was reported where it is computed is no fault of its own.
        own = not self.reported.covers(term)
        whole = [c for c in fitting if is_whole(c, term) or (own and c.match.rest == MINUS_ONE)]
        whole = with_narrower(whole, fitting)
        # A view is no part of the formula that it looks at, if that is one by itself.
        hit = self._judge(term, whole, scope) if whole and term.op not in SHOWN else None
        if hit is None:
            coarse = is_coarse(term) or (rounded and is_steady(term))
            with self._choices.within(term, scope):
                if (both := of_both(term)) is not None:
                    hit = self._judge(term, candidates(both, self.forms), scope)
                self._answered |= {id(o.node) for o in answered(term)}
                before = len(self.hits)
                inside = hit is None and [
                    self._visit(child, inner, rounded=coarse or is_outweighed(child, term), around=(*around, term))
                    for child, inner in operands_of(term, scope)
                ]
            if inside and any(inside):
                if not any(map(_is_error, self.hits[before:])):
                    self.hits += self._double_where.besides(term, scope)
                return True
            partial = [c for c in fitting if c not in whole or term.op in SHOWN]
            hit = hit or (self._judge(term, partial, scope) if own else None)
        if hit is None and own and not fitting:
            hit = self._judge(term, self._fitting_by_value(term), scope)
        if hit is None:
            hit = self._double_where.judge(term, scope) or self._without_anything(term, scope)
        else:
            hit = asked_for(hit, term, around)
        if hit is not None:
            self.hits.append(hit)
        return hit is not None

    def _without_anything(self, term: App, scope: Scope) -> Detection | None:
        """What is found of a softmax that a mask may leave nothing."""
        if (found := self._masked_rows.judge(term, scope)) is None:
            return None
        candidate, site, verdict = found
        return self._writer.hit(Judged(term, site, scope, home_of(term, scope)), candidate, None, verdict)

    def by_itself(self, term: App, scope: Scope) -> Detection | None:
        """What is found in an expression as a whole, whatever is reported of its parts."""
        fitting = [c for c in self._fitting(term) if is_whole(c, term) or c.match.rest == MINUS_ONE]
        return self._judge(term, fitting, scope, alone=True)

    def _fitting(self, term: App) -> list[Candidate]:
        """The forms that fit an expression, whatever the values of the numbers in it that stand under a name."""
        if term.node is None:
            return []
        if term in self._fits_nothing:
            return []
        numbers, shown = values_of_names(term), by_name(term)
        fitting = candidates(shown, self.forms, numbers) or of_product(shown, self.forms, numbers)
        fitting = self._guarding_enough(fitting)
        if not fitting and not numbers:
            self._fits_nothing.add(term)
        return fitting

    def _fitting_by_value(self, term: App) -> list[Candidate]:
        """The forms that fit an expression because of the value that a name has: `one / (one + exp(-x))`."""
        numbers = values_of_names(term)
        if not numbers or term.node is None:
            return []
        taken = min(variable.name for variable in numbers)
        fitting = candidates(term, self.forms) or of_product(term, self.forms)
        return [c._replace(taken=taken) for c in self._guarding_enough(fitting)]

    def _guarding_enough(self, fitting: list[Candidate]) -> list[Candidate]:
        """What is left without smaller guards than the project wants to know of."""
        for rule, smallest in self.project.guards:
            fitting = [c for c in fitting if c.rule.name != rule or c.guard >= smallest]
        return fitting

    def _judge(self, term: App, fitting: list[Candidate], scope: Scope, *, alone: bool = False) -> Detection | None:
        """The verdict under the narrowest form; a fault of meaning that is not there gives way to the next.

        What is judged `alone` is not taken for mended where it is reported elsewhere.
        """
        if not fitting:
            return None
        dialect = home_of(term, scope)
        if any(IMAGINARY.search(v.name) for v in term.variables):
            return None
        mended, quiet = self.reported.stabilised(term), scope.quiet or self.reported.covers(term)
        if alone:
            mended, quiet = term, scope.quiet
        settled = False
        for candidate in fitting:
            # What is judged apart asks another question, whatever was said of the value.
            if settled and not candidate.form.is_apart:
                continue
            if not candidate.form.equal and dialect.name == "arrays" and not candidate.form.traits.floored:
                # Not all libraries line up the last axes of two arrays: this may be right, as is the shift then.
                if "max" in term.ops:
                    return None
                continue
            quiet_here = quiet or candidate.divided or "exp" in candidate.match.rest.ops
            site = site_for(candidate, mended, relevant(scope.guards, term), quiet=quiet_here)
            site = site._replace(raises=dialect.raises, differentiated=dialect.differentiated)
            if candidate.form.is_apart:
                verdict = self._apart.judge(site, term, candidate.form, dialect)
                if verdict.witness is None:
                    continue
                return self._writer.hit(Judged(term, site, scope, dialect), candidate, None, verdict)
            replacement = candidate.replacement and target.spoken(candidate.replacement, dialect, self.project)
            valued = replacement and substitute(replacement, {**candidate.numbers, **candidate.lengths})
            verdict = judge(site, valued, equal=candidate.form.equal)
            if verdict.witness is None and candidate.match.rest == ONE and cancels_here(term):
                # The more specific form is named even if here it only loses digits, as a wider one would find.
                verdict = judge(site._replace(digits=True), valued, equal=candidate.form.equal)
            if verdict.witness is not None and (told := self._says.told(mended, scope)) is not mended:
                site = site._replace(term=substitute(told, dict(candidate.lengths)))
                verdict = judge(site, valued, equal=candidate.form.equal)
            floats = self._apart.floats(term, dialect)
            if valued is not None and candidate.form.equal and _is_to_be_tried_in(floats, verdict):
                # Imported here: it needs NumPy, and what is known already does not.
                from stabaudit.proof import narrower

                narrow = narrower.overflow(site, valued, floats)
                verdict = verdict if narrow.witness is None else narrow._replace(refuted=verdict.refuted)
            if verdict.witness is None and candidate.form.equal:
                site, verdict = self._choices.judge(site, valued, term) or (site, verdict)
            if verdict.witness is not None:
                self.reported.add(term, valued)
                hit = self._writer.hit(Judged(term, site, scope, dialect), candidate, replacement, verdict)
                return hit._replace(floats=floats) if hit is not None and floats == "float16" else hit
            if verdict.refuted == UNTESTED and (plain := plainer(term)) != term:
                assert isinstance(plain, App)
                return self._judge(plain, candidates(plain, self.forms), scope)
            if candidate.form.equal:
                if scope.quiet:
                    self.reported.add(term, valued)
                settled = True
        return None

    def _excuse(self, asked: Term) -> None:
        """Who turns warnings off and asks whether the result is finite has another for what is not."""
        nodes = {id(part.node) for part in applications(asked)}
        self.hits = [hit for hit in self.hits if not (hit.quiet and id(hit.syntax) in nodes)]


def _is_to_be_tried_in(floats: str, verdict: Verdict) -> bool:
    """Whether a narrower type has more to say: of half precision always, of single where nothing is wrong in double."""
    return floats == "float16" or (floats == "float32" and verdict.witness is None)


def let_go_of_terms() -> None:
    """Forget the terms of a module that is done with: they know the nodes they were read at, which fill the memory."""
    for remembered in (normal_application, expanded_application, grows):
        remembered.cache_clear()


def _is_error(hit: Detection) -> bool:
    return hit.verdict.witness is not None and hit.verdict.witness.severity == "error"
