"""Random modules: with the sieve the findings are those without, and no formula is overlooked.

`python -m tests.sieve.test_random SECONDS [SEED]` goes on for as long as it is told.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from typing import Any

import pytest

from stabaudit.catalogue.active import rules
from stabaudit.check import check_text, checker, proved
from stabaudit.findings.finding import Position, Witness
from stabaudit.proof.question import Site, Verdict
from stabaudit.terms import App, applications
from stabaudit.terms.ops import TABLE
from tests.sieve.test_seen_through import formulas, seen_through
from tests.sieve.writer import Writer


def judge(site: Site, *_: object, **__: object) -> Verdict:
    """All that a pattern fits is at fault, if no stable function is in it: those say nothing to the sieve."""
    stable = any(t.op in TABLE and TABLE[t.op].stable and not TABLE[t.op].elementary for t in applications(site.term))
    outermost = isinstance(site.term, App) and site.term.op in TABLE and TABLE[site.term.op].stable
    return Verdict(None if stable or outermost else Witness("", "", ""))


def module(seed: int) -> str | None:
    """A module that Python reads."""
    text = Writer(seed).module()
    try:
        compile(text, "module", "exec")
    except SyntaxError:
        return None
    return text


def places(text: str, *rules: Any) -> list[tuple[str, Position, Position]]:
    """What is found, and where."""
    return [(one.rule, one.start, one.end) for one in check_text(text, *rules)]


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("seed", range(40))
def test_a_random_module(seed: int, monkeypatch: pytest.MonkeyPatch):
    text = module(seed)
    if text is None:
        pytest.skip("Python does not read it")
    monkeypatch.setattr(checker, "judge", judge)
    for asked in (checker, proved):
        monkeypatch.setattr(asked, "loses_digits", lambda _: False)
    assert formulas(text) <= seen_through(text)
    assert places(text) == places(text, rules())


if __name__ == "__main__":
    checker.judge = judge  # type: ignore[assignment]
    checker.loses_digits = lambda _: False  # type: ignore[assignment]
    end = time.time() + float(sys.argv[1])
    done = 0
    for seed in count(int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        if time.time() > end:
            break
        text = module(seed)
        if text is not None:
            done += 1
            if not formulas(text) <= seen_through(text) or places(text) != places(text, rules()):
                print(f"seed {seed} differs")
    print(f"{done} modules")
