"""One line of a `.gitignore` as git reads it.

pathspec was tried and differs from git where a file pattern meets a folder pattern of an inner file:
it asks whether a path *or a folder above it* matches, and git asks folder by folder on the way down.
"""

from __future__ import annotations

import re
from itertools import count

from stabaudit.records import Record

# What git's wildmatch knows as [[:name:]].
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
#: No path is as long as a line of so many characters.
LONGEST = 4096
# A part of a class: a named set, a range, or one character; each may be escaped.
_ITEM = r"\[:(?P<name>[^]:]*):\]|(?P<low>\\?.)(?:-(?P<high>\\.|[^]\\]))?"


class Pattern(Record):
    """Which paths, relative to the folder of its file, a line speaks of, and what it says of them."""

    regex: re.Pattern[str]
    ignores: bool
    folders: bool
    name_only: bool

    def match(self, path: str, is_folder: bool) -> bool:
        """Whether the line speaks of `path` itself, not of what lies around it."""
        if self.folders and not is_folder:
            return False
        return self.regex.fullmatch(path.rpartition("/")[2] if self.name_only else path) is not None


def pattern(line: str) -> Pattern | None:
    """The pattern of a line without its end, if it holds one."""
    bare = line.rstrip(" ")
    # An escaped space at the end belongs to the name.
    line = line[: len(bare) + (len(bare) - len(bare.rstrip("\\"))) % 2]
    if not line or line.startswith("#") or len(line) > LONGEST:
        return None
    ignores, line = not line.startswith("!"), line.removeprefix("!")
    folders, line = line.endswith("/"), line.removesuffix("/")
    name_only = "/" not in line
    regex = _translate(line.removeprefix("/"), name_only)
    return Pattern(regex, ignores, folders, name_only) if regex else None


def _translate(glob: str, name_only: bool) -> re.Pattern[str] | None:
    """The regular expression of a glob; none for one that can match nothing."""
    glued, at = _Pieces(), 0
    # git compares what stands before the first wildcard by itself: stars right behind it count as a beginning.
    plain = re.match(r"[^*?\[\\]*", glob)
    beginning = plain.end() if plain else 0
    while at < len(glob):
        stars = re.compile(r"\*+").match(glob, at)
        if stars:
            before, after = at == beginning or glob[at - 1] == "/", glob[stars.end() : stars.end() + 1]
            at = stars.end()
            if len(stars[0]) == 1 or name_only or not before or after not in ("", "/"):
                glued.star()
            elif after:
                glued.folders()
                at += 1
            else:
                glued.text(".*")
        elif glob[at] == "[":
            part = _bracket(glob, at + 1)
            if part is None:
                return None
            glued.text(part[0])
            at = part[1]
        elif glob[at] == "?":
            glued.text("[^/]")
            at += 1
        elif glob[at] == "\\":
            if at + 1 == len(glob):
                return None
            glued.text(re.escape(glob[at + 1]))
            at += 2
        else:
            glued.text(re.escape(glob[at]))
            at += 1
    return re.compile(glued.whole(), re.DOTALL)


class _Pieces:
    """The parts of a regular expression in which no star is tried twice: `*a*a*a*b` would take a name's length cubed.

    What stands between two stars is taken where it first fits, as the star behind it takes in all the rest of the name;
    so it is with the folders between two `**`.
    """

    def __init__(self) -> None:
        # By `**`, then by `*`.
        self._parts: list[list[list[str]]] = [[[]]]
        self._names = count()

    def text(self, piece: str) -> None:
        """Something that matches a character."""
        self._parts[-1][-1].append(piece)

    def star(self) -> None:
        """Any characters of one name."""
        self._parts[-1].append([])

    def folders(self) -> None:
        """Any folders."""
        self._parts.append([[]])

    def whole(self) -> str:
        """The expression."""
        folders = [self._joined(["".join(text) for text in part], "[^/]*", "[^/]*?") for part in self._parts]
        return self._joined(folders, "(?:.*/)?", "(?:.*?/)??")

    def _joined(self, parts: list[str], between: str, nearest: str) -> str:
        """Parts with anything in `between`; `nearest` finds the nearest place of what follows."""
        first, *inner = parts
        last = between + inner.pop() if inner else ""
        return first + "".join(self._once(nearest + part) for part in inner) + last

    def _once(self, expression: str) -> str:
        # What a condition has found is not looked for again; before Python 3.11 there is no other way to say so.
        name = f"_{next(self._names)}"
        return f"(?=(?P<{name}>{expression}))(?P={name})"


def _bracket(glob: str, at: int) -> tuple[str, int] | None:
    """The expression of the class whose inside begins at `at`, and where it ends; none if it does not."""
    negated = glob[at : at + 1] in ("!", "^") and glob[at : at + 1] != ""
    at += negated
    items, first = "", True
    # Compiled when the first class is met: most patterns have none.
    part = re.compile(_ITEM, re.DOTALL)
    while first or glob[at : at + 1] != "]":
        item = part.match(glob, at)
        if item is None or (item["name"] is not None and item["name"] not in _CLASSES):
            return None
        if item["name"] is not None:
            items += _CLASSES[item["name"]]
        else:
            low, high = item["low"][-1], (item["high"] or item["low"])[-1]
            if item["low"] == "\\":
                return None
            # A range the wrong way round holds its beginning.
            items += f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low)
        at, first = item.end(), False
    inner = f"[{items}]" if items else "(?!)"
    return (f"(?!/|{inner})." if negated else f"(?!/){inner}"), at + 1
