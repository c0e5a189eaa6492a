"""What is nested deeply gets room, and what is nested too deeply is told of."""

from __future__ import annotations

import sys
import threading

import pytest

from stabaudit.check import check_text
from stabaudit.findings.finding import Unparsable
from stabaudit.source.depth import with_room


def down(levels: int) -> int:
    return 1 + down(levels - 1) if levels else 0


def test_what_is_deep_is_done_with_room():
    limit, size = sys.getrecursionlimit(), threading.stack_size()
    assert with_room(20_000)(down)(9_000) == 9_000
    assert (sys.getrecursionlimit(), threading.stack_size()) == (limit, size)


def test_what_is_too_deep_is_an_error_all_the_same():
    with pytest.raises(RecursionError):
        with_room(2_000)(down)(9_000)


def test_where_there_is_no_room_it_is_an_error_all_the_same(monkeypatch: pytest.MonkeyPatch):
    def no_thread(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    with pytest.raises(RecursionError, match="no room"):
        with_room(20_000)(down)(9_000)


def sum_of(terms: int) -> str:
    total = " + ".join(f"np.exp(x[{n}])" for n in range(terms))
    return f"import numpy as np\ndef f(x):\n    return np.log({total})\ndef g(x):\n    return np.exp(x) - 1\n"


def test_a_sum_of_hundreds_of_terms_is_read():
    (finding,) = check_text(sum_of(500))
    assert finding.start.row == 5


def test_a_sum_of_thousands_of_terms_is_told_of():
    # Python itself reads no more than three thousand, LibCST some more before it crashes.
    with pytest.raises(Unparsable, match="nested too deeply"):
        check_text(sum_of(5_100))
