"""git, run on the objects of a repository and on nothing else of it.

Whoever wrote a repository wrote its configuration, which names programs that git starts: for differences, filters,
pagers, file system monitors, transports. So git gets a folder of our own as its repository. It holds copies of the
references and two checked lines of configuration, and leads to the objects. Only commands are run that read objects.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from stabaudit.catalogue.names import UsageError
from stabaudit.history.repository import Repository
from stabaudit.source import regular
from stabaudit.source.find import tidy
from stabaudit.source.places import is_inside

#: How long one command may take, in seconds, and how many bytes it may print: a repository may hold a bomb.
SECONDS = 60
BYTES = 1_000_000_000
#: So many references are copied; `git pack-refs` makes one file of them.
REFERENCES = 50_000
#: What is written about one commit, beside the references.
HEADS = ("HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "shallow", "packed-refs")
#: What of a configuration says how objects and references are written.
_FORMAT = re.compile(
    rb"^\s*(objectformat)\s*=\s*(sha1|sha256)\s*$|^\s*(refstorage)\s*=\s*(files|reftable)\s*$", re.M | re.I
)


class Git:
    """Runs commands of git that read the objects of one repository."""

    def __init__(self, repository: Repository, program: str, folder: str) -> None:
        self._repository = repository
        self._program = program
        self._folder = folder
        self._environment = {
            "GIT_DIR": os.path.join(folder, "git"),
            "GIT_OBJECT_DIRECTORY": os.path.join(repository.common, "objects"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_NO_REPLACE_OBJECTS": "1",
            # What a partial clone lacks is not fetched.
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_TERMINAL_PROMPT": "0",
            "HOME": folder,
            "LC_ALL": "C",
            "PATH": os.path.dirname(program),
        }
        for name in ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP"):
            if name in os.environ:
                self._environment[name] = os.environ[name]

    def ask(self, *words: str, said: bytes = b"") -> bytes | None:
        """What a command prints that is told `said`, `None` where it fails; raises `UsageError` if it has no end."""
        told, answer = (os.path.join(self._folder, name) for name in ("told", "answer"))
        with open(told, "wb") as file:
            file.write(said)
        with open(told, "rb") as stdin, open(answer, "wb") as stdout:
            command = [self._program, "--no-pager", *words]
            process = subprocess.Popen(
                command,
                cwd=self._folder,
                env=self._environment,
                stdin=stdin,
                stdout=stdout,
                stderr=subprocess.DEVNULL,
            )
            code = self._end(process, answer)
        if code:
            return None
        with open(answer, "rb") as file:
            return file.read()

    def _end(self, process: subprocess.Popen[bytes], answer: str) -> int:
        last = time.monotonic() + SECONDS
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return process.wait(0.2)
                if time.monotonic() > last or os.path.getsize(answer) > BYTES:
                    root = tidy(self._repository.root)
                    raise UsageError(f"--since: git finds no end in the repository {root}; check it with `git fsck`")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


@contextmanager
def on(repository: Repository) -> Iterator[Git]:
    """git on the objects of a repository, as long as it is needed."""
    program = _program(repository)
    with tempfile.TemporaryDirectory(prefix="stabaudit-", ignore_cleanup_errors=True) as folder:
        _copy(repository, os.path.join(folder, "git"))
        yield Git(repository, program, folder)


def _program(repository: Repository) -> str:
    """The program git, looked for where the tree has none of its own."""
    names = ("git.exe",) if sys.platform == "win32" else ("git",)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        # A relative entry, or none, is the current folder.
        if not os.path.isabs(folder) or is_inside(folder, repository.root):
            continue
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    raise UsageError("--since needs the program git; install it, or check without --since")


def _copy(repository: Repository, folder: str) -> None:
    """Make `folder` a repository with the references of another one."""
    os.makedirs(os.path.join(folder, "refs"))
    formats = _formats(repository)
    lines = ["[core]", "repositoryformatversion = 1", "bare = true", "[extensions]", *formats, ""]
    _write(os.path.join(folder, "config"), "\n".join(lines).encode())
    for name in HEADS:
        home = repository.own if name.endswith("HEAD") else repository.common
        _write_copy(os.path.join(home, name), os.path.join(folder, name))
    parts: Sequence[str] = ("refs", "reftable") if any("reftable" in line for line in formats) else ("refs",)
    for part in parts:
        _copy_folder(os.path.join(repository.common, part), os.path.join(folder, part), repository)


def _formats(repository: Repository) -> list[str]:
    try:
        data = regular.read(os.path.join(repository.common, "config"), regular.SETTINGS)
    except OSError:
        return []
    pairs = [[part.decode().lower() for part in match.groups() if part] for match in _FORMAT.finditer(data)]
    return [f"{name} = {value}" for name, value in pairs]


def _copy_folder(source: str, target: str, repository: Repository) -> None:
    count = 0
    # Links to folders are not followed.
    for folder, _, names in os.walk(source):
        inner = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(inner, exist_ok=True)
        for name in names:
            count += 1
            if count > REFERENCES:
                said = f"has more than {REFERENCES} references; run `git pack-refs --all`"
                raise UsageError(f"--since: the repository {tidy(repository.root)} {said}")
            _write_copy(os.path.join(folder, name), os.path.join(inner, name))


def _write_copy(source: str, target: str) -> None:
    # What is not there or is no file is not needed.
    with contextlib.suppress(OSError):
        _write(target, regular.read(source, regular.SOURCE))


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
