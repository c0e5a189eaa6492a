"""What is kept between runs is never older than what it was made from."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stabaudit import compiled as module
from stabaudit.compiled import compiled
from stabaudit.rule import CATALOGUE, RuleError, load, read
from stabaudit.terms import App, Bounds, Const, Lit, Term, Var
from tests.run import ROOT

VALUES = [{"a": (1, b"x", frozenset({"y"}))}, Path("a/b"), (App("exp", (Var("x"), Const(0.5))), Lit(None)), None]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.py").write_text("A")
    monkeypatch.setattr(module, "SOURCES", (str(tmp_path / "sources"),))
    monkeypatch.setattr(module, "_BEGUN", 1 << 62)
    monkeypatch.setattr(module, "_path", lambda name: str(tmp_path / name))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "one"


def never() -> object:
    raise AssertionError("made again")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_was_made_is_kept(kept: Path, value: object):
    assert compiled("one", lambda: value) == value
    assert compiled("one", never) == value
    assert {path.name for path in kept.parent.iterdir()} == {"sources", "one"}


def test_it_is_made_anew_when_a_source_has_changed(kept: Path):
    compiled("one", lambda: 1)
    (kept.parent / "sources" / "a.py").write_text("AB")
    assert compiled("one", lambda: 2) == 2
    (kept.parent / "sources" / "b.py").write_text("B")
    assert compiled("one", lambda: 3) == 3
    assert compiled("one", never) == 3


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:9] + b"\xff" + b[10:], lambda b: b"x" * 99]
)
def test_a_damaged_one_is_made_anew(kept: Path, damage):
    compiled("one", lambda: [1, 2, 3])
    kept.write_bytes(damage(kept.read_bytes()))
    assert compiled("one", lambda: 2) == 2
    assert compiled("one", never) == 2


def test_nothing_is_kept_where_nothing_can_be(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_path", lambda name: str(kept.parent / "none" / name))
    assert compiled("one", lambda: 1) == 1
    assert compiled("one", lambda: 2) == 2
    monkeypatch.setattr(module, "_path", lambda name: None)
    assert compiled("one", lambda: 3) == 3


def test_nothing_is_kept_where_python_keeps_no_bytecode(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled("one", lambda: 1)
    assert not kept.exists()


def test_nothing_is_kept_of_sources_that_changed_while_python_ran(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_BEGUN", 0)
    compiled("one", lambda: 1)
    assert not kept.exists()


def test_rules_that_were_kept_are_the_rules():
    made = tuple(read(path) for path in sorted(CATALOGUE.glob("[!_]*.py")))
    for ours, theirs in zip(pickle.loads(pickle.dumps(made)), load(), strict=True):
        assert (ours.name, ours.summary, ours.story, ours.path) == (
            theirs.name,
            theirs.summary,
            theirs.story,
            theirs.path,
        )
        for one, other in zip(ours.forms, theirs.forms, strict=True):
            assert (one.name, one.unstable, one.stable, one.domains) == (
                other.name,
                other.unstable,
                other.stable,
                other.domains,
            )
            assert one.patterns == other.patterns


@pytest.mark.parametrize("term", [Var("x", (("x", 1),), None, 2, Bounds(0.0, 1.0)), Const(0.1), Lit((1, None))])
def test_a_term_travels_as_a_whole(term: Term):
    again = pickle.loads(pickle.dumps(term))
    assert (again, hash(again), type(again)) == (term, hash(term), type(term))


def test_an_edited_rule_is_seen_at_once(tmp_path: Path):
    for name in ("stabaudit", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    rule = tmp_path / "rules" / "softmax.py"

    def said() -> str:
        program = "from stabaudit.rule import load; print(next(r.summary for r in load() if r.name == 'softmax'))"
        env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True)
        return done.stdout + done.stderr[-200:]

    first = said()
    assert said() == first
    rule.write_text(rule.read_text().replace('"""', '"""Changed: ', 1))
    assert said() == f"Changed: {first}"
    rule.write_text('"""No rule."""\n')
    assert RuleError.__name__ in said()
