"""The sieve lets too much through, never too little: without it the findings are the same."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from stabaudit.catalogue.active import rules
from stabaudit.catalogue.extra_rules import choosing
from stabaudit.check import check_text, checker, placed, proved
from stabaudit.check.offered import Offer
from stabaudit.cli.main import main
from stabaudit.concrete.excerpt import Excerpt
from stabaudit.findings.finding import Witness
from stabaudit.proof.question import Site, Verdict
from stabaudit.sieve import could_hold, could_match
from stabaudit.sieve.selection import selections
from stabaudit.terms import App
from stabaudit.terms.ops import TABLE
from tests.sieve.programs import WAYS, nested, program


@pytest.fixture(autouse=True)
def _all_guilty(monkeypatch: pytest.MonkeyPatch):
    # All that a pattern fits is reported: more to compare, and no time is spent on proofs. A stable function by itself
    # is never at fault.
    def judge(site: Site, *_: object, **__: object) -> Verdict:
        stable = isinstance(site.term, App) and site.term.op in TABLE and TABLE[site.term.op].stable
        return Verdict(None if stable else Witness("", "", ""))

    monkeypatch.setattr(checker, "judge", judge)
    for module in (checker, proved):
        monkeypatch.setattr(module, "loses_digits", lambda _: False)


EXAMPLES = [e for rule in rules() for e in (*rule.matches[::3], *rule.ignores[::3])]


class NoOffers:
    """What says of all that is found that it has no fix: to prove the fixes takes most of the time."""

    def __init__(self, *_: object) -> None:
        pass

    def of(self, *_: object) -> Offer:
        """None."""
        return Offer(None, None)

    mended = of


@pytest.mark.parametrize("way", WAYS)
def test_the_findings_are_those_of_the_whole_text(way: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(placed, "Offers", NoOffers)
    text = program(EXAMPLES, way)
    unsieved = check_text(text, rules())
    assert could_match(text.encode())
    assert check_text(text) == unsieved


@pytest.mark.parametrize("way", [*WAYS][::4])
def test_the_fixes_are_those_of_the_whole_text(way: str):
    text = program(EXAMPLES[::3], way)
    assert check_text(text) == check_text(text, rules())


#: Ways in which an operation without an exponential is given another name, and calls of it.
RENAMED = {
    "an import": ("from numpy import sum as s\n", "s(e)"),
    "one import of several": ("from numpy import (\n    max,\n    sum as s,\n)\n", "s(e)"),
    "an import in a long line": ("from numpy import \\\n    sum as s\n", "s(e)"),
    "an import in a condition": ("if True: from numpy import sum as s\n", "s(e)"),
    "a name behind an import": ("import os; s = np.sum\n", "s(e)"),
    "a name": ("s = np.sum\n", "s(e)"),
    "a name of a type": ("s: object = np.sum\n", "s(e)"),
    "two names": ("s = t = np.sum\n", "t(e)"),
    "two names at once": ("t, s = (\n    np.max,\n    np.sum,\n)\n", "s(e)"),
    "a name behind another": ("t = 1; s = np.sum\n", "s(e)"),
    "a name in a long line": ("s = \\\n    np.sum\n", "s(e)"),
    "the name of a name": ("s = np.sum\nt = s\n", "t(e)"),
    "a function": ("def total(v):\n    return np.sum(v)\n\n\ns = total\n", "s(e)"),
}


@pytest.mark.parametrize(("rename", "call"), RENAMED.values(), ids=RENAMED)
def test_an_operation_under_another_name_is_seen(rename: str, call: str):
    text = f"import numpy as np\n{rename}\n\ndef f(x):\n    e = np.exp(x)\n    return e / {call}\n"
    found = check_text(text)
    assert [one.rule for one in found] == ["softmax"]
    assert found == check_text(text, rules())


#: Names that end in a word of a library and are none by themselves.
ENDING = {
    "an import": "from math import exp as _exp\ndef f(x):\n    return _exp(x) - 1\n",
    "a name": "import numpy as np\nmy_exp = np.exp\ndef f(x):\n    return my_exp(x) - 1\n",
    "a name of a name": "import numpy as np\na = np.exp\nb_exp = a\ndef f(x):\n    return b_exp(x) - 1\n",
    "a helper": "import numpy as np\ndef the_exp(x):\n    return np.exp(x)\ndef f(x):\n    return the_exp(x) - 1\n",
    "a letter that is not ASCII": "from math import exp as éexp\ndef f(x):\n    return éexp(x) - 1\n",
}


@pytest.mark.parametrize("text", ENDING.values(), ids=ENDING)
def test_an_exponential_under_a_name_that_ends_like_one_is_seen(text: str):
    assert could_match(text.encode())
    assert [one.rule for one in check_text(text)] == ["expm1"]
    assert check_text(text) == check_text(text, rules())


#: Ways in which a name by itself is that of a library.
IMPORTED = {
    "an import": "from math import exp\n",
    "one of several": "from math import (  # one of these: :)\n    cos,\n    exp,\n)\n",
    "a long line": "from math import cos, \\\n    exp\n",
    "behind a statement": "import os; from math import exp\n",
    "behind an import": "import os; import sys; from math import cos, exp\n",
    "in a condition": "if True: from math import exp\n",
    "a name": "import math\nexp = math.exp\n",
    "two names": "import math\nlog, exp = math.log, math.exp\n",
    "a long way to it": f"import math\nexp = (math.\n{' ' * 300}exp)\n",
}


@pytest.mark.parametrize("brought", IMPORTED.values(), ids=IMPORTED)
def test_a_name_by_itself_is_that_of_a_library_where_it_was_brought_in(brought: str):
    text = f"{brought}def f(x):\n    return exp(x) - 1\n"
    assert could_match(text.encode())
    assert [one.rule for one in check_text(text)] == ["expm1"]
    assert check_text(text) == check_text(text, rules())


def test_a_name_by_itself_that_nobody_brought_in_is_none():
    assert not could_match(b"def f(log, exp=None, *, sigmoid):\n    return g(exp, softmax=log(sigmoid.exp.x))\n")
    assert could_match(b"from numpy import *\ndef f(x):\n    return exp(x) - 1\n")


def test_a_word_within_another_is_none():
    assert not could_match(b"x_log = catalog(dialog)\ndef f(no_exp):\n    return self._log(no_exp.regexp)\n")
    assert could_match(b"y = tf.math.cumulative_logsumexp(x)\n")
    assert could_match(b"y = tfp.math.log1mexp(x)\n")


#: Formulas that are a pattern's only after sums, products, numbers, exponentials and logarithms are put in order.
REARRANGED = [
    "2 * np.exp(x) - 2",
    "(0.5 - np.exp(x) / 2) * y",
    "np.log((0.25 + x / 4) * 4)",
    "np.log(0.5 + x + 0.5)",
    "np.log(2 + 2 * np.exp(x))",
    "np.log(2 * (0.5 + x))",
    "np.exp(-x) * (2 + np.exp(x)) - 2 * np.exp(-x)",
    "np.log(np.exp(a) * (1 + np.exp(b)))",
    "np.log(np.exp(a) * w + np.exp(b) * v)",
    "np.log(np.exp(x) * (1 + np.exp(-x)))",
    "np.exp(x) / (np.exp(x) + np.exp(y))",
    "1 / (np.exp(a) + np.exp(b)) * np.exp(a)",
    "1 / (np.exp(-x) * (np.exp(x) + 1))",
    "(1 + np.exp(-x)) ** -1",
    "(2 + 2 * np.exp(-x)) ** -2 * np.exp(-x)",
    "np.exp(x + np.log(w)) / np.sum(w * np.exp(x))",
    "np.log1p(1 / (x * (y - 1) - 1))",
    "np.log(1 - scipy.special.expit(x))",
    "np.log(scipy.special.softmax(x, axis=0))",
    "1 - np.exp(-scipy.special.expit(np.exp(x)))",
    "math.e ** x - 1",
    "np.log(np.mean(2 * np.exp(x)))",
    "np.log(np.sum(np.exp(x)) + c)",
    "np.log(1 + np.exp(x) ** 2)",
    "np.exp(x) ** 2 - 1",
    "x ** 0 - np.exp(x)",
    "1 + (np.log1p(x) - 1)",
    "np.expm1(x - 1 + 3)",
    "w * np.exp(x) / w - 1",
    "np.log(y * (1 + np.exp(x)) / y)",
    "np.exp(x) * w * y / (w * y) - 1",
    "(0 + np.exp(x)) / np.sum(0 + np.exp(x))",
    "np.log(np.sum(np.zeros(3) + np.exp(x)))",
    "np.log((1 + x) - 0)",
]


@pytest.mark.parametrize("way", ["what a function returns", "a name", "a helper", "a method that helps"])
def test_what_is_a_pattern_once_it_is_in_order_is_not_missed(way: str):
    text = program(REARRANGED, way)
    assert check_text(text) == check_text(text, rules()) != []


#: Code in which `z` may be an exponential when it is divided by its sum, though it is made one further down.
TOO_EARLY = {
    "a loop": "for i in x:\n    y = z / z.sum()\n    z = np.exp(i)\n",
    "a loop in a loop": "for i in x:\n    for j in i:\n        y = z / z.sum()\n    z = np.exp(i)\n",
    "a condition of a loop": "while (z / z.sum()).any():\n    z = np.exp(x)\n",
    "a name of a name in a loop": "for i in x:\n    y = w / w.sum()\n    w = z\n    z = np.exp(i)\n",
    "a function in a function": "def g():\n    return z / z.sum()\nz = np.exp(x)\n",
    "a function before a loop": "def g():\n    return z / z.sum()\nfor i in x:\n    z = np.exp(i)\n",
    "a class in a function": "class A:\n    def g(self):\n        return z / z.sum()\nz = np.exp(x)\n",
    "a lambda": "g = lambda: z / z.sum()\nz = np.exp(x)\n",
    "a generator": "g = (z / z.sum() for i in x)\nz = np.exp(x)\n",
    "a name in a comprehension": "y = [(z / z.sum(), z := np.exp(i)) for i in x]\n",
}


def function(body: str) -> str:
    return f"import numpy as np\ndef f(x, z):\n{indent(body, '    ')}    return z\n"


@pytest.mark.parametrize("body", TOO_EARLY.values(), ids=TOO_EARLY)
def test_what_is_given_to_a_name_later_may_have_been_there_before(body: str):
    assert selections(function(body))


@pytest.mark.parametrize(
    "body", ["y = z / z.sum()\nz = np.exp(x)\n", "x = z\nif x:\n    z = x / z.sum()\nz = np.exp(x)\n"]
)
def test_what_is_given_to_a_name_later_was_not_there_before(body: str):
    assert not selections(function(body))


def test_what_a_function_makes_of_an_exponential_it_is_given_is_told_of_where_it_is_called():
    text = "import numpy as np\ndef normalize(v):\n    return v / v.sum()\ndef f(x):\n    return normalize(np.exp(x))\n"
    assert check_text(text) == check_text(text, rules()) != []


@pytest.mark.parametrize("given", ["p(x)", "q(x)", "r(x)"], ids=["a helper", "another name", "a helper of a helper"])
def test_what_a_pattern_of_common_operations_is_made_of_may_stand_in_a_helper(given: str):
    text = "import numpy as np\ndef p(x):\n    return np.prod(x)\nq = p\ndef r(x):\n    return p(x)\n"
    text += f"def f(x, n):\n    return {given} ** (1 / n)\n"
    with choosing(frozenset({"geometric-mean"})):
        (part,) = selections(text)
    assert part.functions == {"f"}


def test_names_may_have_any_letters():
    text = "import numpy as np\nε = 1\nclass A:\n    def f(self):\n        return np.log(ε + self.λ)\n"
    text += "    def g(self):\n        self.λ[0] = 1\n"
    assert check_text(text) == check_text(text, rules()) != []
    (part,) = selections(text)
    assert part.changed == {"self.λ"}


def test_most_ways_lead_to_findings():
    # Otherwise the test above would compare nothing with nothing.
    named = [example for example in EXAMPLES if "exp(" in str(example)]
    assert all(check_text(program(named[:2], way)) for way in WAYS)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_make_no_difference(newline: str):
    text = program(EXAMPLES[:8], "a helper").replace("\n", newline)
    assert check_text(text) == check_text(text, rules())


def test_functions_that_call_each_other_are_gone_through():
    text = (
        "import numpy as np\n"
        "def f(x):\n    return g(x) if x else np.exp(x)\n"
        "def g(x):\n    return f(x) if x else 1\n"
        "def h(x):\n    return 1 / (1 + f(x))\n"
    )
    assert check_text(text) == check_text(text, rules())


SILENT = {
    "nothing but words": 'x = "np.exp(x) - 1"  # np.log(1 + x)\n',
    "a logger": "import logging\nlogging.log(level, 'x')\nlogging.log(2, f'{x + y}')\nself.log('a')\n",
    "a density": "import numpy as np\ndef f(x, m):\n    return np.exp(-0.5 * (x - m)**2)\n",
    "a logarithm of a quotient": "import numpy as np\ndef f(p, q):\n    return p * np.log(p / q)\n",
    "a stable function": "import torch\ndef f(x):\n    return torch.softmax(x, 1)\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_no_pattern_can_fit_is_not_lifted(text: str):
    assert not selections(text)


def test_only_the_functions_that_matter_are_lifted():
    noise = "".join(f"def f{i}(x):\n    y = x + {i}\n    return y\n" for i in range(100))
    (part,) = selections(
        f"import numpy as np\n{noise}def s(x):\n    return 1 / (1 + np.exp(-g(x)))\ndef g(x):\n    return x\n"
    )
    left = Excerpt(part.text, part.tree).text
    assert left.splitlines()[0] == "import numpy as np"
    assert left.count("def ") == 2
    assert "return x\n" in left
    (finding,) = check_text(f"import numpy as np\n{noise}def s(x):\n    return 1 / (1 + np.exp(-x))\n")
    assert (finding.start.row, finding.start.column) == (303, 12)


def test_a_long_text_is_lifted_in_parts(monkeypatch: pytest.MonkeyPatch):
    text = program(EXAMPLES[:12], "a helper")
    monkeypatch.setattr("stabaudit.sieve.selection.LONGEST", 200)
    monkeypatch.setattr("stabaudit.sieve.selection.SHORTEST", 200)
    parts = selections(text + "\n")
    assert len(parts) > 3
    assert all(len(Excerpt(part.text, part.tree).text) < 0.7 * len(text) for part in parts)
    assert check_text(text + "\n") == check_text(text, rules())


def test_a_module_that_is_brought_in_by_a_call_is_no_mere_string():
    assert could_match(b'import pytest\nf = pytest.importorskip("numpy.exp")\ny = f(x) - 1\n')


def test_a_class_is_looked_into():
    text = nested(program(EXAMPLES[:6], "what a function returns"))
    assert check_text(text) == check_text(text, rules())


SPOKEN = {
    "code behind strings": b"x = '#'; y = \"'\"; z = np.exp(1)  # '''\n",
    "code behind a string over lines": b'x = """\'\n# \\""""; y = np.exp(x)\n',
    "code in a format string": b"print(f'{np.exp(x) - 1}', Rf\"{a}\")\n",
    "a string that goes on": b"x = 'a\\\n# '; y = x.log()\n",
    "Euler's number": b"from math import (\n  pi, e)\ny = e ** x - 1\n",
    "Euler's number in its module": b"y = math.e ** x - 1\n",
}


