"""The first fix that imports the runtime into a project that does not list it says so, with what can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run import put, quick

CODE = "import numpy as np\n\n\ndef f(x):\n    return 1 / (1 + np.exp(-x))\n"


def said(*words: str) -> list[str]:
    """The warnings of a run on everything below the current folder."""
    _, _, err = quick("check", "--no-cache", *words, ".", real=True)
    return [line for line in err.splitlines() if line.startswith("warning:")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[project]\nname = "a"\ndependencies = ["numpy"]\n\n[tool.stabaudit]\n'),
        ("pyproject.toml", '[project]\nname = "a"\noptional-dependencies = { dev = ["stabaudit"] }\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nnumpy = "*"\n'),
        ("setup.cfg", "[options]\ninstall_requires = numpy\n"),
        ("setup.py", 'from setuptools import setup\n\nsetup(install_requires=["numpy"])\n'),
    ],
)
@pytest.mark.parametrize("mode", ["--fix", "--diff"])
def test_a_project_that_does_not_list_the_runtime_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, mode: str
):
    monkeypatch.chdir(tmp_path)
    put(name, text)
    put("a/one.py", CODE)
    put("a/two.py", CODE)
    assert said(mode) == [
        f"warning: a/one.py: the fix imports `stabaudit`, which {name} does not list; add it to the dependencies, "
        "or copy what is needed into the project with `stabaudit vendor`"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[project]\nname = "a"\ndependencies = ["numpy", "stabaudit[fast]>=0.1"]\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nnumpy = "*"\nstabaudit = "*"\n'),
        ("pyproject.toml", '[project]\nname = "stabaudit"\n'),
        ("setup.cfg", "[options]\ninstall_requires =\n    numpy\n    stabaudit\n"),
        ("requirements.txt", "numpy\n"),
        ("notes.txt", "nothing\n"),
    ],
)
def test_a_project_that_lists_it_or_says_nothing_of_dependencies_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
):
    monkeypatch.chdir(tmp_path)
    put(name, text)
    put("a.py", CODE)
    assert said("--fix") == []


def test_a_fix_that_needs_no_runtime_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    put("setup.cfg", "[options]\ninstall_requires = numpy\n")
    put("a.py", "import numpy as np\n\n\ndef f(x):\n    return np.exp(x) - 1\n")
    assert said("--fix") == []
