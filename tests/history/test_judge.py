"""`check --since --judge` with the real git and the real rules."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.history.test_since import commit, git
from tests.run import put, quick

HEAD = "import numpy as np\n\n\n"
NAIVE = "def f(x):\n    return np.log(np.sum(np.exp(x)))\n"
CURED = "def f(x):\n    m = x.max()\n    return m + np.log(np.sum(np.exp(x - m)))\n"
WORSE = "def g(x):\n    return np.log(1 + x)\n"
RIGHT = "def g(x):\n    return np.log1p(x)\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q")
    put("a.py", f"{HEAD}{NAIVE}\n\n{RIGHT}")
    put("b.py", f"{HEAD}{NAIVE}")
    commit()
    return tmp_path


def judge(*words: str) -> tuple[int, str, str]:
    return quick("check", "--since", "HEAD", "--judge", *words, real=True)


def test_what_is_not_changed_is_not_judged():
    assert judge() == (0, "0 changed formulas.\n", "")


def test_a_cure_is_no_failure():
    put("a.py", f"{HEAD}{CURED}\n\n{RIGHT}")
    assert judge() == (0, "a.py:6:12: logsumexp: cured\n1 changed formula: 1 cured.\n", "")


def test_each_changed_formula_is_told_of():
    put("a.py", f"{HEAD}{CURED}\n\n{WORSE}")
    code, out, err = judge()
    assert (code, err) == (1, "")
    cured, worse, total = out.splitlines()
    assert cured == "a.py:6:12: logsumexp: cured"
    assert worse.startswith("a.py:10:12: log1p: made worse: fails at x = 1e-12: it gives ")
    assert total == "2 changed formulas: 1 cured, 1 made worse."
    assert judge("--exit-zero")[0] == 0


def test_a_file_that_was_renamed_is_compared_with_what_it_was():
    put("c.py", f"{HEAD}{CURED}\n\n{RIGHT}")
    Path("a.py").unlink()
    assert judge()[1].splitlines()[0] == "c.py:6:12: logsumexp: cured"


def test_json_has_the_same():
    put("a.py", f"{HEAD}{NAIVE}\n\n{WORSE}")
    [one] = json.loads(judge("--output-format", "json")[1])
    assert (one["filename"], one["rule"], one["state"]) == (os.path.abspath("a.py"), "log1p", "made worse")
    assert one["location"] == {"row": 9, "column": 12}


def test_neither_comments_nor_the_cache_hide_a_judgement():
    put("a.py", f"{HEAD}{NAIVE}\n\n{WORSE}".replace("(1 + x)", "(1 + x)  # stabaudit: ignore[log1p]"))
    assert "made worse" in judge()[1]
    assert "made worse" in judge()[1]


def test_a_file_that_cannot_be_parsed_fails():
    put("a.py", "def (\n")
    code, _, err = judge()
    assert code == 2
    assert err.startswith("error: a.py:1:5: cannot be parsed")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--judge"], "--judge needs --since"),
        *(
            (["--judge", "--since", "HEAD", *words], f"--judge cannot be combined with {words[0]}")
            for words in (["--fix"], ["--fail-on", "error"], ["--statistics"], ["--baseline", "b"], ["--verbose"])
        ),
        (["--judge", "--since", "HEAD", "--output-format", "sarif"], "--judge prints text or json, not sarif"),
    ],
)
def test_what_cannot_be_asked_together_is_one_line(words: list[str], said: str):
    code, out, err = quick("check", *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {said}")
