"""The fixes as a codemod: `python -m libcst.tool codemod stabaudit.codemod.Stabilize PATH`."""

from __future__ import annotations

import argparse

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext, SkipFile

from stabaudit.catalogue.names import UsageError
from stabaudit.cli.options import Options
from stabaudit.findings.finding import Unparsable
from stabaudit.fix.apply import fix_text


class Stabilize(CodemodCommand):
    """Rewrites numerically unstable formulas, as `stabaudit check --fix` does, with the settings of the project."""

    DESCRIPTION: str = "Rewrite numerically unstable formulas with what is right over the whole range of floats."

    @staticmethod
    def add_args(parser: argparse.ArgumentParser) -> None:
        """Declare the arguments of this codemod."""
        told = "apply fixes that may change behaviour, too"
        parser.add_argument("--unsafe-fixes", action="store_true", default=None, help=told)

    def __init__(self, context: CodemodContext, unsafe_fixes: bool | None = None) -> None:
        super().__init__(context)
        self._plan = Options(argparse.Namespace(config=None, isolated=False, fix=True, unsafe_fixes=unsafe_fixes))

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """The module with its fixes."""
        try:
            task = self._plan.task(self.context.filename or "-")
            assert task.fix
            outcome = fix_text(tree.code, task.find, task.fix)
        except Unparsable as error:
            raise SkipFile(f"cannot be parsed: {error.message}") from None
        except UsageError as error:
            raise SkipFile(str(error)) from None
        if outcome.reason:
            self.warn(f"nothing fixed: {outcome.reason}; please report it")
        return tree if outcome.text == tree.code else cst.parse_module(outcome.text, tree.config_for_parsing)
