"""`stabaudit baseline`: writes down what is there today."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections import Counter

from stabaudit.catalogue.names import UNUSED, UsageError
from stabaudit.cli.console import CLEAN, warn
from stabaudit.cli.options import Options
from stabaudit.cli.recorded import VERSION, Written, entries, marks_of, name, read
from stabaudit.cli.results import results_of
from stabaudit.source import regular
from stabaudit.source.errors import FileError, refusal
from stabaudit.source.places import is_inside

#: What the file is called where no setting says otherwise.
NAME = "stabaudit-baseline.json"
#: What is written begins like that.
BEGINNING = b'{\n  "files": '


def write(arguments: Namespace) -> int:
    """Write the baseline of the paths of `arguments`; the exit code."""
    from stabaudit.report.tally import count

    arguments.obeys_baseline = False
    plan = Options(arguments)
    path = plan.here.path("baseline") or NAME
    _refuse(path)
    paths = arguments.paths or ["."]
    old = _old(path, arguments.prune)
    now = _now(arguments, paths, plan, path)
    if arguments.prune:
        now = _both(now, old)
    folder = os.path.dirname(os.path.realpath(path))
    kept = {file: rules for file, rules in old.items() if not _is_below(os.path.join(folder, file), paths)}
    from stabaudit.source.find import tidy
    from stabaudit.source.write import put

    text = json.dumps({"version": VERSION, "files": {**kept, **now}}, indent=2, sort_keys=True)
    try:
        put({path: f"{text}\n".encode()})
    except FileError as trouble:
        raise UsageError(str(trouble)) from None
    others = f"; kept {count(_number(kept), 'finding')} in {count(len(kept), 'other file')}" if kept else ""
    said = f"{count(_number(now), 'finding')} in {count(len(now), 'file')} to {tidy(path)}"
    sys.stdout.write(f"Wrote {said}{others}.\n")
    if plan.here.get("baseline") is None:
        sys.stdout.write(f'Put `baseline = "{NAME}"` into the configuration for `check` to use it.\n')
    return CLEAN


def _now(arguments: Namespace, paths: list[str], plan: Options, path: str) -> Written:
    """What there is below `paths`; raises `UsageError` where a file cannot be checked."""
    from stabaudit.engine.fingerprint import code
    from stabaudit.report.tally import count

    files: Written = {}
    troubles = 0
    for result in results_of(paths, plan, arguments.jobs):
        warn(result)
        troubles += result.trouble is not None
        for finding in result.findings:
            if finding.rule == UNUSED:
                continue
            codes = files.setdefault(name(path, result.path), {}).setdefault(finding.rule, {})
            one = code(result.text, finding)
            codes[one] = codes.get(one, 0) + 1
    if troubles:
        raise UsageError(f"{path}: not written, because {count(troubles, 'file')} could not be checked")
    return files


def _both(now: Written, old: Written) -> Written:
    """What there is of what there was, each as often as it is in both; a file that was renamed may have had it."""
    from stabaudit.engine.fingerprint import mark_of

    left = {file: marks_of(rules) for file, rules in old.items()}
    others: Counter[str] = Counter()
    for file, marks in left.items():
        if file not in now:
            others.update(marks)
    both: Written = {}
    for file, rules in now.items():
        known = left.get(file, others)
        for rule, codes in rules.items():
            for code, number in codes.items():
                mark = mark_of(rule, code)
                if (common := min(number, known[mark])) > 0:
                    known[mark] -= common
                    both.setdefault(file, {}).setdefault(rule, {})[code] = common
    return both


def _number(files: Written) -> int:
    return sum(number for rules in files.values() for codes in rules.values() for number in codes.values())


def _is_below(file: str, paths: list[str]) -> bool:
    return any(is_inside(file, path) for path in paths)


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


def _old(path: str, needed: bool) -> Written:
    """What the file says; nothing where it is not there or broken, unless it is `needed`."""
    try:
        return read(path)
    except UsageError:
        if needed:
            raise
        return {}
