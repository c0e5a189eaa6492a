"""The lines of a rewrite: an expression on one line, or broken in its brackets where the file's lines are shorter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

#: How wide tools let lines be. Lines are never broken below the first, and a file's width is never taken to be more
#: than the last.
CUSTOMARY = (79, 88, 100, 120)
OPENING, CLOSING = "([{", ")]}"
STEP = 4
#: A line of code, and not of a text or with a comment behind it.
PLAIN = re.compile(r"^[^#'\"]*$")
LINE_BREAK = re.compile(r"[ \t]*(?:\\)?(?:\r\n|\r|\n)[ \t]*")


def joined(source: str) -> str:
    """The source of an expression on one line."""
    if "\n" not in source and "\r" not in source:
        return source
    if '"""' in source or "'''" in source:
        return source
    pieces = LINE_BREAK.split(source)
    line = pieces[0]
    for piece in pieces[1:]:
        if piece.startswith(tuple(CLOSING)) and line.endswith(",") and not _makes_tuple(line):
            # This comma was there for the line break.
            line = line[:-1]
        tight = line.endswith(tuple(OPENING)) or piece.startswith(tuple(CLOSING)) or not line or not piece
        line += piece if tight else f" {piece}"
    return line


def _makes_tuple(line: str) -> bool:
    """Whether the bracket that is open at the end of a line is that of a tuple."""
    open_at = [index for index, _, char in _at_depth(line) if char in OPENING]
    closed = [index for index, _, char in _at_depth(line) if char in CLOSING]
    for index in reversed(open_at):
        inside = line[index + 1 :]
        if sum(i > index for i in open_at) == sum(i > index for i in closed):
            return line[index] == "(" and not re.search(r"[\w)\]]$", line[:index]) and bool(inside)
    return True


@lru_cache(maxsize=4)
def own_width(text: str) -> int:
    """How wide the lines of a file's code may be: of 96 columns were those that are allowed 100."""
    widest = max((len(line) for line in text.splitlines() if PLAIN.match(line)), default=0)
    return next((width for width in CUSTOMARY if width >= widest), CUSTOMARY[-1])


def fitted(before: str, source: str, after: str, width: int, *, inside: bool = False) -> str:
    """The source of an expression, broken into lines where it is too wide between what stands around it on its line.

    It may stand `inside` of brackets that are opened further above.
    """
    if "\n" in source or len(before) + len(source) + len(after) <= width:
        return source
    indent = re.match(r"[ \t]*", before)
    assert indent is not None
    found = source
    narrowest = len(before) + len(source) + len(after)
    for broken in _broken(source, indent[0], inside or _is_open(before), alone=not before.strip()):
        widest = max(map(len, f"{before}{broken}{after}".splitlines()))
        if widest < narrowest:
            found, narrowest = broken, widest
        if widest <= width:
            break
    return found


def _broken(source: str, indent: str, is_open: bool, *, alone: bool) -> Iterator[str]:
    """The ways to break an expression, the shortest first; nothing stands before it on its line if it is `alone`."""
    inner = indent + ("\t" if "\t" in indent else " " * STEP)
    if _is_in_brackets(source):
        for operators in ("+-", "*/"):
            if len(parts := _terms(source[1:-1], operators)) > 1:
                yield f"(\n{inner}{source[1:-1]}\n{indent})"
                yield f"(\n{inner}" + f"\n{inner}".join(parts) + f"\n{indent})"
                return
    opening = _outermost_bracket(source)
    if opening is not None:
        head, arguments = source[: opening + 1], _split(source[opening + 1 : -1], ",")
        yield f"{head}\n{inner}{', '.join(arguments)}\n{indent}{source[-1]}"
        for operators in ("+-", "*/") if len(arguments) == 1 else ():
            if len(parts := _terms(arguments[0], operators)) > 1:
                yield f"{head}\n{inner}" + f"\n{inner}".join(parts) + f"\n{indent}{source[-1]}"
        if len(arguments) > 1:
            yield f"{head}\n" + "".join(f"{inner}{argument},\n" for argument in arguments) + f"{indent}{source[-1]}"
    for operators in ("+-", "*/"):
        addends = _terms(source, operators)
        if len(addends) < 2:
            continue
        if is_open:
            yield f"\n{indent if alone else inner}".join(addends)
        else:
            yield f"(\n{inner}{source}\n{indent})"
            yield f"(\n{inner}" + f"\n{inner}".join(addends) + f"\n{indent})"
        return


def _is_open(before: str) -> bool:
    """Whether a bracket that is opened on the line is still open."""
    depth = sum((char in OPENING) - (char in CLOSING) for char in before)
    return depth > 0


def _is_in_brackets(source: str) -> bool:
    """Whether one pair of brackets is around all of it."""
    outside = [char for _, depth, char in _at_depth(source) if depth == 0]
    return source.startswith("(") and source.endswith(")") and len(outside) == 2


def _outermost_bracket(source: str) -> int | None:
    """Where the bracket opens that closes at the end of a call, if nothing stands before but its name and factors."""
    found = [index for index, depth, char in _at_depth(source) if char in OPENING and depth == 0]
    if not source.endswith(tuple(CLOSING)) or len(found) != 1:
        return None
    return found[0] if re.fullmatch(r"(?:-?[\w.]+ [*/] )*-?[\w.]+", source[: found[0]]) else None


def _split(source: str, separator: str) -> list[str]:
    """The pieces between separators that stand in no bracket."""
    places = [-1, *(i for i, depth, char in _at_depth(source) if depth == 0 and char == separator), len(source)]
    return [source[a + 1 : b].strip() for a, b in pairwise(places) if source[a + 1 : b].strip()]


def _terms(source: str, operators: str) -> list[str]:
    """The operands of a sum or product, each but the first with its operator in front."""
    places = [0]
    for index, depth, char in _at_depth(source):
        spaced = source[index - 1 : index] == " " and source[index + 1 : index + 2] == " "
        if depth == 0 and char in operators and spaced:
            places.append(index)
    return [source[a:b].strip() for a, b in zip(places, [*places[1:], len(source)], strict=True)]


def _at_depth(source: str) -> Iterator[tuple[int, int, str]]:
    """Each character outside of strings with the number of brackets around it."""
    depth, quote = 0, ""
    for index, char in enumerate(source):
        if quote:
            quote = "" if char == quote else quote
            continue
        if char in "'\"":
            quote = char
            continue
        if char in CLOSING:
            depth -= 1
        yield index, depth, char
        if char in OPENING:
            depth += 1
