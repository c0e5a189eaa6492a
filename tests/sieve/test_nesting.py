"""What would crash LibCST is told before it is parsed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from stabaudit.catalogue.load import load
from stabaudit.check import check_text
from stabaudit.findings.finding import Unparsable
from stabaudit.sieve.needles import code
from stabaudit.sieve.nesting import BRACKETS, DEEP, DEEPEST, LINKS, PREFIXES, nesting
from stabaudit.source.syntax import TOO_DEEP

# So many of each stand within each other.
CHAINS: dict[str, Callable[[int], str]] = {
    "conditions": lambda n: "x = " + " and ".join(["a"] * n),
    "a condition on lines of its own": lambda n: "x = (a" + "\n  or a" * n + ")",
    "a condition on continued lines": lambda n: "x = a" + " \\\n  or a" * n,
    "sums": lambda n: "x = " + "+".join(["a"] * n),
    "signs": lambda n: "x = " + "-" * n + "a",
    "negations": lambda n: "x = " + "not " * n + "a",
    "powers": lambda n: "x = " + "**".join(["a"] * n),
    "calls": lambda n: "x = a" + "()" * n,
    "calls with arguments": lambda n: "x = a" + "(b, c)" * n,
    "attributes": lambda n: "x = a" + ".b" * n,
    "a name with dots": lambda n: "import " + ".".join(["a"] * n),
    "subscripts": lambda n: "x = a" + "[0]" * n,
    "strings": lambda n: "x = " + '"a" ' * n,
    "functions": lambda n: "x = " + "lambda: " * n + "a",
    "choices": lambda n: "x = " + "a if b else " * n + "c",
    "branches": lambda n: "if a: pass\n" + "elif a: pass\n" * n,
    "loops in a list": lambda n: "x = [a " + "for a in b " * n + "]",
}
FLAT: dict[str, str] = {
    "statements": "x = a + b\n" * 9999,
    "statements on one line": "x = a + b;" * 9999,
    "items": "x = [" + "a + b, " * 9999 + "]",
    "items on lines of their own": "x = [\n" + "    a.b(c),\n" * 9999 + "]",
    "arguments": "f(" + "-1, " * 9999 + ")",
    "a text": "x = '''" + "a and (" * 9999 + "'''",
    "comments": "# a and (\n" * 9999,
    "closed brackets": "x = a)\n" * 9999,
}


def depth(text: str) -> int:
    return nesting(code(text.encode()))[0]


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
@pytest.mark.parametrize("links", [100, 3000, 9999])
def test_links_of_a_chain_are_nested_in_each_other(chain: Callable[[int], str], links: int):
    assert links - 1 <= depth(chain(links)) <= 3 * links


@pytest.mark.parametrize("text", FLAT.values(), ids=FLAT)
def test_what_stands_beside_each_other_is_not_nested(text: str):
    assert depth(text) < 10


@pytest.mark.parametrize("bracket", ["(", "[", "{1: ", "f(a, "])
def test_more_brackets_than_python_reads_are_too_deep(bracket: str):
    assert BRACKETS <= depth("x = " + bracket * BRACKETS) < DEEP
    assert depth("x = " + bracket * (BRACKETS + 1)) > DEEPEST


def test_a_chain_in_brackets_is_nested_in_the_one_around_it():
    inner = "(" + "a + " * 4000 + "a)"
    assert depth(f"x = {inner}" + " + b" * 4000) >= 8000
    assert depth("x = " + "b + " * 4000 + inner) >= 8000
    assert depth(f"x = f({inner}, c)" + " + b" * 4000) >= 8000


def test_operands_beside_each_other_count_once():
    assert depth("x = " + " + ".join(f"a[{n}] * b.c({n})" for n in range(2000))) < DEEPEST


@pytest.mark.parametrize("link", ["()", "[::-1]", ".T", ".reshape(-1)"])
def test_a_chain_that_takes_too_long_to_parse_is_declined(link: str):
    """LibCST takes the square of the number of links."""
    assert depth("x = a" + link * (LINKS // 2)) < DEEPEST
    assert depth("x = a" + link * (LINKS + 1)) > DEEPEST


@pytest.mark.parametrize("prefix", ["-", "- ", "~+", "not ", "lambda: ", "a if b else ", "a ** "])
def test_operands_that_take_too_much_memory_to_parse_are_declined(prefix: str):
    """LibCST takes the square of the number of operators that stand before all the others."""
    assert depth("x = " + prefix * (PREFIXES // 3) + "a") < DEEPEST
    assert depth("x = " + prefix * (PREFIXES + 1) + "a") > DEEPEST


def test_the_row_is_that_of_the_deepest_place():
    assert nesting(b"x = a + b\ny = (a\n  + b\n  + c)\nz = a\n") == (3, 4)


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_a_chain_of_any_length_is_read_or_declined_and_crashes_nothing(chain: Callable[[int], str]):
    # Behind a mistake Python's own parser does not see it.
    for text in (chain(10 * DEEPEST), f"print 1\n{chain(10 * DEEPEST)}"):
        with pytest.raises(Unparsable, match=TOO_DEEP):
            check_text(text, load()[:1])
    with contextlib.suppress(Unparsable):
        assert check_text(chain(DEEP + 1), load()[:1]) == []
