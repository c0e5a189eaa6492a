"""`stabaudit` run as its users run it, on the rules of the fake checker or on the real ones."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

from stabaudit.cli.main import main
from stabaudit.cli.recorded import entries
from tests import fake

ROOT = Path(__file__).parents[1]
FAKES = [
    ("stabaudit.check.check_text", fake.check),
    ("stabaudit.catalogue.folder.names", lambda: fake.RULES),
    ("stabaudit.engine.job.could_match", lambda data: True),
    ("stabaudit.engine.job.could_hold", lambda data: True),
    ("stabaudit.sieve.selection.selections", lambda text: (text,)),
]
SAFE, UNSAFE, NONE = "y = log(1+exp(x))\n", "z = exp(x) - 1\n", "SOFT\n"


def stabaudit(*words: str, stdin: bytes = b"", program: str = "tests/fake.py", **env: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    command = [sys.executable, "-W", "error", str(ROOT / program), *words]
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    settings = {**clean, "PYTHONPATH": str(ROOT), **env}
    done = subprocess.run(command, input=stdin, capture_output=True, env=settings)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    return done.returncode, out, err


def quick(*words: str, real: bool = False) -> tuple[int, str, str]:
    """The same in this process, which takes a hundredth of the time."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with ExitStack() as stack:
        for name, new in [("sys.stdout", out), ("sys.stderr", err)]:
            stack.enter_context(mock.patch(name, new))
        for name, new in [] if real else FAKES:
            stack.enter_context(mock.patch(name, new))
        entries.cache_clear()
        code = main(words)
    return code, *(stream.buffer.getvalue().decode() for stream in (out, err))


def copy(folder: Path) -> bool:
    """Put what git knows or would take of the working tree into `folder`; false where git does not know it."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return listed.returncode == 0


def put(name: str, text: str) -> None:
    """Write a file below the current folder."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode())


def read(name: str) -> str:
    """The text of a file as it is."""
    return Path(name).read_bytes().decode()


def lines(*words: str) -> list[str]:
    """The findings of `check`, one line each."""
    return quick("check", "--quiet", "--output-format", "concise", *words)[1].splitlines()
