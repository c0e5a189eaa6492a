"""What is left of a text for LibCST to parse says what the tree of that part says, row for row."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
import pytest

from stabaudit.catalogue.active import rules
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.sieve.selection import selections
from stabaudit.syntax.caching import let_go
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.from_libcst import from_libcst
from stabaudit.syntax.node import Statement, difference, pairs
from tests.sieve.programs import WAYS, nested, program

EXAMPLES = [e for rule in rules() for e in (*rule.matches[::5], *rule.ignores[::5])]
#: What stands around the functions that are looked at.
AROUND = {
    "two statements in a line": "a = 1; b = 2\n{it}",
    "a statement on several lines": "a = [\n  1,\n]; b = (\n  2)\n{it}",
    "comments at the top": "# One\n\n# Two\n{it}# Three\n",
    "a docstring": "'''One.\n\nTwo.\n'''\n{it}",
    "functions that are left out": "def g():\n    '''One.'''\n@h\ndef i(): pass\n{it}def j(): pass\n",
    "functions in a condition": "if x:\n  def g():\n    return 1\n  a = 1\nelif y:\n  def f(): pass\nelse: b = 1\n{it}",
    "functions in a try": "try:\n  import a\nexcept E:\n  @b\n  def a():\n    pass\nfinally:\n  c = a\n{it}",
    "methods that are left out": "class A(B):\n  '''One.'''\n  x = 1; y = 2\n  @z\n  def g(self):\n    pass\n{it}",
    "a class in one line": "class A: a = 1\n{it}",
    "a helper in one line": "def g(x): x[0] = 1; return x\ndef h(x):\n  g(x)\n  return np.exp(x) - 1\n{it}",
    "letters": "def ü(ä): return ä, 1\ndef h(x):\n  ü(x)\n  return np.exp(x) - 1\n{it}",
    "a form feed": "\x0c\na = 1\n\x0c\n{it}",
    "nothing at the end": "{it}x = 1; \\\ny = 2",
}
IT = "import numpy as np\ndef f(x):\n    return np.log(1 + np.exp(x) + a + b + A)\n"


def texts() -> Iterator[tuple[str, str]]:
    """Modules, each with a name."""
    yield from ((name, around.replace("{it}", IT)) for name, around in AROUND.items())
    for way in WAYS:
        yield way, program(EXAMPLES, way)
    yield "classes", nested(program(EXAMPLES, "a method that helps"))


TEXTS = dict(texts())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old"])
@pytest.mark.parametrize("name", TEXTS)
def test_libcst_sees_what_is_in_the_tree(name: str, newline: str):
    parts = selections(TEXTS[name].replace("\n", newline))
    assert parts
    for part in parts:
        excerpt = Excerpt(part.text, part.tree)
        assert part.tree is not None
        assert difference(part.tree, from_libcst(cst.parse_module(excerpt.text))) is None
        for one, other in pairs(part.tree, read(excerpt.text)):
            if isinstance(one, Statement):
                assert one.place.lineno == excerpt.row(other.place.lineno)
    let_go()


def test_without_a_tree_all_is_there():
    excerpt = Excerpt("a\nb\n")
    assert (excerpt.text, excerpt.rows, excerpt.row(2)) == ("a\nb\n", None, 2)


def test_behind_the_last_row_is_what_follows_it():
    (part,) = selections(f"{IT}def g(): pass\n")
    assert Excerpt(part.text, part.tree).row(4) == 4
