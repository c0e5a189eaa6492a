"""`python -m benchmarks.fuzz SECONDS [SEED]`: hostile trees of random kinds, checked by the real command in a worker.

An internal error, a traceback, a strange exit code, an output that no reader takes, a run of over ten seconds and one
that takes over two gigabytes are shown with the smallest tree that still does it, which is kept in a temporary folder;
the exit code is 1 then.
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import random
import re
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from benchmarks.mutate import Mutator, Tree

#: Seconds of processor time that a run may take, and seconds on a busy machine until its worker is ended.
LONGEST, PATIENCE = 10, 180
#: Bytes that it may take.
LARGEST = 2 << 30
#: So many smaller trees are tried for one that fails.
TRIES = 150
HANGS, LATE = "hangs", "takes too long"
#: What is said of a file that took too much of something.
GIVEN_UP = {"is given up as late": "s of CPU time and was skipped", "is given up as large": "memory and was skipped"}
SLOW = {HANGS, LATE, *GIVEN_UP}
ROOT = Path(__file__).parents[1]
WAYS: Sequence[tuple[str, ...]] = (
    ("check", "--output-format", "json", "."),
    ("check", "--output-format", "text", "."),
    ("check", "--output-format", "sarif", "."),
    ("check", "--output-format", "junit", "."),
    ("check", "--output-format", "gitlab", "."),
    ("check", "--output-format", "github", "."),
    ("check", "--output-format", "markdown", "."),
    ("check", "--no-sieve", "--output-format", "json-lines", "."),
    ("check", "--diff", "--unsafe-fixes", "."),
    ("check", "--fix", "--unsafe-fixes", "."),
    ("check", "--add-ignores", "."),
    ("check", "--baseline", "baseline.json", "."),
    ("check", "--show-files", "--verbose", "."),
    ("check", "--statistics", "."),
    ("config",),
)


class Failure(NamedTuple):
    """What went wrong, in a line that is the same for all trees that fail in the same way."""

    kind: str
    output: str = ""


def main() -> int:
    """Fuzz for so many seconds; the exit code."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    files = [
        p for p in [*ROOT.rglob("*.py"), *Path(json.__file__).parent.parent.glob("*.py")] if p.stat().st_size < 1 << 20
    ]
    mutator = Mutator({".py": [p.read_bytes() for p in files]}, chance)
    known: dict[str, Tree] = {}
    end, trees = time.monotonic() + seconds, 0
    with contextlib.closing(Worker()) as worker:
        while time.monotonic() < end:
            tree, words = mutator.tree(), chance.choice(WAYS)
            trees += 1
            failure = worker.fails(tree, words)
            if failure is None or failure.kind in known:
                continue
            known[failure.kind] = small = reduced(worker, tree, words, failure)
            print(f"\n== {failure.kind}\n   stabaudit {' '.join(words)}\n{failure.output}", flush=True)
            kept = Path(tempfile.mkdtemp(prefix="stabaudit-fuzz-"))
            for name, data in small.items():
                (kept / name).write_bytes(data)
                print(f"-- {kept / name}: {data if len(data) < 300 else data[:300] + b'...'!r}", flush=True)
    print(f"\n{trees} trees in {seconds:g} s: {len(known)} ways to fail", flush=True)
    return 1 if known else 0


