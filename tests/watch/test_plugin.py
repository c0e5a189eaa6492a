"""`pytest --stabaudit` on a small project, run as its users run it: a real pytest in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.run import quick

ROOT = Path(__file__).parents[2]

#: Each function is one of the ways in which code is run.
MODULE = '''\
"""A module with a docstring."""
from __future__ import annotations

import functools
import math

import numpy as np
from numpy import exp as power, log


def softmax(x):
    e = np.exp(x)
    return e / e.sum()


def logsumexp(x):
    return log(np.sum(power(x)))


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


@functools.lru_cache
def decorated(x):
    return math.exp(x) - 1


async def waiting(x):
    return np.log(1 + np.exp(x))


def one_by_one(xs):
    for x in xs:
        yield 1 / (1 + np.exp(-x))


class Loss:
    @property
    def value(self):
        return np.log(np.sum(np.exp(self.logits)))

    logits = np.array([1.0, 2.0])


def never(x):
    return math.log(1 + x)
'''
TESTS = """\
import asyncio
import warnings

import numpy as np
import pytest

from shop import model


def test_arrays():
    for size in range(20):
        model.softmax(np.array([1.0, 12.3]) * size / 19)
    model.logsumexp(np.array([1.0, 50.0], np.float32))


def test_overflow():
    with pytest.raises(OverflowError):
        model.sigmoid(-1000.0)
    model.sigmoid(3)


def test_the_rest(near):
    model.decorated(near), model.decorated(0.5)
    asyncio.run(model.waiting(np.float64(3)))
    assert len(list(model.one_by_one([1.0, 2.0]))) == 2
    assert np.isfinite(model.Loss().value)


def total(x):
    assert np.log(np.sum(np.exp(x))) < 3


def test_of_its_own():
    total(np.ones(3))
"""
CONFTEST = """\
import pytest
import shop.model

