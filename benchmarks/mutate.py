"""Hostile trees: files of a repository, changed at random in ways that have broken programs before."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence

#: The files of a tree by their names.
Tree = dict[str, bytes]
HEAD = b"import numpy as np\nimport math\n"
FORMULA = "def f(x, y):\n    return np.log(1 + np.exp({}))\n"
#: What is put in the place of a token, or beside it.
TOKENS = [
    "1e999", "-1e-999", "1e999999999", "9" * 400, "9" * 5000, "0x" + "f" * 600, "1_0", "0777", "1j", "1e5000j", "..",
    "...", "(", ")", "[", "]", "{", "}", ":", ",", ";", "\\", "\\\n", "\n", "\r", "\r\n", "\t", " ", "\f", "\x1f",
    "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\U0001f600", "\u00e9", "#", "'", '"', "'''", '"""', "f'{",
    "f'{x!r:{y}}'", "b'\\xff'", "`", "await", "yield", "lambda", "lambda: ", "not ", "-", "~", "*", "**", "@", ":=",
    "->", "==", "<", "if", "else", "elif", "for x in y", "async", "def", "class", "return", "match x:", "case _:",
    "try:", "except*", "global x", "nonlocal x", "del x", "import *", "from . import x", "from x import (", "np.exp",
    "np.log(1 + x)", "x.T", "[..., None]", "[::-1]", "None", "np.inf", "axis=9", "axis=-1", "axis=(0, 1)",
    "keepdims=True", "dtype=np.float16", "out=x", "*args", "**kwargs", "self.", "x = ", "# stabaudit: ignore[",
    "# stabaudit: off", "# noqa: A", "# type: ignore", "%%", "%time ", "!ls", "?", "print x", "exec 'x'",
]  # fmt: skip
LEAVES = [
    "x", "y", "x[0]", "1", "0", "-1", "2.5", "1e-300", "1e300", "x.shape[0]", "1e999", "1e999999999", "np.inf",
    "math.e", "len(x)", "9" * 400,
]  # fmt: skip
#: Formulas with gaps.
SHAPES = [
    "np.exp(_)", "np.exp(_)", "np.log(_)", "np.log(1 + _)", "np.sum(_)", "np.max(_)", "np.sqrt(_)", "np.abs(_)",
    "math.exp(_)", "(_ + _)", "(_ - _)", "(_ * _)", "(_ / _)", "(_ ** _)", "(_ @ _)", "(_ % _)", "(_ // _)",
    "(_ and _)", "(_ < _)", "(-_)", "np.where(_ > _, _, _)", "(_ if _ else _)", "np.array([_, _])", "np.clip(_, _, _)",
    "sum(_ for i in range(_))", "*", "+", "_[0]", "_[:, None]", "_[...]", "_[::-1]", f"_[{'9' * 30}]",
    f"_[{'None,' * 40}]", "_.reshape(2, -1)", "round(_, _)", "np.sum(_, axis=0, keepdims=True)", "np.sum(_, axis=9)",
    f"np.sum(_, axis={'9' * 30})", "np.sum(_, axis=(0, 1))", f"_.reshape({'9' * 18})", "np.linspace(_, _)",
    "(lambda x: _)(_)", "[_ for x in _]", "f(_, _)", "_.astype(int)",
]  # fmt: skip
#: Lines of ignore files and of the pattern lists of a configuration.
GLOBS = [
    "*a" * 30 + "b", "**/" * 30 + "a", "[", "[a-", "[[:alpha:]", "[!", "\\", "a\\", "!", "/", "**", "a/**/b", " ", "#",
    "?" * 99,
]  # fmt: skip
#: Values of a configuration.
VALUES = [
    "0", "-1", "1" * 6000, "1e999", "nan", "true", '""', '"\\u0000"', '"' + "1." * 3000 + '1"', "[" * 500 + "]" * 500,
    "[[]]", "{}", '["a"]', '["*a*b", "["]', '["softmax"]', '"../x"', '"/dev/null"', '"a\\nb"', "1979-99-99",
    "07:32:00", '"1.10"', '{ a = ["log1p"] }',
]  # fmt: skip
KEYS = [
    "select", "ignore", "extend-select", "exclude", "extend-exclude", "include", "per-file-ignores", "scipy-version",
    "max-file-size", "extend", "vendored", "baseline", "target", "array-modules", "documents", "notebooks",
    "output-format", "unsafe-fixes", "x",
]  # fmt: skip
JSONS = [
    "[" * 5000, "{}", "null", "1e999", "9" * 5000, '"\\ud800"', '"\\u0000"', "[[1]]", '{"a": 1}',
    '"' + "a" * 9999 + '"', "NaN", "",
]  # fmt: skip
NAMES = [
    "::add-mask::a.py", "##[error]x.py", "a\nb.py", "\x1b[31m.py", "\u202e.py", "`@everyone`.py", "a|b.py", "%0a.py",
    "&<>.py", "-.py",
]  # fmt: skip


