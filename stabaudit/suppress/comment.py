"""What a comment that speaks to stabaudit says, and where."""

from __future__ import annotations

from stabaudit.records import Record


class Span(Record):
    """A word or a stretch of one line; columns count from 1."""

    start: int
    end: int


class Comment(Record):
    """What a comment says: its `verb`, the names with their places (none for all), and where it holds.

    `first` to `last` are the rows of the statement that it speaks of, `span` is what goes if it goes,
    `names_span` what is written anew if some of its names go. `alone` says that the row has nothing else.
    """

    verb: str
    names: tuple[str, ...] | None
    row: int
    span: Span
    names_span: Span | None
    alone: bool
    first: int
    last: int


class Flaw(Record):
    """What is wrong with a comment in the line `row`."""

    row: int
    message: str


class Statement(Record):
    """The rows of one logical line, and where its last one ends."""

    first: int
    last: int
    end: int


class Comments(Record):
    """All comments, what is wrong with others, and the logical lines of the text."""

    comments: list[Comment]
    flaws: list[Flaw]
    statements: list[Statement]


#: What is heard of a text without any.
NONE = Comments([], [], [])
