"""What functions change outside of themselves when they are called."""

from __future__ import annotations

import pytest

from stabaudit.concrete.excerpt import Excerpt
from stabaudit.sieve.selection import selections
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.memory import changed_from_inside

CHANGES = {
    "an attribute's element": ("class A:\n  def f(self, i):\n    self.x[i] = 1\n", {"self.x"}),
    "an attribute that is added to": ("class A:\n  def f(self):\n    self.x += 1\n", {"self.x"}),
    "an attribute under another name": (
        "class A:\n  def f(self):\n    a = self.x.T\n    a[0] += 1\n",
        {"self.x", "self.x.T"},
    ),
    "what a method is called on": ("def f():\n  CACHE.append(1)\n", {"CACHE"}),
    "what a method gives back": ("def f():\n  return STACK.pop()\n", {"STACK"}),
    "what a result is written to": ("def f(x):\n  z = np.exp(x, out=y)\n", {"y"}),
    "a name of the module": ("def f():\n  global n\n  n = 1\n", {"n"}),
    "a name of the function around": ("def f():\n  def g():\n    nonlocal n\n    n = 1\n", {"n"}),
    "a name of its own": ("def f(a):\n  b = a\n  b[0] = 1\n  for c in d: c += 1\n", {"d"}),
    "a parameter": ("def f(a, *b, c=1, **d):\n  a[0] = b[0] = c[0] = d[0] = 1\n", set()),
    "nothing": ("def f(a):\n  self.x = a\n  return a\n", set()),
    "a class in a function": ("def f():\n  class A:\n    x[0] = 1\n    def g(self): y.sort()\n", {"x", "y"}),
    "a walrus": ("def f():\n  if (a := b) is not None: a[0] = 1\n", {"b"}),
    "one of several": (
        "def f():\n  del x[0]\n  (a if b else c)[0] = 1\n  (d, [*e])[0] = 1\n",
        {"x", "a", "c", "d", "e"},
    ),
}


@pytest.mark.parametrize(("text", "changed"), CHANGES.values(), ids=CHANGES)
def test_what_functions_change(text: str, changed: set[str]):
    assert changed_from_inside(read(text)) == changed


def test_what_a_function_that_is_left_out_changes_is_known():
    text = (
        "import numpy as np\nclass A:\n  def step(self):\n    self.x[0] = 1\n    self.y += 1\n"
        "  def f(self, other):\n    e = np.exp(self.x)\n    other.run()\n    return e - 1\n"
    )
    (part,) = selections(text)
    assert "step(self)" not in Excerpt(part.text, part.tree).text
    assert "self.x" in part.changed
