"""Random programs do what they did after their safe fixes; `benchmarks/differential.py` runs as many as it is told."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from stabaudit.catalogue.load import load
from tests.random_programs.batch import Verdict, verdicts
from tests.random_programs.enclosures import ENCLOSURES
from tests.random_programs.formulas import formulas
from tests.random_programs.libraries import LIBRARIES
from tests.random_programs.written import write
from tests.wrong_fixes.run import Runner

SEEDS = [f"test-{number}" for number in range(500)]
#: Where values go that are not followed, as docs/fix-safety.md says: a part of a formula beside one may stay as wrong.
NOT_FOLLOWED = re.compile(r"\(lambda: |\bo\.t\d|\bd\['t\d+'\]|for _ in range\(2\)")
#: Programs that compute integers: their arguments are some, or they make some.
INTEGERS = re.compile(r"^\(-?\d+,|array\(\[-?\d+,|astype\(int\)", re.MULTILINE)
#: So many are judged in a minute on a busy machine, too.
AT_A_TIME = 100


def only_warns_of_integers(verdict: Verdict) -> bool:
    """Whether a program of JAX with integers, which are one of those kinds, only warns anew."""
    if verdict.library != "jax" or not all("now warns" in line for line in verdict.lines):
        return False
    return INTEGERS.search("\n".join((*write(verdict.seed).cases, verdict.text))) is not None


def judged(seeds: list[str]) -> list[Verdict]:
    return list(verdicts(seeds))


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def test_no_safe_fix_of_a_random_program_is_wrong(runner: Runner):
    found: list[Verdict] = []
    for start in range(0, len(SEEDS), AT_A_TIME):
        part = runner(judged, SEEDS[start : start + AT_A_TIME])
        assert isinstance(part, list), part
        found += part
    counts = Counter(verdict.status for verdict in found)
    assert counts["right"] > len(SEEDS) // 8, counts
    found = [v for v in found if not (v.status == "half" and NOT_FOLLOWED.search(v.text))]
    found = [v for v in found if not only_warns_of_integers(v)]
    wrong = {v.seed: v.lines[0] for v in found if v.status in ("half", "wrong", "late")}
    assert not wrong, wrong


def test_programs_are_of_all_rules_and_libraries_and_of_every_way_to_write_them():
    programs = [write(f"all-{number}") for number in range(2000)]
    assert {program.library for program in programs} == set(LIBRARIES)
    assert len({program.text for program in programs}) > 1990
    assert len(ENCLOSURES) > 30
    assert len(formulas()) > 5 * sum(rule.tier == "default" for rule in load())
    for program in programs:
        ast.parse(program.alone())
