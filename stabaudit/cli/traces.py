"""What people have when something went wrong: warnings, tracebacks and lines of logs, as messages with places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stabaudit.records import Record

#: So many different messages of a log are explained, and so many places of each.
MOST, MOST_PLACES = 50, 30
#: Of longer lines the beginning is read.
LONGEST = 2000

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d{1,9})\b')
#: As Python prints a warning: the place, its kind, what it says.
_WARNING = re.compile(r"(?:.*\s)?(?P<file>\S[^:]*|[A-Za-z]:[^:]*):(?P<line>\d{1,9}): \w*Warning: (?P<said>.*)")
_ERROR = re.compile(r"[\w.]*(?:Error|Exception|Warning): (?P<said>.*)")
#: What torch says before the places of the forward call.
_FORWARD = re.compile(r"Error detected in (?P<step>\w+)\. Traceback of forward call")
_PLACE = re.compile(r"(?P<file>[\w./\\-]+\.pyi?):(?P<line>\d{1,9})")

#: What messages of numerical trouble have in common.
NUMERICAL = re.compile(
    r"(?P<what>overflow|underflow|divide by zero|invalid value) encountered in (?:scalar )?(?P<step>\w+)"
    r"|(?P<range>math range error)|(?P<domain>math domain error)"
    r"|(?P<zero>(?:float )?division by zero)"
    r"|Function '(?P<gradient>\w+?)Backward\d*' returned nan"
    r"|Error detected in (?P<forward>\w+?)Backward\d*"
    r"|(?P<nan>\b(?:loss|grad\w*|output|value)\b.{0,40}\b(?:nan|inf)\b)",
    re.IGNORECASE,
)


class Trace(Record):
    """A message, and the places in files that it came through, the innermost first."""

    said: str
    places: tuple[tuple[str, int], ...]


def traces(text: str) -> list[Trace]:
    """The messages of numerical trouble in a text, each once."""
    found = (trace for trace in _all(text) if NUMERICAL.search(trace.said))
    return list(dict.fromkeys(found))[:MOST]


def _all(text: str) -> Iterator[Trace]:
    frames: list[tuple[str, int]] = []
    forward: str | None = None
    for line in text.splitlines():
        line = _COLOUR.sub("", line[:LONGEST])
        if frame := _FRAME.match(line):
            frames.append((frame["file"], int(frame["line"])))
            continue
        if (told := _FORWARD.search(line)) is not None:
            forward, frames = told[0].partition(". ")[0], []
            continue
        if line.startswith("Traceback (most recent call last)"):
            if forward is not None:
                yield _trace(forward, frames)
            forward, frames = None, []
            continue
        if (warning := _WARNING.match(line)) is not None:
            yield Trace(warning["said"].strip(), ((warning["file"], int(warning["line"])),))
        elif (error := _ERROR.match(line)) is not None:
            if forward is not None:
                yield _trace(forward, frames)
                forward = None
            yield _trace(error["said"].strip(), frames)
            frames = []
        elif NUMERICAL.search(line):
            places = [(place["file"], int(place["line"])) for place in _PLACE.finditer(line)]
            yield _trace(line.strip(), places[::-1])
    if forward is not None:
        yield _trace(forward, frames)


def _trace(said: str, frames: list[tuple[str, int]]) -> Trace:
    return Trace(said, tuple(frames[::-1][:MOST_PLACES]))
