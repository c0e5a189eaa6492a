"""What is found after an edit is what is found in a text that nobody has seen before."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import scipy

from benchmarks.editor import edits
from stabaudit.check.pieces import Pieces
from stabaudit.engine.edited import Edited
from stabaudit.engine.job import analyse
from stabaudit.findings.finding import Finding
from stabaudit.source import current_file

HERE = Path(__file__).parent
SCIPY = Path(scipy.__file__).parent
FILES = [
    HERE.parent / "examples" / "naive_classifier.py",
    SCIPY / "special" / "_logsumexp.py",
    SCIPY / "special" / "tests" / "test_logsumexp.py",
    SCIPY / "optimize" / "tests" / "test__spectral.py",
    SCIPY / "optimize" / "_tstutils.py",
    SCIPY / "stats" / "_new_distributions.py",
]
HELPED = """import numpy as np

CACHE = {}

def weight(z):
    return np.exp(z)

def share(z):
    w = weight(z)
    return w / w.sum()

def plain(z):
    return z + 1

class Model:
    def __init__(self, scale):
        self.scale = scale

    def loss(self, x):
        return np.log(1 + np.exp(self.scale * x))

    def name(self):
        return "model"
"""


def found(text: str, check: Callable[[str], Sequence[Finding]], path: str = "") -> list[Finding]:
    with current_file.at(path or str(HERE / "edited.py"), (str(HERE),)):
        return [*check(text)]


class Counting:
    """The check, and the texts that it was asked about."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> Sequence[Finding]:
        self.asked.append(text)
        return analyse(text)

    def __reduce__(self) -> str | tuple[object, ...]:
        return Counting, ()


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files_are_told_of_after_an_edit_as_if_they_were_new(path: Path):
    text = path.read_text("utf-8")
    found(text, Edited(analyse, whole=True), str(path))
    for changed in edits(text, seed=len(text), most=8):
        assert found(changed, Edited(analyse, whole=False), str(path)) == found(changed, analyse, str(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return np.exp(z)", "return np.exp(z - z.max())"),
        ("return np.exp(z)", "return z"),
        ("    w = weight(z)\n", "    w = plain(weight(z))\n"),
        ("return z + 1", "w = np.log(1 + np.exp(z))\n    return w"),
        ("self.scale = scale", "self.scale = 0"),
        ("self.scale = scale", "self.scale = -abs(scale)"),
        ('return "model"', "self.scale = 3\n        return self.scale"),
        ("    def name(self)", "    def loss(self)"),
        ("def plain(z):\n    return z + 1\n", "import scipy.special\n"),
        ("import numpy as np", "import numpy as np, torch"),
    ],
)
def test_an_edit_changes_what_depends_on_it(old: str, new: str):
    found(HELPED, Edited(analyse, whole=True))
    changed = HELPED.replace(old, new)
    assert changed != HELPED
    assert found(changed, Edited(analyse, whole=False)) == found(changed, analyse)
    assert found(HELPED, Edited(analyse, whole=False)) == found(HELPED, analyse)


def test_a_function_that_has_a_namesake_is_known_as_little_after_an_edit():
    text = """import numpy as np

class One:
    def weight(self, d, b=10.0, nu=0.5):
        return 2.0 / ((1.0 + np.exp(b * d)) ** (1.0 / nu))

class Other:
    def weight(self, d, b=2.0):
        return d
"""
    text += "".join(f"\ndef f{n}(x):\n    return x + {n}\n" for n in range(20))
    found(text, Edited(analyse, whole=True))
    changed = text.replace("        return 2.0", "        d = d + 1\n        return 2.0")
    assert found(changed, Edited(analyse, whole=False)) == found(changed, analyse)


def test_findings_move_with_their_lines_and_are_not_looked_for_again():
    check = Counting()
    before = found(HELPED, Edited(check, whole=True))
    after = found(HELPED.replace("z + 1", "(\n        z + 2\n    )"), Edited(check, whole=False))
    assert [one.start.row for one in after] == [one.start.row + 2 * (one.start.row > 13) for one in before]
    assert [part.count("np.exp") for part in check.asked] == [2, 0]


def test_the_settings_of_a_check_are_part_of_what_is_known():
    found(HELPED, Edited(analyse, whole=True))
    assert found(HELPED, Edited(_nothing, whole=False)) == []


def _nothing(text: str) -> Sequence[Finding]:
    return []


def test_what_is_left_of_a_text_stands_on_its_own_rows():
    part = Pieces(ast.parse(HELPED), HELPED).only(())
    assert "def " not in part
    for row, line in zip(HELPED.split("\n"), part.split("\n"), strict=True):
        assert line in (row, "", "pass", "    pass")


def test_a_row_that_a_reason_names_moves_with_it():
    text = """import warnings
import numpy as np

def tail(p):
    return 1 - (1 - p) ** 3

def f(x):
    return np.log(1 + np.exp(x))

def plain(x):
    return x

def quiet(x):
    with warnings.catch_warnings(record=True) as seen:
        y = f(x)
    return y, seen
"""
    text += "".join(f"\ndef f{n}(x):\n    return x + {n}\n" for n in range(20))
    found(text, Edited(analyse, whole=True))
    for changed in (
        text.replace("    return x\n", "    y = x\n    return y\n"),
        text.replace("1 + np.exp", "2 + np.exp"),
    ):
        assert found(changed, Edited(analyse, whole=False)) == found(changed, analyse)
    assert "line" in str(found(text, analyse)[0])
