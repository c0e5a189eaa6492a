"""A configuration that asks for what cannot be is one line, and no pattern of it takes a run's time."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from stabaudit.source.pattern import _Pieces, pattern

COMMAND = Path(sys.executable).with_name("stabaudit")
GOOD = "import numpy as np\n\n\ndef f(x):\n    return np.log(1 + x)\n"
DIGITS = "9" * 6000
REFUSED = {
    "a release of many digits": (f'scipy-version = "{DIGITS}.1"', "stabaudit.toml:1: `scipy-version` is a release"),
    "a release of many parts": (f'scipy-version = "{"1." * 3000}1"', "stabaudit.toml:1: `scipy-version` is a release"),
    "a size of many digits": (f"max-file-size = {DIGITS}", "stabaudit.toml: has a number or a date that is out"),
    "a size in sixteens": (f"max-file-size = 0x{'f' * 6000}", "stabaudit.toml:1: `max-file-size` is a whole number up"),
    "a day that is none": ("select = 1979-99-99", "stabaudit.toml:1: not TOML"),
    "lists within lists": (f"select = {'[' * 5000}{']' * 5000}", "stabaudit.toml: is nested too deeply"),
    "tables within tables": (f"{'a={' * 5000}{'}' * 5000}", "stabaudit.toml: is nested too deeply"),
    "a NUL in `extend`": ('extend = "a\\u0000b"', "stabaudit.toml:1: `extend` is the path of a file"),
    "a NUL in `vendored`": ('vendored = "a\\u0000b"', "stabaudit.toml:1: `vendored` is the path of a file"),
    "a NUL in `baseline`": ('baseline = "a\\u0000b"', "stabaudit.toml:1: `baseline` is the path of a file"),
    "a long path": (f'extend = "{"a" * 9999}"', "stabaudit.toml:1: `extend` names aaa"),
    "a key of many letters": (f"{'a' * 99_999} = 1", "stabaudit.toml:1: unknown key `aaa"),
    "a key that steers a terminal": ('"\\u001b[31m" = 1', "stabaudit.toml:1: unknown key `\\x1b[31m`"),
    "a rule of many letters": (f'select = ["{"a" * 99_999}"]', "stabaudit.toml:1: `select` has an unknown rule `aaa"),
}


def check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "good.py").write_text(GOOD)
    command = [COMMAND, "check", "--no-cache", "--quiet", "--output-format", "concise", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_a_setting_that_cannot_be_is_one_line(text: str, said: str, tmp_path: Path):
    (tmp_path / "stabaudit.toml").write_text(f"{text}\n")
    done = check(tmp_path, ".")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"error: {said}")
    assert len(done.stderr) < 3000
    assert "internal" not in done.stderr


@pytest.mark.parametrize("name", ["stabaudit.toml", "pyproject.toml"])
def test_a_byte_order_mark_is_no_part_of_the_settings(name: str, tmp_path: Path):
    head = "[tool.stabaudit]\n" if name == "pyproject.toml" else ""
    (tmp_path / name).write_text(f'{head}ignore = ["log1p"]\n', encoding="utf-8-sig")
    assert check(tmp_path, ".").returncode == 0


@pytest.mark.parametrize("option", ["--select", "--extend-select"])
@pytest.mark.parametrize("words", ["", " , "])
def test_a_list_of_rules_that_names_none_is_an_error(option: str, words: str, tmp_path: Path):
    done = check(tmp_path, option, words, ".")
    assert (done.returncode, done.stderr) == (2, f"error: {option} names no rule; `stabaudit rule` lists them\n")


SLOW = {
    "stars": ("*a" * 30 + "b", "a" * 255),
    "stars and marks": ("*?" * 100 + "b", "a" * 255),
    "stars and classes": ("*[a]" * 100 + "[b]", "a" * 255),
    "folders": ("**/a/" * 30 + "b", "a/" * 2000 + "a"),
    "folders and stars": ("**/*a*a*a/" * 30 + "b", "aaaa/" * 800 + "a"),
    "many stars": ("*a" * 2000 + "b", "a" * 255),
}


@pytest.mark.parametrize(("line", "path"), SLOW.values(), ids=SLOW)
def test_no_pattern_takes_long_for_any_path(line: str, path: str):
    before = time.process_time()
    found = pattern(line)
    assert found is not None
    assert not found.match(path, False)
    assert time.process_time() - before < 1


def test_a_line_that_is_longer_than_any_path_is_no_pattern():
    assert pattern("?" * 100_000) is None


def test_a_pattern_matches_what_it_would_if_each_star_were_tried_everywhere(monkeypatch: pytest.MonkeyPatch):
    chance = random.Random(1)

    def plain(pieces: _Pieces) -> str:
        folders = ("[^/]*".join("".join(text) for text in part) for part in pieces._parts)
        return "(?:.*/)?".join(folders)

    quick, compared = _Pieces.whole, count()
    for _ in range(3000):
        line = "".join(chance.choice(["*", "**", "/", "a", "b", "?", "[ab]", "**/", "a/", "*a"]) for _ in range(8))
        monkeypatch.setattr(_Pieces, "whole", quick)
        mine = pattern(line)
        monkeypatch.setattr(_Pieces, "whole", plain)
        other = pattern(line)
        assert (mine is None) == (other is None)
        for _ in range(8 if mine and other else 0):
            path = "/".join(chance.choice(["a", "b", "ab", "ba", "aab"]) for _ in range(chance.randint(1, 6)))
            assert mine.match(path, True) == other.match(path, True), (line, path)  # type: ignore[union-attr]
            next(compared)
    assert next(compared) > 10_000
