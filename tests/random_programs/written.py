"""Random programs around the formulas of the rules, as people might write them and as nobody should."""

from __future__ import annotations

import ast
import random
import re
from typing import NamedTuple

from tests.random_programs.enclosures import (
    ALIASES,
    CHANGES,
    CLASS,
    ENCLOSURES,
    NAMINGS,
    REBOUND,
    STATEMENTS,
    block,
    lines,
)
from tests.random_programs.formulas import INPUTS, OUTSIDE, formulas
from tests.random_programs.libraries import LIBRARIES, Library

#: Stands in names of a program's own for its number.
NUMBER = "_N_"
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
#: Where inputs may be found.
PRELUDE = {"o": f"o = O{NUMBER}(x)", "d": "d = {'x': x}", "xs": "xs = [x, y]"}


class Program(NamedTuple):
    """The imports of a program, its text, which defines `g_N_`, and the arguments of its calls as text."""

    library: str
    head: str
    text: str
    cases: tuple[str, ...]
    extremes: tuple[str, ...]

    def alone(self, text: str | None = None) -> str:
        """The whole program, or `text` with its imports and cases."""
        body = (self.text if text is None else text).replace(NUMBER, "")
        lists = [f"{name} = [{', '.join(v)}]" for name, v in (("CASES", self.cases), ("EXTREMES", self.extremes)) if v]
        return f"{self.head}\n{body}\n" + "\n".join(lists) + "\n"


def write(seed: str) -> Program:
    """The program of a seed."""
    rng = random.Random(seed)
    while True:
        program = _Writer(rng).program()
        try:
            compile(program.alone(), "<program>", "exec")
        except SyntaxError:
            # Not every way of writing goes with every other.
            continue
        return program


class _Writer:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.above: list[str] = []
        self.counter = 0

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, items: tuple[str, ...] | list[str]) -> str:
        return self.rng.choice(items)

    def program(self) -> Program:
        names, weights = zip(*((name, library.share) for name, library in LIBRARIES.items()), strict=True)
        name = self.rng.choices(names, weights)[0]
        library = LIBRARIES[name]
        tree = self.formula(library)
        result = ast.unparse(tree)
        if self.chance(0.3):
            result = self.outside(result, library)
        steps, result = self.steps(result, library)
        if self.chance(0.45):
            steps = self.disturbed(steps, library)
        text = self.enclosed(steps, result)
        text = library.spelled("\n".join([*self.above, text]))
        if self.chance(0.2):
            text = self.renamed(text, library)
        cases = tuple(library.arguments(self.rng, 1.0, multiplied="*" in text) for _ in range(3))
        scales = [self.rng.choice([1e-9, 30.0, 800.0]) for _ in range(library.far)]
        extremes = tuple(library.arguments(self.rng, scale, multiplied=True) for scale in scales)
        return Program(name, library.head, text, cases, extremes)

    def formula(self, library: Library) -> ast.expr:
        while True:
            text = self.pick(formulas())
            if library.takes(text):
                break
        tree = ast.parse(text, mode="eval").body
        if self.chance(0.35):
            given = self.pick(INPUTS)
            tree = _Given(self.pick(["x", "x", "y"]), ast.parse(given, mode="eval").body).visit(tree)
        tree = _Shaken(self.rng).visit(tree)
        return ast.parse(ast.unparse(tree), mode="eval").body

    def outside(self, result: str, library: Library) -> str:
        given = ast.parse(result, mode="eval").body
        ways = [way for way in OUTSIDE if library.takes(way)]
        return ast.unparse(_Given("r", given).visit(ast.parse(self.pick(ways), mode="eval").body))

    def fresh(self, stem: str = "t") -> str:
        self.counter += 1
        return f"{stem}{self.counter}"

    def steps(self, result: str, library: Library) -> tuple[list[str], str]:
        """Some parts of the result with names of their own, in the order in which they are needed."""
        tree = ast.parse(result, mode="eval").body
        above: list[str] = []
        for _ in range(self.rng.choice([0, 1, 1, 2, 2, 3, 4])):
            places = [n for n in ast.walk(tree) if isinstance(n, (ast.Call, ast.BinOp)) and n is not tree]
            places = [n for n in places if not _in_scope(tree, n)]
            if not places:
                break
            # Inner parts first, so that each reads only what stands above it.
            step = min(self.rng.sample(places, min(2, len(places))), key=lambda n: len(ast.unparse(n)))
            text, name = ast.unparse(step), self.fresh()
            tree = _Named(text, name).visit(tree)
            above += self.assignment(name, text, library)
        return above, ast.unparse(tree)

    def assignment(self, name: str, text: str, library: Library) -> list[str]:
        tree = ast.parse(text, mode="eval").body
        ways = [f"{name} = {text}"] * 6 + [re.sub(r"\bN\b", name, w).replace("E", text) for w in lines(NAMINGS)]
        if isinstance(tree, ast.BinOp) and (sign := SIGNS.get(type(tree.op))):
            left, right = ast.unparse(tree.left), ast.unparse(tree.right)
            ways += [f"{name} = {left}\n{name} {sign}= {right}"]
            ways += [f"{name} = {left}\n{name} = {name} {sign} ({right})"] * 2
        if isinstance(tree, ast.Call) and len(tree.args) == 1 and not tree.keywords and library.arrays:
            inner, function = ast.unparse(tree.args[0]), ast.unparse(tree.func)
            if function in ("m.exp", "m.log", "m.abs"):
                ways += [f"{name} = {inner}\n{name} = {function}({name})"] * 2
                ways += [f"{name} = {inner} + 0.0\n{function}({name}, out={name})"] if library.out else []
        return self.pick(ways).split("\n")

    def disturbed(self, steps: list[str], library: Library) -> list[str]:
        """The steps with something between them, which may change what they read."""
        whole: list[list[str]] = []
        for line in steps:
            if line.startswith((" ", "else", "finally", "except")) and whole:
                whole[-1].append(line)
            else:
                whole.append([line])
        for _ in range(self.rng.choice([1, 1, 2])):
            place = self.rng.randrange(len(whole) + 1)
            known = re.findall(r"^(t\d+) =", "\n".join(line for lines in whole[:place] for line in lines), re.MULTILINE)
            whole.insert(place, self.between(self.pick(["x"] * 4 + ["y", *known]), library).split("\n"))
        return [line for lines in whole for line in lines]

    def between(self, v: str, library: Library) -> str:
        ways = lines(STATEMENTS)
        if library.arrays:
            ways += [*lines(CHANGES), *library.steps]
        text = self.pick(ways)
        if "bump" in text:
            step = self.pick(["a *= 2", "a += 1", "a = a * 2", "pass", "a[0] = 3.0"])
            self.above.append(f"def bump{NUMBER}(a):\n    {step}\n    return a\n")
        names = {"V": v, "T": self.fresh("u"), "Y": self.pick(["y", "z", "k"])}
        return re.sub(
            r"\b[VTY]\b(?!\()", lambda m: names[m[0]] if not m.string[: m.start()].endswith(".") else m[0], text
        )

    def enclosed(self, steps: list[str], result: str) -> str:
        """A function `g_N_` that computes the result by the steps."""
        title = self.pick(tuple(ENCLOSURES))
        used = re.findall(r"\b(o|d|xs)\b", "\n".join([*steps, result]))
        body = [line for name, line in PRELUDE.items() if name in used] + steps
        text = block(ENCLOSURES[title], body or ["pass"]).replace("RESULT", result)
        if title == "a constant for one":
            head, text = text.split("\n", 1)
            text = head + "\n" + re.sub(r"\b1\b(?!\.)", f"ONE{NUMBER}", text)
        if "o" in used:
            self.above.insert(0, CLASS)
        return text

    def renamed(self, text: str, library: Library) -> str:
        """The text with functions of the library by other names: module constants, own functions, local names."""
        word = self.pick(["exp", "log"])
        call, alias = library.spelled(f"m.{word}"), f"my_{word}{NUMBER}"
        if call not in text:
            return text
        names = {"A": alias, "F": call, f"LATER{NUMBER}": f"later{NUMBER}"}
        first = self.pick(lines(ALIASES))
        last = self.pick([*lines(REBOUND), "", "", ""])
        flag = f"later{NUMBER} = {self.rng.choice([True, False])}\n" if "LATER" in last else ""
        first, last = (re.sub(r"\b(A|F|LATER_N_)\b", lambda m: names[m[0]], way) for way in (first, last))
        return f"{flag}{first}\n{text.replace(call + '(', alias + '(')}\n{last}\n"


