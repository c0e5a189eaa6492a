"""A fix must mean what the code meant, however its values got where they are: each snippet is run before and after.

Every snippet defines `f()`. Some look like a softmax and are none, as a name has changed on the way.
"""

from __future__ import annotations

import warnings
from textwrap import dedent, indent
from typing import Any

import numpy as np
import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text


def run(source: str) -> Any:
    """What the snippet's `f()` gives."""
    names: dict[str, Any] = {"__name__": "snippet"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, "<snippet>", "exec"), names)
        return names["f"]()


def same(a: Any, b: Any) -> bool:
    """Whether two results agree in type, shape, dtype and value."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    x, y = np.asarray(a), np.asarray(b)
    tolerance = 1e-9 if x.dtype.itemsize > 4 else 1e-5
    return x.shape == y.shape and x.dtype == y.dtype and np.allclose(x, y, rtol=tolerance, atol=0, equal_nan=True)


def hold(source: str) -> str:
    """The snippet with all safe fixes, which give what it gave and are the last ones."""
    source = dedent(source).lstrip()
    if "import numpy as np" not in source:
        source = f"import numpy as np\n\n{source}"
    outcome = fix_text(source, check_text, "safe")
    assert outcome.reason is None
    before, after = run(source), run(outcome.text)
    assert same(before, after), f"{before} became {after} in\n{outcome.text}"
    assert fix_text(outcome.text, check_text, "safe").text == outcome.text
    return outcome.text


def steps(body: str) -> str:
    """A snippet that returns `e / e.sum()` after the steps in `body`."""
    lines = ["def f():", "    x = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 1.0]])", "    e = np.exp(x)"]
    return "\n".join([*lines, indent(dedent(body).strip("\n"), "    "), "    return e / e.sum()\n"])


def test_untouched_steps_are_fixed():
    assert "stable.softmax(x)" in hold(steps("y = x + 1"))


@pytest.mark.parametrize(
    "body",
    [
        """
        e = np.ones(3)
        try:
            int("a")
            e = np.exp(x)
        except ValueError:
            pass
        """,
        """
        import contextlib
        e = np.ones(3)
        with contextlib.suppress(ValueError):
            int("a")
            e = np.exp(x)
        """,
        """
        e = np.ones(3)
        try:
            try:
                int("a")
                e = np.exp(x)
            finally:
                e = e / e.sum() + 1
        except ValueError:
            pass
        """,
        """
        for i in range(3):
            e = np.exp(x)
            if i == 0:
                e = e + 1
                break
        """,
        """
        for i in range(3):
            if i == 2:
                e = e + 1
                continue
            e = np.exp(x)
        """,
        """
        for i in range(3):
            e = np.exp(x)
            if i > 5:
                break
        else:
            e = e + 1
        """,
        """
        i = 0
        while True:
            e = np.exp(x)
            i += 1
            if i > 2:
                e = e + i
                break
        """,
    ],
)
def test_every_way_out_of_a_block_counts(body: str):
    hold(steps(body))


@pytest.mark.parametrize(
    "body",
    [
        "b = e\nb += 1",
        "b = e[:]\nb[0] = 10",
        "b = e[0]\nb[0] = 10",
        "b = e.T\nb[0] = 10",
        "b = e.reshape(-1)\nb[0] = 10",
        "b = e.ravel()\nb[0] += 10",
        "b, c = e\nb += 10",
        "b = x.ravel()\nb[0] = 10",
        "e.flat[0] = 10",
        "e.flat[0] += 10",
        "e[0][1] = 10",
        "e[0][1] += 10",
        "e.ravel()[1] = 10",
        "e.sort()\ne[0] = 5",
        "x.flat[0] = 10",
        "x[0][1] = 10",
        "for r in e:\n    r += 10",
        "for r in x:\n    r[0] += 10",
        "for i, r in enumerate(e):\n    r *= i",
        "for i in range(2):\n    b = e[i]\n    b += 1",
        "i = 0\nwhile i < 2:\n    b = e[i]\n    b += 1\n    i += 1",
        "np.add(e[:1], 1, out=e[:1])",
        "y = np.add(e, 1, out=e)",
        "y = np.cumsum(e, axis=0, out=e)",
        "with np.nditer(e, op_flags=['readwrite']) as it:\n    for v in it:\n        v[...] = 2 * v + 1",
        "def bump():\n    nonlocal e\n    e = e + 1\nbump()",
        "def bump():\n    e[0] = 100\nbump()",
        "def bump():\n    x[0] = 100\nbump()",
        "def bump():\n    e[0] = 100\n    return 1\ny = bump() + 1",
        "b = e if x.size else x\nb += 1",
        "b = c = e\nc += 1",
    ],
)
def test_memory_may_change_under_another_name(body: str):
    hold(steps(body))


@pytest.mark.parametrize(
    "source",
    [
        """
        class Model:
            def run(self, x):
                self.e = np.exp(x)
                self.bump()
                return self.e / self.e.sum()

            def bump(self):
                self.e = self.e + 1

        def f():
            return Model().run(np.array([1.0, 2.0]))
        """,
        """
        class Model:
            def run(self, x):
                self.e = np.exp(x)
                done = self.bump()
                return self.e / self.e.sum()

            def bump(self):
                self.e = self.e + 1
                return True

        def f():
            return Model().run(np.array([1.0, 2.0]))
        """,
        """
        def lowered(x):
            x -= 1
            return np.exp(x)

        def f():
            x = np.array([1.0, 2.0])
            z = np.log(np.sum(lowered(x)))
            return z, x
        """,
        """
        def raise_first(x):
            x[0] = 9.0
            return x.sum()

        def f():
            x = np.array([1.0, 2.0])
            e = np.exp(x)
            total = raise_first(e)
            return e / e.sum(), total
        """,
        """
        def f():
            x = [1.0, 2.0, 3.0]
            total = np.sum(np.exp(x))
            x.pop()
            last = x.pop()
            return np.log(total), last
        """,
    ],
)
def test_calls_may_change_what_they_are_given(source: str):
    hold(source)


def test_a_changed_copy_is_no_change():
    assert "stable.softmax(x)" in hold(steps("b = x.copy()\nb -= b.max()\nc = e + 1\nc += 1"))


@pytest.mark.parametrize(
    "body",
    [
        "z = np.log(s := np.sum(np.exp(x)))\nreturn z, s",
        "p = (e := np.exp(x)) / e.sum()\nreturn p, e",
        "e = np.ones(3)\nok = False and (e := np.exp(x)) is not None\nreturn e / e.sum()",
        "e = np.ones(3)\nk = (e := np.exp(x)) if False else 3\nreturn e / e.sum()",
        "e = np.exp(x)\nz = [e := np.ones(3) for i in range(2)]\nreturn e / e.sum()",
        "b = np.zeros(3)\nz = np.log(np.sum(np.exp(x, out=b)))\nreturn z, b",
        "e = np.exp(x)\nnp.divide(e, e.sum(), out=e)\nreturn e",
    ],
)
def test_what_an_expression_does_beside_giving_a_value_is_kept(body: str):
    hold("def f():\n    x = np.array([1.0, 2.0, 3.0])\n" + indent(body, "    ") + "\n")


@pytest.mark.parametrize(
    "body",
    [
        "return np.log(np.ones((2, 3)) + np.exp(x))",
        "return np.ones((2, 3)) / (1 + np.exp(-x))",
        "return np.ones(3) / (1 + np.exp(-x.astype(np.float32)))",
        "return np.log(np.exp(x) + 1 + y - y)",
        "return np.exp(x) * y / (y + np.exp(x) * y)",
        "return y * np.exp(x) / np.sum(y * np.exp(x))",
        "e = np.exp(x).astype(int)\nreturn e / e.sum()",
        "e = np.exp(x).astype(np.float32)\nreturn e / e.sum()",
        "e = np.array(np.exp(x), dtype=np.float32)\nreturn e / e.sum()",
    ],
)
def test_shapes_and_types_that_come_from_a_dropped_part_are_kept(body: str):
    hold("def f():\n    x = np.array([1.0, 2.0, 3.0])\n    y = np.ones((2, 1))\n" + indent(body, "    ") + "\n")


def test_a_method_may_be_another_one_in_a_subclass():
    hold("""
        class Base:
            def act(self, x):
                return np.exp(x)

            def lse(self, x):
                return np.log(np.sum(self.act(x)))

        class Square(Base):
            def act(self, x):
                return x**2

        def f():
            return Square().lse(np.array([1.0, 2.0]))
    """)


@pytest.mark.parametrize(
    "source",
    [
        """
        C = 1

        def g(x):
            return np.log(C + np.exp(x))

        C = 5

        def f():
            return g(np.array([1.0, 2.0]))
        """,
        """
        C = 1

        def change():
            global C
            C = 5

        def g(x):
            return np.log(C + np.exp(x))

        def f():
            change()
            return g(np.array([1.0, 2.0]))
        """,
        """
        def f():
            c = 1

            def g(x):
                return np.log(c + np.exp(x))

            c = 2
            return g(np.array([1.0, 2.0]))
        """,
        """
        ONE = 5

        class A:
            ONE = 1

            def g(self, x):
                return np.log(ONE + np.exp(x))

        def f():
            return A().g(np.array([1.0, 2.0]))
        """,
        """
        def f():
            return np.log(sum(np.exp(np.array([1.0, 2.0]))))

        sum = np.max
        """,
    ],
)
def test_what_a_function_reads_may_change_until_it_is_called(source: str):
    hold(source)


@pytest.mark.parametrize(
    "body",
    [
        "return np.exp(x) / sum(np.exp(x))",
        "return np.log(sum(np.exp(x)))",
        "return np.log(sum(np.exp(row) for row in x))",
        "return np.log([np.exp(row).sum() for row in x])",
        "s = [np.sum(np.exp(row)) for row in x]\nreturn np.log(s)",
        "s = np.array([np.exp(row).sum() for row in x])\nreturn np.exp(x) / s",
        "v = x[0]\nreturn np.log(np.array([np.sum(np.exp(v + w)) for w in v]))",
        "v = x[0]\nreturn np.log(sum(np.exp(w * v) for w in v))",
        "v = x[0]\nreturn np.log(sum([np.exp(w * v).sum() for w in v]))",
    ],
)
def test_rows_are_no_elements(body: str):
    start = "def f():\n    x = np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 2.0], [0.0, 1.0, 0.0]])\n"
    hold(start + indent(body, "    ") + "\n")


def test_pythons_sum_of_an_array_is_along_its_first_axis():
    assert "stable.softmax(x, axis=0)" in hold("""
        def g(x):
            return np.exp(x) / sum(np.exp(x))

        def f():
            return g(np.array([[1.0, 2.0], [3.0, 0.0]])), g(np.array([1.0, 2.0]))
    """)


@pytest.mark.parametrize(
    "body",
    [
        "return np.log(1 + np.exp(1j * x))",
        "return 1 / (1 + np.exp(-2.5j * x))",
        "return np.exp(1.0e-3j * x) / np.sum(np.exp(1.0e-3j * x))",
        "x[0] = np.nan\nreturn np.log(np.nansum(np.exp(x)))",
        "x[0] = np.nan\ns = np.nansum(np.exp(x))\nreturn np.exp(x) / s",
    ],
)
def test_complex_numbers_and_left_out_nans_are_kept(body: str):
    hold("def f():\n    x = np.array([1.0, 2.0, 3.0])\n" + indent(body, "    ") + "\n")


def test_twice_a_list_is_an_error_and_no_longer_list():
    outcome = fix_text("import numpy as np\n\n\ndef f(x):\n    return np.exp(x)**2 - 1\n", check_text, "unsafe")
    assert "np.expm1(2.0 * x)" in outcome.text
