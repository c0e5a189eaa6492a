"""Positions are those that LibCST computes for the whole module."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from stabaudit.concrete.places import places

TEXTS = {
    "statements on one line": "a = 1; b = f(a); c = 2\n\n\n# d\ne = g(b)\n",
    "comments and blank lines": "#!python\n# x\n\nimport a\n\n# y\n\ndef f(x):\n    # z\n    return f(x)\n    # end\n",
    "decorators": "@a(1)\n\n# x\n@b\nclass C:\n    @c(\n  2)\n    def f(self): return f(3)\n",
    "a decorator in parentheses": "@(\n  a(1)\n)\ndef f(): return f(2)\nf(3)\n",
    "strings over lines": "x = '''\nf(1)\n''' + f(2)\ny = f'''{f(\n3)}'''\n",
    "no line end at the end": "if x:\n    f(1)\nelse:\n  f(2)",
    "carriage returns": "x = f(1)\r\ny = (\r\n  f(2))\r\n",
    "a form feed and a continuation": "x = \\\n  f(1)\n\x0c\ny = f(2)\n",
    "tabs": "class C:\n\tdef f():\n\t\treturn (f(1),\n f(2))\n",
    "a header and a footer": "\n\n# a\n\nf(1)\n\n# b\n",
    "what only a newer Python parses": "def f[T: (int, str) = str](x: T): return f(1)\ntype X = g(1)\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("start", [0, 1])
def test_places_are_those_of_libcst(text: str, start: int):
    try:
        wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    except cst.ParserSyntaxError:
        pytest.skip("this LibCST does not know it")
    known = wrapper.resolve(PositionProvider)
    calls = [node for node in known if isinstance(node, cst.Call)][start:]
    found = places(wrapper.module, text, calls)
    assert [found[call] for call in calls] == [known[call] for call in calls]


def test_places_in_an_excerpt_are_found_by_the_whole_text():
    whole = (
        "import a\n\n\ndef g(x):\n    y = 1\n    return y\n\n\n"
        "def f(x):\n    try:\n        y = f(x)\n    finally:\n        g(2)\n"
    )
    lines = whole.splitlines(keepends=True)
    text = "".join([*lines[:4], "    pass\n", *lines[6:]])
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    known = wrapper.resolve(PositionProvider)
    wanted = [n for n in known if isinstance(n, (cst.Call, cst.SimpleStatementLine))]
    found = places(wrapper.module, text, wanted, whole, (*range(1, 6), *range(7, 14)))
    assert [found[n] for n in wanted] == [known[n] for n in wanted]
