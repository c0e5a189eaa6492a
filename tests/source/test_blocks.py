"""Code in documents: the blocks and sessions of Markdown and reStructuredText."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from tests.run import lines, put, quick, read

UNSTABLE = "p = np.exp(z) / np.sum(np.exp(z))"
FIXED = "p = stable.softmax(z)"
IMPORT = "from stabaudit import runtime as stable\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def real(*words: str) -> list[str]:
    return quick("check", "-q", "--output-format", "concise", *words, real=True)[1].splitlines()


def test_blocks_of_markdown_are_checked_and_fixed_each_by_itself():
    text = (
        "# Title\n\n```python\nimport numpy as np\n{0}\n```\n\n"
        "~~~~ py\nimport numpy as np\n```\nx\n~~~~\n"
        "> 1. quoted\n>\n>    ```{{.python .x}}\n>    import numpy as np\n>    {0}\n>    ```\n"
        "```bash\nnp.exp(x) - 1\n```\n```python\nimport numpy as np\n... {0}\n```\n"
    )
    put("a.md", text.format(UNSTABLE))
    assert real() == []
    assert [line.split(" ")[0] for line in real("a.md")] == ["a.md:5:5:", "a.md:17:10:"]
    put("stabaudit.toml", "documents = true\n")
    assert len(real()) == 2
    assert quick("check", "--fix", real=True)[0] == 0
    want = text.format(UNSTABLE).replace(f"np\n{UNSTABLE}", f"np\n{IMPORT}{FIXED}")
    want = want.replace(f"np\n>    {UNSTABLE}", f"np\n>    {IMPORT}>    {FIXED}")
    assert read("a.md") == want


def test_a_block_between_what_would_be_quotes_in_python_is_checked():
    put("a.md", f'"""\n```python\nimport numpy as np\n{UNSTABLE}\n```\n"""\n')
    assert len(real("a.md")) == 1


def test_blocks_of_restructured_text_are_checked_and_fixed():
    text = (
        "Title\n=====\n\n.. code-block:: python\n   :linenos:\n\n   import numpy as np\n\n   {0}\n\nText::\n\n   {0}\n"
    )
    put("a.rst", text.format(UNSTABLE))
    assert [line.split(" ")[0] for line in real("a.rst")] == ["a.rst:9:8:"]
    quick("check", "--fix", "a.rst", real=True)
    assert f"   import numpy as np\n   {IMPORT}\n   {FIXED}\n\nText" in read("a.rst")


def test_a_comment_silences_in_a_block():
    put("a.md", f"```python\nimport numpy as np\n{UNSTABLE}  # stabaudit: ignore[softmax]\n```\n")
    assert real("a.md") == []
    assert lines("a.md") == ["a.md:3:36: unused-ignore [*] this comment suppresses nothing: no `softmax` here"]


def test_what_a_fix_takes_away_goes_with_its_indentation():
    text = "1. x\n\n   ```python\n   import numpy as np\n{0}\n   def f(x):\n{1}\n       return {2}\n   ```\n"
    put("a.md", text.format("", "       e = np.exp(x)\n", "e / e.sum()"))
    quick("check", "--fix", "a.md", real=True)
    assert read("a.md") == text.format(f"   {IMPORT}", "", "stable.softmax(x)")


SESSION = """\
>>> import numpy as np
>>> def f(x):
...     e = np.exp(x)
...
...     return e / e.sum()
>>> f(np.array([1000.0, 0.0]))
array([nan,  0.])
"""


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.md", "```pycon\n{0}```\n", "6:16"),
        ("a.md", "```python\n{0}```\n", "6:16"),
        ("a.rst", "Title\n=====\n\n{0}\nMore.\n", "8:16"),
        ("a.rst", ".. code-block:: pycon\n\n   >>> 1\n   1\n\n{0}", "10:16"),
    ],
)
def test_sessions_are_checked_and_fixed_only_if_the_output_may_change(name: str, text: str, place: str):
    put(name, text.format(SESSION))
    [line] = real(name)
    assert line.startswith(f"{name}:{place}: softmax `exp")
    assert quick("check", "--fix", name, real=True)[0] == 1
    assert read(name) == text.format(SESSION)
    assert quick("check", "--fix", "--unsafe-fixes", name, real=True)[0] == 0
    fixed = SESSION.replace("np\n", f"np\n>>> {IMPORT}", 1).replace("...     e = np.exp(x)\n", "")
    assert read(name) == text.format(fixed.replace("e / e.sum()", "stable.softmax(x)"))


def test_what_is_written_into_a_session_runs():
    put("a.rst", f"Text.\n\n{SESSION}\n   >>> f(np.array([0.0, 0.0]))\n   array([0.5, 0.5])\n")
    quick("check", "--fix", "--unsafe-fixes", "a.rst", real=True)
    put("a.rst", read("a.rst").replace("array([nan,  0.])", "array([1., 0.])"))
    assert doctest.testfile("a.rst", module_relative=False) == (0, 5)


def test_dots_that_are_output_are_no_code():
    put("a.md", f"```pycon\n... {UNSTABLE}\n>>> import numpy as np\noutput\n... {UNSTABLE}\n```\n")
    assert real("a.md") == []
