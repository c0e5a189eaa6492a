"""Writes what is found in a module: the rewrite, and the program that shows the witness."""

from __future__ import annotations

from functools import cached_property

import libcst as cst

from stabaudit.check.candidates import Candidate
from stabaudit.check.code import Code
from stabaudit.check.detection import Detection, hit
from stabaudit.check.judged import Judged
from stabaudit.concrete.text import source
from stabaudit.config.project import Project
from stabaudit.fix.evidence import Evidence
from stabaudit.fix.import_block import names_from
from stabaudit.fix.imported_names import Sure
from stabaudit.fix.imports import free_alias
from stabaudit.fix.propose import Place
from stabaudit.fix.text import Text
from stabaudit.proof.question import Site, Verdict
from stabaudit.proof.script import script
from stabaudit.syntax.find import module_of
from stabaudit.terms import App, Term, by_name


class Writer:
    """Writes in the words of one module."""

    def __init__(self, code: Code, text: str, project: Project) -> None:
        self._code = code
        self._text = text
        self._project = project
        self._aliases: dict[tuple[str, ...], str] = {}

    def hit(self, judged: Judged, candidate: Candidate, replacement: Term | None, verdict: Verdict) -> Detection | None:
        """What is found; `None` where the expression is written as the fix would write it.

        That is right as far as it goes.
        """
        term, site, scope, dialect = judged
        verdict = self._with_script(verdict, site, term)
        shown = term if candidate.taken else by_name(term)
        place = Place(
            shown,
            self._code.tree,
            self._module,
            scope,
            dialect,
            self._project,
            self._alias,
            self._means,
            self._takes_from,
            self._evidence,
        )
        told_of = hit(place, candidate, replacement, verdict)
        return None if _says(term, told_of.text, self._module) else told_of

    @property
    def _module(self) -> cst.Module:
        return self._code.module

    @cached_property
    def _evidence(self) -> Evidence:
        """What the text says of types."""
        return Evidence(self._text, self._code.tree)

    @cached_property
    def _sure(self) -> Sure:
        return Sure(self._text)

    def _means(self, name: str, path: str) -> bool:
        """Whether a name means what stands at a dotted path wherever a fix may say it."""
        return self._sure.means(name, path)

    def _alias(self, liked: tuple[str, ...]) -> str:
        """The name under which fixes import the functions that they call."""
        if liked not in self._aliases:
            self._aliases[liked] = free_alias(self._text, liked)
        return self._aliases[liked]

    def _takes_from(self, path: str) -> bool:
        """Whether names are taken from the module at a dotted path at the top of the file."""
        module = module_of(self._text)
        return module is not None and names_from(module, path) is not None

    def _with_script(self, verdict: Verdict, site: Site, term: App) -> Verdict:
        """The verdict with a program that shows its witness."""
        assert verdict.witness is not None
        module = self._module
        origin = term.origin if site.term.node is None else site.term.origin
        code = source(origin, module) if isinstance(origin, cst.BaseExpression) else ""
        program = script(site, verdict.at, verdict.witness, code)
        return verdict._replace(witness=verdict.witness._replace(script=program))


def _says(term: App, text: Text | None, module: cst.Module) -> bool:
    """Whether an expression is written as a text, apart from white space."""
    if text is None or not isinstance(term.origin, cst.BaseExpression):
        return False
    return "".join(source(term.origin, module).split()) == "".join(text.source.split())
