from __future__ import annotations

import pytest

from stabaudit.source.syntax import flaw


def test_python_that_parses_has_no_flaw():
    assert flaw("x = 1\n") is None
    assert flaw("") is None


def test_a_flaw_has_the_place_in_characters_and_the_words_of_python():
    found = flaw("x = 1\n'é'; print 'x'\n")
    assert found is not None
    assert found[1:] == (2, 6)
    assert "Missing parentheses in call to 'print'" in found.message


@pytest.mark.parametrize("text", ["(" * 5000, "\0", "  x\n y\n", "'", "x = '''\n", "-" * 200_000 + "1"])
def test_whatever_is_wrong_is_one_line(text: str):
    found = flaw(text)
    assert found is not None
    assert found.message
    assert "\n" not in found.message
    assert min(found[1:]) >= 1


@pytest.mark.parametrize("text", ["x = '\\d'\n", "x is 1\n"])
def test_warnings_of_the_parser_are_not_ours(text: str):
    assert flaw(text) is None