def _in_scope(tree: ast.expr, node: ast.expr) -> bool:
    """Whether `node` is in a comprehension, a lambda or an f-string of `tree`."""
    inner = [n for n in ast.walk(tree) if isinstance(n, (ast.GeneratorExp, ast.ListComp, ast.Lambda, ast.JoinedStr))]
    return any(node in ast.walk(scope) for scope in inner)


class _Given(ast.NodeTransformer):
    """An expression in the place of a name."""

    def __init__(self, name: str, given: ast.expr) -> None:
        self.name, self.given = name, given

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.given if node.id == self.name else node


class _Named(ast.NodeTransformer):
    """A name in the place of a part, wherever it stands."""

    def __init__(self, part: str, name: str) -> None:
        self.part, self.name = part, name

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, (ast.Call, ast.BinOp)) and ast.unparse(node) == self.part:
            return ast.Name(self.name)
        return super().generic_visit(node)


class _Shaken(ast.NodeTransformer):
    """Sums and products in another order, sums as methods, ones as floats, quotients as powers."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, (ast.Add, ast.Mult)) and self.rng.random() < 0.3:
            node.left, node.right = node.right, node.left
        if isinstance(node.op, ast.Div) and isinstance(node.left, ast.Constant) and self.rng.random() < 0.05:
            return ast.parse(f"({ast.unparse(node.right)}) ** -1", mode="eval").body
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return (
            ast.Constant(1.0) if node.value == 1 and isinstance(node.value, int) and self.rng.random() < 0.15 else node
        )

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        node.value = self.visit(node.value)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function = ast.unparse(node.func)
        if function in ("m.sum", "m.max", "m.mean") and node.args and self.rng.random() < 0.4:
            inner = ast.unparse(node.args[0])
            inner = inner if isinstance(node.args[0], (ast.Call, ast.Name)) else f"({inner})"
            rest = ", ".join(map(ast.unparse, [*node.args[1:], *node.keywords]))
            return ast.parse(f"{inner}.{function[2:]}({rest})", mode="eval").body
        return node
