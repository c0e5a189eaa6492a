"""A finding as a test: with the code as it is it fails, with the code as it should be it passes."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from stabaudit.records import Record
from stabaudit.report.style import clean

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Finding, Witness

#: The digits that a witness shows of a value allow for so much, relative.
SHOWN = 1e-5
_VALUE = re.compile(r"\w+ = np\.(array|float64)\(")


class _Script(Record):
    """The parts of the script of a witness: what it imports, what it defines, its values, and the formula."""

    head: list[str]
    helpers: list[str]
    values: list[str]
    formula: str

    @property
    def names(self) -> list[str]:
        """What the values are called."""
        return [line.partition(" = ")[0] for line in self.values]


def test_of(result: Result, finding: Finding, place: str) -> str | None:
    """The text of a test; `None` where the finding has a step, or a value, that a test cannot have."""
    witness = finding.witness
    if witness is None or witness.script is None or "import torch" in witness.script:
        return None
    parts, tolerance = _parts(witness.script), _tolerance(witness)
    if parts is None or tolerance is None:
        return None
    called = _called(result, finding, parts)
    name = re.sub(r"\W+", "_", finding.rule)
    told = _quiet(finding.message)
    lines = [f'"""{told}.', "", f"`stabaudit witness {_quiet(place)} --as-test` wrote this.", '"""', ""]
    check = _check(witness, tolerance)
    if called is not None:
        module, function = called
        names = ", ".join(parts.names)
        lines += [*_imports(parts.head, used=False), "", f"from {module} import {function}", "", ""]
        lines += [f"def test_{function}_is_right_where_naive_{name}_fails() -> None:", *_indented(parts.values)]
        lines += [*_indented(check(f"{function}({names})")), ""]
        return "\n".join(lines)
    rewritten = _rewritten(finding, parts)
    lines += [*_imports(parts.head, used=True, more=rewritten[0] if rewritten else ()), "", ""]
    lines += ['@pytest.mark.xfail(strict=True, reason="as the code is written")']
    written = [*parts.helpers, *parts.values, *check(parts.formula)]
    lines += [f"def test_{name}_as_written() -> None:", *_indented(written), ""]
    if rewritten is not None:
        lines += ["", f"def test_{name}_as_rewritten() -> None:", *_indented(parts.values)]
        lines += [*_indented(check(rewritten[1])), ""]
    return "\n".join(lines)


def _quiet(text: str) -> str:
    """Text that may stand in a docstring."""
    return " ".join(clean(text).replace("\\", "/").replace('"', "'").split())


def _parts(script: str) -> _Script | None:
    """The parts of a script, in the order in which scripts have them."""
    lines = [line for line in script.split("\n") if not line.startswith("#")]
    at = next((n for n, line in enumerate(lines) if re.match(r"\s*value = ", line)), None)
    if at is None:
        return None
    head = [line for line in lines[:at] if re.match(r"(import|from) ", line)]
    values = [line for line in lines[:at] if _VALUE.match(line)]
    helpers = [line for line in lines[:at] if line.strip() and line not in head and line not in values]
    return _Script(head, [line for line in helpers if line != "try:"], values, lines[at].partition(" = ")[2])


def _imports(head: Sequence[str], *, used: bool, more: Sequence[str] = ()) -> Iterator[str]:
    """What the test imports, and what its formula needs."""
    yield "import numpy as np"
    if used:
        yield "import pytest"
    for line in dict.fromkeys([*more, *head]):
        if line != "import numpy as np" and used:
            yield line


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _tolerance(witness: Witness) -> float | None:
    """How far a right value may be off; `None` where the digits that are shown do not tell it from the wrong one."""
    wrong, right = _numbers(witness.gives), _numbers(witness.truth)
    if right is None:
        return None
    if not witness.is_off or wrong is None or len(wrong) != len(right):
        return SHOWN
    apart = max(abs(a - b) / max(abs(b), 1e-300) for a, b in zip(wrong, right, strict=True))
    return SHOWN if apart > 4 * SHOWN else None


def _numbers(text: str) -> list[float] | None:
    if not re.fullmatch(r"[-+\d.e,\[\] infa]*", text):
        return None
    try:
        return [float(one) for one in re.findall(r"[-+\dinfae.]+", text)]
    except ValueError:
        return None


def _check(witness: Witness, tolerance: float) -> Callable[[str], list[str]]:
    """The lines that hold a value against the true one."""

    def lines(value: str) -> list[str]:
        said = f"np.testing.assert_allclose({value}, {witness.truth}, rtol={tolerance:g}, atol=1e-300)"
        if witness.severity == "note" and not witness.is_off:
            # It is right; what is wrong is the warning.
            return ['with np.errstate(over="raise", divide="raise", invalid="raise"):', f"    {said}"]
        return [said]

    return lines


def _called(result: Result, finding: Finding, parts: _Script) -> tuple[str, str] | None:
    """The module and the function that returns just the formula, of just the values of the witness."""
    module = _module(result.path)
    if module is None or (result.source is not None and result.source.notebook):
        return None
    try:
        body = ast.parse(result.text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    rows = result.text.split("\n")
    for node in body:
        if not isinstance(node, ast.FunctionDef) or node.decorator_list:
            continue
        given = node.args
        plain = [one.arg for one in (*given.posonlyargs, *given.args)]
        needed = plain[: len(plain) - len(given.defaults)]
        if set(needed) != set(parts.names) or given.vararg or any(one is None for one in given.kw_defaults):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and inner.value is not None and _is_at(inner.value, finding, rows):
                return module, node.name
    return None


def _is_at(node: ast.expr, finding: Finding, rows: Sequence[str]) -> bool:
    def column(row: int, offset: int) -> int:
        return len(rows[row - 1].encode()[:offset].decode(errors="ignore")) + 1

    first = (node.lineno, column(node.lineno, node.col_offset))
    last = (node.end_lineno or 0, column(node.end_lineno or node.lineno, node.end_col_offset or 0))
    return first == tuple(finding.start) and last == tuple(finding.end)


def _module(path: str) -> str | None:
    """What the file at a path is imported as, from the current folder or the `src` in it."""
    bare, suffix = os.path.splitext(os.path.relpath(path).replace(os.sep, "/"))
    names = bare.removeprefix("src/").removesuffix("/__init__").split("/")
    return ".".join(names) if suffix == ".py" and all(name.isidentifier() for name in names) else None


def _rewritten(finding: Finding, parts: _Script) -> tuple[list[str], str] | None:
    """The imports of the fix, and what it puts in the place of the finding, if that is of the values alone."""
    if finding.fix is None:
        return None
    inner = [one.content for one in finding.fix.edits if (one.start, one.end) == (finding.start, finding.end)]
    others = [one.content.strip() for one in finding.fix.edits if (one.start, one.end) != (finding.start, finding.end)]
    if len(inner) != 1 or not all(re.match(r"(from|import) .*", one) for one in others):
        return None
    known = {re.split(r"[ .]", one)[-1] for one in others} | {"np", "math", "stable"}
    content = " ".join(inner[0].split())
    return (others, content) if _is_of(content, set(parts.names), known) else None


def _is_of(code: str, names: set[str], modules: set[str]) -> bool:
    """Whether code calls functions of some modules on some names, and does nothing else."""
    try:
        tree = ast.parse(code, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in names | modules:
            return False
        if isinstance(node, ast.Call):
            root = node.func
            while isinstance(root, ast.Attribute):
                root = root.value
            if not isinstance(root, ast.Name) or root.id not in modules:
                return False
    return True
