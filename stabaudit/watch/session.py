"""One run of pytest in which values are watched: its beginning, its workers, and what is told at its end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import Any

import pytest

from stabaudit.engine.reach import Seen, write
from stabaudit.findings.reach import Reach, both
from stabaudit.source.errors import FileError
from stabaudit.source.write import target_of
from stabaudit.watch.imports import Imports
from stabaudit.watch.plan import Module, read

#: Names the plan to the workers of pytest-xdist.
PLAN = "STABAUDIT_WATCH_PLAN"
#: Runs with the search path that it is given, and with none of the checked folder.
_PROGRAM = (
    "import sys; count = int(sys.argv[1]); sys.path[:] = sys.argv[2:2 + count];"
    "from stabaudit.watch.look import main; sys.exit(main(sys.argv[2 + count], sys.argv[3 + count:]))"
)
#: So many findings are told of at the end.
MOST_TOLD = 30


def begin(config: pytest.Config) -> None:
    """Find what is to be watched, and watch it from now on."""
    options = config.known_args_namespace
    text, said = _given(), ""
    if text is None:
        _refuse(config)
        text, said = _looked_for(config, options.stabaudit_src or [str(config.rootpath)])
    modules = read(text)
    imports = Imports(modules)
    watch = Watch(config, modules, imports, said)
    if getattr(options, "numprocesses", None) or getattr(options, "tx", None):
        watch.share(text)
    config.pluginmanager.register(watch, "stabaudit-watch")
    imports.begin(config.pluginmanager.rewrite_hook)


def _refuse(config: pytest.Config) -> None:
    """Say before the tests run what would go wrong; raises `pytest.UsageError`."""
    options, here = config.known_args_namespace, config.invocation_params.dir
    for path in options.stabaudit_src or ():
        if not os.path.exists(os.path.join(here, path)):
            raise pytest.UsageError(f"--stabaudit-src {path}: no such file or directory; check the path")
    file = options.stabaudit_reach
    try:
        real = target_of(_results(config))
    except FileError as error:
        raise pytest.UsageError(f"--stabaudit-reach {file}: {error.message}") from None
    folder = os.path.dirname(real)
    if os.path.exists(real) and not os.path.isfile(real):
        raise pytest.UsageError(f"--stabaudit-reach {file}: is not a regular file; name another")
    if not os.path.isdir(folder):
        raise pytest.UsageError(f"--stabaudit-reach {file}: no such folder; make it first")
    if not os.access(folder, os.W_OK) or (os.path.exists(real) and not os.access(real, os.W_OK)):
        raise pytest.UsageError(f"--stabaudit-reach {file}: cannot be written; change its permissions")


def _results(config: pytest.Config) -> str:
    """The path of the file for the results."""
    return os.path.join(config.invocation_params.dir, config.known_args_namespace.stabaudit_reach)


def _given() -> str | None:
    """The plan that the process which started this worker has made."""
    if "PYTEST_XDIST_WORKER" not in os.environ or PLAN not in os.environ:
        return None
    with open(os.environ[PLAN], encoding="utf-8") as file:
        return file.read()


def _looked_for(config: pytest.Config, paths: list[str]) -> tuple[str, str]:
    """The plan, and what could not be checked."""
    here = str(config.invocation_params.dir)
    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = [entry for entry in sys.path if os.path.isabs(entry) and os.path.realpath(entry) != os.path.realpath(here)]
    with tempfile.TemporaryDirectory(prefix="stabaudit-") as folder:
        file = os.path.join(folder, "plan.json")
        path.append(own)
        command = [sys.executable, "-I", "-c", _PROGRAM, str(len(path)), *path, file, *paths]
        # What it says is told at the end: now pytest keeps all that is printed.
        done = subprocess.run(command, cwd=here, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise pytest.UsageError(f"--stabaudit: {done.stderr.strip().removeprefix('error: ')}")
        with open(file, encoding="utf-8") as stream:
            return stream.read(), done.stderr


class Watch:
    """The hooks of a run."""

    def __init__(self, config: pytest.Config, modules: list[Module], imports: Imports, said: str) -> None:
        self._config = config
        self._modules = modules
        self._imports = imports
        self._said = said
        self._of_workers: list[list[list[Reach]]] = []
        self._shared: str | None = None
        self._file = _results(config)
        self._trouble: FileError | None = None

    def share(self, text: str) -> None:
        """Tell workers that are yet to be started what is to be watched."""
        handle, self._shared = tempfile.mkstemp(prefix="stabaudit-", suffix=".json")
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.environ[PLAN] = self._shared

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was seen to the process that started this one, or write it down."""
        output: dict[str, Any] | None = getattr(self._config, "workeroutput", None)
        if output is not None:
            output["stabaudit"] = [[tuple(one) for one in found] for found in self._imports.seen()]
            return
        try:
            write(self._file, self._seen())
        except FileError as error:
            self._trouble = error
            session.exitstatus = session.exitstatus or pytest.ExitCode.USAGE_ERROR

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker has seen."""
        output = getattr(node, "workeroutput", {})
        if "stabaudit" in output:
            self._of_workers.append([[Reach(*one) for one in found] for found in output["stabaudit"]])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how near the data came, the nearest first."""
        told = sorted(self._seen(), key=lambda seen: (seen.reach.rank, seen.shown, seen.row))
        terminalreporter.section("stabaudit")
        terminalreporter.write(self._said)
        for shown, _, rule, _, row, column, reach in told[:MOST_TOLD]:
            terminalreporter.write_line(f"{shown}:{row}:{column}: {rule}: {reach}")
        if len(told) > MOST_TOLD:
            terminalreporter.write_line(f"and {len(told) - MOST_TOLD} more")
        if not told:
            terminalreporter.write_line("no findings to watch")
        name = os.path.relpath(self._file, self._config.invocation_params.dir)
        if self._trouble is not None:
            terminalreporter.write_line(f"error: --stabaudit-reach {name}: {self._trouble.message}", red=True)
            return
        terminalreporter.write_line(f"wrote {name}; `stabaudit check --reach {name}` tells it with the findings")

    def pytest_unconfigure(self) -> None:
        """Leave all as it was."""
        self._imports.end()
        if self._shared is not None:
            os.environ.pop(PLAN, None)
            os.unlink(self._shared)

    def _seen(self) -> list[Seen]:
        """What was seen of each finding, here and in workers."""
        found = self._imports.seen()
        for other in self._of_workers:
            found = [[both(a, b) for a, b in zip(*pair, strict=True)] for pair in zip(found, other, strict=True)]
        return [
            Seen(module.shown, module.path, target.rule, target.mark, target.row, target.column, reach)
            for module, reaches in zip(self._modules, found, strict=True)
            for target, reach in zip(module.targets, reaches, strict=True)
        ]
