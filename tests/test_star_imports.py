"""`from .common import *` means what the module beside the file binds: it is read, and never run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run import stabaudit

FORMULA = "\n\ndef f(x):\n    return np.log(1 + np.exp(x)), 1 / (1 + exp(-x))\n"
RAISING = "raise SystemExit('run')\n"


def fixed(folder: Path, text: str) -> str:
    """The text of a file in a folder after safe fixes."""
    file = folder / "pkg" / "formula.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    stabaudit("check", "--fix", "--isolated", str(file), program="stabaudit/__main__.py")
    return file.read_text()


@pytest.mark.parametrize(
    ("beside", "star", "is_safe"),
    [
        ("import numpy as np\nfrom numpy import exp\n", "from .common import *", True),
        ("import numpy as np\nfrom numpy import exp\n", "from pkg.common import *", True),
        ("import numpy as np\nfrom numpy import exp\n__all__ = ['np', 'exp']\n", "from common import *", True),
        ("def other(): pass\n", "import numpy as np\nfrom numpy import exp\nfrom .common import *", True),
        ("_exp = 1\n", "import numpy as np\nfrom numpy import exp\nfrom .common import *", True),
        (
            "def exp(x): return x\nnp = None\n",
            "import numpy as np\nfrom numpy import exp\nfrom .common import *",
            False,
        ),
        ("from nowhere import *\n", "import numpy as np\nfrom numpy import exp\nfrom .common import *", False),
        ("exec('exp = 1')\n", "import numpy as np\nfrom numpy import exp\nfrom .common import *", False),
        ("def exp(:\n", "import numpy as np\nfrom numpy import exp\nfrom .common import *", False),
    ],
)
def test_a_star_import_takes_over_what_the_module_binds(tmp_path: Path, beside: str, star: str, is_safe: bool):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "common.py").write_text(RAISING + beside)
    text = star + FORMULA
    assert ("softplus(x)" in fixed(tmp_path, text), "sigmoid(x)" in fixed(tmp_path, text)) == (is_safe, is_safe)


@pytest.mark.parametrize(
    ("beside", "taken", "is_safe"),
    [
        ("import numpy as np\n", "from .common import np", True),
        ("import numpy as np\n", "from pkg.common import np", True),
        ("try:\n    import numpy as np\nexcept ImportError:\n    np = None\n", "from .common import np", True),
        ("try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n", "from .common import np", False),
        ("import numpy as np\nif GPU:\n    import cupy as np\n", "from .common import np", False),
        ("import numpy as np\nnp = wrapped(np)\n", "from .common import np", False),
        ("class np:\n    exp = log = None\n", "from .common import np", False),
        ("", "from .common import np", False),
    ],
)
def test_numpy_may_come_by_a_module_of_the_project(tmp_path: Path, beside: str, taken: str, is_safe: bool):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "common.py").write_text(RAISING + beside)
    text = f"{taken}\n\n\ndef f(x):\n    return np.log(1 + np.exp(x))\n"
    assert ("softplus(x)" in fixed(tmp_path, text)) == is_safe


def test_what_depends_on_another_file_is_found_anew_when_that_changes(tmp_path: Path):
    common, formula = tmp_path / "common.py", tmp_path / "formula.py"
    common.write_text("def other(): pass\n")
    formula.write_text("from numpy import exp, log\nfrom common import *\n\n\ndef f(x):\n    return log(1 + exp(x))\n")
    assert "[*] `log(1 + exp(x))`" in stabaudit("check", str(formula), program="stabaudit/__main__.py")[1]
    common.write_text("def exp(x): return x\n")
    assert "[*] `log(1 + exp(x))`" not in stabaudit("check", str(formula), program="stabaudit/__main__.py")[1]


def test_of_standard_input_the_name_says_what_lies_beside_it(tmp_path: Path):
    (tmp_path / "common.py").write_text("import numpy as np\n")
    text = f"from .common import *\n{FORMULA.replace(', 1 / (1 + exp(-x))', '')}"
    words = ("check", "-", "--isolated", "--stdin-filename", str(tmp_path / "it.py"))
    assert "[*] `log(1 + exp(x))`" in stabaudit(*words, stdin=text.encode(), program="stabaudit/__main__.py")[1]
