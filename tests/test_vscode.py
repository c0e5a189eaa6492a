"""The extension for Visual Studio Code: its manifest here, its own tests where Node and its packages are installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

import stabaudit
from stabaudit.cli import arguments
from tests.run import ROOT

FOLDER = ROOT / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text())
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]


def test_the_extension_has_the_version_of_the_package():
    assert MANIFEST["version"] == stabaudit.__version__


def test_a_workspace_that_is_not_trusted_names_no_program():
    restricted = MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert {"stabaudit.command", "stabaudit.arguments"} == set(restricted) < set(SETTINGS)


def test_what_the_code_asks_for_is_in_the_manifest():
    code = (FOLDER / "src" / "extension.ts").read_text()
    asked = set(re.findall(r'all\.get<.*?>\("(\w+)"', code))
    assert {f"stabaudit.{name}" for name in asked} == set(SETTINGS)
    [command] = MANIFEST["contributes"]["commands"]
    assert f'registerCommand("{command["command"]}"' in code


def test_the_command_of_the_extension_is_one_of_the_command_line():
    assert "server" in arguments.COMMANDS
    assert '"server"' in (FOLDER / "src" / "command.ts").read_text()


@pytest.mark.skipif(
    not (shutil.which("npm") and (FOLDER / "node_modules").is_dir()),
    reason="needs Node and `npm ci` in editors/vscode",
)
def test_its_own_tests_pass():
    done = subprocess.run(["npm", "test"], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
