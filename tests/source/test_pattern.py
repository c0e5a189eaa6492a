from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stabaudit.source.pattern import pattern

PATHS = [
    "a",
    "b",
    "ab",
    "-",
    "]",
    "a b",
    "a ",
    "!a",
    "#a",
    "A",
    "1",
    "a/b",
    "a/a",
    "b/a",
    "a/b/a",
    "b/ab/a/b",
    "^",
    "x.py",
]
ODD = [
    "a\\ ",
    "a\\  ",
    "\\!a",
    "\\#a",
    "#a",
    "!a",
    "/",
    "//",
    "a//",
    "[]a]",
    "[!]a]",
    "[^a]",
    "[a-",
    "[",
    "[b-a]",
    "[a-c]",
]
ODD += [
    "[[:alpha:]]",
    "[![:alpha:]]",
    "[[:klingon:]]",
    "[[:digit:]a]",
    "[\\]]",
    "[\\a-b]",
    "[a-\\b]",
    "[-a]",
    "[a-]",
    "a\\",
]
ODD += [
    "***",
    "a***",
    "**/***/a",
    "a**b",
    "a/**",
    "a/**/",
    "**/a/**",
    "/**",
    "/**/a",
    "**a",
    "a/***/b",
    "*/",
    "**/",
    "?",
    "a?b",
    "*.*",
]
ODD += [
    "a\\/b",
    "a/\\b",
    "[a/]b",
    "a[/]b",
    "**/",
    "/a/",
    "a/b/",
    "./a",
    "a/./b",
    "a\t",
    "\\a",
    "\\*",
    "",
    " ",
    "[--a]",
    "[a-b-c]",
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", ".")
    return folder


def git(folder: Path, *words: str, data: bytes = b"") -> str:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": "/"}
    done = subprocess.run(["git", *words], cwd=folder, input=data, capture_output=True, env={**os.environ, **quiet})
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.decode()


def theirs(repository: Path, line: str) -> set[str]:
    """Which of the paths git ignores with this line, and with the line negated after one that ignores all."""
    (repository / ".gitignore").write_bytes(f"{line}\n".encode())
    out = git(repository, "check-ignore", "--no-index", "--stdin", "-z", data="\0".join(PATHS).encode())
    return {path for path in out.split("\0") if path}


def ours(line: str) -> set[str]:
    found = pattern(line)
    if not found or not found.ignores:
        return set()
    return {path for path in PATHS if any(found.match(part, part != path) for part in above(path))}


def above(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:n]) for n in range(1, len(steps) + 1)]


@pytest.mark.parametrize("line", ODD)
def test_an_odd_line_means_what_it_means_to_git(line: str, repository: Path):
    assert ours(line) == theirs(repository, line)


@given(st.text(alphabet="ab*?[]!^\\-/ :.", max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_line_means_what_it_means_to_git(repository: Path, line: str):
    assert ours(line) == theirs(repository, line)
