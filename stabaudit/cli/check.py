"""`stabaudit check`: from parsed arguments to printed results and an exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

from stabaudit.cli.combined import refuse, refuse_form
from stabaudit.cli.console import CLEAN, FAILED, FOUND, complain, warn
from stabaudit.cli.options import Options
from stabaudit.cli.outputs import TOLD, outputs, show
from stabaudit.cli.results import results_of
from stabaudit.engine import run
from stabaudit.engine.job import Result
from stabaudit.records import TYPE_CHECKING
from stabaudit.report.tally import Tally
from stabaudit.source.errors import FileError
from stabaudit.source.find import find
from stabaudit.source.read import standard_input

if TYPE_CHECKING:
    # Most runs ask nothing.
    from stabaudit.cli.interactive import Dialogue

#: Names a file for the results where the command line does not.
FILE = "STABAUDIT_OUTPUT_FILE"


def check(arguments: Namespace) -> int:
    """Check the paths of `arguments`; the exit code."""
    paths = arguments.paths or ["."]
    stdin = "-" in paths
    refuse(arguments, paths)
    if arguments.judge:
        from stabaudit.cli import judge

        return judge.show(arguments, paths)
    plan = Options(arguments)
    tally = Tally(plan.here.get("fail-on"))
    unsafe = plan.here.get("unsafe-fixes")
    if arguments.show_files:
        return _files(paths, plan, arguments.verbose)
    if arguments.show_settings:
        from stabaudit.cli import show_config

        arguments.path = arguments.stdin_filename or os.curdir if stdin else paths[0]
        return show_config.show(arguments, sys.stdout)
    named = os.environ.get(FILE)
    wanted = outputs(plan.here.get("output-format"), arguments.output_file or (named and [named]))
    refuse_form(arguments, [one.form for one in wanted])
    dialogue = _dialogue(unsafe) if arguments.interactive else None
    pipes = stdin and arguments.fix and not arguments.diff
    if stdin:
        results = _stdin(arguments.stdin_filename or "-", plan, echo=pipes)
    else:
        results = results_of(paths, plan, arguments.jobs, arguments.quiet, dialogue, arguments.verbose)
    if arguments.verbose:
        from stabaudit.cli import log

        log.told(plan, paths)
        results = log.took(results)
    if arguments.reach is not None:
        from stabaudit.engine import reach

        results = reach.told(results, reach.read(arguments.reach))
    results = _watched(results, tally, arguments.quiet)
    if arguments.diff:
        code = _diff(results, tally, unsafe, arguments.quiet)
    elif dialogue:
        code = _asked(results, tally, unsafe)
    elif arguments.add_ignores:
        code = _silenced(results, tally)
    else:
        # Standard output is kept for the fixed text, or for the document, alone.
        stream = sys.stderr if pipes else sys.stdout
        if arguments.statistics:
            from stabaudit.report import statistics

            statistics.show(results, stream, wanted[0].form)
        else:
            show(results, wanted, stream, unsafe, nearest=arguments.reach is not None)
        if wanted[0].form not in TOLD and wanted[0].path is None:
            stream = sys.stderr
        if not arguments.quiet and (stream is sys.stdout or pipes or arguments.fix):
            stream.write(f"{tally.summary(arguments.fix, unsafe)}\n")
        fixed = arguments.exit_non_zero_on_fix and tally.changed
        code = FOUND if tally.failing or fixed else CLEAN
    if not arguments.quiet and (gone := tally.gone + _lost(plan)):
        said = "known findings are gone or in files of other names" if _lost(plan) else "known findings are gone"
        complain(f"{gone} {said}; run `stabaudit baseline --prune`", "warning")
    return FAILED if tally.troubles else CLEAN if arguments.exit_zero else code


def _files(paths: Iterable[str], plan: Options, verbose: bool) -> int:
    from stabaudit.report.style import shown_path

    left: list[tuple[str, str]] | None = [] if verbose else None
    found = find(paths, plan.finder.of, left)
    for path, why in sorted(left or ()):
        sys.stderr.write(f"{shown_path(path)}: skipped: {why}\n")
    for trouble in found.troubles:
        complain(str(trouble))
    for path in plan.changed(found.files):
        sys.stdout.write(f"{shown_path(path)}\n")
    return FAILED if found.troubles else CLEAN


def _lost(plan: Options) -> int:
    file = plan.here.path("baseline")
    if file is None:
        return 0
    from stabaudit.cli.recorded import lost

    return lost(file)


def _stdin(name: str, plan: Options, echo: bool) -> Iterator[Result]:
    """The result of standard input; with `echo` its text, fixed or as it was, goes to standard output."""
    try:
        data = standard_input(name)
    except FileError as trouble:
        yield Result(name, trouble=trouble)
        return
    settings, real = plan.finder.near(name)
    if settings.strict and settings.excludes(real, False, deep=True):
        result = Result(name)
    else:
        result = run.check_bytes(name, data, plan.task(name)._replace(write=False), plan.limits)
    if echo:
        source = result.source
        sys.stdout.buffer.write(source.encode(result.text) if source and result.fixed else data)
        sys.stdout.buffer.flush()
    yield result


def _watched(results: Iterable[Result], tally: Tally, quiet: bool) -> Iterator[Result]:
    """The results, each counted, and told on standard error where something is wrong."""
    dependency = None
    for result in results:
        tally.add(result)
        # Asked for each file: most have nothing to say.
        if result.trouble or result.notes or result.unfixed:
            warn(result, quiet)
        if result.fixed and not quiet:
            from stabaudit.cli.dependency import Dependency

            dependency = dependency or Dependency()
            for said in dependency.warnings(result):
                complain(said, "warning")
        yield result


def _diff(results: Iterable[Result], tally: Tally, unsafe: bool, quiet: bool) -> int:
    from stabaudit.report import diff

    diff.show(results, sys.stdout)
    if not quiet:
        sys.stderr.write(f"{tally.mended('Would fix', unsafe)}\n")
    return FOUND if tally.changed else CLEAN


def _dialogue(unsafe: bool) -> Dialogue:
    from stabaudit.cli.interactive import Dialogue

    return Dialogue(sys.stdout, sys.stdin, unsafe)


def _asked(results: Iterable[Result], tally: Tally, unsafe: bool) -> int:
    for _ in results:
        pass
    sys.stdout.write(f"{tally.summary(True, unsafe)}\n")
    return FOUND if tally.failing else CLEAN


def _silenced(results: Iterable[Result], tally: Tally) -> int:
    for _ in results:
        pass
    from stabaudit.report.tally import count

    done = f"{count(tally.fixed.total(), 'finding')} in {count(tally.changed, 'file')}"
    sys.stdout.write(f"Suppressed {done}.\n")
    return CLEAN
