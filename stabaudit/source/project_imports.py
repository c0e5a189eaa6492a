"""Functions that a file imports from others of its project, as text to be read behind its own.

Those files are read as text, and never run or imported. They have to lie below the checked paths, by their real names.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cached_property
from keyword import iskeyword

from stabaudit.records import Record
from stabaudit.source import current_file, imported

#: How far imports are followed, how far up packages are looked for, and the largest module that is read.
DEPTH, PARENTS, LARGEST = 2, 4, 300_000
#: So many functions are borrowed at the most, of so many lines and characters each.
MOST, LINES, LONGEST = 24, 60, 4_000

_IMPORT = r"(?m)^(?:from|import)[ \t](?:[^\n(;\\#]|\\\n)*(?:\([^()]*\))?"
_FROM = r"(?m)^[ \t]*from[ \t]+(\.*(?:\w[\w.]*)?)[ \t]+import[ \t]*(\([^()]*\)|[^\n#;]*)"
_CALLED = r"(?<![\w.])([a-zA-Z_]\w*)[ \t]*\("
_USED = r"(?<![\w.])[a-zA-Z_]\w*"
_DEFINED = r"(?m)^def[ \t]+(\w+)"
#: The first line behind a function that is none of its own.
_END = r"(?m)^[^ \t\n)#]"
_BOUND = r"(?m)^[ \t]*(?:def|class)[ \t]+(\w+)|^[ \t]*(\w+)[ \t]*=(?!=)"
#: Without one of these a function computes nothing that matters, and what it calls without one of the others.
_TELLING = r"(?:\bexp|\bexpm1|\blog|\blog2|\blog10|\blog1p|softmax|sigmoid|expit|\bclip\w*|\bclamp\w*)[ \t]*\("
_HELPING = rf"{_TELLING}|\b(?:max|min|maximum|minimum|sum|dot|matmul)[ \t]*\(|@"


class Borrowed(Record):
    """The text to be read behind a file's own, and what each function is called there, by the path of its import."""

    text: str
    names: Mapping[str, str]


NOTHING = Borrowed("", {})


def borrowed(text: str) -> Borrowed:
    """The functions that a text calls and imports from other files of its project."""
    path = current_file.path()
    if path is None or not current_file.roots() or not (wanted := re.findall(_FROM, text)):
        return NOTHING
    lender: _Lender | None = None
    for package, listed in wanted:
        if (module := _module(package, path)) is None:
            continue
        for name, local in _listed(listed, module):
            if f"{local}(" in text:
                lender = lender or _Lender(text)
                lender.take(name, module, DEPTH, local)
                lender.names[f"{package}.{name}" if package.strip(".") else f"{package}{name}"] = local
    if lender is None or not lender.functions:
        return NOTHING
    current_file.asked()
    names = {way: name for way, name in lender.names.items() if name in lender.functions}
    return Borrowed("\n\n".join(["", *lender.imports, *lender.functions.values(), ""]), names)


class _Lender:
    """Gathers functions and what they need, under names that a text has left free."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.imports: list[str] = []
        self.functions: dict[str, str] = {}
        self.names: dict[str, str] = {}

    @cached_property
    def _taken(self) -> set[str]:
        return {name for pair in re.findall(_BOUND, self._text) for name in pair if name}

    @cached_property
    def _imports(self) -> dict[str, str]:
        return dict(_imports(self._text))

    def take(self, name: str, module: str, depth: int, local: str | None = None) -> None:
        """Take a function of a module under a name, and what it calls, if its names mean the same here."""
        source, local = _read(module), local or name
        if source is None or local in self.functions or len(self.functions) >= MOST:
            return
        block = _function(name, module, _TELLING if depth == DEPTH else _HELPING)
        if block is None or local in self._taken:
            return
        used = {*re.findall(_USED, block)}
        needed = {n: how for n, how in _imports_of(module) if n in used and not _is_local(how, module)}
        if any(self._imports.get(n, how) != how for n, how in needed.items()):
            return
        self.functions[local] = re.sub(r"\w+(?=[ \t]*\()", local, block, count=1)
        self.imports += [how for n, how in needed.items() if n not in self._imports]
        self._imports.update(needed)
        if depth > 1:
            called = {*re.findall(_CALLED, block)}
            for other in sorted(called & _starts(module).keys()):
                self.take(other, module, depth - 1)
            for package, listed in _taken_from(module):
                further = _module(package, module)
                for other, local in _listed(listed, further) if further is not None else ():
                    if other == local and other in called and further is not None:
                        self.take(other, further, depth - 1)


def _listed(listed: str, module: str) -> Iterator[tuple[str, str]]:
    """The names that an import takes, each with what it is called then; of a star all functions."""
    if listed.strip() == "*":
        yield from ((name, name) for name in _starts(module) if not name.startswith("_"))
        return
    for part in listed.strip("() \t").replace("\\", " ").split(","):
        words = part.split("#")[0].split()
        if not all(map(str.isidentifier, words)) or any(map(iskeyword, words[::2])):
            # What looks like an import may stand in a string, and say anything.
            continue
        if len(words) == 1 or (len(words) == 3 and words[1] == "as"):
            yield words[0], words[-1]


def _imports(text: str) -> Iterator[tuple[str, str]]:
    """The names that imports at the left margin bind, each with a statement that binds it alone."""
    for match in re.finditer(_IMPORT, text):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                body = ast.parse(match[0]).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in body:
            if isinstance(node, ast.Import):
                for a in node.names:
                    root = a.name.partition(".")[0]
                    yield (a.asname, f"import {a.name} as {a.asname}") if a.asname else (root, f"import {root}")
            elif isinstance(node, ast.ImportFrom):
                package = "." * node.level + (node.module or "")
                yield from (
                    (a.asname or a.name, f"from {package} import {a.name} as {a.asname or a.name}") for a in node.names
                )


@imported.remembered(64)
def _imports_of(module: str) -> tuple[tuple[str, str], ...]:
    return tuple(_imports(_read(module) or ""))


def _is_local(how: str, module: str) -> bool:
    """Whether an import is of another file of the project."""
    package = how.split()[1]
    return package.startswith(".") or _module(package, module) is not None


def _module(package: str, path: str) -> str | None:
    return imported.module(package, path, PARENTS)


@imported.remembered(64)
def _read(module: str) -> str | None:
    """The text of a module, if it is not too long."""
    try:
        data = imported.content(module, LARGEST)
        return None if data is None else data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


# A project's function is asked for by all who import it.
@imported.remembered(256)
def _function(name: str, module: str, telling: str) -> str | None:
    """The text of a function at the left margin of a module that is defined once, if it is short and has what tells."""
    source, start = _read(module), _starts(module).get(name)
    if source is None or start is None:
        return None
    end = re.compile(_END).search(source, start + 1)
    block = source[start : end.start() if end else len(source)].rstrip()
    if block.count("\n") >= LINES or len(block) > LONGEST or not re.search(telling, block):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(block)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return block


@imported.remembered(64)
def _taken_from(module: str) -> list[tuple[str, str]]:
    """The packages that a module imports from, each with the names."""
    return re.findall(_FROM, _read(module) or "")


@imported.remembered(64)
def _starts(module: str) -> dict[str, int | None]:
    """Where each function at the left margin of a module begins; of one that is defined twice it is not known."""
    found: dict[str, int | None] = {}
    for match in re.finditer(_DEFINED, _read(module) or ""):
        found[match[1]] = None if match[1] in found else match.start()
    return found
