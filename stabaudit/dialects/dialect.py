"""How a library spells the operations, read in both directions: by lift and by fix."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from stabaudit.records import Record
from stabaudit.terms.ops import TABLE

#: Where a fix finds the stable functions: the library itself, the bundled runtime, its scalar replacements, or nowhere.
Home = Literal["own", "runtime", "scalar", "nowhere"]

#: Roles of parameters that are neither operands nor settings of an operation.
OUT = "out"
IGNORED = "-"
REFUSED = "!"
#: What says which elements are computed; the others stay as they are in the output.
WHERE = "where"
#: What a reduction computes when it is given two values, as Python's `max` and torch's `max` can be.
OF_TWO = {"max": "maximum", "min": "minimum"}


class Parameter(Record):
    """One parameter of a library function: its name there, and its role here.

    `required` says that the function cannot do without it, whatever the operation's default is; `single` that it takes
    one axis and not several; `default` is the function's own default where it is another integer than the
    operation's; `given` what a call in a fix gives all the same; `absent` what the operand is where it is not passed.
    """

    name: str
    role: str
    required: bool = False
    default: int | None = None
    single: bool = False
    given: int | None = None
    absent: int | None = None


class Spelling(Record):
    """One function or method: the operation it computes and its parameters in order.

    `paired` marks functions that return values and indices when an axis is given, such as `torch.max`; `near` those
    that compute nearly the operation: formulas are found through them, and they are never written in its place;
    `floats` those that refuse integers, which the formula takes. `fixed` are operands and settings that the function
    says by its name, `part` which of the values that it gives back is the operation's: such a call is only written.
    """

    op: str
    parameters: tuple[Parameter, ...]
    paired: bool = False
    near: bool = False
    floats: bool = False
    fixed: tuple[tuple[str, int | str], ...] = ()
    part: int | None = None

    @property
    def absent(self) -> dict[str, int | str]:
        """What operands and settings are that a call does not pass."""
        return {p.role: p.absent for p in self.parameters if p.absent is not None} | dict(self.fixed)


# Half of them are those of NumPy in another library.
@cache
def spelled(signature: str) -> Spelling:
    """A spelling from its signature, `op parameter[:role][=default][*] ...`.

    `sum input:x dim:axis keepdim:keepdims dtype:!` is torch's `sum`: a parameter's role is an operand or setting of the
    operation, `out`, `where` for the elements that are computed, `-` for what makes no difference, or `!` for what is
    not understood (a call that passes it is left alone, unless it passes the 2 of `ord:!=2`). A star marks what a call
    in a fix must give, two that it must be one axis; `threshold:-+36` says that a fix passes 36, `loc?0` that the
    operand is 0 where it is not passed, `@law=norm` that the setting is so by the function's name, `[1]` that the
    operation is the second of several values. A tilde before the operation says that the function is near to it and not
    the same, a caret that it takes floats alone.
    """
    op, *words = signature.split()
    near, op = op.startswith("~"), op.removeprefix("~")
    floats, op = op.startswith("^"), op.removeprefix("^")
    paired = op.endswith("+index")
    parameters = []
    fixed: list[tuple[str, int | str]] = []
    part = None
    for word in words:
        if word[0] in "@[":
            name, _, value = word[1:].partition("=")
            if word[0] == "[":
                part = int(name.rstrip("]"))
            else:
                fixed.append((name, int(value) if value.isdigit() else value))
            continue
        required, single = word.endswith("*"), word.endswith("**")
        word, _, absent = word.rstrip("*").partition("?")
        word, _, default = word.partition("=")
        name, _, role = word.partition(":")
        role, _, given = role.partition("+")
        numbers = [int(text) if text else None for text in (default, given, absent)]
        parameters.append(Parameter(name, role or name, required, numbers[0], single, *numbers[1:]))
    op = op.removesuffix("+index")
    row = TABLE[op]
    known = {*row.operands, *row.settings, OUT, WHERE, IGNORED, REFUSED}
    if strange := [p.role for p in parameters if p.role not in known]:
        raise ValueError(f"{signature!r}: `{op}` has no operand or setting {', '.join(strange)}")
    return Spelling(op, tuple(parameters), paired, near, floats, tuple(fixed), part)


class Dialect(Record):
    """One library.

    `functions` are keyed by dotted path, `methods` by name. `constants` names such as `numpy.e` as terms'
    source: `e`, `none` or `inf`. No fix calls what stands in `former` packages, which new releases
    no longer have. `objects` are classes whose instances compute an operation when they are called:
    the parameters are those of the class, all of them settings. Of several libraries in one expression that of the
    highest `precedence` is the one it is written for: tensors swallow arrays, arrays swallow numbers. `raises`:
    overflow is an exception. `differentiated`: gradients flow through. `records`: they are recorded unless the code
    says otherwise; elsewhere it asks for them. `symbolic`: the library builds formulas and computes no floats.
    `takes_numbers`: its functions take Python's numbers as well as its own arrays. `single`: its floats have 32 bits
    unless it is told otherwise.

    `aliases` are the usual names of its modules; `imports_whole`: the import of the package brings all of its modules;
    `needs` is a package without which its stable functions are not there. `scalars_promote`: what it computes of a
    Python number is a float64 with a dtype, which widens a float32 array. `nan_curvature` holds the operations whose
    second derivative is nan where an exponent is -inf.
    """

    name: str
    functions: Mapping[str, Spelling] = {}
    methods: Mapping[str, Spelling] = {}
    constants: Mapping[str, str] = {}
    former: tuple[str, ...] = ()
    objects: Mapping[str, Spelling] = {}
    packages: tuple[str, ...] = ()
    precedence: int = 0
    home: Home = "nowhere"
    raises: bool = False
    differentiated: bool = False
    records: bool = False
    symbolic: bool = False
    takes_numbers: bool = True
    single: bool = False
    aliases: Mapping[str, str] = {}
    imports_whole: bool = False
    needs: str | None = None
    scalars_promote: bool = False
    nan_curvature: frozenset[str] = frozenset()

    @property
    def floats_only(self) -> frozenset[str]:
        """The operations whose functions refuse integers, which the formula takes."""
        return frozenset(spelling.op for spelling in self.functions.values() if spelling.floats)

    def spellings_of(self, op: str) -> list[tuple[str, Spelling]]:
        """The functions of this library that compute `op`, each with its dotted path, the usual one first."""
        former = tuple(f"{package}." for package in self.former)
        return [(p, s) for p, s in self.functions.items() if s.op == op and not s.near and not p.startswith(former)]


def table(package: str, signatures: Mapping[str, str]) -> dict[str, Spelling]:
    """Functions of one package from their signatures, keyed by dotted path."""
    return {f"{package}.{name}": spelled(text) for name, text in signatures.items()}


def methods(signatures: Mapping[str, str]) -> dict[str, Spelling]:
    """Methods from their signatures; the object they are called on is the first operand."""
    return {name: spelled(text) for name, text in signatures.items()}


def unary(names: str) -> dict[str, str]:
    """Signatures of functions that are called what their operation is called and take one array."""
    return {name: f"{name} x out where dtype:!" for name in names.split()}
