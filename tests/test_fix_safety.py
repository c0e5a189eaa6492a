"""The page on the safety of fixes names tests that exist, says how far each promise is checked, and hides nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "fix-safety.md"
LEVELS = {"exhaustive", "decided", "executed", "assumed"}
TEST = re.compile(r"\[[\w.]+\]\((?P<path>\.\./tests/[^)]+)\)")
CLAIM = re.compile(r"\bprov(e|es|ed|en|ing|able|ably)\b|\bproofs?\b", re.IGNORECASE)


class Promise(NamedTuple):
    """One row: what is promised, its level, and the files of the tests that hold it."""

    text: str
    level: str
    files: tuple[Path, ...]


def tables() -> dict[tuple[str, ...], list[list[str]]]:
    """The rows of all tables of the page by their headings."""
    found: dict[tuple[str, ...], list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            rows = None
        elif rows is None:
            rows = found.setdefault(tuple(cells(line)), [])
        elif not line.startswith("|---"):
            rows.append(cells(line))
    return found


def cells(line: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in line.strip("|").split("|")]


TABLES = tables()
PROMISES = [
    Promise(text, level, tuple((PAGE.parent / link["path"]).resolve() for link in TEST.finditer(held)))
    for text, level, held in TABLES["promise", "level", "held by"]
]


def is_test(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def test_the_page_explains_each_level_and_uses_each():
    assert {level for level, _ in TABLES["level", "what it means"]} == LEVELS
    assumed = [level for _, level in TABLES["taken for granted", "level"]]
    assert set(assumed) == {"assumed"}
    assert {promise.level for promise in PROMISES} == LEVELS - {"assumed"}


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.text[:60])
def test_a_promise_has_a_level_and_is_held_by_tests(promise: Promise):
    assert promise.level in LEVELS
    assert promise.files
    for path in promise.files:
        text = path.read_text(encoding="utf-8")
        assert any(map(is_test, ast.walk(ast.parse(text)))), f"{path} holds no test"
        assert "@pytest.mark.xfail" not in text, f"{path} may fail"


@pytest.mark.parametrize("level", sorted(LEVELS - {"exhaustive", "decided"}))
def test_nothing_of_a_lower_level_is_called_proved(level: str):
    assert not [p.text for p in PROMISES if p.level == level and CLAIM.search(p.text)]


def test_no_message_of_the_program_calls_a_fix_proved():
    claims = []
    for path in sorted((ROOT / "stabaudit").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in alone)
        messages = (n.value for n in texts if isinstance(n.value, str) and " " in n.value)
        claims += [f"{path.name}: {message}" for message in messages if CLAIM.search(message)]
    assert not claims