class Worker:
    """A process that checks trees; it is started anew when it hangs or dies."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.join()

    def fails(self, tree: Tree, words: Sequence[str]) -> Failure | None:
        """How a run over a tree fails, if it does."""
        try:
            self._pipe.send((tree, words))
            if self._pipe.poll(PATIENCE):
                failure: Failure | None = self._pipe.recv()
                return failure
            said = HANGS
        except (EOFError, ConnectionError):
            self._process.join()
            said = f"ends its process ({self._process.exitcode})"
        self.close()
        self._start()
        return Failure(said)


def serve(pipe: Connection) -> None:
    """Check the trees that come through a pipe."""
    import stabaudit.check  # noqa: F401  (so that no run pays for it)

    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    while True:
        tree, words = pipe.recv()
        with tempfile.TemporaryDirectory() as folder:
            for name, data in tree.items():
                Path(folder, name).write_bytes(data)
            os.chdir(folder)
            pipe.send(run(words))
            os.chdir("/")


def run(words: Sequence[str]) -> Failure | None:
    """How the command fails in the current folder, if it does."""
    from stabaudit.cli.main import main
    from stabaudit.cli.recorded import entries

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    entries.cache_clear()
    alone = [] if words[0] == "config" else ["--no-cache", "-j", "1"]
    before = _used()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([*words, *alone])
        except SystemExit as error:
            code = error.code
        except BaseException:
            return Failure(f"raises {_last(traceback.format_exc())}", traceback.format_exc())
    took = _used() - before
    said, told = (stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err))
    if "internal error" in told or "Traceback" in told or "please report" in told:
        line = next(line for line in told.splitlines() if re.search("internal|Traceback|report", line))
        # What is in the message depends on the tree, where it was raised does not.
        at = re.search(r"(\w*(?:Error|Exception|Iteration|Exit)|nothing fixed).*? at (\S+)", line)
        return Failure(" at ".join(at.groups()) if at else re.sub(r"\S*:|\d+", "", line)[:90], told)
    for kind, sign in GIVEN_UP.items():
        if sign in told:
            return Failure(kind, told)
    if code not in (0, 1, 2):
        return Failure(f"ends with {code}", told)
    if took > LONGEST:
        return Failure(LATE, f"{took:.1f} s")
    return _unreadable(words, said, told)


def _used() -> float:
    """The processor time of this process and those that it has waited for, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _last(said: str) -> str:
    return re.sub(r"[\d']+", "", said.strip().splitlines()[-1])[:90]


def _unreadable(words: Sequence[str], said: str, told: str) -> Failure | None:
    form = words[2] if len(words) > 2 and words[1] == "--output-format" else ""
    try:
        if said and form in ("json", "sarif", "gitlab"):
            json.loads(said).__repr__().encode()
        elif said and form == "junit":
            ElementTree.fromstring(said)
    except (ValueError, ElementTree.ParseError) as error:
        return Failure(f"{form} cannot be read", f"{error}\n{told}")
    if form not in ("", "github") and re.search(r"^\s*::|##\w*\[", said, re.MULTILINE):
        return Failure(f"{form} holds a command", said[:2000])
    return None


def reduced(worker: Worker, tree: Tree, words: Sequence[str], failure: Failure) -> Tree:
    """The smallest tree found that fails in the same way."""
    left = TRIES if failure.kind not in SLOW else TRIES // 10
    smaller = _smaller(tree)
    while left and (one := next(smaller, None)) is not None:
        left -= 1
        again = worker.fails(one, words)
        if again is not None and again.kind == failure.kind:
            tree, smaller = one, _smaller(one)
    return tree


def _smaller(tree: Tree) -> Iterator[Tree]:
    """Trees without a file, and trees with less in one."""
    if len(tree) > 1:
        yield from ({n: d for n, d in tree.items() if n != name} for name in tree)
    for name, data in tree.items():
        yield from ({**tree, name: piece} for piece in _pieces(data))


def _pieces(data: bytes) -> Iterator[bytes]:
    """`data` with a stretch left out, the longest first: of lines, then of bytes."""
    for parts in (data.splitlines(keepends=True), [data[i : i + 1] for i in range(min(len(data), 400))]):
        size = len(parts) // 2
        while size:
            for start in range(0, len(parts), size):
                yield b"".join([*parts[:start], *parts[start + size :]]) + (data[400:] if len(parts) == 400 else b"")
            size //= 2


if __name__ == "__main__":
    sys.exit(main())
