"""Text made fit for a terminal: coloured where that is wanted, and harmless everywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from stabaudit.records import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import TextIO

TAB = "    "
# Nobody reads a longer line, and a narrower terminal is not worth the effort.
MOST_COLUMNS, LEAST_COLUMNS = 200, 40
_chosen = "auto"


def choose(when: str) -> None:
    """Say for the whole run whether there is colour: `always`, `never`, or as stream and environment say."""
    global _chosen
    _chosen = when


class Style(Record):
    """Marks text with colours, or leaves it as it is; with `links` also with addresses to click on.

    Source lines take `columns` at the most, so that what is below a word stays below it.
    """

    on: bool = False
    links: bool = False
    columns: int = MOST_COLUMNS

    def bold(self, text: str) -> str:
        """For places and messages."""
        return self._mark("1", text)

    def red(self, text: str) -> str:
        """For what is wrong."""
        return self._mark("1;31", text)

    def green(self, text: str) -> str:
        """For what is added."""
        return self._mark("32", text)

    def yellow(self, text: str) -> str:
        """For warnings."""
        return self._mark("1;33", text)

    def blue(self, text: str) -> str:
        """For the frame around source lines."""
        return self._mark("1;34", text)

    def link(self, text: str, address: str) -> str:
        """`text` that leads to `address`, as terminals have agreed to read it (OSC 8)."""
        return f"\033]8;;{address}\033\\{text}\033]8;;\033\\" if self.links else text

    def _mark(self, code: str, text: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.on and text else text


def style(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Style:
    """Colour for a terminal, unless the user's environment says otherwise (no-color.org, force-color.org)."""
    terminal = stream.isatty() and environ.get("TERM") != "dumb"
    on = terminal
    if _chosen != "auto":
        on = _chosen == "always"
    elif environ.get("NO_COLOR"):
        on = False
    elif environ.get("FORCE_COLOR"):
        on = True
    # What is forced goes to a file or a log, which knows no links.
    return Style(on, on and terminal, _columns(stream) if terminal else MOST_COLUMNS)


def _columns(stream: TextIO) -> int:
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return MOST_COLUMNS
    # A terminal that does not know says 0.
    return min(max(columns, LEAST_COLUMNS), MOST_COLUMNS) if columns else MOST_COLUMNS


def clean(text: str, tab: str = "\\t") -> str:
    """`text` with everything escaped that could steer a terminal or hide in it, or is a command in a log of CI."""
    if "##" in text:
        # Agents look for `##[`, `##vso[` and `##teamcity[` anywhere in a line.
        text = re.sub(r"##(?=\w*\[)", r"#\\x23", text)
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else tab if char == "\t" else _escape(char) for char in text)


def shown_path(path: str) -> str:
    """A path for the beginning of a line, where `::` would begin a command of GitHub."""
    return clean(f"./{path}" if path.lstrip().startswith("::") else path)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """How many columns the printable `text` takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
