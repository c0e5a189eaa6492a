"""Without what the server needs, the command says what to install."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["pygls"] = None
from stabaudit.cli.main import main
sys.exit(main(["server"]))
"""


def test_without_pygls_the_command_is_one_line():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    said = "error: the server needs pygls; run `pip install 'stabaudit[server]'`\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
