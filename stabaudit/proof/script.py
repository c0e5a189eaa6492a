"""A witness as a program that anybody can run: the values of the input, the steps of the code, and what they give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from keyword import iskeyword
from math import isfinite
from unicodedata import normalize

from stabaudit.findings.finding import Witness
from stabaudit.proof.question import At, Site
from stabaudit.proof.script_words import HANDED_ON, HELPERS, NUMPY, STABLE, TORCH, WORDS
from stabaudit.terms import App, Const, Data, Lit, Term, Var, applications
from stabaudit.terms.ops import TABLE, unfold
from stabaudit.terms.size import to_float

#: What a script calls by these names.
RESERVED = frozenset(
    {
        *("np", "math", "torch", "stable", "value", "gradients", "error", "print", "type", "float"),
        *("OverflowError", "ZeroDivisionError", "ValueError"),
        *HELPERS,
    }
)

#: What a witness says that fails in one type, or has a gradient there that fails.
NARROW = re.compile(r"in (float\d+)( the gradient is nan)?$")


class NotWritable(Exception):
    """A step has no words."""


def script(site: Site, at: At, witness: Witness, code: str) -> str | None:
    """The program that shows what `witness` says of `site` at an input; `code` is what stands there."""
    narrow = NARROW.match(witness.note or "")
    gradient = narrow is None and site.differentiated and witness.note is not None
    if narrow is not None:
        return _in_type(site, at, witness, code, narrow)
    names = {v: name for (v, _), name in zip(at, _names(at), strict=True)}
    try:
        steps = _bare(_Words(names, raises=site.raises, torch=gradient).of(site.term))
    except NotWritable:
        return None
    return "\n".join(
        [
            *_head(code),
            *_imports(steps, site, gradient=gradient),
            *_values(at, names, gradient=gradient),
            *_run(steps, site, witness, names.values(), gradient=gradient),
            "",
        ]
    )


def _in_type(site: Site, at: At, witness: Witness, code: str, narrow: re.Match[str]) -> str | None:
    """The program where what is wrong is what a type makes of it."""
    names = {v: name for (v, _), name in zip(at, _names(at), strict=True)}
    try:
        steps = _bare(_Words(names, raises=False, torch=True).of(site.term))
    except NotWritable:
        return None
    asked = {a for part in applications(site.term) if part.op == "where" for a in part.args[:1]}
    dtype, gradient = narrow[1], narrow[2]
    kinds = {v: "bool" if v in asked else dtype for v, _ in at}
    asks = ", requires_grad=True" if gradient else ""
    values = [f"{names[v]} = torch.tensor({text}, dtype=torch.{kinds[v]}{asks})" for v, text in at]
    told = [f"value = {steps}", "print(value)", f"# this gives {witness.gives}, the true value is {witness.truth}", ""]
    if gradient:
        told = [f"value = {steps}", *_gradients(names.values()), f"# {witness.note}; the value is right", ""]
    # The numbers among the steps are of that type as well.
    numbers = [f"torch.set_default_dtype(torch.{dtype})", ""]
    return "\n".join([*_head(code), "import torch", "", *numbers, *values, *told])


def _head(code: str) -> Iterator[str]:
    for line in code.splitlines():
        yield f"#   {line}"
    yield ""


def _imports(steps: str, site: Site, *, gradient: bool) -> Iterator[str]:
    if gradient:
        yield "import torch"
        yield ""
        return
    if site.raises:
        yield "import math"
        yield ""
    yield "import numpy as np"
    if "stable." in steps:
        yield "from stabaudit import runtime as stable"
    used = [text for name, text in HELPERS.items() if re.search(rf"\b{name}\(", steps)]
    for text in used:
        yield ""
        yield text
    yield ""


def _values(at: At, names: dict[Var, str], *, gradient: bool) -> Iterator[str]:
    for variable, text in at:
        value = (
            f"np.array({text})"
            if text.startswith("[")
            else f"np.float64({text.replace('inf', 'np.inf').replace('nan', 'np.nan')})"
        )
        if gradient:
            value = f"torch.tensor({text}, dtype=torch.float64, requires_grad=True)"
        name = names[variable]
        said = "" if name == variable.name else f"  # {' '.join(variable.name.split())}"
        yield f"{name} = {value}{said}"


def _run(steps: str, site: Site, witness: Witness, names: Iterable[str], *, gradient: bool) -> Iterator[str]:
    if gradient:
        yield f"value = {steps}"
        yield from _gradients(names)
        yield f"# {witness.note}; the value is right"
        return
    if site.raises:
        yield "try:"
        yield f"    value = {steps}"
        yield "except (OverflowError, ZeroDivisionError, ValueError) as error:"
        yield "    value = type(error).__name__"
    else:
        yield f"value = {steps}"
    yield "print(value)"
    yield f"# this gives {witness.gives}{f' ({witness.note})' if witness.note else ''}"
    yield f"# the true value is {witness.truth}"


def _gradients(names: Iterable[str]) -> Iterator[str]:
    """How a script shows the gradients of a value."""
    yield "value.sum().backward()"
    yield f"gradients = [x.grad for x in ({', '.join(names)},)]"
    yield "print(value, gradients)"


def _names(at: At) -> Iterator[str]:
    """A name for each variable: its own, or a short one for what is an expression."""
    own = {v.name for v, _ in at}
    given: set[str] = set()
    for variable, _ in at:
        name = variable.name
        # Python reads each name in its normal form: one that looks otherwise could be that of another, or of `print`.
        same = name.isascii() or normalize("NFKC", name) == name
        if not name.isidentifier() or iskeyword(name) or name in given or name in RESERVED or not same:
            free = (f"x{number}" for number in count(1))
            name = next(one for one in free if one not in own and one not in given)
        given.add(name)
        yield name


class _Words:
    """Writes terms as Python."""

    def __init__(self, names: dict[Var, str], *, raises: bool, torch: bool) -> None:
        self._names = names
        self._raises = raises
        self._torch = torch
        self._words: dict[str, str] = {**WORDS, **(TORCH if torch else NUMPY)}
        if raises:
            self._words |= {
                op: f"{op}_({{0}})" for op in ("exp", "log", "sqrt", "cosh", "sinh", "log1p", "expm1", "log2", "log10")
            }
            self._words |= {"div": "div_({0}, {1})", "reciprocal": "div_(1.0, {0})", "pow": "pow_({0}, {1})"}

    def of(self, term: Term) -> str:
        """The text of a term."""
        match term:
            case Var():
                if term not in self._names:
                    raise NotWritable(term.name)
                return self._names[term]
            case Const():
                if not isfinite(number := to_float(term.value)):
                    raise NotWritable(str(number))
                return repr(number)
            case Data():
                return f"{'torch.tensor' if self._torch else 'np.array'}({_listed(term.values)})"
            case Lit():
                return repr(term.value)
            case App():
                return self._step(term)
        raise NotWritable(term.key)

    def _step(self, term: App) -> str:
        if term.op in HANDED_ON:
            return self.of(term.args[0])
        if term.op == "pair":
            return self.of(term.args[1] if len(term.args) == 2 else term.args[0])
        if term.op in ("+", "*"):
            return f"({f' {term.op} '.join(map(self.of, term.args))})"
        parts = [self.of(a) for a in term.args]
        settings = {name: self._setting(name, value) for name, value in term.attrs}
        if (word := self._words.get(term.op)) is not None:
            if word[:1] not in ("(", "{"):
                parts = [_bare(part) for part in parts]
            return word.format(*parts, **settings).replace(", axis=None", "").replace(", keepdims=False", "")
        row = TABLE.get(term.op)
        if row is not None and row.stable and not self._torch:
            said = "".join(f", {name}={value}" for name, value in settings.items())
            name, order = STABLE.get(term.op, (term.op, ""))
            return f"stable.{name}({order.format(*parts) if order else ', '.join(parts)}{said})"
        formula = unfold(term)
        if formula is None:
            raise NotWritable(term.op)
        return self.of(formula)

    def _setting(self, name: str, term: Term) -> str:
        if name == "place":
            return "0"
        if isinstance(term, Var):
            return {"axis": "-1", "keepdims": "False"}.get(name, "None")
        if isinstance(term, Const):
            return str(int(term.value))
        if isinstance(term, Lit):
            if name == "slots":
                words = {":": ":", "...": "...", "newaxis": "None"}
                slots: tuple[object, ...] = term.value if isinstance(term.value, tuple) else (term.value,)
                return ", ".join(words.get(s, "") if isinstance(s, str) else str(s) for s in slots)
            return repr(term.value)
        raise NotWritable(name)


def _bare(text: str) -> str:
    """A text without parentheses around all of it."""
    depth = 0
    for i, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and i < len(text) - 1:
            return text
    return text[1:-1] if text.startswith("(") else text


def _listed(values: object) -> str:
    if isinstance(values, tuple):
        return f"[{', '.join(map(_listed, values))}]"
    return repr(float(values)) if isinstance(values, (int, float)) else "np.nan"
