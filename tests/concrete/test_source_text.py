"""The source of expressions: to the character what LibCST writes."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest

from stabaudit.concrete.nodes import below
from stabaudit.concrete.text import KEPT, source, text
from stabaudit.syntax.caching import let_go

LAID_OUT = """\
x = ( a . b ) [ 1 : , :: -1 , ... , *c ]( d , k = 2.5e-3 , * e , ** g )
y = (
    a +  # a comment
    (  b  @ c ) ** -d
    // ( not e and ~ f or g )
)
z = [ 1, ( 2 ), (3,), *h, ] , f"{a!r:>{w}} {b = }" 'c' "d" , r"\\n" , rb'e' , 1j , 0x_ff
w = a < ( b ) <= c != d is not e not in f in g is h == i > j >= k
v = lambda x, *y, z = 1: ( x if y else z )
u = { 1 : 2 , ** a } , { b , * c } , [ i for i in j if k ] , ( i for i in j ) , { i : j for i in k }
t = a << b >> c & d | e ^ f % g
async def s(): yield ( await t ) ; return ( n := 5 )
r = a \\
    + b
"""
FILES = [*Path(__file__).parents[2].glob("stabaudit/*/*.py"), *Path(__file__).parents[1].glob("*.py")]


def written(node: cst.CSTNode, module: cst.Module) -> str:
    """What LibCST writes, without the parentheses around it."""
    return module.code_for_node(node if type(node) in KEPT else node.with_changes(lpar=(), rpar=()))


def holds(code: str) -> None:
    module = cst.parse_module(code)
    for node in below(module):
        if isinstance(node, cst.BaseExpression):
            assert source(node, module) == written(node, module)
        if isinstance(node, cst.BaseExpression | cst.SubscriptElement):
            assert text(node, module) == module.code_for_node(node)
    let_go()


def test_every_layout_is_kept():
    holds(LAID_OUT)
    holds(LAID_OUT.replace("\n", "\r\n"))


@pytest.mark.parametrize("path", FILES[::5], ids=lambda p: p.stem)
def test_real_expressions_are_written_as_libcst_writes_them(path: Path):
    holds(path.read_text(encoding="utf-8"))
