"""`stabaudit check --fix` killed at random moments: every file is the old one or the new one, never torn.

    python benchmarks/kill.py                          50 kills over 2,000 files
    python benchmarks/kill.py --files 60 --kills 5     a small one, as in the tests

The exit code is 1 if a file is torn.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BODIES = (
    ("return np.exp(x) / np.exp(x).sum()", "return stable.softmax(x)"),
    ("return 1 / (1 + np.exp(-x))", "return stable.sigmoid(x)"),
    ("return np.log(1 + np.exp(x))", "return stable.softplus(x)"),
)


@dataclass(frozen=True)
class File:
    """A file as it is before and after the fix."""

    name: str
    old: bytes
    new: bytes


def files(count: int) -> list[File]:
    """Modules of many sizes, each with one formula."""
    made = []
    for i in range(count):
        body, fixed = BODIES[i % len(BODIES)]
        filler = "".join(f"# line {k} of {i}: {'x' * 60}\n" for k in range((i * 7919) % 200))
        old = f"import numpy as np\n\n\ndef f{i}(x):\n    {body}\n\n\n{filler}"
        new = old.replace("as np\n", "as np\nfrom stabaudit import runtime as stable\n", 1).replace(body, fixed)
        made.append(File(f"part{i // 100:02}/module{i:04}.py", old.encode(), new.encode()))
    return made


def lay(folder: Path, made: list[File]) -> None:
    """Write the files as they are before the fix, and nothing else."""
    for file in made:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != file.old:
            path.write_bytes(file.old)
    for left in folder.rglob(".stabaudit-*"):
        left.unlink()


def start(folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A run of `--fix` in a session of its own."""
    words = [sys.executable, "-m", "stabaudit", "check", "--fix", "--quiet", "--no-cache", "--isolated"]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        [*words, "-j", str(jobs), str(folder)], cwd=ROOT, start_new_session=True, stdout=nowhere, stderr=nowhere
    )


def end(process: subprocess.Popen[bytes], sent: signal.Signals) -> None:
    """Send a signal to a run and to all its processes."""
    os.killpg(process.pid, sent)
    process.wait()


def states(folder: Path, made: list[File]) -> Counter[str]:
    """How many files are old, new and torn, and how many are left that are none of them."""
    found = Counter[str]()
    for file in made:
        data = (folder / file.name).read_bytes()
        found["old" if data == file.old else "new" if data == file.new else "torn"] += 1
    found["left behind"] = sum(1 for _ in folder.rglob(".stabaudit-*"))
    return found


def main() -> int:
    """Kill run after run, and say what became of the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    made, luck = files(arguments.files), random.Random(arguments.seed)
    torn = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay(folder, made)
        begun = time.perf_counter()
        start(folder, arguments.jobs).wait()
        whole = time.perf_counter() - begun
        print(f"undisturbed: {whole:.1f} s, {dict(states(folder, made))}")
        for kill in range(1, arguments.kills + 1):
            lay(folder, made)
            process = start(folder, arguments.jobs)
            moment = luck.uniform(0.05 * whole, whole)
            time.sleep(moment)
            end(process, signal.SIGKILL)
            found = states(folder, made)
            torn += found["torn"]
            print(f"kill {kill} after {moment:.2f} s: {dict(found)}", flush=True)
    print(f"{arguments.kills} kills over {arguments.files} files: {torn} files torn")
    return 1 if torn else 0


if __name__ == "__main__":
    sys.exit(main())
