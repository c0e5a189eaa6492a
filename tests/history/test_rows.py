from __future__ import annotations

import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from stabaudit.history.likeness import nearest
from stabaudit.history.rows import new_rows

LINES = st.lists(st.sampled_from("abcdefgh"), max_size=30)


def rows(old: str, new: str) -> list[int]:
    return sorted(new_rows([*old], [*new]))


def test_what_was_inserted_changed_or_repeated_is_new():
    assert rows("abc", "abc") == []
    assert rows("abc", "axbc") == [2]
    assert rows("abc", "axc") == [2]
    assert rows("abc", "ac") == []
    assert rows("", "abc") == [1, 2, 3]
    assert rows("abc", "") == []
    assert rows("a.b.c", "a.x.b.c") in ([2, 3], [3, 4])
    assert rows("...", "....") == [4]


def test_lines_that_were_moved_or_indented_are_not_new():
    assert rows("abcd", "cdab") == []
    assert new_rows(["a", "b", "c"], ["if x:", "    b", "a", "c"]) == {1}


@given(LINES, LINES)
def test_as_many_lines_are_new_as_the_old_text_lacks(old: list[str], new: list[str]):
    fresh = new_rows(old, new)
    assert Counter(new[row - 1] for row in fresh) == Counter(new) - Counter(old)


@given(st.integers(0, 8))
def test_of_equal_lines_those_between_new_ones_are_new(at: int):
    old = [*"abcdefgh"]
    assert new_rows(old, [*old[:at], "x", "c", "y", *old[at:]]) == {at + 1, at + 2, at + 3}


def test_the_worst_texts_take_no_longer_than_others():
    # An ordinary difference takes the product of both lengths here: hours.
    old, new = ["a", "b"] * 200_000, ["b", "a", "c"] * 150_000
    start = time.process_time()
    new_rows(old, new)
    assert time.process_time() - start < 20


def test_a_renamed_file_is_the_one_with_most_lines_in_common():
    assert nearest(b"a\nb\nc\nd", [b"x\ny", b"a\nb\nc\nz", b"a\nb"]) == b"a\nb\nc\nz"
    assert nearest(b"a\nb\nc\nd", [b"a\nx\ny\nz"]) == b""
    assert nearest(b"", [b"", b"a"]) == b""
