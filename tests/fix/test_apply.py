from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabaudit.findings.finding import Edit, Finding, Position, Unparsable
from stabaudit.fix.apply import apply, choose, fix_text, offsets
from stabaudit.source.lines import starts
from tests.fake import IMPORT, check, edit, finding


def at(text: str, offset: int) -> Position:
    row = max(n for n, start in enumerate(starts(text), 1) if start <= offset)
    return Position(row, offset - starts(text)[row - 1] + 1)


TEXTS = st.text(alphabet="ab \n\t\f\u2028é")


@given(TEXTS, st.data())
def test_a_position_is_where_it_says(text: str, data: st.DataObject):
    offset = data.draw(st.integers(0, len(text)))
    assert offsets(text)(at(text, offset)) == offset


@given(TEXTS, st.data())
def test_edits_change_what_they_cover_and_nothing_else(text: str, data: st.DataObject):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits, want, last = [], "", 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        content = data.draw(st.text("xy\n", max_size=3))
        edits.append(Edit(at(text, start), at(text, end), content))
        want, last = want + text[last:start] + content, end
    random.Random(0).shuffle(edits)
    assert apply(text, edits) == want + text[last:]


def test_new_lines_end_as_the_others_do():
    assert apply("a\r\nb\r\n", [edit(1, 1, 1, "new\n")]) == "new\r\na\r\nb\r\n"
    assert apply("a\rb", [edit(1, 1, 1, "new\r\n")]) == "new\ra\rb"


def test_an_import_that_several_fixes_need_is_added_once():
    text = "a = log(1 + exp(x))\nb = log(1 + exp(y))\n"
    outcome = fix_text(text, check, "safe")
    assert outcome.text == IMPORT + "a = stable.softplus(x)\nb = stable.softplus(y)\n"
    assert (outcome.fixed, list(outcome.left), outcome.reason) == ({"softplus": 2}, [], None)


def test_two_imports_at_one_place_are_both_added():
    one = finding("one", [edit(1, 1, 1, "import one\n"), edit(1, 1, 2, "A")])
    two = finding("two", [edit(1, 1, 1, "import two\n"), edit(1, 3, 4, "B")])
    text = "x y\n"
    edits = [e for f in choose(text, [one, two]) for e in f.fix.edits]
    assert apply(text, edits) == "import one\nimport two\nA B\n"


def test_of_two_fixes_that_overlap_the_first_is_applied_and_the_other_waits():
    outer, inner = finding("outer", [edit(1, 1, 10, "A")]), finding("inner", [edit(1, 3, 5, "B")])
    assert choose("123456789\n", [outer, inner]) == [outer]
    assert choose("123456789\n", [inner, outer]) == [inner]


def test_brackets_put_at_one_place_by_two_fixes_are_not_taken_for_one():
    short = finding("short", [edit(1, 1, 1, "("), edit(1, 5, 5, ")")])._replace(start=Position(1, 1))
    long = finding("long", [edit(1, 1, 1, "("), edit(1, 9, 9, ")")])._replace(start=Position(1, 1))
    assert choose("aaaa+bbbb\n", [short, long]) == [short]


def test_a_fix_whose_own_edits_overlap_is_not_applied():
    assert choose("abcdef", [finding("odd", [edit(1, 1, 4, "x"), edit(1, 2, 5, "y")])]) == []


def test_nested_findings_are_fixed_round_by_round():
    def nested(text: str) -> list[Finding]:
        start, end = text.rfind("("), text.find(")")
        return [finding("paren", [edit(1, start + 1, end + 2, text[start + 1 : end])])] if start >= 0 else []

    outcome = fix_text("((((1))))", nested, "safe")
    assert (outcome.text, outcome.fixed) == ("1", {"paren": 4})


def test_unsafe_fixes_wait_to_be_asked_for():
    text = "a = exp(x) - 1\nSOFT\n"
    assert fix_text(text, check, "safe").text == text
    outcome = fix_text(text, check, "unsafe")
    assert outcome.text == "a = expm1(x)\nSOFT\n"
    assert [one.rule for one in outcome.left] == ["softmax"]


def replacing(old: str, new: str, rule: str = "odd") -> Callable[[str], list[Finding]]:
    def one(text: str) -> list[Finding]:
        start = text.find(old)
        return [finding(rule, [edit(1, start + 1, start + len(old) + 1, new)])] if start >= 0 else []

    return one


def test_a_fix_that_breaks_the_syntax_is_taken_back():
    outcome = fix_text("a = b\n", replacing("b", "b +"), "safe")
    assert outcome.text == "a = b\n"
    assert outcome.reason == "the fixes of `odd` give text that does not parse"
    assert [one.rule for one in outcome.left] == ["odd"]


def test_a_fix_whose_result_the_checker_refuses_is_taken_back():
    def picky(text: str) -> list[Finding]:
        if text != "a = b\n":
            raise Unparsable("too new", Position(1, 1))
        return replacing("b", "c")(text)

    outcome = fix_text("a = b\n", picky, "safe")
    assert (outcome.text, outcome.fixed) == ("a = b\n", {})
    assert "does not parse" in outcome.reason


def test_fixes_that_undo_each_other_are_taken_back():
    def flip(text: str) -> list[Finding]:
        return replacing("a", "b", "there")(text) + replacing("b", "a", "back")(text)

    outcome = fix_text("a", flip, "safe")
    assert (outcome.text, outcome.reason) == ("a", "the fixes of `back` undo each other")


def test_fixes_without_end_are_taken_back():
    outcome = fix_text("a", replacing("a", "a+a"), "safe")
    assert (outcome.text, outcome.reason) == ("a", "the fixes of `odd` keep producing new findings")


def test_a_fix_that_changes_nothing_is_left():
    outcome = fix_text("a", replacing("a", "a"), "safe")
    assert (outcome.text, outcome.reason, len(outcome.left)) == ("a", None, 1)


@given(st.lists(st.sampled_from(["log(1 + exp(x))", "exp(y) - 1", "x", "SOFT", "\n", "\r\n", " + ", "'é'"])))
def test_fixing_twice_changes_nothing(words: list[str]):
    once = fix_text("".join(words), check, "unsafe")
    again = fix_text(once.text, check, "unsafe")
    assert (again.text, again.fixed, again.left) == (once.text, {}, once.left)


@pytest.mark.parametrize("text", ["x = '\\d'\n", "x is 1\n"])
def test_warnings_of_the_parser_are_not_ours(text: str):
    assert fix_text(text + "a = exp(x) - 1\n", check, "unsafe").text == text + "a = expm1(x)\n"