class Mutator:
    """Trees made of the texts of some files, which are given by their endings."""

    def __init__(self, seeds: dict[str, Sequence[bytes]], source: random.Random) -> None:
        self.seeds = seeds
        self.random = source

    def tree(self) -> Tree:
        """A tree with a good file and up to three hostile ones."""
        files = {"good.py": HEAD + FORMULA.format("x").encode()}
        for _ in range(self.random.randint(1, 3)):
            name, data = self.random.choice(self._ways)(self)
            files[name] = data
        return files

    def _source(self) -> tuple[str, bytes]:
        text = self._text(".py")
        name = self.random.choice(NAMES) if self.random.random() < 0.1 else f"bad{self.random.randint(0, 2)}.py"
        return name, self._bytes(self._mutated(text))

    def _formula(self) -> tuple[str, bytes]:
        """A formula of random parts, which mostly parses."""
        term = self._term(self.random.randint(1, 5))
        return "formula.py", HEAD + FORMULA.format(term).encode() + f"z = {self._term(4)}\n".encode()

    def _term(self, depth: int) -> str:
        if depth <= 0:
            return self.random.choice(LEAVES)
        shape, times = self.random.choice(SHAPES), self.random.choice([2, 3, 20 if depth < 3 else 4])
        if shape in "*+":
            return shape.join([self._term(depth - 1)] * times)
        # Each gap is filled by itself.
        return re.sub("_", lambda _: self._term(depth - 1), shape)

    def _notebook(self) -> tuple[str, bytes]:
        cells = [
            {"cell_type": "code", "source": self._mutated(FORMULA.format("x")).splitlines(keepends=True), "outputs": []}
            for _ in range(3)
        ]
        text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        for _ in range(self.random.randint(0, 2)):
            at = self.random.randrange(len(text))
            text = text[:at] + self.random.choice(JSONS) + text[at + self.random.randint(0, 9) :]
        return "book.ipynb", self._bytes(text)

    def _document(self) -> tuple[str, bytes]:
        block = f"```python\n{HEAD.decode()}{FORMULA.format('x')}```\n"
        text = f"# A\n\n{block}\n>>> np.log(1 + x)\n\n.. code:: python\n\n    np.exp(x)\n"
        return f"text{self.random.choice(['.md', '.rst'])}", self._bytes(self._mutated(text))

    def _configuration(self) -> tuple[str, bytes]:
        lines = [f"{self.random.choice(KEYS)} = {self.random.choice(VALUES)}" for _ in range(self.random.randint(1, 3))]
        text = "\n".join(["documents = true", *dict.fromkeys(lines)]) + "\n"
        if self.random.random() < 0.3:
            text = self._mutated(text)
        if self.random.random() < 0.5:
            return "stabaudit.toml", self._bytes(text)
        return "pyproject.toml", self._bytes(f"\ufeff[tool.stabaudit]\n{text}")

    def _ignores(self) -> tuple[str, bytes]:
        lines = [self.random.choice(GLOBS) + self.random.choice(["", "a", "*", "/"]) for _ in range(5)]
        return ".gitignore", self._bytes("\n".join(lines))

    def _baseline(self) -> tuple[str, bytes]:
        inner = self.random.choice(JSONS)
        text = f'{{"version": 1, "files": {{"good.py": {{"softplus": {{"a": {inner}}}}}}}}}'
        if self.random.random() < 0.5:
            text = self._mutated(text)
        return "baseline.json", self._bytes(text)

    def _text(self, ending: str) -> str:
        data = self.random.choice(self.seeds[ending])
        lines = data.decode("utf-8", "replace").splitlines(keepends=True)
        # A stretch of it, as whole files are slow.
        start = self.random.randrange(max(1, len(lines) - 60))
        return HEAD.decode() + FORMULA.format("x") + "".join(lines[start : start + self.random.randint(1, 60)])

    def _mutated(self, text: str) -> str:
        for _ in range(self.random.choice([1, 1, 2, 3, 8])):
            tokens = re.findall(r"\w+|\s+|.", text, re.DOTALL) or [""]
            at = self.random.randrange(len(tokens))
            new, times = self.random.choice(TOKENS), self.random.choice([1, 1, 1, 2, 50, 3000])
            match self.random.randrange(6):
                case 0:
                    tokens[at] = new
                case 1:
                    tokens.insert(at, new * times)
                case 2:
                    del tokens[at : at + self.random.randint(1, 5)]
                case 3:
                    tokens[at] *= times
                case 4:
                    other = self.random.randrange(len(tokens))
                    tokens[at], tokens[other] = tokens[other], tokens[at]
                case 5:
                    tokens = tokens[:at]
            text = "".join(tokens)[:400_000]
        return text

    def _bytes(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        if self.random.random() < 0.05:
            at = self.random.randrange(len(data) + 1)
            data = (
                data[:at]
                + self.random.choice([b"\0", b"\xff", b"\xef\xbb\xbf", b"# coding: utf-16\n", b"\r"])
                + data[at:]
            )
        return data

    _ways = (
        _source,
        _source,
        _source,
        _formula,
        _formula,
        _formula,
        _notebook,
        _document,
        _configuration,
        _ignores,
        _baseline,
    )
