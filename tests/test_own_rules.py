"""A project's own rules hold where the command line names their folder, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from stabaudit.catalogue import own
from stabaudit.cli.main import main

RULE = '''"""`log(1 - cos(x))` is -inf where x is small.

The cosine rounds to 1.
"""

from stabaudit.catalogue.rule import Sizeable
from stabaudit.terms import Term
from stabaudit.terms.ops import cos, log


def unstable(x: Sizeable) -> Term:
    return log(1 - cos(x) / 2 - 0.5)
'''


@pytest.fixture(autouse=True)
def _none_after() -> object:
    yield
    own.use(None)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "log_cosine.py").write_text(RULE)
    (tmp_path / "code.py").write_text("x = 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_rule_of_the_folder_has_a_name_like_any_other(tree: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", "--no-cache", "--select", "log-cosine", "code.py"]) == 2
    assert "unknown rule `log-cosine`" in capsys.readouterr().err
    assert main(["check", "--no-cache", "--rules", "rules", "--select", "log-cosine", "code.py"]) == 0


@pytest.mark.parametrize("file", ["log-cosine.py", "Log_Cosine.py", "log cosine.py"])
def test_a_rule_is_read_whatever_its_file_is_called(tree: Path, file: str, capsys: pytest.CaptureFixture[str]):
    # No other tool minds a dash in the name of a file.
    (tree / "rules" / "log_cosine.py").rename(tree / "rules" / file)
    name = file.removesuffix(".py").replace("_", "-")
    assert main(["check", "--no-cache", "--rules", "rules", "--select", name, "code.py"]) == 0, capsys.readouterr().err


def test_two_files_whose_rules_have_one_name_are_one_message(tree: Path, capsys: pytest.CaptureFixture[str]):
    (tree / "rules" / "log-cosine.py").write_text(RULE)
    assert main(["check", "--no-cache", "--rules", "rules", "code.py"]) == 2
    said = "error: rules: `log-cosine.py` and `log_cosine.py` are rules of the same name; rename one\n"
    assert capsys.readouterr().err == said


def test_a_configuration_file_cannot_name_one(tree: Path):
    (tree / "stabaudit.toml").write_text('rules = "rules"\n')
    assert main(["check", "--no-cache", "code.py"]) == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("softmax.py", RULE, "there is a rule `softmax` already"),
        ("broken.py", "def unstable(:\n", "broken.py: not a rule: SyntaxError"),
    ],
)
def test_what_is_no_rule_or_has_a_name_that_is_taken_is_one_message(
    tree: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
):
    (tree / "rules" / name).write_text(text)
    assert main(["check", "--no-cache", "--rules", "rules", "code.py"]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tree: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["verify", "--rules", "nowhere"]) == 2
    assert "nowhere: no such folder of rules" in capsys.readouterr().err
