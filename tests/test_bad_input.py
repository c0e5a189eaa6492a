"""Whatever is given to it, stabaudit answers with one line and an exit code, and goes on with the rest."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from stabaudit.source.syntax import flaw
from tests.run import put, quick, stabaudit

GOOD = "import numpy as np\ny = np.log(1 + x)\n"
FOUND = "good.py:2:5: log1p (warning) [*] "


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("good.py", GOOD)
    return tmp_path


def check(*words: str) -> tuple[int, list[str], list[str]]:
    """Exit code, findings and complaints of the real checker."""
    code, out, err = quick("check", "--quiet", "--output-format", "concise", *words, real=True)
    assert "Traceback" not in err
    return code, out.splitlines(), err.splitlines()


BYTES = {
    "latin-1 without a cookie": (b"s = '\xe9'\n" + GOOD.encode(), "bad.py:1: byte 0xe9 is not UTF-8; save as UTF-8 or"),
    "an encoding that is none": (b"# coding: latim-1\n" + GOOD.encode(), "bad.py:1: unknown encoding: latim-1"),
    "a NUL byte": (GOOD.encode() + b"\0\n", "bad.py:3: holds a NUL byte; Python source is text"),
    "no Python": (GOOD.encode() + b"def (\n", "bad.py:3:5: cannot be parsed: "),
    "an open bracket": (GOOD.encode() + b"x = (\n", "bad.py:3:5: cannot be parsed: "),
    "a word without its space": (
        GOOD.encode() + b"def f(x):\n    return*x + np.log(1 + x)\n",
        "bad.py:1:1: cannot be parsed: Must have at least one space after 'return'",
    ),
    "Python 2": (GOOD.encode() + b"print 1\n", "bad.py:3:1: cannot be parsed: "),
    "a sum of ten thousand terms": (
        GOOD.encode() + b"z = np.exp(x)" + b" + x" * 10_000 + b"\n",
        "bad.py:1:1: cannot be parsed: an expression is nested too deeply; ",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR np.log(1 np.exp(", "bad.py:"),
}


@pytest.mark.parametrize(("data", "said"), BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_text_or_no_python_is_one_line_and_the_rest_is_checked(data: bytes, said: str):
    Path("bad.py").write_bytes(data)
    code, found, complaints = check()
    assert code == 2
    assert [line[: len(FOUND)] for line in found] == [FOUND]
    assert [line[: len(said) + 7] for line in complaints] == [f"error: {said}"]


def test_latin_1_with_a_cookie_is_read_fixed_and_written_as_it_is():
    Path("bad.py").write_bytes(b"# coding: latin-1\ns = '\xe9'\n" + GOOD.encode())
    assert check("bad.py", "--fix") == (0, [], [])
    assert Path("bad.py").read_bytes() == (
        b"# coding: latin-1\ns = '\xe9'\n" + GOOD.replace("log(1 + x)", "log1p(x)").encode()
    )


@pytest.mark.parametrize(
    "code",
    [
        "type X[T: int = str] = list[T]\n",
        "def f[T](x: T) -> T:\n    return x\n",
        't = t"{y}"\n',
        "try:\n    pass\nexcept A, B:\n    pass\n",
        'f = f"{x!r:{"w"}} {"\\n".join(y)}"\n',
        "with (open(a) as b, open(c) as d):\n    pass\n",
        "while new syntax: of tomorrow\n",
    ],
)
def test_the_syntax_of_a_newer_python_is_read_or_one_line(code: str):
    put("bad.py", code + GOOD)
    exit_code, found, complaints = check("bad.py")
    if complaints:
        assert (exit_code, found, len(complaints)) == (2, [], 1)
        assert complaints[0].startswith("error: bad.py:")
        assert "cannot be parsed: " in complaints[0]
        assert flaw(code), "what this Python reads, stabaudit reads"
    else:
        assert (exit_code, len(found)) == (1, 1)


# What has no such words is not looked into.
WORDS = json.dumps(GOOD)
BOOKS = {
    "no JSON": f"{{ {WORDS}",
    "other JSON": f'{{"a": {WORDS}}}',
    "a list": f"[{WORDS}]",
    "a cell without source": f'{{"cells": [{{"cell_type": "code"}}], "a": {WORDS}}}',
    "a source that is a number": f'{{"cells": [{{"cell_type": "code", "source": 3}}], "a": {WORDS}}}',
    "nothing": "",
}


@pytest.mark.parametrize("text", BOOKS.values(), ids=BOOKS)
def test_a_notebook_that_is_none_is_one_line(text: str):
    put("bad.ipynb", text)
    code, found, complaints = check()
    if not text:
        # An empty file is what an editor makes of a new one.
        assert (code, complaints) == (1, [])
        return
    assert (code, len(found), len(complaints)) == (2, 1, 1)
    assert complaints[0].startswith("error: bad.ipynb")
    assert "is not a notebook" in complaints[0]


def test_a_very_large_file_is_one_line_and_takes_no_memory():
    line = "x = [1.0, 2.0, 3.0]\n"
    put("bad.py", GOOD + line * (50_000_000 // len(line)))
    put("data.py", line * (50_000_000 // len(line)))
    said = "error: bad.py: holds 50.0 MB of text; exclude it or raise `max-file-size` from 2"
    code, found, complaints = check()
    assert (code, len(found), complaints) == (2, 1, [said])


def test_a_notebook_is_not_large_for_its_pictures():
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "a" * 20_000_000}}
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": GOOD, "outputs": [output]}
    put("a.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert check("a.ipynb")[0] == 1


@pytest.mark.parametrize("name", ["loop.py", "a", "a/b.py", "gone", "gone/a.py", "good.py/a.py"])
def test_a_path_that_leads_nowhere_is_one_line(name: str):
    for link, target in [("loop.py", "loop.py"), ("a", "b"), ("b", "a")]:
        os.symlink(target, link)
    code, found, complaints = check(name, "good.py")
    assert (code, len(found), len(complaints)) == (2, 1, 1)
    assert complaints[0].startswith(f"error: {name}: ")


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="there is no such file here")
def test_a_file_that_cannot_be_read_is_one_line_for_root_too():
    os.symlink("/proc/self/mem", "bad.py")
    assert check("bad.py", "good.py")[2] == ["error: bad.py: input/output error; check the path"]


def test_a_folder_that_goes_away_while_it_is_checked_is_one_line(monkeypatch: pytest.MonkeyPatch):
    put("in/a.py", GOOD)
    scan = os.scandir

    def gone(path: str) -> object:
        if str(path).endswith("in"):
            Path("in/a.py").unlink()
            Path("in").rmdir()
        return scan(path)

    monkeypatch.setattr(os, "scandir", gone)
    code, found, complaints = check()
    assert (code, len(found)) == (2, 1)
    assert complaints == ["error: in: no such file or directory; check the path"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("pyproject.toml", "[tool.stabaudit\n", "pyproject.toml:1: not TOML: "),
        (
            "pyproject.toml",
            '[tool.stabaudit]\nselect = ["log1"]\n',
            "pyproject.toml:2: `select` has an unknown rule `log1`",
        ),
        ("stabaudit.toml", "selct = []\n", "stabaudit.toml:1: unknown key `selct`; did you mean `select`?"),
        ("stabaudit.toml", "max-file-size = 0\n", "stabaudit.toml:1: `max-file-size` is a whole number from 1 on"),
        ("stabaudit.toml", "\xe9 = 1", "stabaudit.toml:1: not TOML: "),
    ],
)
def test_a_bad_configuration_is_one_line_and_nothing_is_checked(file: str, text: str, said: str):
    put(file, text)
    code, found, complaints = check()
    assert (code, found, len(complaints)) == (2, [], 1)
    assert complaints[0].startswith(f"error: {said}")


def test_a_configuration_that_is_no_text_is_one_line():
    Path("stabaudit.toml").write_bytes(b"select = ['\xff']")
    assert check() == (2, [], ["error: stabaudit.toml: is not UTF-8; TOML is always UTF-8"])


def test_the_program_itself_says_the_same():
    Path("bad.py").write_bytes(b"np.log(1 + x)\0")
    code, out, err = stabaudit("check", "bad.py", "--select", "log1p", program="stabaudit/__main__.py")
    said = "error: bad.py:1: holds a NUL byte; Python source is text\n"
    assert (code, out, err) == (2, "No file was checked.\n", said), sys.version


@pytest.mark.parametrize(
    "words", [["nofile.py"], ["bad.py"], ["bad.py", "nofile.py"], ["bad.py", "--fix"]], ids=" ".join
)
@pytest.mark.parametrize("form", ["concise", "text", "markdown", "html"])
def test_what_could_not_be_checked_is_not_said_to_be_clean(words: list[str], form: str):
    put("bad.py", "def (\nnp.log(1 + x)\n")
    code, out, err = quick("check", "--output-format", form, *words, real=True)
    assert code == 2
    assert "error: " in err
    assert "Found nothing" not in out + err
    # One that was checked is told of.
    put("clean.py", "x = 1\n")
    assert "Found nothing in 1 file" in "".join(
        quick("check", "--output-format", form, *words, "clean.py", real=True)[1:]
    )
