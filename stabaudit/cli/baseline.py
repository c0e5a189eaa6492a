"""`stabaudit baseline`: a file of what is there today, by file, rule and code, never by line."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from functools import cache
from typing import Any

from stabaudit.catalogue.names import UNUSED, UsageError
from stabaudit.cli.main import CLEAN, FAILED
from stabaudit.source import json_text, regular
from stabaudit.source.errors import FileError, refusal

#: What the file is called where no setting says otherwise.
NAME = "stabaudit-baseline.json"
VERSION = 1
#: What is written begins like that.
BEGINNING = b'{\n  "files": '


def write(arguments: Namespace) -> int:
    """Write the baseline of the paths of `arguments`; the exit code."""
    from stabaudit.cli.check import results_of, warn
    from stabaudit.cli.options import Options
    from stabaudit.engine.fingerprint import mark
    from stabaudit.report.tally import count

    arguments.obeys_baseline = False
    plan = Options(arguments)
    path = plan.here.path("baseline") or NAME
    _refuse(path)
    files: dict[str, dict[str, dict[str, int]]] = {}
    number = troubles = 0
    for result in results_of(arguments.paths or ["."], plan, arguments.jobs):
        warn(result)
        troubles += result.trouble is not None
        for finding in result.findings:
            if finding.rule == UNUSED:
                continue
            rules = files.setdefault(name(path, result.path), {})
            marks = rules.setdefault(finding.rule, {})
            one = mark(result.text, finding)
            marks[one] = marks.get(one, 0) + 1
            number += 1
    if troubles:
        raise UsageError(f"{path}: not written, because {count(troubles, 'file')} could not be checked")
    from stabaudit.source.find import tidy
    from stabaudit.source.write import put

    text = json.dumps({"version": VERSION, "files": files}, indent=2, sort_keys=True)
    try:
        put({path: f"{text}\n".encode()})
    except FileError as trouble:
        raise UsageError(str(trouble)) from None
    sys.stdout.write(f"Wrote {count(number, 'finding')} in {count(len(files), 'file')} to {tidy(path)}.\n")
    if plan.here.get("baseline") is None:
        sys.stdout.write(f'Put `baseline = "{NAME}"` into the configuration for `check` to use it.\n')
    return FAILED if troubles else CLEAN


def _refuse(path: str) -> None:
    """Raise `UsageError` where the file is something else than a baseline, though it may be a broken one."""
    from stabaudit.source.write import target_of

    try:
        data = regular.read(target_of(path), regular.SOURCE)
    except FileNotFoundError:
        return
    except FileError as trouble:
        raise UsageError(str(trouble)) from None
    except OSError as error:
        raise UsageError(str(refusal(path, error))) from None
    # Whoever wrote the settings could name any file of the project.
    if data.strip() and not data.startswith(BEGINNING):
        try:
            entries(path)
        except UsageError:
            raise UsageError(f"{path}: is no baseline, nothing written; choose another name or take it away") from None


@cache
def entries(path: str) -> Mapping[str, Mapping[str, int]]:
    """How often each mark is known, file by file; raises `UsageError`."""
    try:
        data = json_text.loads(regular.read(path, regular.SOURCE).decode())
    except FileNotFoundError:
        raise UsageError(f"{path}: no such baseline; `stabaudit baseline` writes it") from None
    except OSError as error:
        raise UsageError(str(refusal(path, error))) from None
    except ValueError as error:
        raise UsageError(f"{path}: not a baseline: {error}; `stabaudit baseline` rewrites it") from None
    if not _is_baseline(data):
        raise UsageError(f"{path}: not a baseline of version {VERSION}; `stabaudit baseline` rewrites it")
    return {
        file: {mark: number for marks in rules.values() for mark, number in marks.items()}
        for file, rules in data["files"].items()
    }


def lost(path: str) -> int:
    """How many known findings are in files that are there no more."""
    folder = os.path.dirname(os.path.realpath(path))
    gone = (marks for file, marks in entries(path).items() if not os.path.exists(os.path.join(folder, file)))
    return sum(sum(marks.values()) for marks in gone)


def _is_baseline(data: Any) -> bool:
    try:
        return data["version"] == VERSION and all(
            isinstance(number, int)
            for rules in data["files"].values()
            for marks in rules.values()
            for number in marks.values()
        )
    except (TypeError, KeyError, AttributeError):
        return False


def name(file: str, path: str) -> str:
    """What the baseline in `file` calls the file at `path`: the way from its own folder."""
    folder = os.path.dirname(os.path.realpath(file))
    return os.path.relpath(os.path.realpath(path), folder).replace(os.sep, "/")
