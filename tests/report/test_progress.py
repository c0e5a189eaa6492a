from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from stabaudit.engine.job import Result
from stabaudit.report.progress import shown
from stabaudit.source.errors import FileError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def ticks(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


def seen(stream: io.StringIO, step: float, results: list[Result]) -> str:
    clock = ticks(step)
    assert list(shown(results, len(results), stream, lambda: next(clock))) == results
    return stream.getvalue()


RESULTS = [Result("a.py"), Result("b.py"), Result("c.py", trouble=FileError("c.py", "no")), Result("d.py")]


def test_a_long_run_counts_its_files_and_leaves_the_line_empty(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    text = seen(Terminal(), 0.6, RESULTS)
    assert "\r\033[K2/4 files" in text
    assert text.endswith("4/4 files\r\033[K")
    # Cleared before the trouble is told.
    assert "2/4 files\r\033[K\r\033[K3/4" in text


def test_a_short_run_says_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    assert seen(Terminal(), 0.001, RESULTS) == ""


def test_what_is_no_terminal_is_told_nothing(monkeypatch: pytest.MonkeyPatch):
    assert seen(io.StringIO(), 9.0, RESULTS) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert seen(Terminal(), 9.0, RESULTS) == ""


def test_a_result_of_several_files_counts_as_several(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    assert "\r\033[K7/2 files" in seen(Terminal(), 1.0, [Result("a.py", files=5), Result("c.py", files=2)])
