"""A function of which the sieve says that no call is seen through is no formula to the lift, either."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from stabaudit.check import check_text
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.lift.functions import LOCAL
from stabaudit.lift.statements import Reader
from stabaudit.sieve.flow import Flow
from stabaudit.sieve.needles import code
from stabaudit.sieve.selection import selections
from stabaudit.sieve.stretch import Module
from stabaudit.syntax.caching import let_go
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import same

HEAD = "import numpy as np\nfrom math import e, inf\nimport math as m\nN = 3\n\n\n"


def seen_through(text: str) -> Counter[str]:
    """How many functions of each name the sieve lets the lift see through."""
    flow = Flow(Module(read(text), code(text.encode())))
    flow.telling()
    return Counter(f.node.name for f in flow.module.functions if f.node and flow.seen_through(f))


def formulas(text: str) -> Counter[str]:
    """How many functions of each name are formulas to the lift."""
    reader = Reader(read(text), lambda term, scope: None)
    reader.read()
    # Lambdas and functions in functions are read where they stand.
    paths = [path for path in reader.functions.definitions if LOCAL not in path]
    found = Counter(path.rpartition(".")[2] for path in paths if reader.functions.formula(path) is not None)
    let_go()
    return found


FORMULAS = {
    "a step": "return x * np.exp(y)",
    "names": "z = x + 1\n    z *= y\n    return np.sum(z, axis=0)",
    "a choice": "return x if y > 0 else np.log(y)",
    "two ways out": "if x > 0:\n        return y\n    return -y",
    "a way out and a rest": "if x > 0:\n        z = 1\n    else:\n        return y\n    return z + x",
    "constants": "return np.where(x > 0, e, np.inf) + m.inf + None",
    "pi": "return x * np.pi / m.pi",
    "views": "return x[:, None].T.data + y[::-1] + x[...]",
    "a reduction": "z = x.max(axis=-1, keepdims=True)\n    return np.exp(x - z)",
    "a limit of the floats": "return x + np.finfo(y).eps",
    "numbers": "return x + np.array([1, [-2, 3.5]])",
    "a sum that is built up": "s = 0\n    for v in x:\n        s += np.exp(v)\n    return s",
    "a list that is built up": "s = []\n    for v in x:\n        s.append(np.exp(v))\n    return s",
    "a list that is filled": "s = [None]\n    for i in range(3):\n        s[i] = np.exp(x[i])\n    return s",
    "a comprehension": "return [np.exp(v) for v in x]",
    "a comprehension over places": "return [np.exp(x[i]) for i in range(9)]",
    "an array of zeros": "return x + np.zeros(other(y))",
    "einsum": "z = np.exp(x)\n    return np.einsum('ij->i', z)",
    "a mapping": "return list(map(np.exp, x))",
    "a helper": "return helper(x) + y",
    "a result that is written to a name": "z = None\n    np.exp(x, out=z)\n    return z",
    "a walrus": "w = self_\n    return (w := x) + w",
    "a part that is all of it": "z = other(y)\n    z[:] = np.exp(x)\n    return z",
}
#: Helpers with an exponential that read more than their parameters.
OPEN = {
    "an attribute of itself": "return np.exp(x * self.y)",
    "an attribute": "return np.exp(x * y.shape)",
    "a name of the module": "return np.exp(x + N)",
    "who knows what": "return np.exp(x + other(y))",
    "who knows what under a name": "z = other(y)\n    return np.exp(x + z)",
    "a remainder": "return np.exp(x % 2)",
    "a condition on the way": "if y is None:\n        return 0\n    return np.exp(x)",
    "one way of two": "if x > 0:\n        return other(x)\n    return np.exp(x)",
    "one branch": "z = x\n    if x > 0:\n        z = other(x)\n    return np.exp(z)",
    "what a loop leaves": "for z in x:\n        pass\n    return np.exp(z)",
    "another place": "return np.exp(x[1])",
    "a conversion before": "x = np.asarray(x)\n    return np.exp(x)",
    "a check before": "assert y > 0\n    return np.exp(x)",
    "a method of what is foreign": "return np.exp(self.y.sum())",
    "an attribute that it changes": "self.y[0] = 1\n    return np.exp(x)",
    "an attribute that keeps what it gives": "self.y = np.exp(x)\n    return self.y",
}
NONE = {
    "a parameter that it changes": "x[0] = 1\n    return np.exp(x)",
    "a way out of a loop": "for v in x:\n        return np.exp(v)\n    return 1",
    "a generator": "yield np.exp(x)\n    return np.exp(y)",
}


def program(body: str) -> str:
    """A module with a function of that body, and two helpers."""
    helpers = "def helper(v):\n    return np.exp(v)\n\n\ndef silent(v):\n    return np.exp(N_), v\n\n\n"
    return f"{HEAD}{helpers}def f(x, y):\n    {body}\n\n\ndef g(x):\n    return np.log(1 + np.exp(f(x, 2)))\n"


@pytest.mark.parametrize("body", [*FORMULAS.values(), *OPEN.values()], ids=[*FORMULAS, *OPEN])
def test_a_formula_is_seen_through(body: str):
    text = program(body)
    assert formulas(text)["f"] == 1
    assert seen_through(text)["f"] == 1


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_what_is_no_formula_is_not_seen_through(body: str):
    text = program(body)
    assert seen_through(text)["f"] == 0
    assert formulas(text)["f"] == 0


def test_a_function_that_calls_itself_may_be_asked_for():
    text = program("return f(x, y) + g(x)")
    assert formulas(text)["f"] <= seen_through(text)["f"]


OWN = [*Path(__file__).parents[2].joinpath("stabaudit").rglob("*.py"), *Path(__file__).parents[1].rglob("*.py")]


@pytest.mark.parametrize("path", sorted(OWN)[::7], ids=lambda path: path.name)
def test_in_real_code_no_formula_is_overlooked(path: Path):
    text = path.read_text()
    assert formulas(text) <= seen_through(text)


def test_of_a_helper_that_is_not_seen_through_only_the_head_is_lifted():
    text = (
        "import numpy as np\n\n\n"
        "@traced\ndef silent(\n    v,\n):\n    '''What?'''\n    print(np.exp(v))\n    return v, 1\n\n\n"
        "def busy(v):\n    v[0] = 1\n    return v, 2\n\n\n"
        "def f(x):\n    busy(x)\n    return np.log(1 + np.exp(silent(x)[0]))\n"
    )
    (part,) = selections(text)
    excerpt = Excerpt(part.text, part.tree)
    assert "@traced\ndef silent(\n    v,\n):\n    pass\n" in excerpt.text
    assert "    v[0] = 1\n" in excerpt.text
    assert [excerpt.row(row) for row in (2, 3, 4, 5, 6, 7, 8)] == [4, 5, 6, 7, 8, 13, 14]
    assert [(one.rule, one.start.row) for one in check_text(text)] == [("softplus", 20)]


HEADS = {
    "one line": "def silent(v): return v, 1\n",
    "a body behind its head": "def silent(\n    v\n) -> tuple: return v, 1\n",
    "no body behind its head": "@overload\ndef silent(\n    v\n) -> tuple: ...\n\n\ndef silent(v):\n    return v, 1\n",
    "a function in it": "def silent(v):\n    @cache\n    def inner(): pass\n    return inner\n",
    "a comment before its body": "def silent(v):  # Why?\n    # Because.\n\n    return v, 1\n",
    "a method": "class A:\n    def silent(self, v):\n\n        return v, 1\n\n    other = 1\n",
    "tabs": "def silent(v):\n\tif v:\n\t\treturn v, 1\n",
}


@pytest.mark.parametrize("helper", HEADS.values(), ids=HEADS)
def test_the_head_of_a_helper_is_one_however_it_is_written(helper: str):
    call = "self.silent(x)" if helper.startswith("class") else "silent(x)"
    text = f"import numpy as np\n\n\n{helper}\n\ndef f(self, x):\n    {call}\n    return np.exp(x) - 1\n"
    (part,) = selections(text)
    excerpt = Excerpt(part.text, part.tree)
    assert "def silent" in excerpt.text
    assert part.tree is not None
    assert same(part.tree, read(excerpt.text))
    assert "expm1" in [one.rule for one in check_text(text)]


def test_what_is_given_to_a_helper_that_is_not_seen_through_is_looked_at():
    text = "import numpy as np\n\n\ndef silent(v):\n    return v, 1\n\n\ndef f(x):\n    return silent(np.exp(x) - 1)\n"
    assert [one.rule for one in check_text(text)] == ["expm1"]
