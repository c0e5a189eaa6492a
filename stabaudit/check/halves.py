"""Which values the code says to be in half precision, and in which kind of it.

That say `x.half()`, `x.to(torch.bfloat16)` and what is made of them, a default type or a policy of the module, and
`autocast`, under which products of matrices are in half precision, and sums and logarithms are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from stabaudit.syntax.compound import Function, With
from stabaudit.syntax.dotted import called, dotted, last
from stabaudit.syntax.expressions import Attribute, Binary, Call, Comprehension, Constant, Name
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Expression, Node, below, parts
from stabaudit.syntax.printer import arguments
from stabaudit.syntax.statements import Assign, Module
from stabaudit.syntax.ways import path_to

#: The kinds, by the names of types and of methods that convert to them.
KINDS = {"half": "float16", "float16": "float16", "bfloat16": "bfloat16"}
#: Types and methods that widen again.
WIDER = frozenset({"float", "double", "float32", "float64"})
#: Products of matrices, which `autocast` computes in half precision.
PRODUCTS = frozenset(
    {"matmul", "mm", "bmm", "addmm", "baddbmm", "einsum", "linear", "conv1d", "conv2d", "conv3d", "dot_general"}
)
#: What `autocast` of PyTorch computes in float32, whatever it is given.
KEPT_WIDE = frozenset(
    {"pow", "acos", "asin", "cosh", "sinh", "cdist", "cosine_similarity", "cross_entropy", "cumprod", "cumsum", "dist",
     "exp", "expm1", "log", "log10", "log1p", "log2", "log_softmax", "mse_loss", "nll_loss", "norm", "prod",
     "reciprocal", "rsqrt", "softmax", "softplus", "sum"}
)  # fmt: skip
#: What tells of numbers that are no elements.
COUNTING = frozenset({"numel", "size", "shape", "ndim", "dim"})
#: What a module says of all that it makes, and of what the layers of Keras compute.
DEFAULT = re.compile(r"set_default_dtype\(\s*torch\.(half|b?float16)|set_floatx\(\s*['\"](b?float16)['\"]")
POLICY = re.compile(r"(?:\w*policy|Policy)\(\s*['\"]mixed_(b?float16)['\"]")

Kinds = Mapping[str, str | None]


class Halves:
    """Answers for one module."""

    def __init__(self, tree: Module, text: str) -> None:
        self._tree = tree
        self._text = text

    def kind(self, node: Node) -> str | None:
        """Of which kind of half precision an expression is, or `None`."""
        if not self._named:
            return None
        way = path_to(self._tree, node)
        around: Node = next((one for one in reversed(way) if isinstance(one, Function)), self._tree)
        default = self._default
        if default is None and isinstance(around, Function) and around.name == "call":
            default = self._policy
        # What holds for the function holds for its statements.
        under = _cast_in([one for one in way if isinstance(one, Function)])
        names: dict[str, str | None] = {}
        for statement, cast in _assignments(around, under):
            if any(part is node for part in below(statement)):
                under = cast
                break
            made = _made_of(statement.value, names, default, cast)
            names |= {target.name: made for target in statement.targets if isinstance(target, Name)}
        else:
            under = _cast_in(way)
        return _made_of(node, names, default, under)

    @cached_property
    def _named(self) -> bool:
        return "half" in self._text or "float16" in self._text or "autocast" in self._text

    @cached_property
    def _default(self) -> str | None:
        return self._set_by(DEFAULT)

    @cached_property
    def _policy(self) -> str | None:
        return self._set_by(POLICY)

    def _set_by(self, pattern: re.Pattern[str]) -> str | None:
        """The kind that a call outside of functions sets: the text alone may say so in a comment."""
        if pattern.search(self._text) is None:
            return None
        try:
            tree = read(self._text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        calls = (node for node in _outside_of_functions(tree) if isinstance(node, Call))
        found = (match for call in calls if (match := pattern.match(f"{called(call)}({arguments(call.args)}")))
        return next((KINDS[next(filter(None, match.groups()))] for match in found), None)


def widens(node: object) -> bool:
    """Whether it is a call that gives a wider type: `x.float()`, `x.sum(dtype=torch.float32)`."""
    return isinstance(node, Call) and not WIDER.isdisjoint(_said(node))


def _outside_of_functions(tree: Node) -> Iterator[Node]:
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        todo += [part for part in parts(node) if not isinstance(part, Function)]


def _assignments(around: Node, cast: str | None) -> Iterator[tuple[Assign, str | None]]:
    """The assignments in a function or a module from top to bottom, each with the kind that `autocast` sets there."""
    todo: list[tuple[Node, str | None]] = [(around, cast)]
    while todo:
        node, here = todo.pop()
        if isinstance(node, Assign):
            yield node, here
        else:
            inside = (_cast_in([node]) or here) if isinstance(node, With) else here
            todo += [(part, inside) for part in reversed([*parts(node)])]


def _cast_in(nodes: Iterable[Node]) -> str | None:
    """The kind that the innermost `autocast` among some statements sets."""
    found: str | None = None
    for node in nodes:
        said: Iterable[Expression] = ()
        if isinstance(node, With):
            said = [item.manager for item in node.items]
        elif isinstance(node, Function):
            said = node.decorators
        for one in said:
            if (last(one.func) if isinstance(one, Call) else last(one)) == "autocast":
                found = _cast_by(one)
    return found


def _cast_by(manager: Expression) -> str | None:
    """The kind that an `autocast` sets: float16, unless it says another or runs on a processor."""
    if not isinstance(manager, Call):
        return "float16"
    said = _said(manager)
    if any(isinstance(a.value, Constant) and a.value.value is False for a in manager.args) or not WIDER.isdisjoint(
        said
    ):
        return None
    default = "bfloat16" if "cpu" in said else "float16"
    return next((KINDS[word] for word in said if word in KINDS), default)


def _made_of(node: Node, names: Kinds, default: str | None, cast: str | None) -> str | None:
    """The kind that an expression is of, where names have theirs, or else the default."""
    inside = [*_elements(node)]
    if any(widens(part) or (cast and isinstance(part, Call) and called(part) in KEPT_WIDE) for part in inside):
        return None
    found = default
    for part in inside:
        if isinstance(part, Call) and (said := next((KINDS[w] for w in _said(part) if w in KINDS), None)):
            return said
        if isinstance(part, Name) and part.name in names:
            if names[part.name] is None:
                return None
            found = names[part.name]
        elif cast and _is_product(part):
            found = cast
    return found


def _is_product(node: Node) -> bool:
    if isinstance(node, Binary):
        return node.operator == "@"
    return isinstance(node, Call) and called(node) in PRODUCTS


def _elements(node: Node) -> Iterator[Node]:
    """What the elements of a value are made of: no numbers of elements, and no names that stand for others."""
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, (Call, Attribute)) and last(one.func if isinstance(one, Call) else one) in COUNTING:
            continue
        yield one
        if isinstance(one, Comprehension):
            bound = {dotted(loop.target) for loop in one.loops}
            if any(isinstance(part, Name) and part.name in bound for part in below(one.element)):
                todo += [loop.iter for loop in one.loops]
                continue
        todo += parts(one)


def _said(call: Call) -> list[str]:
    """What a call is called, and the last names and words of what it is given."""
    given = (argument.value for argument in call.args)
    words = [one.value if isinstance(one, Constant) else (dotted(one) or "").rpartition(".")[2] for one in given]
    return [called(call), *(word for word in words if isinstance(word, str))]
