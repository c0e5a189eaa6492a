"""Each text is looked through in a time that grows as it does, whatever it repeats."""

from __future__ import annotations

import re
import time

import pytest

from stabaudit.sieve.needles import code, could_hold, could_match
from stabaudit.sieve.nesting import nesting
from stabaudit.sieve.selection import _ATTRIBUTES, _OUTERMOST, IMPORTS
from stabaudit.source.blocks import blocks

#: What a text repeats; each of the first was looked through from each of its places to its end.
PIECES = [
    "\\'",
    '\\"""\n',
    '"""\\',
    "'\\\n",
    "import ",
    "import(",
    "import a (\n",
    "a",
    "exp",
    " ",
    "\t",
    "`",
    "~",
    ">",
    "> ",
]
PIECES += [
    "# noqa: ",
    "#\n",
    "(",
    "[\n",
    "a, ",
    "= (",
    "\n",
    ">>> ",
    "... ",
    ".. code::\n",
    "``` ",
    "f'{",
    "@a\n",
    "def f(\n",
]
#: What stands before and behind that.
AROUND = [
    ("", ""),
    ("import numpy as np\nnp.exp(x)\n", " x"),
    ("```", "`"),
    ("~~~", "`"),
    ("a", "!"),
    ("# stabaudit: ", ""),
]
SIZE = 30_000


def look(text: str) -> None:
    """All that is done with the text of a file before it is parsed."""
    data = text.encode()
    could_match(data)
    could_hold(data)
    plain = code(data)
    nesting(plain)
    for pattern in (IMPORTS, _ATTRIBUTES, _OUTERMOST):
        re.findall(pattern, plain)
    for path in ("a.md", "a.rst"):
        list(blocks(path, text))


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_that_repeats_one_thing_is_soon_looked_through(piece: str):
    for before, behind in AROUND:
        start = time.process_time()
        look(before + piece * (SIZE // len(piece)) + behind)
        # A tenth of a second where the time is that of the text; a minute where it is that of its square.
        assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["x = 'a\ny = np.exp(x)\n", 'x = """a\ny = np.exp(x)\n', "x = 'a\\\ny = np.exp(x)\n"])
def test_behind_a_string_without_an_end_nothing_is_hidden(text: str):
    assert b"np.exp(x)" in code(text.encode())
