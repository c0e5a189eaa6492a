"""Python's parser and LibCST give one tree of each text, as far as both read it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import given, settings

from stabaudit.syntax.caching import let_go
from stabaudit.syntax.expressions import Text
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.from_libcst import from_libcst
from stabaudit.syntax.node import Expression, Node, difference, parts
from stabaudit.syntax.printer import source
from tests.programs import programs

ROOT = Path(__file__).parents[2]
FILES = [
    *ROOT.glob("stabaudit/**/*.py"),
    *ROOT.glob("rules/*.py"),
    *ROOT.glob("tests/**/*.py"),
    *ROOT.glob("benchmarks/*.py"),
]
#: Ways to write code that the two parsers see otherwise.
TEXTS = {
    "a chain of and": "a and b and (c and d) or (e or f) or g",
    "comparisons": "a < b <= c != d is not e not in f == (g > h)",
    "places": "x[i, j], x[(i, j)], x[i,], x[()], x[1:2, ::3, ...], x[*a], x[(i, j):k]",
    "arguments": "f(a, *b, c, d=1, *e, g=2, **h)",
    "a generator": "sum(i for i in x), sum((i for i in x)), f((yield))",
    "texts": "'a' \"b\" f'{c!r:>{w}}' 'd' f'{{e}}', b'f' b'g', '\\n', 'a' 'b'",
    "texts on lines": "x = ('a'\n     'b'\n     f'{c}'\n)\ny = '''a\nb'''\n",
    "numbers": "0x_ff, 1_000, 1e3, .5, 1., 1j, 00, 0b11, 10**400, True, None, ...",
    "letters": "µ = 1\nμ = f(µ=2).µ\ndef ſ(ﬁ): global ℌ\n",
    "letters before": "é = 'ü'; x = 1.5 + 2\n",
    "a target": "(a, [b, *c]), d.e, f[0] = g = h\nx: int\ny: int = 1\nz += 1; w @= 2\n",
    "delete": "del a\ndel a, b\ndel (a, b)\ndel (a, b), c\ndel (a,)\ndel x[0]\n",
    "imports": "import a, b.c, d.e as f\nfrom g import h as i, j\nfrom .k import (l)\nfrom ... import m\n",
    "all of a module": "from n import *\nfrom ..n import *\n",
    "elif": "if a: b\nelif c: d; e\nelif f:\n    g\nelse: h\nif a: pass\nelse:\n    if b: pass\n",
    "loops": "for a, b in c, d: break\nelse: pass\nwhile a: continue\nelse: b\n",
    "with": "with a as b, c as (d, e), f: pass\nwith (a as b, c): pass\nwith (a, b): pass\n",
    "try": "try: a\nexcept b: c\nexcept (d, e) as f: g\nexcept: h\nelse: i\nfinally: j\n",
    "match": (
        "match a:\n case 1 | -2.5 | 'b' | None: pass\n case [c, *d, *_]: pass\n case (e,): pass\n"
        " case {'f': g, **h}: pass\n case I(j, k=l) as m if n: pass\n case o.p: pass\n case _: pass\n"
    ),
    "one line": "class A(B, *C, d=e, **f): x = 1; y = 2\ndef g(): return 1\nclass H: pass\n",
    "parameters": "@a\n@b.c(d)\nasync def f(a, /, b: int, c=1, *d: e, g, h=2, **i) -> j: pass\ndef k(*, l): pass\n",
    "lambdas": "lambda: a, lambda b, /, c=1, *d, e, **f: g, lambda *, h: i",
    "comprehensions": "[a for b in c if d if e for f in g], {a for b in c}, {a: b for c in d}, {**a, b: c}, {*a, b}",
    "coroutines": "async def f():\n async with a as b: pass\n async for c in d: await e\n yield i, j\n",
    "yield from": "def f():\n x = yield\n yield from g\n return (yield h)\n",
    "powers and signs": "-a ** -b, (-a) ** b, not a, ~a, +a, not (a == b), a if b else c if d else e, (f := g)",
    "raise": "raise\nraise a\nraise a from b\nassert a, b\nglobal c, d\n",
}


def law(text: str) -> None:
    """Both trees are the same, and print the same; Python 3.11 does not know where things in f-strings stand."""
    one, other = read(text), from_libcst(cst.parse_module(text))
    assert difference(one, other) is None
    todo: list[tuple[Node, Node]] = [(one, other)]
    while todo:
        a, b = todo.pop()
        if isinstance(a, Expression):
            assert source(a) == source(b)
        if not isinstance(a, Text):
            todo += zip(parts(a), parts(b), strict=True)
    let_go()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_each_way_to_write_code_gives_one_tree(text: str):
    law(text)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 does not read it")
def test_groups_of_errors_give_one_tree():
    law("try: a\nexcept* b as c: d\n")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 does not read it")
def test_types_give_one_tree():
    law("type A[T] = list[T]\ndef f[T](x: T) -> T: return x\nclass B[T]: pass\n")


@pytest.mark.parametrize("part", range(4))
def test_our_own_sources_give_one_tree(part: int):
    for path in sorted(FILES)[part::4]:
        law(path.read_text("utf-8"))


@given(programs(stable=False))
@settings(max_examples=60, deadline=None)
def test_generated_programs_give_one_tree(program: tuple[str, str]):
    law(program[1])


@pytest.mark.parametrize("text", [t for t in TEXTS.values() if "\n" not in t and "yield" not in t])
def test_what_is_printed_says_the_same(text: str):
    tree = read(text)
    printed = source(tree.body[0].value)  # type: ignore[attr-defined]
    assert difference(read(printed), tree) is None
    assert source(read(printed).body[0].value) == printed  # type: ignore[attr-defined]


def test_layout_does_not_change_what_is_printed():
    one, other = (read(t).body[0].value for t in ("x[ i,( j ) ]+(a*b)**( 2 )", "x[i, j] + (a * b) ** 2"))  # type: ignore[attr-defined]
    assert source(one) == source(other) == "x[i, j] + (a * b) ** 2"


def test_nodes_know_where_python_found_them():
    tree = read("é = [1,\n  x ]\n")
    assert isinstance(tree.body[0].value.elements[1].place, ast.Name)  # type: ignore[attr-defined]
