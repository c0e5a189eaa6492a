"""What a file imports from others of its project is seen through: they are read below the checked paths, never run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.run import stabaudit

UTIL = """import numpy as np
from .deep import shifted

raise SystemExit("run")


def softmax(x):
    e = np.exp(shifted(x))
    return e / e.sum()


def bound(x):
    x = np.asarray(x)
    return np.clip(x, -30, 30)


def grown(x, w):
    return np.exp(np.dot(x, w))


def other(x):
    return exp(x)
"""
DEEP = "import numpy as np\n\n\ndef shifted(x):\n    return x - np.max(x)\n"
GROWN = "import numpy as np\n{}\n\n\ndef f(x, w):\n    return np.log(np.sum(grown(x, w)))\n"
LOSS = "import numpy as np\n{}\n\n\ndef loss(y, z):\n    return -(y * np.log({}(z))).sum()\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    package = tmp_path / "checked" / "pkg"
    package.mkdir(parents=True)
    (package / "util.py").write_text(UTIL)
    (package / "deep.py").write_text(DEEP)
    return tmp_path / "checked"


def found(project: Path, text: str, name: str = "pkg/main.py", *paths: Path) -> list[str]:
    (project / name).write_text(text)
    words = ("check", "--isolated", "--no-cache", "--output-format", "concise", *map(str, paths or (project,)))
    _, out, err = stabaudit(*words, program="stabaudit/__main__.py")
    assert "error" not in err
    return [line.split(": ")[1].split()[0] for line in out.splitlines() if name in line]


@pytest.mark.parametrize(
    ("name", "line", "called"),
    [
        ("pkg/main.py", "from .util import softmax", "softmax"),
        ("pkg/main.py", "from .util import (\n    bound,\n    softmax as soft,\n)", "soft"),
        ("pkg/main.py", "from pkg.util import *", "softmax"),
        ("main.py", "from pkg.util import softmax", "softmax"),
        ("pkg/main.py", "from util import softmax", "softmax"),
    ],
)
def test_a_function_of_another_file_is_seen_through(project: Path, name: str, line: str, called: str):
    assert found(project, LOSS.format(line, called), name) == ["log-softmax"]


def test_what_it_gives_is_followed(project: Path):
    text = GROWN.format("from .util import grown")
    assert found(project, text) == ["logsumexp"]


def test_a_clip_of_another_file_is_one(project: Path):
    text = "import numpy as np\nfrom .util import bound as kept\n\n\ndef f(x):\n    return 1 / (1 + np.exp(-kept(x)))\n"
    assert found(project, text) == []


@pytest.mark.parametrize(
    "text",
    [
        # The name is another one here, or what it is made of.
        LOSS.format("from .util import softmax", "softmax") + "\n\ndef softmax(x):\n    return x\n",
        LOSS.format("import jax.numpy as np\nfrom .util import softmax", "softmax"),
        # What is not imported by the other file is nothing that is known.
        "import numpy as np\nfrom .util import other\n\n\ndef f(x):\n    p = other(x)\n    return p / np.sum(p)\n",
    ],
)
def test_names_that_mean_something_else_are_not_taken(project: Path, text: str):
    assert found(project, text) == []


def test_a_fault_of_another_file_is_told_of_there_alone(project: Path):
    (project / "pkg" / "util.py").write_text(
        "import numpy as np\n\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n"
    )
    text = "import numpy as np\nfrom .util import sigmoid\n\n\ndef f(x):\n    return np.log(1 - x) * sigmoid(x)\n"
    assert found(project, text) == ["log1p"]


def test_nothing_outside_of_the_checked_paths_is_read(project: Path):
    (project / "sub").mkdir()
    (project.parent / "outside.py").write_text(UTIL.replace("from .deep", "from pkg.deep"))
    os.symlink(project.parent / "outside.py", project / "pkg" / "linked.py")
    for line in ("from outside import grown", "from ...outside import grown", "from .linked import grown"):
        assert found(project, GROWN.format(line)) == []
    text = GROWN.format("from pkg.util import grown")
    assert found(project, text, "sub/main.py", project / "sub") == []
    for checked in (project / "pkg", project):
        assert found(project, text, "pkg/main.py", checked) == ["logsumexp"]


def test_a_file_that_is_too_long_or_no_python_is_not_read(project: Path):
    text = GROWN.format("from .util import grown")
    util = project / "pkg" / "util.py"
    for bad in (UTIL + "#" * 300_000, UTIL.replace("np.dot(x, w))", "np.dot(x, w)"), "\udcff"):
        util.write_bytes(bad.encode("utf-8", "surrogateescape"))
        assert found(project, text, "pkg/main.py", project / "pkg" / "main.py") == []


def test_what_is_found_is_found_anew_when_the_other_file_changes(project: Path):
    (project / "pkg" / "main.py").write_text(LOSS.format("from .util import softmax", "softmax"))
    words = ("check", "--isolated", str(project / "pkg" / "main.py"))
    assert "log-softmax" in stabaudit(*words, program="stabaudit/__main__.py")[1]
    (project / "pkg" / "util.py").write_text("def softmax(x):\n    return log(x)\n")
    assert "log-softmax" not in stabaudit(*words, program="stabaudit/__main__.py")[1]
