"""Writes what is shipped with the package, so that common code is checked without NumPy and mpmath.

    python -m stabaudit.shipping tests/idioms

answers all that is asked about formulas when the examples of the rules are checked, and the cells in the files of these
folders. It puts the answers into `stabaudit/shipped`, from where a wheel takes them, and beside them what is made of
the rules alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from stabaudit.catalogue import compiled, shipped
from stabaudit.catalogue.active import choices, signs
from stabaudit.catalogue.load import load
from stabaudit.check import check_text
from stabaudit.proof import answers, verdict_cache
from stabaudit.proof.shared_verdicts import is_at_fault
from stabaudit.sieve import could_match
from stabaudit.sieve.needles import packages
from stabaudit.sieve.shapes import shapes
from stabaudit.sieve.words import operations

#: What stands above each example.
HEAD = """import math
import jax.numpy as jnp
import numpy as np
import scipy.special
import scipy.stats
import tensorflow as tf
import torch
import torch.nn.functional as F
"""
#: Where the expression of an example stands: in a module, and in a function that gives it back.
AROUND = ("y = {}\n", "def f(x, y, a, b, w):\n    return {}\n")
#: What parts the cells of a file.
BETWEEN = "# %%\n"


class Given:
    """The answers that are given, by their questions."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}

    def find(self, question: str) -> str | None:
        """The answer that was given already."""
        return self.answers.get(question)

    def keep(self, question: str, answer: str) -> None:
        """Note an answer."""
        self.answers[question] = answer


def answered(texts: Iterable[str]) -> Mapping[str, str]:
    """All that is asked about formulas when some texts are checked, and about the rules whatever is checked."""
    given = Given()
    verdict_cache.set_cache(given)
    for form in (form for rule in load() for form in rule.forms if form.equal):
        is_at_fault(form)
    for text in texts:
        check_text(text)
    verdict_cache.set_cache(None)
    return given.answers


def examples() -> Iterator[str]:
    """The examples of the rules, each as a text."""
    for rule in load():
        for code in (*rule.matches, *rule.ignores):
            yield from (HEAD + around.format(code) for around in AROUND)


def cells(folders: Iterable[str]) -> Iterator[str]:
    """The cells of all files in some folders, each as a text."""
    for folder in folders:
        for path in sorted(Path(folder).glob("*.py")):
            yield from (HEAD + cell for cell in path.read_text(encoding="utf-8").split(BETWEEN))


def main(folders: Iterable[str]) -> None:
    """Write all of it."""
    shutil.rmtree(shipped.PLACE, ignore_errors=True)
    for asked in (load, signs, choices, shapes, operations, packages):
        asked()
    # The words of all rules that hold are asked for.
    could_match(b"import torch")
    for name, text in compiled.texts():
        shipped.ship(name, shipped.RULES, text)
    found = answered([*examples(), *cells(folders)])
    shipped.ship(answers.NAME, answers.SOURCES, answers.table(found))
    print(f"{len(found)} answers in {shipped.PLACE}")
