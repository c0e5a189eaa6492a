"""What is kept between runs is never older than what it was made from."""

from __future__ import annotations

import json
import marshal
import os
import pickle
import shutil
import subprocess
import sys
from binascii import crc32
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from stabaudit.catalogue import active
from stabaudit.catalogue import compiled as module
from stabaudit.catalogue.compiled import compiled
from stabaudit.catalogue.folder import FOLDER
from stabaudit.catalogue.load import load
from stabaudit.catalogue.packed import packed, unpacked
from stabaudit.catalogue.read import read
from stabaudit.catalogue.rule import RuleError
from stabaudit.sieve import needles, shapes, words
from stabaudit.terms import App, Bounds, Const, Lit, Term, Var
from stabaudit.terms.table import Table
from stabaudit.terms.table import read as rows
from tests.run import ROOT

VALUES = [{"a": [1, "x", None]}, [0.5, True], "é\ud800\n", None]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.py").write_text("A")
    monkeypatch.setattr(module, "SOURCES", (str(tmp_path / "sources"),))
    monkeypatch.setattr(module, "_BEGUN", 1 << 62)
    monkeypatch.setattr(module, "_path", lambda name: str(tmp_path / name))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    module._sources.cache_clear()
    yield tmp_path / "one"
    module._sources.cache_clear()


def never() -> object:
    raise AssertionError("made again")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_was_made_is_kept(kept: Path, value: object):
    assert compiled("one", lambda: value, json.dumps, json.loads) == value
    assert compiled("one", never, json.dumps, json.loads) == value
    assert {path.name for path in kept.parent.iterdir()} == {"sources", "one"}


def test_it_is_made_anew_when_a_source_has_changed(kept: Path):
    compiled("one", lambda: 1, json.dumps, json.loads)
    (kept.parent / "sources" / "a.py").write_text("AB")
    module._sources.cache_clear()
    assert compiled("one", lambda: 2, json.dumps, json.loads) == 2
    (kept.parent / "sources" / "b.py").write_text("B")
    module._sources.cache_clear()
    assert compiled("one", lambda: 3, json.dumps, json.loads) == 3
    assert compiled("one", never, json.dumps, json.loads) == 3


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:9] + b"\xff" + b[10:], lambda b: b"x" * 99]
)
def test_a_damaged_one_is_made_anew(kept: Path, damage):
    compiled("one", lambda: [1, 2, 3], json.dumps, json.loads)
    kept.write_bytes(damage(kept.read_bytes()))
    assert compiled("one", lambda: 2, json.dumps, json.loads) == 2
    assert compiled("one", never, json.dumps, json.loads) == 2


def test_nothing_is_kept_where_nothing_can_be(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_path", lambda name: str(kept.parent / "none" / name))
    assert compiled("one", lambda: 1, json.dumps, json.loads) == 1
    assert compiled("one", lambda: 2, json.dumps, json.loads) == 2
    monkeypatch.setattr(module, "_path", lambda name: None)
    assert compiled("one", lambda: 3, json.dumps, json.loads) == 3


def test_nothing_is_kept_where_python_keeps_no_bytecode(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled("one", lambda: 1, json.dumps, json.loads)
    assert not kept.exists()


def test_nothing_is_kept_of_sources_that_changed_while_python_ran(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_BEGUN", 0)
    compiled("one", lambda: 1, json.dumps, json.loads)
    assert not kept.exists()


@pytest.mark.parametrize(
    "text",
    ["[", "3", "[[]]", '[[["app", 1]], []]', "[" * 5000, '[[["const", 1, 0]], []]', '[[["lit", []]], 4]', "null"],
)
def test_what_is_no_such_data_is_made_anew(kept: Path, text: str):
    compiled("one", lambda: text, str, str)
    assert compiled("one", never, str, str) == text
    rules = load()
    assert compiled("one", lambda: rules, packed, unpacked) == rules
    assert [rule.name for rule in compiled("one", never, packed, unpacked)] == [rule.name for rule in rules]


def test_what_is_kept_runs_nothing_when_it_is_read(kept: Path, tmp_path: Path):
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "evil"),)

    for data in (pickle.dumps(Evil()), marshal.dumps((1, False, pickle.dumps(Evil())))):
        for form in (data, crc32(data).to_bytes(4, "little") + data, b"%x\n" % crc32(data) + data):
            kept.write_bytes(form)
            assert compiled("one", lambda: 1, json.dumps, json.loads) == 1
    assert not (tmp_path / "evil").exists()


def test_rules_that_were_kept_are_the_rules():
    made = tuple(read(path) for path in sorted(map(str, Path(FOLDER).glob("[!_]*.py"))))
    again = unpacked(packed(made))
    for ours, theirs in zip(again, made, strict=True):
        assert vars(ours) | {"forms": None} == vars(theirs) | {"forms": None}
        for one, other in zip(ours.forms, theirs.forms, strict=True):
            assert one.patterns == other.patterns
            assert vars(one) == vars(other)


@pytest.mark.parametrize(
    ("value", "pack", "unpack"),
    [
        (words._collected(), words._packed, words._unpacked),
        (shapes._derived(), shapes._packed, shapes._unpacked),
        (needles._asked_for(), needles._packed, needles._unpacked),
        (active._derived(frozenset()), active._packed, active._unpacked),
    ],
    ids=["words", "shapes", "needles", "telling"],
)
def test_what_is_made_of_the_rules_alone_is_read_as_it_was_written(
    value: object, pack: Callable[[object], str], unpack: Callable[[str], object]
):
    assert unpack(pack(value)) == value


TERMS = [
    Var("x", (("x", 1),), None, 2, Bounds(0.0, 1.0)),
    Var("y"),
    Const(0.1),
    Const(Fraction(1, 3)),
    Const(-7),
    *(Lit(value) for value in (None, True, False, 1, "a")),
    App("sum", (App("exp", (Var("x"), Const(1))),), (("axis", Lit(None)), ("keepdims", Lit(True))), None, "numpy"),
]


@pytest.mark.parametrize("term", TERMS, ids=repr)
def test_a_term_is_read_as_it_was_put_into_a_table(term: Term):
    table = Table()
    # Beside others, of which some are equal to it.
    numbers = [table.number(one) for one in (*TERMS, term)]
    again = rows(json.loads(json.dumps(table.rows)))[numbers[-1]]
    assert (again, hash(again), type(again), again.key) == (term, hash(term), type(term), term.key)
    assert numbers[-1] == numbers[TERMS.index(term)]
    for name in type(term).__slots__:
        if name != "coefficient_and_rest":
            assert (getattr(again, name), type(getattr(again, name))) == (
                getattr(term, name),
                type(getattr(term, name)),
            )


def test_an_edited_rule_is_seen_at_once(tmp_path: Path):
    for name in ("stabaudit", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    rule = tmp_path / "rules" / "softmax.py"

    def said() -> str:
        program = (
            "from stabaudit.catalogue.load import load; print(next(r.summary for r in load() if r.name == 'softmax'))"
        )
        env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True)
        return done.stdout + done.stderr[-200:]

    first = said()
    assert said() == first
    rule.write_text(rule.read_text().replace('"""', '"""Changed: ', 1))
    assert said() == f"Changed: {first}"
    rule.write_text('"""No rule."""\n')
    assert RuleError.__name__ in said()