@pytest.fixture
def near():
    return 1e-12
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "shop/__init__.py": "",
        "shop/model.py": MODULE,
        "tests/conftest.py": CONFTEST,
        "tests/test_model.py": TESTS,
    }.items():
        put(tmp_path / name, text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def ran(*words: str, watched: bool = True) -> tuple[int, str]:
    """The exit code of a run of pytest, and what it printed."""
    plugins = ["-p", "stabaudit.watch.plugin", "-p", "xdist", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, *(["--stabaudit"] if watched else []), *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "STABAUDIT_NO_CACHE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    return done.returncode, done.stdout + done.stderr


def told(out: str) -> dict[str, str]:
    """What was said of each finding, by its line and rule."""
    lines = re.findall(r"^\S+?(\w+\.py:\d+):\d+: (\S+): (.*)$", out, re.MULTILINE)
    return {f"{place} {rule}": said for place, rule, said in lines}


SAID = {
    "model.py:26 expm1": "reached: 1 of 2 calls lost more than half of the digits, up to 12 of 16",
    "model.py:21 sigmoid": "reached: 1 of 2 calls overflowed",
    "model.py:17 logsumexp": "largest exponent 50 of 88: not reached",
    "model.py:13 softmax": "largest exponent 12.3 of 709: not reached",
    "test_model.py:30 logsumexp": "largest exponent 1 of 709: not reached",
    "model.py:30 softplus": "largest exponent 3 of 709: not reached",
    "model.py:41 logsumexp": "largest exponent 2 of 709: not reached",
    "model.py:35 sigmoid": "largest exponent -1 of 709: not reached",
    "model.py:47 log1p": "not run",
}


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_each_finding_is_told_with_how_near_the_data_came(project: Path, workers: tuple[str, ...]):
    code, out = ran(*workers)
    assert code == 0, out
    assert told(out) == SAID


@pytest.mark.parametrize("words", [("--assert=plain",), ("--import-mode=importlib",), ("--doctest-modules",)])
def test_modules_are_watched_however_they_are_imported(project: Path, words: tuple[str, ...]):
    code, out = ran(*words)
    assert code == 0, out
    assert told(out) == SAID


def test_what_is_reached_comes_first(project: Path):
    states = [said.split(":")[0] for said in told(ran()[1]).values()]
    assert states[:2] == ["reached", "reached"]
    assert states[-1] == "not run"


def test_no_file_of_the_project_is_changed_or_added_but_the_results(project: Path):
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    ran("-p", "no:cacheprovider")
    after = {path for path in project.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert after == {*before, project / "stabaudit-reach.json"}
    assert all(path.read_bytes() == data for path, data in before.items())


def test_code_that_is_compiled_is_left_alone(project: Path):
    compiled = MODULE.replace("def never", "@numba.njit\ndef never").replace(
        "import math\n", "import math\nimport numba\n"
    )
    put(project / "shop/model.py", compiled)
    put(project / "numba.py", "njit = lambda function: function\n")
    said = told(ran()[1])
    assert said["model.py:49 log1p"] == "not watched: the code is compiled by `numba.njit`"


def test_a_failing_test_fails_in_the_same_words(project: Path):
    text = TESTS.replace("< 3", "< 0").replace("with pytest.raises(OverflowError):", "if True:")
    put(project / "tests/test_model.py", text)

    def shown(out: str) -> str:
        out = re.sub(r"0x[0-9a-f]+|in [\d.]+s", "", out)
        return re.sub(r"=+ stabaudit =+\n(.*\n)*?(?==)", "", out)

    (code, plain), (watched_code, watched) = ran(watched=False), ran()
    assert code == watched_code == 1
    assert "OverflowError" in plain
    assert shown(plain) == shown(watched)


def test_a_project_that_cannot_be_checked_is_an_error_of_usage(project: Path):
    put(project / "stabaudit.toml", "nonsense = 1\n")
    code, out = ran()
    assert code == 4
    assert "--stabaudit: " in out
    assert "stabaudit.toml:1: unknown key `nonsense`" in out


def test_what_cannot_be_checked_is_told_of(project: Path):
    put(project / "shop/broken.py", f"def (\n{MODULE}")
    code, out = ran("--stabaudit-src", "shop")
    assert code == 0, out
    assert "broken.py:1:5: cannot be parsed" in out
    assert "model.py:21 sigmoid" in told(out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stabaudit-src", "shop", "--stabaudit-src", "nowhere"), "no such file or directory; check the path"),
        (("--stabaudit-reach", "nowhere/reach.json"), "no such folder; make it first"),
        (("--stabaudit-reach", "shop"), "is not a regular file; name another"),
        (("--stabaudit-reach", os.devnull), "is not a regular file; name another"),
        (("--stabaudit-reach", "shop/model.py/reach.json"), "no such folder; make it first"),
    ],
)
def test_a_path_that_leads_nowhere_ends_the_run_before_the_tests(project: Path, words: tuple[str, ...], said: str):
    put(project / "stabaudit-reach.json", "of an earlier run")
    code, out = ran(*words)
    assert code == 4
    assert f"ERROR: {words[-2]} {words[-1]}: {said}\n" in out
    assert "Traceback" not in out
    assert (project / "stabaudit-reach.json").read_text() == "of an earlier run"


def test_results_that_cannot_be_written_at_the_end_are_one_line(project: Path):
    (project / "there").mkdir()
    gone = "\n\ndef test_the_end():\n    import os\n    os.rmdir('there')\n"
    put(project / "tests/test_model.py", f"{TESTS}{gone}")
    code, out = ran("--stabaudit-reach", "there/reach.json")
    assert code == 4
    assert "error: --stabaudit-reach there/reach.json: could not be written: no such file or directory" in out
    assert "Traceback" not in out
    assert told(out) == SAID


def test_results_are_written_from_whichever_folder_the_tests_end_in(project: Path):
    gone = "\n\ndef test_the_end(tmp_path):\n    import os\n    os.chdir(tmp_path)\n    os.rmdir(tmp_path)\n"
    put(project / "tests/test_model.py", f"{TESTS}{gone}")
    code, out = ran()
    assert code == 0, out
    assert (project / "stabaudit-reach.json").is_file()


def test_only_what_is_named_is_watched(project: Path):
    _, out = ran("--stabaudit-src", "tests", "--stabaudit-reach", "there.json")
    assert list(told(out)) == ["test_model.py:30 logsumexp"]
    assert (project / "there.json").is_file()


def test_a_copy_of_the_project_that_is_imported_in_its_place_is_watched(project: Path):
    put(project / "elsewhere/shop/__init__.py", "")
    put(project / "elsewhere/shop/model.py", MODULE)
    put(project / "tests/conftest.py", f"import sys\nsys.path.insert(0, {str(project / 'elsewhere')!r})\n{CONFTEST}")
    _, out = ran("--stabaudit-src", "shop")
    assert told(out)["model.py:21 sigmoid"] == SAID["model.py:21 sigmoid"]


def test_what_is_not_watched_is_told_with_the_reason(project: Path):
    put(project / "early.py", "import shop.model\n")
    _, out = ran("-p", "early")
    said = "not watched: its module was imported before the tests, or in a way of its own"
    assert told(out)["model.py:21 sigmoid"] == said


def test_without_the_option_nothing_of_it_is_loaded(project: Path):
    put(
        project / "tests/test_model.py",
        "import sys\n\ndef test_it():\n    ours = {m for m in sys.modules if m.startswith('stabaudit')}\n"
        "    assert ours == {'stabaudit', 'stabaudit.watch', 'stabaudit.watch.plugin'}\n",
    )
    put(project / "tests/conftest.py", "")
    code, out = ran(watched=False)
    assert code == 0, out


class TestReports:
    """The results of a run, told with the findings."""

    @pytest.fixture
    def reached(self, project: Path) -> Path:
        ran()
        return project

    def test_the_text_says_it_and_sorts_by_it(self, reached: Path):
        _, out, _ = quick("check", "--reach", "stabaudit-reach.json", real=True)
        said = re.findall(r"= data: (.*)", out)
        assert said == list(told(ran()[1]).values())

    def test_json_says_it(self, reached: Path):
        words = ("check", "--reach", "stabaudit-reach.json", "--output-format", "json")
        found: list[dict[str, Any]] = json.loads(quick(*words, real=True)[1])
        assert (found[0]["reach"]["state"], found[0]["reach"]["lossy"]) == ("reached", 1)
        plain = json.loads(quick("check", "--output-format", "json", real=True)[1])
        assert sorted(one["fingerprint"] for one in plain) == sorted(one["fingerprint"] for one in found)
        assert all("reach" not in one for one in plain)

    def test_the_page_says_it(self, reached: Path):
        words = ("check", "--reach", "stabaudit-reach.json", "--output-format", "html")
        page = quick(*words, real=True)[1]
        assert "<p>Data: reached: 1 of 2 calls overflowed.</p>" in page
        assert '<select name="sort"><option>data</option>' in page

    def test_lines_may_have_moved(self, reached: Path):
        put(reached / "shop/model.py", f"# A comment.\n{MODULE}")
        _, out, _ = quick("check", "shop", "--reach", "stabaudit-reach.json", real=True)
        assert "= data: reached: 1 of 2 calls overflowed" in out


def test_the_data_is_told_with_findings_and_not_with_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = quick("check", "--reach", "reach.json", "--statistics")
    assert (code, out) == (2, "")
    assert err == "error: --reach cannot be combined with --statistics\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "no such file; `pytest --stabaudit` writes it"),
        ("{", "reach.json: not valid JSON at line 1, column 2; `pytest --stabaudit` rewrites it\n"),
        ("[]", "was not written by `pytest --stabaudit`"),
        ('{"version": 2, "files": {}}', "was not written by `pytest --stabaudit`"),
        ('{"version": 1, "files": {"a.py": [{"mark": "x", "kind": "range", "calls": "many"}]}}', "was not written by"),
        ('{"version": 1, "files": {"a.py": [{"mark": "x", "kind": "other"}]}}', "was not written by"),
        *(
            (
                f'{{"version": 1, "files": {{"a.py": [{{"mark": "x", "kind": "{kind}", {more}}}]}}}}',
                "was not written by",
            )
            for kind, more in [
                ("digits", '"calls": 1, "lossy": 1, "lost": 9.0'),
                ("digits", '"calls": 1, "digits": 16.0'),
                ("range", '"calls": 1, "exponent": 1.0'),
                ("range", '"calls": 1, "limit": 709.0'),
                ("range", '"calls": 1, "exponent": 1.0, "limit": Infinity'),
                ("range", '"calls": 1, "exponent": NaN, "limit": 709.0'),
                ("range", f'"calls": 1, "exponent": 1.0, "limit": 1{"0" * 400}'),
                ("range", f'"calls": 1, "overflows": 1{"0" * 400}'),
            ]
        ),
    ],
)
def test_a_file_that_is_no_result_is_one_line(
    text: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a.py", "x = 1\n")
    if text is not None:
        put(tmp_path / "reach.json", text)
    code, out, err = quick("check", "--reach", "reach.json")
    assert (code, out) == (2, "")
    assert err.startswith("error: --reach reach.json: ")
    assert said in err
    assert err.count("\n") == 1
