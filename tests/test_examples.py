"""The naive classifier fails, `--fix` turns it into its replacement, and the replacement works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from stabaudit.cli.main import main

ROOT = Path(__file__).parents[1]
NAIVE, STABLE = (ROOT / "examples" / f"{name}_classifier.py" for name in ("naive", "stable"))


def outcome(script: Path, *options: str) -> tuple[int, str, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, *options, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout, done.stderr


def test_fix_writes_the_stable_twin_byte_for_byte(tmp_path: Path):
    copy = shutil.copy(NAIVE, tmp_path)
    assert main(["check", "--fix", str(copy)]) == 0
    assert Path(copy).read_bytes() == STABLE.read_bytes()


def test_there_is_nothing_to_find_in_the_twin():
    assert main(["check", str(STABLE)]) == 0


def test_the_naive_classifier_loses_its_loss_and_learns_nothing():
    code, out, err = outcome(NAIVE)
    assert code == 0
    assert out.splitlines()[:2] == ["loss: 1.099, inf, nan, nan", "accuracy: 0.30"]
    assert "overflow encountered in exp" in err


def test_its_twin_learns_without_a_warning():
    code, out, err = outcome(STABLE, "-W", "error")
    assert (code, err) == (0, "")
    assert "nan" not in out
    assert "inf" not in out
    assert "accuracy: 1.00" in out
