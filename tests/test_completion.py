from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

import pytest

from stabaudit.cli import arguments
from stabaudit.cli.completion import script


def bash(words: str, folder: Path) -> set[str]:
    """What bash offers for the last of `words`."""
    if not shutil.which("bash"):
        pytest.skip("bash is not installed")
    line = words.split(" ")
    listed = " ".join(f"'{word}'" for word in line)
    asked = f"COMP_WORDS=({listed}); COMP_CWORD={len(line) - 1}; _stabaudit"
    code = f"{script('bash')}\n{asked}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-euc", code], capture_output=True, text=True, cwd=folder)
    assert done.stderr == ""
    return set(done.stdout.split("\n")) - {""}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("stabaudit ch", {"check"}),
        ("stabaudit check --output-format js", {"json", "json-lines"}),
        ("stabaudit check --fi", {"--fix", "--fixable"}),
        ("stabaudit check --select softp", {"softplus"}),
        ("stabaudit check a b", {"b.py"}),
        ("stabaudit rule logsum", {"logsumexp"}),
        ("stabaudit generate-shell-completion z", {"zsh"}),
    ],
)
def test_bash_completes(words: str, offered: set[str], tmp_path: Path):
    (tmp_path / "b.py").touch()
    assert bash(words, tmp_path) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_their_script(shell: str, tmp_path: Path):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(script(shell))
    subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_all_commands_and_long_options_are_known(shell: str):
    text = script(shell)
    for command in arguments.COMMANDS:
        assert command in text
    for option, action in arguments.check()._option_string_actions.items():
        if action.help is not argparse.SUPPRESS:
            assert option.lstrip("-") in text
