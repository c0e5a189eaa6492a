"""`stabaudit check --fix`, or a worker of it, killed at random moments: every file is the old or the new one.

    python -m benchmarks.kill                          100 kills over 300 files
    python -m benchmarks.kill --files 60 --kills 5     a small one, as in the tests

The exit code is 1 if a file is torn, if a file of ours or a process is left behind, or if a run without one of its
workers does not come to its end. The processes are found on Linux alone.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import family

ROOT = Path(__file__).parents[1]
BODIES = (
    ("return np.exp(x) / np.exp(x).sum()", "return stable.softmax(x)"),
    ("return 1 / (1 + np.exp(-x))", "return stable.sigmoid(x)"),
    ("return np.log(1 + np.exp(x))", "return stable.softplus(x)"),
)

SIGNALS = (signal.SIGTERM, signal.SIGKILL, signal.SIGINT)
#: So many seconds after a run no process of it is there.
GRACE = 2.0
#: What may not happen.
BAD = ("torn", "left behind", "orphans", "unfinished")


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


def strike(process: subprocess.Popen[bytes], sent: signal.Signals, luck: random.Random) -> tuple[str, list[int]]:
    """Send a signal to a run or to one of its workers: which it was, and all processes that there were."""
    there = family(process.pid)
    target = luck.choice(there)
    with contextlib.suppress(ProcessLookupError):
        os.kill(target, sent)
    return "parent" if target == process.pid else "worker", there


def alive(pids: Iterable[int]) -> list[int]:
    """Those of some processes that are still at work."""
    found = []
    for pid in pids:
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            found += [pid] if state not in "ZX" else []
    return found


def states(folder: Path, made: list[File]) -> Counter[str]:
    """How many files are old, new and torn, and how many are left that are none of them."""
    found = Counter[str]()
    for file in made:
        data = (folder / file.name).read_bytes()
        found["old" if data == file.old else "new" if data == file.new else "torn"] += 1
    found["left behind"] = sum(1 for _ in folder.rglob(".stabaudit-*"))
    return found


def main() -> int:
    """Strike run after run, and say what became of the files and of the processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    made, luck = files(arguments.files), random.Random(arguments.seed)
    bad = Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay(folder, made)
        begun = time.perf_counter()
        start(folder, 2).wait()
        whole = time.perf_counter() - begun
        print(f"undisturbed: {whole:.1f} s, {dict(states(folder, made))}")
        for kill in range(1, arguments.kills + 1):
            lay(folder, made)
            jobs, sent = luck.choice((1, 2)), luck.choice(SIGNALS)
            process = start(folder, jobs)
            moment = luck.uniform(0.1 * whole, whole)
            time.sleep(moment)
            target, there = strike(process, sent, luck)
            found = outcome(process, there, sent if target == "parent" else None, folder, made)
            bad += Counter({what: found[what] for what in BAD})
            print(f"{kill}: -j {jobs}, {sent.name} to {target} after {moment:.2f} s: {dict(found)}", flush=True)
    print(f"{arguments.kills} kills over {arguments.files} files: " + ", ".join(f"{bad[what]} {what}" for what in BAD))
    return 1 if bad else 0


def outcome(
    process: subprocess.Popen[bytes],
    there: Sequence[int],
    sent: signal.Signals | None,
    folder: Path,
    made: list[File],
) -> Counter[str]:
    """What became of the files, and how many processes were there 2 s after the end of a run.

    `sent` is the signal that the run itself got; of its workers it goes on without one.
    """
    code = process.wait(timeout=300)
    ended = time.monotonic() + GRACE
    while (orphans := alive(there)) and time.monotonic() < ended:
        time.sleep(0.02)
    found = states(folder, made)
    found["orphans"] = len(orphans)
    if sent is None and (found["old"] or code not in (0, 1)):
        found["unfinished"] = 1
    return found


if __name__ == "__main__":
    sys.exit(main())
