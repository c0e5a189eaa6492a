"""Random modules of helpers that may or may not be formulas, and of functions that call them."""

from __future__ import annotations

import random
from collections.abc import Callable
from textwrap import indent

HEAD = (
    "import numpy as np\nimport math, torch\nfrom math import e, inf as infinity, pi\nfrom numpy import sum as total\n"
    "from numpy import log1p as my_log\n"
    "from where import xp, thing\nN = 3\nGRID = [1.0, 2.0]\nalias = np.exp\n_exp = math.exp\n\n\n"
)
NAMES = ("a", "b", "c", "s", "t", "out", "flag")


class Writer:
    """Writes one module; `depth` is how deep expressions may still go.

    Most of what is there is no formula; the less `wild` a helper is, the more often it is one.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.helpers: list[str] = []
        self.wild = 1.0
        self.given: list[str] = [*NAMES]

    @property
    def is_tame(self) -> bool:
        """Whether what comes next is what a formula is made of."""
        return self.chance.random() > self.wild

    def pick(self, *ways: str) -> str:
        """One of these texts."""
        return self.chance.choice(ways)

    def name(self) -> str:
        """A name that may be a parameter, a local, or nobody's."""
        return self.chance.choice(self.given if self.is_tame else NAMES)

    def leaf(self) -> str:
        """An expression without others in it."""
        name = self.name()
        if self.is_tame:
            return self.pick(name, name, name, "1", "2.5", f"{name}.T", "np.e", "np.inf")
        return self.pick(
            name, name, name, name, "1", "2.5", "0", "None", "True", "N", "GRID", "e", "infinity", "pi", "np.e",
            "np.pi", "np.inf", "math.inf", "np.newaxis", "self.x", "self.x.T", f"{name}.T", f"{name}.data",
            f"{name}.values", f"{name}.shape", f"{name}.real", "'text'", "[1, -2.5]", "(1, [2, 3])", "[]",
            "()", f"np.finfo({name}).eps",
            f"np.finfo({name}.dtype).max", "thing", "xp.e", "1j", "...",
        )  # fmt: skip

    def place(self, depth: int) -> str:
        """What stands in the brackets of a subscript."""
        return self.pick(
            ":", "...", "None", "0", "1", "-1", "::-1", ":, None", "..., None", "np.newaxis, :", "0, 1", ":, 0", "1:",
            ":-1", "::2", "'key'", self.name(), "i", f"{self.name()} > 0", self.expression(depth - 2),
        )  # fmt: skip

    def expression(self, depth: int = 3) -> str:
        """Any expression."""
        if depth <= 0:
            return self.leaf()
        one, other = self.expression(depth - 1), self.expression(depth - 1)
        name, helper = self.name(), self.chance.choice(self.helpers or ["unknown"])
        if self.is_tame:
            return self.pick(
                *[f"({one} {op} {other})" for op in ("+", "-", "*", "/", "<")],
                *[f"np.{f}({one})" for f in ("exp", "log", "sum", "max", "asarray", "zeros")],
                *[f"{helper}({name})", f"{one}.sum(axis=-1)", f"np.where({one} > 0, {other}, {name})", f"total({one})"],
                *[f"[{one} for i in {other}]", f"[{name}[i] for i in range(9)]", f"{name}[:, None]", f"(-{one})"],
                *[f"({one} if {other} > 1 else {name})", f"list(map(np.exp, {one}))", f"np.einsum('ij->i', {one})"],
                *[
                    f"({name} := {one})",
                    f"np.exp({one}, out={name})",
                    f"{name}[{other} > 0]",
                    f"{helper}({one}, b={other})",
                ],
            )
        ways = [
            *[f"({one} {op} {other})" for op in ("+", "-", "*", "/", "**", "%", "//", "@", "&", "|")],
            *[f"({one} {op} {other})" for op in ("<", ">=", "==", "is", "in", "and", "or")],
            f"(-{one})", f"(not {one})", f"({one} if {other} else {self.leaf()})", f"({one} < {other} < {name})",
            *[f"np.{f}({one})" for f in ("exp", "log", "sum", "max", "tanh", "asarray", "zeros", "nope", "nonzero")],
            *[f"np.{f}({one}, {other})" for f in ("maximum", "add", "dot", "clip", "zeros", "average", "nope", "full")],
            *[f"math.{f}({one})" for f in ("exp", "log", "floor")],
            *[f"{f}({one})" for f in ("total", "alias", "_exp", "sum", "float", "abs", "list", "nope", "max", helper)],
            *[f"{helper}({one}, {other})", f"{helper}({one}, b={other})", f"self.{helper}({one})", f"xp.exp({one})"],
            *[f"{one}.{f}()" for f in ("sum", "exp", "copy", "nope", "mean", "item")],
            *[f"{name}.{f}({other})" for f in ("sum", "astype", "reshape", "dot", "nope", "clip", "exp", "append")],
            f"{one}.sum(axis=-1, keepdims=True)", f"np.sum({one}, axis={other})", f"np.exp({one}, out={name})",
            f"np.where({one}, {other}, {name})", f"np.where({one})", f"torch.softmax({one}, dim=-1)",
            f"np.einsum('ij->i', {one})", f"list(map(np.exp, {one}))", f"np.array([{one}, {other}])",
            f"np.linspace(0, 1, {one})", f"range({one})", f"({name} := {one})", f"[{one} for i in {other}]",
            f"[{one} for i in range({other})]", f"[{one} for i in {other} if i]", f"sum({one} for i in {other})",
            f"[{name}[i] for i in range(9)]", f"({one}, {other})", f"[{one}]", f"{{'k': {one}}}", f"(lambda: {one})",
            f"f'{{{name}}}'", f"({one})[{self.place(depth)}]", f"{name}[{self.place(depth)}]",
        ]  # fmt: skip
        return self.chance.choice(ways)

    def block(self, depth: int, *, loop: bool = False, returns: bool = True) -> str:
        """Some statements."""
        count = self.chance.choice((1, 1, 2, 3))
        return "".join(self.statement(depth, loop=loop, returns=returns) for _ in range(count))

    def statement(self, depth: int, *, loop: bool, returns: bool) -> str:
        """Any statement, a compound one if it may be `depth` levels deep."""
        name, other, one, two = self.name(), self.name(), self.expression(2), self.expression(1)
        if name not in self.given:
            self.given.append(name)
        simple = [
            *[f"{name} = {one}\n"] * (5 if self.wild > 0.5 else 40),
            *[f"{name} {op}= {two}\n" for op in ("+", "-", "*", "/", "%")],
            f"{name} = {other}\n", f"{name} = np.inf\n", f"{name} = np.exp\n", f"{name} = {other} = {one}\n",
            f"{name}, {other} = {one}, {two}\n", f"{name}, {other} = {one}\n", f"{name}, *{other} = {one}\n",
            f"({name}, [{other}]) = {one}\n", f"{name}: float = {one}\n", f"{name}: float\n", f"{name}[:] = {one}\n",
            f"{name}[{self.place(1)}] = {two}\n", f"{name}[:, :] = {one}\n", f"{name}.append({two})\n",
            f"print({name})\n",
            f"np.exp({two}, out={name})\n", f"{name}.sort()\n", f"{name}.mul_({two})\n", f"{name}.part = {two}\n",
            f"self.x = {two}\n", f"self.y[0] = {two}\n", f"assert {two}\n", f"del {name}\n", f"global {name}_\n",
            f"import numpy as {name}\n", f"from math import e as {name}\n", f"({name} := {two})\n", "pass\n",
            "raise ValueError\n", f"{self.chance.choice(self.helpers or ['unknown'])}({name}, {two})\n",
        ]  # fmt: skip
        if returns:
            simple += [f"return {one}\n"] * 2 + ["return\n"]
        if loop:
            simple += ["break\n", "continue\n", f"{name} += {one}\n", f"{name} = {name} + {one}\n"]
        if depth <= 0 or self.chance.random() < (0.6 if self.wild > 0.5 else 0.8):
            return self.chance.choice(simple)
        often = returns and self.chance.random() < 0.1

        def body(*, loop: bool = loop, returns: bool = often) -> str:
            return indent(self.block(depth - 1, loop=loop, returns=returns), "    ")

        ways: list[Callable[[], str]] = [
            lambda: f"if {two}:\n{body(returns=returns)}",
            lambda: f"if {two}:\n{body(returns=returns)}else:\n{body(returns=returns)}",
            lambda: f"if {two}:\n{body(returns=returns)}elif {one}:\n{body(returns=returns)}else:\n{body()}",
            lambda: f"for {name} in {one}:\n{body(loop=True)}",
            lambda: f"for {name} in range({two}):\n{body(loop=True)}",
            lambda: f"for {name}, {other} in {one}:\n{body(loop=True)}else:\n{body()}",
            lambda: f"while {one}:\n{body(loop=True)}",
            lambda: f"with {one} as {name}:\n{body()}",
            lambda: f"with np.errstate(all='ignore'):\n{body()}",
            lambda: f"with suppress(ValueError):\n{body()}",
            lambda: f"try:\n{body()}except ValueError as {name}:\n{body()}",
            lambda: f"try:\n{body()}except ValueError:\n{body()}else:\n{body()}finally:\n{body()}",
            lambda: f"match {one}:\n    case [{name}]:\n{indent(body(), '    ')}    case _:\n{indent(body(), '    ')}",
            lambda: f"def {name}():\n    return {one}\n",
            lambda: f"def {name}():\n    nonlocal_ = {one}\n    {other}[0] = 1\n",
            lambda: f"class {name}:\n    {other} = {one}\n",
        ]
        return self.chance.choice(ways)()

    def helper(self, number: int) -> str:
        """One function, or a method in a class of its own."""
        self.wild = self.chance.choice((0.0, 0.02, 0.1, 1.0))
        self.given = self.chance.sample(NAMES, self.chance.randint(1, 3))
        given = ", ".join(self.given)
        if not self.is_tame:
            given += self.pick("", ", b_=1", ", *rest", ", *, key=None")
        last = (f"return {self.expression(2)}\n", f"return {self.name()}\n")
        body = self.block(2, returns=not self.is_tame) + self.pick(*last, *([] if self.is_tame else [""]))
        name = f"h{number}"
        if self.chance.random() < 0.2:
            text = f"class K{number}:\n    def {name}(self, {given}):\n{indent(body, ' ' * 8)}\n\n"
        elif self.chance.random() < 0.1:
            text = f"def {name}(\n    {given},\n) -> object: return {self.expression()}\n\n\n"
        else:
            decorator = "" if self.is_tame else self.pick("", "", "@thing\n")
            text = f"{decorator}def {name}({given}):\n{indent(body, '    ')}\n\n"
        self.helpers.append(name)
        return text

    def module(self, functions: int = 8) -> str:
        """A module with so many helpers; in each the ones before may be called."""
        helpers = "".join(self.helper(number) for number in range(functions))
        users = "".join(
            f"def use{n}(x):\n    v = {h}(np.exp(x))\n    return np.log(1 + v), v / {h}(x), 1 - np.exp({h}(x, x))\n\n\n"
            for n, h in enumerate(self.helpers)
        )
        return f"{HEAD}{helpers}{users}"
