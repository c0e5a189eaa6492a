"""A block of code in a document: its text, and its findings moved to where the document has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stabaudit.findings.finding import Edit, Finding, Position
from stabaudit.records import Record

_PROMPT = re.compile(r"(?P<prefix>[ \t>]*?(?P<prompt>>>>|\.\.\.)(?: |$))(?P<text>.*)")
_SHOWN = "the session shows an output, which may change"


class Block(Record):
    """The text of a block, the row of its first line, and what stands before each of its lines.

    `session` says that these are prompts; rows of output are empty lines of the text.
    """

    text: str
    row: int
    prefixes: tuple[str, ...]
    session: bool = False

    def moved(self, finding: Finding) -> Finding:
        """`finding` at its place in the document."""
        fix = finding.fix
        if fix is not None:
            fix = fix._replace(edits=tuple(self._edit(edit) for edit in fix.edits))
            if self.session and fix.applicability == "safe":
                fix = fix._replace(applicability="unsafe", reason=_SHOWN)
        related = tuple(one._replace(start=self._place(one.start), end=self._place(one.end)) for one in finding.related)
        return finding._replace(
            start=self._place(finding.start), end=self._place(finding.end), fix=fix, related=related
        )

    def _place(self, position: Position) -> Position:
        # Behind the last line there is nothing of the block.
        before = self.prefixes[position.row - 1] if position.row <= len(self.prefixes) else ""
        return Position(position.row + self.row - 1, position.column + len(before))

    def _edit(self, edit: Edit) -> Edit:
        if edit.start.column == 1 == edit.end.column and (edit.content.endswith("\n") or not edit.content):
            # Whole lines go with what stands before them.
            start, end = (Position(one.row + self.row - 1, 1) for one in (edit.start, edit.end))
            content = "".join(self._line(line, edit.start.row) for line in edit.content.splitlines(keepends=True))
            return Edit(start, end, content)
        first, *more = edit.content.split("\n")
        content = "\n".join([first, *(f"{self._lead(edit.start.row, '...')}{line}" for line in more)])
        return Edit(self._place(edit.start), self._place(edit.end), content)

    def _line(self, line: str, row: int) -> str:
        return f"{self._lead(row, '...' if line[:1].isspace() else '>>>')}{line}"

    def _lead(self, row: int, prompt: str) -> str:
        """What stands before a new line at `row`."""
        if not self.session:
            rows = zip(self.prefixes, self.text.split("\n"), strict=False)
            return next(prefix for prefix, line in rows if line.strip())
        prompts = [one for one in self.prefixes[:row] if _PROMPT.fullmatch(one)]
        near = (prompts or [one for one in self.prefixes if _PROMPT.fullmatch(one)])[-1]
        return re.sub(r"(>>>|\.\.\.)[ ]?$", f"{prompt} ", near)


def indented(rows: Sequence[str], before: int, indent: str) -> Block | None:
    """The block of `rows` that follow the row `before`, unless a line stands outside of its indentation."""
    if all(row.startswith(indent) or not row.strip(" \t>") for row in rows):
        prefixes = tuple(indent if row.startswith(indent) else row for row in rows)
        text = "".join(f"{row[len(prefix) :]}\n" for row, prefix in zip(rows, prefixes, strict=True))
        return Block(text, before + 1, prefixes)
    return None


def prompted(rows: Sequence[str], before: int) -> Block | None:
    """The session in `rows` that follow the row `before`, if there is a prompt."""
    found = [_PROMPT.fullmatch(row) for row in rows]
    opened = False
    prefixes, texts = [], []
    for row, match in zip(rows, found, strict=True):
        # Three dots are also what doctest shows of an output that does not matter.
        opened = match is not None and (match["prompt"] == ">>>" or opened)
        prefixes.append(match["prefix"] if match and opened else row)
        texts.append(match["text"] if match and opened else "")
    return Block("".join(f"{text}\n" for text in texts), before + 1, tuple(prefixes), True) if any(texts) else None