@pytest.mark.parametrize("data", SPOKEN.values(), ids=SPOKEN)
def test_strings_and_comments_end_where_they_end(data: bytes):
    assert could_match(data)


def test_words_in_strings_and_comments_are_no_code():
    data = b"x = 'exp(x) - 1'  # np.log(1 + x)\n"
    assert not could_match(data)
    # A notebook is one string after the other.
    assert could_hold(data)


def test_a_run_can_do_without_the_sieve(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.py").write_text(program(EXAMPLES[:4], "a helper"))
    (tmp_path / "b.py").write_text("x = 1\n")
    words = ["check", str(tmp_path), "--isolated", "--no-cache", "--output-format", "json"]
    assert main(words) == main([*words, "--no-sieve"]) == 1
    said = capsys.readouterr().out
    # Both runs print the same list.
    assert said == 2 * said[: len(said) // 2]


CUTS = {
    "code behind a string of several lines": 'x = """\nnothing\n""", {it}\n',
    "a function in a string": 'x = """\ndef f(): pass\n"""\ny = {it}\n',
    "a bracket that closes at the margin": "def f(\n    x,\n):\n    return ({it}\n)\n",
    "an argument at the margin": "def f(x):\n    y = g(\n1, 2)\n    return {it}\n",
    "decorators over several lines": "@g(\n    1,\n)\n@h\ndef f(x):\n    return {it}\n",
    "a method after a class that ended": "class A:\n    b = 1\nif True:\n    def f(x):\n        return {it}\n",
    "a number of the module": "ONE = 1\ndef f(x):\n    return ONE\ndef g(x):\n    return np.log(ONE + x)\n",
    "numbers of the module": "A, ONE = 2, 1\ndef g(x):\n    return np.log(ONE + x)\n",
    "a library that only the fix needs": "from scipy import special\ndef f(x):\n    return {it}\n",
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_text_is_cut_without_loss(cut: str):
    text = "import numpy as np\n" + cut.replace("{it}", "np.log(1 + np.exp(x))")
    assert check_text(text) == check_text(text, rules()) != []
