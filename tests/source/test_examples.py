"""The examples in docstrings, read as sessions where documents are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run import put, quick, read

HEAD = "from __future__ import annotations\n\nimport numpy as np\nfrom numpy import exp\n\n\n"
EXAMPLE = '''\
def shares(z):
    """What each has of all.

    >>> z = data()
    >>> p = np.exp(z) / np.sum(np.exp(z))
    >>> p.sum()
    1.0
    """
    return other(z)
'''


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("stabaudit.toml", "documents = true\n")
    return tmp_path


def found(text: str, *words: str) -> list[str]:
    put("a.py", text)
    told = quick("check", "-q", "--output-format", "concise", *words, real=True)[1].splitlines()
    return [line.split(" ")[0] + line.split(" ")[1] for line in told]


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        EXAMPLE.replace("np.exp", "exp"),
        EXAMPLE.replace("def", "async def"),
        EXAMPLE.replace("def shares(z)", "class Shares").replace("return other(z)", "pass"),
        EXAMPLE.replace("    >>> z = data()\n", "    >>> for z in (1, 2):\n    ...     z = data()\n").replace(
            "\n", "\r\n"
        ),
    ],
)
def test_a_session_in_a_docstring_is_read_with_the_imports_of_the_module(text: str):
    assert [one.split(":")[3] for one in found(HEAD + text)] == ["softmax"]


def test_a_finding_is_at_its_place_in_the_file():
    assert found(HEAD + EXAMPLE) == ["a.py:11:13:softmax"]


def test_code_and_examples_are_told_in_the_order_of_the_file():
    assert found(f"{HEAD}{EXAMPLE}    q = np.log(1 + z)\n".replace("return other(z)", "y = np.log(1 + z)")) == [
        "a.py:11:13:softmax",
        "a.py:15:9:log1p",
        "a.py:16:9:log1p",
    ]


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE.replace(">>> ", "> "),
        EXAMPLE.replace('"""What', 'x = """What'),
        EXAMPLE.replace("np.sum(", "sum(\\n"),
        EXAMPLE.replace(">>> p", ">>> p p"),
    ],
    ids=["no session", "no docstring", "an escape", "no Python"],
)
def test_what_is_no_example_is_passed_over(text: str):
    assert found(HEAD + text) == []


def test_without_documents_docstrings_are_not_read():
    put("stabaudit.toml", "")
    assert found(HEAD + EXAMPLE) == []


def test_what_an_earlier_run_without_documents_has_kept_hides_nothing(monkeypatch: pytest.MonkeyPatch):
    put("stabaudit.toml", "")
    assert found(HEAD + EXAMPLE) == []
    put("stabaudit.toml", "documents = true\n")
    assert len(found(HEAD + EXAMPLE)) == 1
    assert len(found(HEAD + EXAMPLE)) == 1


def test_a_comment_in_the_example_silences_it():
    assert found(HEAD + EXAMPLE.replace("(z))\n", "(z))  # stabaudit: ignore[softmax]\n")) == []


def test_an_import_is_not_put_between_the_words():
    found(HEAD + EXAMPLE)
    code, out, _ = quick("check", "--fix", "--unsafe-fixes", real=True)
    assert code == 1
    assert "an example in a docstring has no place for the import" in out
    assert read("a.py") == HEAD + EXAMPLE


def test_a_fix_that_imports_nothing_is_unsafe_as_in_any_session():
    text = EXAMPLE.replace("np.exp(z) / np.sum(np.exp(z))", "np.log(1 + z)")
    found(HEAD + text)
    assert quick("check", "--fix", real=True)[0] == 1
    assert quick("check", "--fix", "--unsafe-fixes", real=True)[0] == 0
    assert read("a.py") == HEAD + text.replace("np.log(1 + z)", "np.log1p(z)")
