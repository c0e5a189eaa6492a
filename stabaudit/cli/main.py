"""The command line: what may be asked for, and the exit code of the answer."""

from __future__ import annotations

import contextlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from stabaudit.catalogue.names import UNUSED, UsageError, known, nearest
from stabaudit.cli import arguments
from stabaudit.cli.arguments import COMMANDS
from stabaudit.cli.console import CLEAN, FAILED, INTERRUPTED, UNHEARD, complain, hush
from stabaudit.engine import memory
from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """The program `stabaudit`: the command line of this process, and its end."""
    if sys.stdin is None:
        # No pipe to a worker may take its place.
        os.open(os.devnull, os.O_RDONLY)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Who started this has closed it.
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
    watched = sys.getprofile() or sys.gettrace()
    memory.ours = not watched
    code = main()
    if watched:
        # Who watches wants to see all of it, and has something to write down.
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        # What was said before something went wrong.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # To free each object by itself takes a twentieth of a run in which no file has changed, and a quarter of one on a
    # single file with findings, as LibCST is large.
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv`; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name or a line that the terminal cannot show is escaped; it must not end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = answer(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
        return code
    except UsageError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        hush()
        return UNHEARD
    except OSError as error:
        # Files have answered for themselves: this is the output, on a full disk.
        hush()
        complain(f"the output cannot be written: {(error.strerror or str(error)).lower()}")
        return FAILED
    except Exception as error:
        from stabaudit.source.errors import internal_error

        complain(internal_error(error))
        return FAILED


def _with_own_rules(folder: str | None) -> None:
    """The rules of a folder hold as well; raises `UsageError` if they are none, or are called like others."""
    from stabaudit.catalogue import own

    own.use(folder)
    if folder is None:
        return
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder of rules; check the path")
    from stabaudit.catalogue.folder import FOLDER, clash_in, files_in
    from stabaudit.catalogue.load import load
    from stabaudit.catalogue.rule import RuleError

    if twice := files_in(FOLDER).keys() & files_in(os.path.abspath(folder)).keys():
        raise UsageError(f"{folder}: there is a rule `{min(twice)}` already; give the file another name")
    if clash := clash_in(folder):
        raise UsageError(f"{folder}: `{clash[0]}` and `{clash[1]}` are rules of the same name; rename one")
    try:
        load()
    except RuleError as error:
        raise UsageError(str(error)) from None


def answer(argv: Sequence[str]) -> int:
    """What `argv` asks for."""
    match argv:
        case ["check", *rest]:
            options = _read(arguments.check(), rest)
            _with_own_rules(options.rules)
            # Imported here, as all below: what is not asked for is not loaded.
            from stabaudit.cli import check

            if options.watch:
                from stabaudit.cli.watch import watch

                return watch(options, check.check)
            return check.check(options)
        case ["witness", *rest]:
            options = _read(arguments.witness(), rest)
            from stabaudit.cli import witness

            return witness.show(options, sys.stdout)
        case ["explain", *rest]:
            options = _read(arguments.explain(), rest)
            from stabaudit.cli import explain

            return explain.explain(options)
        case ["baseline", *rest]:
            options = _read(arguments.baseline(), rest)
            from stabaudit.cli import baseline

            return baseline.write(options)
        case ["server", *rest]:
            options = _read(arguments.server(), rest)
            from stabaudit.cli import serve

            return serve.serve(options)
        case ["clean", *rest]:
            arguments.clean().parse_args(rest)
            from stabaudit.engine.cache import folder

            gone = folder.remove()
            left = "the contents of " if gone and os.path.exists(gone) else ""
            sys.stdout.write(f"Removed {left}{gone}.\n" if gone else "There is no cache.\n")
            return CLEAN
        case ["config", *rest]:
            options = _read(arguments.config(), rest)
            from stabaudit.cli import show_config

            return show_config.show(options, sys.stdout)
        case ["vendor", *rest]:
            options = arguments.vendor().parse_intermixed_args(rest)
            from stabaudit.cli import vendor

            return vendor.vendor(options)
        case ["generate-shell-completion", *rest]:
            options = arguments.completion().parse_args(rest)
            from stabaudit.cli import completion

            sys.stdout.write(completion.script(options.shell))
            return CLEAN
        case ["rule", *rest]:
            options = arguments.rule().parse_intermixed_args(rest)
            names = known(options.names, "rule", [UNUSED])
            from stabaudit.report import catalogue

            return catalogue.show(names, sys.stdout, options.output_format)
        case ["verify", *rest]:
            options = arguments.verify().parse_args(rest)
            _with_own_rules(options.rules)
            names = known(options.names, "verify")
            from stabaudit.report import verification

            return verification.show(names, sys.stdout)
        case []:
            arguments.top().print_help(sys.stderr)
            return FAILED
        case [word, *_] if not word.startswith("-"):
            hint = nearest(word, COMMANDS) or f"; to check files, use `stabaudit check {word}`"
            raise UsageError(f"unknown command `{word}`{hint}")
        case _:
            arguments.top().parse_args(argv)
            raise UsageError("a command is missing; see `stabaudit --help`")


def _read(parser: arguments.Parser, words: Sequence[str]) -> Namespace:
    options = parser.parse_intermixed_args(words)
    # Imported here: help needs no colour.
    from stabaudit.report.style import choose

    choose(options.color)
    return options
