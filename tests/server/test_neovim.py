"""The server with Neovim's own client; without Neovim this says so and is left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NVIM = shutil.which("nvim")
SCRIPT = Path(__file__).with_name("neovim.lua")


@pytest.mark.skipif(not NVIM, reason="needs Neovim")
def test_neovim_shows_what_is_found_and_applies_what_is_safe(tmp_path: Path):
    code = "import numpy as np\n\ny = '😀', np.log(1 + np.exp(x))\np = np.exp(z) / np.exp(z).sum()\n"
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    env = {**os.environ, "HOME": str(tmp_path), "STABAUDIT_NO_CACHE": "1", "FILE": "a.py", "NOTES": "notes"}
    env["STABAUDIT"] = str(Path(sys.executable).with_name("stabaudit"))
    command = [str(NVIM), "--headless", "--clean", "-c", f"luafile {SCRIPT}"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=200)
    notes = (tmp_path / "notes").read_text().splitlines()
    # Its columns count bytes.
    assert sorted(notes[:2]) == ["2:12 stabaudit 1", "3:4 stabaudit 1"], done.stderr
    assert notes[2:] == ["Fix all that is safe (stabaudit)", "left: 0"]
    text = (tmp_path / "a.py").read_text(encoding="utf-8")
    assert text.endswith("y = '😀', stable.softplus(x)\np = stable.softmax(z)\n")
