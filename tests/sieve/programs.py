"""Programs in which an unstable expression is reached in every way that a value can take."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from textwrap import indent

HEAD = "import numpy as np, math, torch\nimport scipy.special\n"


def parts(expression: str) -> tuple[str, str] | None:
    """The first call without calls in it, and the expression with `part` in its place."""
    tree = ast.parse(expression, mode="eval")
    if any(isinstance(node, (ast.GeneratorExp, ast.ListComp)) for node in ast.walk(tree)):
        return None
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    inner = [ast.unparse(n) for n in calls if not any(isinstance(m, ast.Call) for m in ast.walk(n) if m is not n)]
    whole = ast.unparse(tree)
    return next(((call, whole.replace(call, "part")) for call in inner if call != whole), None)


def split(template: str) -> Callable[[str, str], str | None]:
    """A way that computes a part somewhere else; the template's `{call}`, `{rest}` and `{name}` are filled in."""

    def written(name: str, expression: str) -> str | None:
        found = parts(expression)
        return None if found is None else template.format(name=name, call=found[0], rest=found[1])

    return written


def whole(template: str) -> Callable[[str, str], str]:
    """A way that keeps the expression in one piece."""
    return lambda name, expression: template.format(name=name, it=expression)


ARGUMENTS = "a, b, c, h, k, mu, nu, p, r, s, t, T, u, v, w, x, y, z, beta, energy, values"

WAYS: dict[str, Callable[[str, str], str | None]] = {
    "what a function returns": whole(f"def {{name}}({ARGUMENTS}):\n    return {{it}}\n"),
    "a method behind decorators": whole(
        f"class {{name}}:\n    @property\n    @wraps(f(1))\n    def it(self, {ARGUMENTS}):\n        '''It\n#'''\n"
        "        return {it}\n"
    ),
    "tabs, a form feed and a continuation": whole(
        f"def {{name}}(\\\n\t\t{ARGUMENTS}\n):\n\tif a:\n\t\tb = 1; \\\n\t\tc = 2\n\x0c\n\treturn ({{it}})\n"
    ),
    "one line": whole(f"def {{name}}({ARGUMENTS}): return {{it}}\n"),
    "a function in a function in an if": whole(
        f"if True:\n  def {{name}}({ARGUMENTS}):\n    def inner():\n      yield {{it}}\n    return inner\n"
    ),
    "a default and a decorator": whole("@f({it})\ndef {name}(q={it}): pass\n"),
    "a lambda": whole("{name} = lambda {ARGUMENTS}: {it}\n".replace("{ARGUMENTS}", ARGUMENTS)),
    "a format string": whole(f"def {{name}}({ARGUMENTS}):\n    return f'{{{{{{it}}}}}}'\n"),
    "an argument of who knows what": whole(f"def {{name}}({ARGUMENTS}):\n    print({{{{1: [who(z={{it}})]}}}})\n"),
    "a coroutine that waits": whole(
        f"async def {{name}}({ARGUMENTS}):\n    async with f(a) as b:\n        await g({{it}})\n"
    ),
    "a name": split("def {name}(" + ARGUMENTS + "):\n    part = {call}\n    return {rest}\n"),
    "names in turn": split(
        "def {name}(" + ARGUMENTS + "):\n    if a > 1:\n        q, o = {call}, 1\n    else:\n        q, o = {call}, 1\n"
        "    part = q\n    return {rest}\n"
    ),
    "one of two values": split(
        "def {name}(" + ARGUMENTS + "):\n    if a > 1:\n        part = {call}\n    else:\n        part = b\n"
        "    return {rest}\n"
    ),
    "an element": split(
        "def {name}(" + ARGUMENTS + "):\n    q = list(a)\n    q[0] = {call}\n    part = q[0]\n    return {rest}\n"
    ),
    "the values of a dictionary": split(
        "def {name}(" + ARGUMENTS + "):\n    q = {{i: {call} for i, x in a.items()}}\n"
        "    part = np.array(list(q.values()))\n    return {rest}\n"
    ),
    "an attribute": split(
        "class {name}:\n  def it(self, " + ARGUMENTS + "):\n    self.part = {call}\n    part = self.part\n"
        "    return {rest}\n"
    ),
    "a walrus": split("def {name}(" + ARGUMENTS + "):\n    if (part := {call}) is None: return\n    g({rest})\n"),
    "a helper": split(
        "def {name}_part(" + ARGUMENTS + "):\n    return {call}\n"
        "def {name}(" + ARGUMENTS + "):\n    part = {name}_part(" + ARGUMENTS + ")\n    return {rest}\n"
    ),
    "a helper of a helper, out of order": split(
        "def {name}(" + ARGUMENTS + "):\n    part = {name}_one(" + ARGUMENTS + ")\n    return {rest}\n"
        "def {name}_one(" + ARGUMENTS + "):\n    return {name}_part(" + ARGUMENTS + ")\n"
        "def {name}_part(" + ARGUMENTS + "):\n    return {call}\n"
    ),
    "a method that helps": split(
        "class {name}:\n  def part(self, " + ARGUMENTS + "):\n    return {call}\n"
        "  def it(self, " + ARGUMENTS + "):\n    part = self.part(" + ARGUMENTS + ")\n    return {rest}\n"
    ),
    "a helper under another name": split(
        "def {name}_part(" + ARGUMENTS + "):\n    return {call}\nother_{name} = {name}_part\n"
        "def {name}(" + ARGUMENTS + "):\n    part = other_{name}(" + ARGUMENTS + ")\n    return {rest}\n"
    ),
    "the outside of functions": split("part = {call}\n{name} = {rest}\n"),
    "the outside of functions and a class": split("part = {call}\nclass {name}:\n  {name} = {rest}\n"),
}

#: Lines that hold nothing, but could lead astray.
NOISE = [
    'def noise_a(self):\n    """np.exp(x) - 1\n# x"""\n    return "1/(1 + np.exp(-x))"  # np.log(1 + x)\n',
    "def noise_b(n):\n    for i in range(n):\n        print(i)\n    return n + 1\n\n\n# np.exp(x) - 1\n",
    "class Noise:\n    def log(self, e):\n        self.e = e\n        return e + 1\n    x = '''\ndef f(): pass\n'''\n",
    "def noise_c():\n    import torch\n    return torch\n",
    "@noise\nasync def noise_d(): return 1\n",
]


def program(expressions: list[str], way: str, seed: int = 0) -> str:
    """One way to reach all of the expressions, one after the other, with noise between them."""
    chance = random.Random(seed)
    pieces = [HEAD]
    for number, expression in enumerate(expressions):
        piece = WAYS[way](f"it_{number}", expression)
        if piece is not None:
            pieces += [piece, chance.choice(NOISE)]
    return "".join(pieces)


def nested(text: str) -> str:
    """The same program inside of a class."""
    return "class Outer:\n" + indent(text, "    ")
