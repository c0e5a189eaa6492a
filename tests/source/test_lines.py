from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stabaudit.source.lines import bare, lines, newline, starts

TEXTS = st.text(alphabet="ab\n\r\f\v\u2028\x85 ")


@given(TEXTS)
def test_joined_lines_are_the_text(text: str):
    assert "".join(lines(text)) == text


@given(TEXTS)
def test_every_view_of_a_text_has_the_same_number_of_lines(text: str):
    assert len(lines(text)) == len(starts(text)) == len(bare(text))


@given(TEXTS)
def test_lines_are_those_of_the_python_parser(text: str):
    # str.splitlines(), after what is no line end to Python is made harmless.
    harmless = text.translate(dict.fromkeys(map(ord, "\f\v\u2028\x85"), "x"))
    assert [len(line) for line in lines(text) if line] == [len(line) for line in harmless.splitlines(True)]


def test_the_line_end_of_a_text_is_its_most_frequent_one():
    assert newline("a\r\nb\r\nc\n") == "\r\n"
    assert newline("a\rb") == "\r"
    assert newline("") == "\n"


@given(TEXTS, st.integers(0, 9))
def test_lines_may_be_told_apart_up_to_one_of_them(text: str, most: int):
    assert bare(text, most)[:most] == bare(text)[:most]
