from __future__ import annotations

import pytest

from stabaudit.engine.job import Result
from stabaudit.report.tally import Tally
from stabaudit.source.errors import FileError
from tests.fake import check


def tally(*texts: str, fixed: dict[str, int] | None = None) -> Tally:
    sums = Tally()
    for text in texts:
        sums.add(Result("a.py", check(text), fixed=fixed or {}))
    return sums


SAFE, UNSAFE, NONE = "log(1+exp(x))", "exp(x) - 1", "SOFT"


@pytest.mark.parametrize(
    ("texts", "unsafe", "line"),
    [
        ([], False, "Found nothing in 0 files."),
        ([""], False, "Found nothing in 1 file."),
        ([NONE], False, "Found 1 finding in 1 file."),
        ([SAFE, "", SAFE + NONE], False, "Found 3 findings in 2 files (2 fixable with `--fix`)."),
        ([UNSAFE], False, "Found 1 finding in 1 file (1 fixable with `--fix --unsafe-fixes`)."),
        (
            [SAFE, UNSAFE],
            False,
            "Found 2 findings in 2 files (1 fixable with `--fix`, 1 more with `--fix --unsafe-fixes`).",
        ),
        ([SAFE, UNSAFE], True, "Found 2 findings in 2 files (2 fixable with `--fix`)."),
    ],
)
def test_the_last_line_says_what_can_be_done(texts: list[str], unsafe: bool, line: str):
    assert tally(*texts).summary(False, unsafe) == line


def test_the_last_line_says_what_was_fixed_and_what_is_left():
    sums = tally(UNSAFE, NONE, fixed={"softplus": 2, "log1p": 1})
    done = "Fixed 6 findings in 2 files (2 log1p, 4 softplus); 2 left"
    left = "  1 expm1: unsafe, the dtype is not known\n  1 softmax: no fix, a comment stands inside"
    assert sums.summary(True, False) == f"{done} (1 fixable with `--fix --unsafe-fixes`).\n{left}"
    assert sums.summary(True, True) == f"{done}.\n{left}"


def test_of_very_many_reasons_the_most_frequent_are_told():
    sums = Tally()
    reasons = [f"reason {n:02}" for n in range(20)] + ["reason 19"]
    found = [check(NONE)[0]._replace(withheld=reason) for reason in reasons]
    sums.add(Result("a.py", found, fixed={"softplus": 1}))
    lines = sums.summary(True, False).split("\n")
    assert lines[1:3] == ["  2 softmax: no fix, reason 19", "  1 softmax: no fix, reason 00"]
    assert (len(lines), lines[-1]) == (14, "  8 more for other reasons")


def test_a_file_that_could_not_be_read_is_not_counted_as_checked():
    sums = Tally()
    sums.add(Result("a.py", trouble=FileError("a.py", "gone")))
    assert (sums.checked, sums.troubles) == (0, 1)
